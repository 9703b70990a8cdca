import { describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { complaints, expectAccessible, expectNoSidewaysScroll, type OpenOptions } from './browser.js';
import { memberFixture } from './fixtures/member.js';
import { projectsWorld } from './fixtures/projects.js';
import { receiptsWorld } from './fixtures/receipts.js';
import { counties } from './fixtures/shelf.js';
import { worldOfEffects } from './fixtures/world.js';
import { useStage } from './stage.js';

const PEOPLE = {
  maker: ['FUND', 'FUND_MAKE'],
  checker: ['FUND', 'FUND_CHECK'],
  auditor: ['AUDIT'],
  sponsor: ['SPONSOR'],
};
const LOOKS: OpenOptions[] = [
  {},
  { phone: true },
  { attributes: { theme: 'dark' } },
  { phone: true, attributes: { 'large-type': '' } },
];

const answersFor = (who: keyof typeof PEOPLE, more: { empty?: boolean; many?: number; mine?: boolean } = {}) => ({
  ...worldOfEffects().answers,
  ...receiptsWorld(more.many === undefined ? {} : { many: more.many }),
  ...projectsWorld({ mine: more.mine ?? false, empty: more.empty ?? false }),
  counties,
  me: memberFixture({ capabilities: PEOPLE[who] }),
  ...(more.empty ? { receipts: { edges: [], pageInfo: { hasNextPage: false } }, remittances: [] } : {}),
});
const { open, stage, answerWith } = useStage(() => answersFor('maker'));
const as = (...who: Parameters<typeof answersFor>): void => {
  answerWith(answersFor(...who));
};
const sent = (operation: string): Record<string, unknown> | undefined =>
  stage.server.world.seen.findLast((one) => one.operation === operation)?.variables['input'] as
    Record<string, unknown> | undefined;

/** The zone's file door, which the fake server has none of. */
const takeFiles = async (on: Page): Promise<void> => {
  await on.route('**/files?**', async (route) => {
    const name = new URL(route.request().url()).searchParams.get('name') ?? '';
    const stored = {
      id: `stored-${name}`,
      name,
      contentType: 'application/pdf',
      sizeBytes: 9,
      sha256: 'ab'.repeat(32),
    };
    await route.fulfill({ status: 200, contentType: 'application/json', body: JSON.stringify(stored) });
  });
};
const drop = async (on: Page, name: string): Promise<void> => {
  const paper = { name, mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7 x') };
  await on.locator('aixin-file-drop input[type=file]').setInputFiles(paper);
  await on.locator('aixin-file-drop').getByText(name).first().waitFor();
};

describe('the receipts of the fund', () => {
  it('are accessible in every look, list and form', async () => {
    for (const look of LOOKS) {
      const shown = await open('/fund?tab=receipts', look);
      await shown.getByRole('button', { name: '登记票据 AX202610-01' }).waitFor();
      await expectAccessible(shown);
      await expectNoSidewaysScroll(shown);
      await shown.getByRole('button', { name: '登记票据 AX202610-01' }).click();
      await shown.getByRole('textbox', { name: '票据号码' }).waitFor();
      await expectAccessible(shown);
      expect(complaints.get(shown)).toEqual([]);
      await shown.context().close();
    }
  });

  it('tell what waits, what counts and what was voided, and why', async () => {
    const shown = await open('/fund?tab=receipts');
    await shown.getByText('2 笔，¥4,117.00').waitFor();
    await shown.getByText('作废原因：校验码录错').waitFor();
    await shown.getByText('更正 0012345670').waitFor();
    // A voided one can be neither corrected nor voided again.
    expect(await shown.getByRole('button', { name: '作废 0012345670' }).count()).toBe(0);
  });

  it('are recorded with the paper, refused beside the field, and then stand in the list', async () => {
    const shown = await open('/fund?tab=receipts');
    await takeFiles(shown);
    await shown.getByRole('button', { name: '登记票据 AX202610-01' }).click();
    await shown.getByRole('textbox', { name: '票据号码' }).fill('0012345699');
    await shown.getByRole('textbox', { name: '校验码' }).fill('a1b2c3');
    expect(await shown.getByRole('textbox', { name: '票据金额' }).inputValue()).toMatch(/^3,?117\.00$/);
    await shown.getByRole('button', { name: '登记', exact: true }).click();
    await shown.getByText('请上传票据的 PDF 或图片。').waitFor();
    await drop(shown, '票据.pdf');
    await shown.getByRole('textbox', { name: '票据金额' }).fill('3000');
    await shown.getByRole('button', { name: '登记', exact: true }).click();
    await shown.getByText('票据金额应与到账金额一致').waitFor();
    await shown.getByRole('textbox', { name: '票据金额' }).fill('3117');
    await shown.getByRole('button', { name: '登记', exact: true }).click();
    await shown.getByText('票据 0012345699 已登记。').waitFor();
    expect(sent('RecordReceipt')).toMatchObject({
      ...{ remittanceId: 'id-AX202610-01', number: '0012345699', amountFen: 311_700, fileId: 'stored-票据.pdf' },
      corrects: null,
    });
    await shown.getByText('1 笔，¥1,000.00').waitFor();
  });

  it('are corrected by another that names the wrong one, and voided with a reason', async () => {
    const shown = await open('/fund?tab=receipts');
    await takeFiles(shown);
    await shown.getByRole('button', { name: '更正 0012345671' }).click();
    await shown.getByRole('textbox', { name: '校验码' }).fill('ffffff');
    await drop(shown, '新票据.pdf');
    await shown.getByRole('textbox', { name: '更正的原因' }).fill('校验码看错');
    await shown.getByRole('button', { name: '作废原票据并登记' }).click();
    await shown.getByText('票据 0012345671 已登记。').waitFor();
    expect(sent('RecordReceipt')?.['corrects']).toEqual({ receiptId: 'receipt-0012345671', reason: '校验码看错' });
    as('maker');
    await shown.reload();
    await shown.getByRole('button', { name: '作废 0012345671' }).click();
    const asked = shown.locator('aixin-reason-dialog');
    await asked.getByRole('textbox', { name: '作废的原因' }).fill('开错单位');
    await asked.getByRole('button', { name: '作废', exact: true }).click();
    await shown.getByText('票据 0012345671 已作废。').waitFor();
  });

  it('are only read by checker and auditor; a sponsor sees its own and nothing that waits', async () => {
    for (const who of ['checker', 'auditor', 'sponsor'] as const) {
      as(who);
      const shown = await open('/fund?tab=receipts');
      await shown.getByText('0012345671').waitFor();
      expect(await shown.getByRole('button', { name: /登记票据|更正|作废/ }).count()).toBe(0);
      expect(await shown.getByRole('heading', { name: '待登记票据的汇款' }).count()).toBe(who === 'sponsor' ? 0 : 1);
      if (who === 'sponsor') await expectAccessible(shown);
      await shown.context().close();
    }
  });

  it('are read on page by page, by a button', async () => {
    as('auditor', { many: 60 });
    const shown = await open('/fund?tab=receipts');
    await shown.getByRole('button', { name: '再看一些' }).or(shown.locator('.more button')).first().click();
    await shown.getByText('0020000069').waitFor();
  });

  it('say that there are none yet', async () => {
    as('maker', { empty: true });
    const shown = await open('/fund?tab=receipts');
    await shown.getByText('还没有票据').waitFor();
    await shown.getByText('到账的汇款都已登记票据。').waitFor();
    await expectAccessible(shown);
  });
});

describe('the use of the money', () => {
  it('is accessible in every look, projects, spends and form', async () => {
    for (const look of LOOKS) {
      const shown = await open('/fund?tab=projects', look);
      await shown.getByRole('button', { name: '登记支出 村小图书角' }).waitFor();
      await shown.getByText('阅读活动材料').first().waitFor();
      await expectAccessible(shown);
      await expectNoSidewaysScroll(shown);
      await shown.getByRole('button', { name: '登记支出 村小图书角' }).click();
      await shown.getByRole('textbox', { name: '收款单位' }).waitFor();
      await expectAccessible(shown);
      expect(complaints.get(shown)).toEqual([]);
      await shown.context().close();
    }
  });

  it('tells what is left of each budget, whom it helped, whose yuan it was', async () => {
    const shown = await open('/fund?tab=projects');
    await shown.getByRole('img', { name: '已用 ¥6,800.00，预算 ¥20,000.00' }).waitFor();
    await shown.getByText('还剩 ¥13,200.00').waitFor();
    await shown.getByText('AX202608-01 ¥41.00').waitFor();
    await shown.getByText('等 3 笔').waitFor();
    await shown.getByText('村小学生 120 人、乡村教师 9 人').waitFor();
    await shown.getByText('¥12,400.50').waitFor();
  });

  it('opens the spends of a project and those that wait, in the address, by the keyboard', async () => {
    const shown = await open('/fund?tab=projects');
    await shown.getByRole('link', { name: '饮水管道维修' }).press('Enter');
    await shown.waitForURL(/project=project-2/);
    await shown.getByText('“饮水管道维修”的支出').waitFor();
    await shown.getByText('还没有支出登记。').waitFor();
    await shown.getByRole('button', { name: '全部项目' }).click();
    await shown.getByRole('link', { name: /待复核支出/ }).press('Enter');
    await shown.waitForURL(/wait=1/);
    await shown.getByText('书架定金').waitFor({ state: 'detached' });
    await shown.getByText('阅读活动材料').first().waitFor();
  });

  it('gives the papers with the person’s token', async () => {
    const shown = await open('/fund?tab=projects');
    await shown.route('**/files/f2?download=1', async (route) => {
      expect(route.request().headers()['authorization']).toBe('Bearer good');
      await route.fulfill({ status: 200, body: '%PDF-1.7' });
    });
    const saving = shown.waitForEvent('download');
    await shown.getByRole('button', { name: '下载 验收单（三校签章）.pdf' }).first().click();
    expect((await saving).suggestedFilename()).toBe('验收单（三校签章）.pdf');
  });

  it('is proposed, and refused beside the field where a person could be known by it', async () => {
    const shown = await open('/fund?tab=projects');
    await shown.getByRole('button', { name: '提出项目' }).click();
    await shown.getByRole('textbox', { name: '项目名称' }).fill('助学');
    await shown.getByRole('textbox', { name: '用途' }).fill('联系 13812341234');
    await shown.getByRole('combobox', { name: '区县' }).selectOption({ index: 1 });
    await shown.getByRole('textbox', { name: '预算' }).fill('12');
    await shown.getByRole('button', { name: '提交复核' }).click();
    await shown.getByText('项目用途里好像有身份证号或电话号码').waitFor();
    await shown.getByRole('textbox', { name: '用途' }).fill('资助二十名高中生');
    await shown.getByRole('button', { name: '提交复核' }).click();
    await shown.getByText('项目“助学”已提交').waitFor();
    expect(sent('ProposeProject')).toMatchObject({ name: '助学', purpose: '资助二十名高中生', budgetFen: 1_200 });
  });

  it('is recorded with groups and papers', async () => {
    const shown = await open('/fund?tab=projects');
    await takeFiles(shown);
    await shown.getByRole('button', { name: '登记支出 村小图书角' }).click();
    await shown.getByRole('textbox', { name: '金额' }).fill('12.30');
    await shown.getByRole('textbox', { name: '支出用途' }).fill('图书 3 册');
    await shown.getByRole('textbox', { name: '收款单位' }).fill('新华书店');
    await shown.getByRole('textbox', { name: '群体 1' }).fill('村小学生');
    await shown.getByRole('textbox', { name: '人数 1' }).fill('30');
    await shown.getByRole('button', { name: '再加一类' }).click();
    await shown.getByRole('button', { name: '提交复核' }).click();
    await shown.getByText('请上传至少一份凭证。').waitFor();
    await drop(shown, '发票.pdf');
    await shown.getByRole('button', { name: '提交复核' }).click();
    await shown.getByText('支出已登记，等另一位管理员复核。').waitFor();
    expect(sent('RecordSpend')).toMatchObject({
      ...{ projectId: 'project-1', amountFen: 1_230, fileIds: ['stored-发票.pdf'] },
      beneficiaries: [{ group: '村小学生', count: 30 }],
    });
  });

  it('is decided by a checker with the hash of what was seen; the own work is not offered', async () => {
    as('checker');
    const shown = await open('/fund?tab=projects');
    await shown.getByRole('button', { name: '复核通过 阅读活动材料' }).click();
    const asked = shown.locator('aixin-reason-dialog');
    await asked.getByText('付给新华书店城口店').waitFor();
    await asked.getByRole('button', { name: '复核通过' }).click();
    await shown.getByText('支出已批准并入账。').waitFor();
    expect(sent('DecideSpend')).toMatchObject({ spendId: 'spend-3', approve: true, contentHash: '5d'.repeat(32) });
    await shown.getByRole('button', { name: '退回 山区路灯' }).click();
    await asked.getByRole('textbox', { name: '退回的原因' }).fill('请补预算明细');
    await asked.getByRole('button', { name: '退回', exact: true }).click();
    await shown.getByText('项目“山区路灯”已退回。').waitFor();
    await shown.context().close();
    as('checker', { mine: true });
    const own = await open('/fund?tab=projects');
    await own.getByText('等另一位复核').first().waitFor();
    expect(await own.getByRole('button', { name: /^复核通过/ }).count()).toBe(0);
  });

  it('tells why the fund cannot pay it, in the question itself', async () => {
    as('checker');
    const message = '基金现有可用 ¥3.00，这笔支出要用 ¥1200.00，还差 ¥1197.00；请等配捐款到账后再批准。';
    Object.assign(stage.server.world.answers, {
      decideSpend: { __typename: 'Refusal', code: 'FUND_SHORT', message },
    });
    const shown = await open('/fund?tab=projects');
    await shown.getByRole('button', { name: '复核通过 阅读活动材料' }).click();
    const asked = shown.locator('aixin-reason-dialog');
    await asked.getByRole('button', { name: '复核通过' }).click();
    await asked.getByText('还差 ¥1197.00').waitFor();
    await expectAccessible(shown);
  });

  it('is taken back by another record, which may be withdrawn before it counts; and a project is closed with a word', async () => {
    const shown = await open('/fund?tab=projects');
    await shown.getByRole('button', { name: '冲正 图书 1,200 册、书架 6 个' }).click();
    const asked = shown.locator('aixin-reason-dialog');
    await asked.getByRole('textbox', { name: '冲正的原因' }).fill('金额录错');
    await asked.getByRole('button', { name: '冲正' }).click();
    await shown.getByText('冲正已登记，等另一位管理员复核。').waitFor();
    await shown.getByText('冲正“图书 1,200 册、书架 6 个”').waitFor();
    await shown.getByRole('button', { name: '撤回 图书 1,200 册、书架 6 个' }).click();
    await asked.getByRole('button', { name: '撤回', exact: true }).click();
    await shown.getByText('已撤回，没有入账。').waitFor();
    expect(sent('WithdrawSpend')).toMatchObject({ spendId: 'spend-back' });
    await shown.getByRole('button', { name: '结项 村小图书角' }).click();
    await asked.getByRole('textbox', { name: '结项说明' }).fill('已完成');
    await asked.getByRole('button', { name: '结项' }).click();
    await shown.getByText('项目“村小图书角”已结项。').waitFor();
  });

  it('is only read by the auditor, who can take the list away; a sponsor is not led here', async () => {
    as('auditor');
    const shown = await open('/fund?tab=projects');
    await shown.getByText('阅读活动材料').first().waitFor();
    const buttons = shown.getByRole('button', { name: /提出项目|登记支出|复核通过|退回|冲正|结项/ });
    expect(await buttons.count()).toBe(0);
    const saving = shown.waitForEvent('download');
    await shown.getByRole('button', { name: '导出' }).click();
    expect((await saving).suggestedFilename()).toBe('资金使用.csv');
    await shown.context().close();
    as('sponsor');
    const sponsor = await open('/fund?tab=projects');
    await sponsor.getByRole('navigation').or(sponsor.getByRole('tablist')).first().waitFor();
    expect(await sponsor.getByText('村小图书角').count()).toBe(0);
  });

  it('says that nothing is there yet, and that it did not come', async () => {
    as('maker', { empty: true });
    const empty = await open('/fund?tab=projects');
    await empty.getByText('还没有项目').waitFor();
    await expectAccessible(empty);
    await empty.context().close();
    as('maker');
    stage.server.world.trouble = ({ operation }) => (operation === 'Projects' ? 'cut' : undefined);
    const cut = await open('/fund?tab=projects');
    await cut.getByText('网络没有连上').waitFor();
    stage.server.world.trouble = undefined;
    await cut.getByRole('button', { name: '再试一次' }).click();
    await cut.getByRole('link', { name: '村小图书角' }).waitFor();
  });
});
