import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { complaints, expectAccessible, expectNoSidewaysScroll, type OpenOptions } from './browser.js';
import { agreementsFixture, worldOfAgreements } from './fixtures/agreements.js';
import { connection } from './fixtures/connection.js';
import { memberFixture } from './fixtures/member.js';
import { products } from './fixtures/shelf.js';
import { worldOfEffects } from './fixtures/world.js';
import { useStage } from './stage.js';

const PEOPLE = {
  maker: ['FUND', 'FUND_MAKE'],
  checker: ['FUND', 'FUND_CHECK'],
  auditor: ['AUDIT'],
  sponsor: ['SPONSOR'],
};
const PATH = '/fund?tab=agreements';

let world: ReturnType<typeof worldOfAgreements>;

const answersFor = (who: keyof typeof PEOPLE) => {
  world = worldOfAgreements({ maker: who === 'maker', checker: who === 'checker' });
  const me = memberFixture({ capabilities: PEOPLE[who] });
  const found = { products: (args: object) => connection(products, args) };
  return { ...worldOfEffects().answers, ...world.answers, ...found, me };
};
const { open, stage, answerWith } = useStage(() => answersFor('maker'));
const as = (who: keyof typeof PEOPLE): void => {
  answerWith(answersFor(who));
};
const list = (on: Page) => on.getByRole('list', { name: '协议列表' });
/** What is slotted into a dialog is no child of it to a locator. */
const asked = (on: Page) => on.locator('aixin-reason-dialog');
const detail = (on: Page) => on.locator('section.detail');

describe('the agreements of the fund', () => {
  it('are accessible on a desk and on a phone, in the dark and in large type, list, one of them and the form', async () => {
    const looks: OpenOptions[] = [
      {},
      { phone: true },
      { attributes: { theme: 'dark' } },
      { phone: true, attributes: { 'large-type': '' } },
    ];
    for (const look of looks) {
      as('maker');
      const shown = await open(`${PATH}&agreement=agreement-4`, look);
      await detail(shown).getByText('91500000MADEM0001J').waitFor();
      await expectAccessible(shown);
      await expectNoSidewaysScroll(shown);
      await shown.getByRole('button', { name: '起草协议' }).click();
      await shown.getByRole('textbox', { name: '协议编号' }).waitFor();
      await expectAccessible(shown);
      expect(complaints.get(shown)).toEqual([]);
      await shown.context().close();
    }
  });

  it('tell by tags and bars where each stands, and filter by state', async () => {
    const shown = await open(PATH);
    await list(shown).getByText('待复核').waitFor();
    await list(shown).getByText('本月额度已用完，下月恢复').waitFor();
    const bar = shown.getByRole('img', {
      name: '总额度：上限 ¥50,000.00，已配 ¥34,123.00，占用 ¥640.00，剩余 ¥15,237.00',
    });
    expect(await bar.count()).toBe(1);
    // From the left: matched, held; the pale rest is left.
    const parts = await bar.locator('rect').evaluateAll((all) => all.map((each) => each.getAttribute('width')));
    expect(parts.map((width) => Math.round(parseFloat(width ?? '')))).toEqual([68, 1]);
    await shown.getByRole('button', { name: /^草稿/ }).click();
    await shown.waitForURL(/state=DRAFT/);
    expect(await list(shown).getByRole('listitem').count()).toBe(1);
  });

  it('open by the keyboard, with terms, scope, paper and who did what', async () => {
    const shown = await open(PATH);
    await list(shown)
      .getByRole('link', { name: /山城实业集团/ })
      .press('Enter');
    await shown.waitForURL(/agreement=agreement-4/);
    await shown.getByRole('heading', { name: '山城实业集团' }).waitFor();
    for (const text of ['城口县、巫溪县', '云岭坪', '捐赠协议（签章扫描件）.pdf', '1.5 MB', '赵文敏', '要求不公开']) {
      await detail(shown).getByText(text).first().waitFor();
    }
    await detail(shown).getByText('已提交，等待另一位复核人批准。').waitFor();
    await detail(shown).getByRole('link', { name: '关闭' }).click();
    await detail(shown).waitFor({ state: 'detached' });
  });

  it('say that there are none, and that it did not come', async () => {
    Object.assign(stage.server.world.answers, { agreements: () => connection([], {}) });
    const empty = await open(PATH);
    await empty.getByText('还没有配捐协议').waitFor();
    await expectAccessible(empty);
    await empty.context().close();
    as('maker');
    stage.server.world.trouble = ({ operation }) => (operation === 'FundAgreements' ? 'cut' : undefined);
    const cut = await open(PATH);
    await cut.getByText('网络没有连上').waitFor();
    stage.server.world.trouble = undefined;
    await cut.getByRole('button', { name: '再试一次' }).click();
    await list(cut).waitFor();
  });
});

describe('the maker', () => {
  it('drafts one: the code is checked while it is typed, the name comes with it, the scope is put together', async () => {
    const shown = await open(PATH);
    await shown.getByRole('button', { name: '起草协议' }).click();
    await shown.getByRole('button', { name: '保存草稿' }).click();
    await shown.getByText('请填写这一项。').waitFor();
    await shown.getByRole('textbox', { name: '协议编号' }).fill('渝爱捐〔2026〕7号');
    const code = shown.getByRole('textbox', { name: '统一社会信用代码' });
    await code.fill('91500000MADEM0001K');
    await shown.getByText('校验位不对').waitFor();
    await code.fill('91500000madem0001j');
    await shown.getByText('校验位正确，上次签约名称：渝州农商行').waitFor();
    expect(await shown.getByRole('textbox', { name: '配捐方' }).inputValue()).toBe('渝州农商行');
    expect(await shown.getByRole('textbox', { name: '受赠基金' }).inputValue()).toBe('共产党员一元捐基金');
    await shown.getByRole('textbox', { name: '总上限（元）' }).fill('5,000');
    await shown.getByRole('textbox', { name: /每月上限/ }).fill('800.5');
    await shown.getByLabel('开始日期').fill('2027-01-01');
    await shown.getByLabel('结束日期').fill('2027-12-31');
    await shown.getByRole('button', { name: '城口县' }).click();
    await shown.getByRole('searchbox', { name: /查找产品/ }).fill('蜂蜜');
    const results = shown.getByRole('list', { name: '查找结果' });
    await results
      .getByRole('button', { name: /^加入产品/ })
      .first()
      .click();
    await results
      .getByRole('button', { name: /^加入供应商/ })
      .first()
      .click();
    await shown.getByRole('button', { name: '保存草稿' }).click();
    await shown.getByText('草稿已保存').waitFor();
    expect(world.asked[0]).toMatchObject({
      command: 'draft',
      input: {
        terms: {
          ...{
            number: '渝爱捐〔2026〕7号',
            sponsorName: '渝州农商行',
            publishesName: true,
            amountFen: 100,
            unit: 'LINE',
          },
          ...{ capFen: 500_000, monthlyCapFen: 80_050, firstDay: '2027-01-01', countyCodes: ['500229'] },
          ...{ listedProductIds: [products[0]?.id], supplierIds: [products[0]?.supplier?.id], replacesId: null },
        },
      },
    });
  });

  it('is told at the field what the server refused', async () => {
    const refusal = { code: 'NUMBER_TAKEN', message: '这个协议编号已经用过，请核对编号。', path: 'number' };
    const revise = () => ({ __typename: 'Refusal', ...refusal, productId: null, leftCount: null, retryAfterMs: null });
    Object.assign(stage.server.world.answers, { reviseAgreement: revise });
    const shown = await open(`${PATH}&agreement=agreement-5`);
    await shown.getByText('复核人退回：总上限与纸面不一致，请核对第三条').waitFor();
    await shown.getByRole('button', { name: '修改', exact: true }).click();
    await shown.getByText('大巴山百花蜂蜜').first().waitFor();
    await shown.getByRole('button', { name: '保存草稿' }).click();
    await shown.getByText('这个协议编号已经用过，请核对编号。').waitFor();
    const number = shown.getByRole('textbox', { name: '协议编号' });
    expect(await number.getAttribute('aria-invalid')).toBe('true');
    expect(await number.evaluate((field) => field.matches(':focus'))).toBe(true);
  });

  it('submits a draft, and writes the one that takes the place of another', async () => {
    const shown = await open(`${PATH}&agreement=agreement-5`);
    await detail(shown).getByRole('button', { name: '提交复核' }).click();
    await asked(shown).getByRole('button', { name: '提交复核' }).click();
    await shown.getByText('已提交复核').waitFor();
    expect(world.asked).toMatchObject([{ command: 'submit', input: { agreementId: 'agreement-5' } }]);
    await list(shown)
      .getByRole('link', { name: /渝州农商行/ })
      .click();
    await detail(shown).getByRole('button', { name: '起草替代协议' }).click();
    await shown.getByRole('heading', { name: '起草替代 渝爱捐〔2026〕1号 的协议' }).waitFor();
    expect(await shown.getByRole('textbox', { name: '协议编号' }).inputValue()).toBe('');
    expect(await shown.getByRole('textbox', { name: '总上限（元）' }).inputValue()).toBe('50000.00');
  });
});

describe('the checker', () => {
  beforeEach(() => as('checker'));

  it('approves what was read, by its content', async () => {
    const shown = await open(`${PATH}&agreement=agreement-4`);
    expect(await shown.getByRole('button', { name: '起草协议' }).count()).toBe(0);
    await detail(shown).getByRole('button', { name: '批准生效' }).click();
    await shown.getByText(/内容指纹是 c0ffee00/).waitFor();
    await asked(shown).getByRole('button', { name: '批准生效' }).click();
    await shown.getByText('协议已生效，标记随即出现').waitFor();
    const { contentHash } = agreementsFixture()[0] ?? { contentHash: '' };
    expect(world.asked).toMatchObject([{ command: 'approve', input: { agreementId: 'agreement-4', contentHash } }]);
  });

  it('is told in the dialog why it was refused, and gives it back with a reason', async () => {
    const message = '与生效中的 渝爱捐〔2026〕1号（渝州农商行）重叠：“大巴山百花蜂蜜”会同时属于两份协议。';
    const more = { path: null, productId: null, leftCount: null, retryAfterMs: null };
    const refused = () => ({ __typename: 'Refusal', code: 'OVERLAP', message, ...more });
    Object.assign(stage.server.world.answers, { approveAgreement: refused });
    const shown = await open(`${PATH}&agreement=agreement-4`);
    await detail(shown).getByRole('button', { name: '批准生效' }).click();
    await asked(shown).getByRole('button', { name: '批准生效' }).click();
    await shown.getByRole('alert').getByText(message).waitFor();
    await shown.keyboard.press('Escape');
    await detail(shown).getByRole('button', { name: '退回', exact: true }).click();
    await asked(shown).getByRole('button', { name: '退回', exact: true }).click();
    await shown.getByText('请写明原因，至少两个字。').waitFor();
    await shown.getByRole('textbox', { name: '退回原因' }).fill('范围与一号协议重叠');
    await asked(shown).getByRole('button', { name: '退回', exact: true }).click();
    await shown.getByText('已退回经办人').waitFor();
    expect(world.asked).toMatchObject([{ command: 'reject', input: { reason: '范围与一号协议重叠' } }]);
  });

  it('asks for an early end with a reason, and then waits for another person', async () => {
    const shown = await open(`${PATH}&agreement=agreement-1`);
    await detail(shown).getByRole('button', { name: '申请提前终止' }).click();
    await shown.getByRole('textbox', { name: '终止原因' }).fill('双方协商终止');
    await asked(shown).getByRole('button', { name: '申请提前终止' }).click();
    await shown.getByText('已提出申请，等另一位复核人决定').waitFor();
    expect(world.asked).toMatchObject([{ command: 'askEnd', input: { reason: '双方协商终止' } }]);
  });

  it('ends one early for the reason that another person gave, or declines', async () => {
    const shown = await open(`${PATH}&agreement=agreement-3`);
    await detail(shown).getByText('赵文敏申请提前终止：配捐方申请停止。').waitFor();
    await detail(shown).getByRole('button', { name: '不同意终止' }).click();
    await shown.keyboard.press('Escape');
    await detail(shown).getByRole('button', { name: '批准提前终止' }).click();
    await shown.getByText('申请的原因：配捐方申请停止。').waitFor();
    await asked(shown).getByRole('button', { name: '批准提前终止' }).click();
    await shown.getByText('协议已终止', { exact: true }).waitFor();
    expect(world.asked).toMatchObject([{ command: 'end', input: { reason: '配捐方申请停止' } }]);
  });
});

describe.each(['auditor', 'sponsor'] as const)('the %s', (who) => {
  it('reads, and has nothing to press', async () => {
    as(who);
    const shown = await open(`${PATH}&agreement=agreement-1`);
    await detail(shown).getByText('91500000MADEM0001J').waitFor();
    await expectAccessible(shown);
    for (const name of ['起草协议', '修改', '提交复核', '批准生效', '退回', '提前终止', '不同意终止', '起草替代协议']) {
      expect([name, await shown.getByRole('button', { name }).count()]).toEqual([name, 0]);
    }
    const sent = stage.server.world.seen.map(({ operation }) => operation);
    expect(sent.includes('FundAgreementDetail')).toBe(who === 'auditor');
  });
});
