import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { complaints, expectAccessible, expectNoSidewaysScroll, type OpenOptions } from './browser.js';
import { worldOfBills } from './fixtures/bills.js';
import { connection } from './fixtures/connection.js';
import { memberFixture } from './fixtures/member.js';
import { worldOfEffects } from './fixtures/world.js';
import { useStage } from './stage.js';

const PEOPLE = { maker: ['FUND', 'FUND_MAKE'], checker: ['FUND', 'FUND_CHECK'], auditor: ['AUDIT'] };
const BILLS = '/fund?tab=bills';
const DIFFERENCES = '/fund?tab=differences';
const LOOKS: readonly OpenOptions[] = [
  {},
  { phone: true },
  { attributes: { theme: 'dark' } },
  { phone: true, attributes: { 'large-type': '' } },
];

let world: ReturnType<typeof worldOfBills>;

const answersFor = (who: keyof typeof PEOPLE) => {
  world = worldOfBills();
  const me = memberFixture({ capabilities: PEOPLE[who] });
  return { ...worldOfEffects().answers, ...world.answers, me };
};
const { open, sent, stage, answerWith } = useStage(() => answersFor('maker'));
const as = (who: keyof typeof PEOPLE): void => {
  answerWith(answersFor(who));
};
const table = (on: Page, name: string) => on.getByRole('region', { name });

describe('the bills of the payment provider', () => {
  it('are accessible on a desk and on a phone, in the dark and in large type: the days, one of them, the import', async () => {
    for (const look of LOOKS) {
      const shown = await open(BILLS, look);
      await table(shown, '各日核对结果').waitFor();
      await expectAccessible(shown);
      await expectNoSidewaysScroll(shown);
      await shown.getByRole('button', { name: '导入账单' }).click();
      await shown.getByText('请从商户平台下载后原样上传').waitFor();
      await expectAccessible(shown);
      await shown.keyboard.press('Escape');
      await shown.getByRole('link', { name: '2026-11-26' }).click();
      await table(shown, '2026 年 11 月 26 日 账单明细').waitFor();
      await expectAccessible(shown);
      await expectNoSidewaysScroll(shown);
      expect(complaints.get(shown)).toEqual([]);
      await shown.context().close();
    }
  });

  it('say of each day whether it agrees, and open by the keyboard to its equation, files and lines', async () => {
    const shown = await open(BILLS);
    const days = table(shown, '各日核对结果');
    await days.getByText('3 项待处理').waitFor();
    expect(await days.getByText('1 项已说明').count()).toBe(1);
    expect(await days.getByText('一致').count()).toBe(13);
    await days.getByRole('link', { name: '2026-11-26' }).press('Enter');
    await shown.waitForURL(/bill=WECHAT\.2026-11-26/);
    await shown.getByText('专区减账单相差 ¥68.00，逐项列出的差异合计 ¥68.00，没有说不清的钱。').waitFor();
    await shown.getByRole('button', { name: '下载 微信支付交易账单 2026-11-26.csv' }).waitFor();
    const rows = table(shown, '2026 年 11 月 26 日 账单明细');
    await rows.getByText('查不到订单').waitFor();
    expect(await rows.getByRole('row').count()).toBe(51);
    await shown.getByRole('button', { name: '再看一些' }).click();
    await rows.getByText('13:59:00').waitFor();
    expect(await rows.getByRole('row').count()).toBe(66);
    await shown.getByRole('combobox', { name: '核对结果' }).selectOption('DIFFERS');
    await shown.waitForURL(/match=DIFFERS/);
    await rows.getByText('13:00:00').waitFor({ state: 'detached' });
    expect(await rows.getByRole('row').count()).toBe(3);
    const [download] = await Promise.all([
      shown.waitForEvent('download'),
      shown.getByRole('button', { name: '导出' }).click(),
    ]);
    expect((await readFile(await download.path(), 'utf8')).trimEnd().split('\r\n')).toHaveLength(3);
    await shown.getByRole('link', { name: '查看当日差异' }).click();
    await shown.waitForURL(/day=2026-11-26/);
    await shown.getByRole('button', { name: /只看 2026-11-26/ }).waitFor();
  });

  it('are imported from a file, and a refusal names the line', async () => {
    const shown = await open(BILLS);
    await shown.route('**/files?**', (route) =>
      route.fulfill({
        json: { id: 'file-9', name: 'bill.csv', contentType: 'text/csv', sizeBytes: 9, sha256: 'ab'.repeat(32) },
      }),
    );
    const message = '第 5 行：汇总写着共 3 笔，账单里有 2 笔，文件可能被截断或改动，请重新下载。';
    const refused = { ...{ __typename: 'Refusal', code: 'BILL_UNREADABLE', message, path: 'fileId' } };
    const { importBill } = world.answers;
    stage.server.world.answers['importBill'] = () => refused;
    await shown.getByRole('button', { name: '导入账单' }).click();
    const take = shown.getByRole('button', { name: '导入并核对' });
    await take.click();
    await shown.getByText('请先选择账单文件').waitFor();
    const file = { name: 'bill.csv', mimeType: 'text/csv', buffer: Buffer.from('x') };
    await shown.locator('aixin-file-drop input[type=file]').first().setInputFiles(file);
    await shown.getByText('9 B').or(shown.getByText('bill.csv')).first().waitFor();
    await take.click();
    await shown.getByText('第 5 行：汇总写着共 3 笔').waitFor();
    stage.server.world.answers['importBill'] = importBill;
    await take.click();
    await shown.getByText('账单共 89 笔，新增 89 笔，已核对').waitFor();
    await shown.waitForURL(/bill=WECHAT\.2026-11-26/);
    expect(sent('ImportBill').at(-1)?.variables).toEqual({ input: { fileId: 'file-9' } });
  });

  it('are fetched for a day by the maker; checker and auditor only read', async () => {
    const shown = await open(BILLS);
    await shown.getByLabel('账单日期').fill('2026-11-25');
    await shown.getByRole('button', { name: '取账单' }).click();
    await shown.getByText('2026 年 11 月 25 日 的账单已取回，新增 12 笔，已核对').waitFor();
    await shown.context().close();
    for (const who of ['checker', 'auditor'] as const) {
      as(who);
      const only = await open(BILLS);
      await table(only, '各日核对结果').waitFor();
      expect(await only.getByRole('button', { name: /导入账单|取账单/ }).count()).toBe(0);
      await only.context().close();
    }
  });

  it('that was imported by mistake is asked back by one person and taken back by another', async () => {
    const shown = await open(`${BILLS}&bill=WECHAT.2026-11-26`);
    await shown.getByRole('button', { name: /^申请撤回 微信支付交易账单/ }).click();
    await shown.getByRole('textbox', { name: '撤回的理由' }).fill('下载时登录的是别的商户');
    await expectAccessible(shown);
    await shown.getByRole('button', { name: '申请撤回', exact: true }).click();
    await shown.getByText('已申请撤回，等另一位管理员同意：下载时登录的是别的商户').waitFor();
    expect(await shown.getByRole('button', { name: /撤回/ }).count()).toBe(0);
    expect(sent('AskBillBack').at(-1)?.variables).toMatchObject({ input: { importId: 'import-1' } });
    await shown.context().close();
    as('checker');
    world.askedBack();
    const other = await open(`${BILLS}&bill=WECHAT.2026-11-26`, { phone: true });
    await other.getByRole('button', { name: /^同意撤回 微信支付交易账单/ }).click();
    await other.getByRole('button', { name: '同意撤回', exact: true }).click();
    await other.getByText('已撤回：下载时登录的是别的商户').waitFor();
    await expectNoSidewaysScroll(other);
    await expectAccessible(other);
    expect(sent('TakeBillBack').at(-1)?.variables).toEqual({ input: { importId: 'import-1' } });
    expect(complaints.get(other)).toEqual([]);
  });

  it('say that there are none, and that they did not come', async () => {
    Object.assign(stage.server.world.answers, { billDays: () => connection([], {}) });
    const empty = await open(BILLS);
    await empty.getByText('还没有导入过账单').waitFor();
    await expectAccessible(empty);
    await empty.context().close();
    stage.server.world.trouble = ({ operation }) => (operation === 'BillDays' ? 'cut' : undefined);
    const cut = await open(BILLS);
    await cut.getByText('网络没有连上').waitFor();
  });
});

describe('the differences of the fund', () => {
  it('are accessible on a desk and on a phone, in the dark and in large type, with the question for a reason', async () => {
    for (const look of LOOKS) {
      as('maker');
      const shown = await open(DIFFERENCES, look);
      await table(shown, '差异列表').waitFor();
      await expectAccessible(shown);
      await expectNoSidewaysScroll(shown);
      await shown.getByRole('button', { name: /^说明 2026-11-26 的差异：专区的账上有/ }).click();
      await shown.getByRole('textbox', { name: '原因' }).waitFor();
      await expectAccessible(shown);
      expect(complaints.get(shown)).toEqual([]);
      await shown.context().close();
    }
  });

  it('are explained with a reason that stays, and filtered by state in the address', async () => {
    const shown = await open(DIFFERENCES);
    const rows = table(shown, '差异列表');
    await rows.getByText('此前说明 1 次').waitFor();
    await shown.getByRole('button', { name: /^说明 2026-11-26 的差异：手续费/ }).click();
    await shown.getByRole('button', { name: '保存说明' }).click();
    await shown.getByRole('textbox', { name: '原因' }).fill('支付机构多收 3 分，已申请退回');
    await shown.getByRole('button', { name: '保存说明' }).click();
    await shown.getByText('说明已记下').waitFor();
    await rows.getByText('支付机构多收 3 分，已申请退回').waitFor();
    const [explained] = sent('ExplainDifference');
    expect(explained?.variables).toMatchObject({
      input: { differenceId: 'd-3', reason: '支付机构多收 3 分，已申请退回' },
    });
    await shown.getByRole('combobox', { name: '状态' }).selectOption('RESOLVED');
    await shown.waitForURL(/state=RESOLVED/);
    await rows.getByText('账单记在 2026-11-25').waitFor();
    expect(await rows.getByRole('row').count()).toBe(2);
    expect(await rows.getByRole('button', { name: /^说明/ }).count()).toBe(0);
  });

  it('are read by the auditor without a button, and there may be none', async () => {
    as('auditor');
    const shown = await open(DIFFERENCES);
    await table(shown, '差异列表').waitFor();
    expect(await shown.getByRole('button', { name: /说明/ }).count()).toBe(0);
    await shown.context().close();
    Object.assign(stage.server.world.answers, { fundDifferences: () => connection([], {}) });
    const empty = await open(DIFFERENCES);
    await empty.getByText('没有待处理的差异').waitFor();
    await expectAccessible(empty);
  });
});
