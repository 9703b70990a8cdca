import { describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { complaints, expectAccessible, expectNoSidewaysScroll, type OpenOptions } from './browser.js';
import { bankFixture } from './fixtures/bank.js';
import { memberFixture } from './fixtures/member.js';
import { statementFixture } from './fixtures/statement.js';
import { worldOfEffects } from './fixtures/world.js';
import { useStage } from './stage.js';

const answersWith = (statement: ReturnType<typeof statementFixture>) => {
  const me = memberFixture({ capabilities: ['BUY', 'FUND', 'FUND_MAKE'] });
  return { ...worldOfEffects().answers, ...bankFixture(), ...statement, me };
};
const { open: openPage, sent, stage, answerWith } = useStage(() => answersWith(statementFixture({ refusal: null })));
const set = (refusal: Parameters<typeof statementFixture>[0]['refusal'] = null) => {
  const statement = statementFixture({ refusal });
  answerWith(answersWith(statement));
  return statement;
};

const STORED = { id: 'file-1', name: '十一月.csv', contentType: 'text/csv', sizeBytes: 900, sha256: 'ab'.repeat(32) };

const open = async (options: OpenOptions = {}): Promise<Page> => {
  const page = await openPage('/fund?tab=bank', options);
  await page.route('**/files?*', (route) => route.fulfill({ json: STORED }));
  await page.getByRole('grid', { name: '银行流水' }).waitFor();
  await page.getByRole('button', { name: '导入对账单' }).click();
  await page.getByRole('dialog', { name: '导入对账单' }).waitFor();
  return page;
};
const bring = async (on: Page): Promise<void> => {
  await on
    .getByLabel('对账单文件：选择文件')
    .setInputFiles({ name: '十一月.csv', mimeType: 'text/csv', buffer: Buffer.from('交易日期,…') });
  await on.getByText('十一月.csv', { exact: true }).waitFor();
};

describe('the import of a statement', () => {
  it('maps an unknown layout, shows the whole file’s sums and first rows, keeps the mapping, and posts', async () => {
    const on = await open();
    await on.getByText('已入账到 2026-11-02，余额 ¥1,204.55').waitFor();
    await bring(on);
    await on.getByRole('button', { name: '开始核对' }).click();
    await on.getByRole('textbox', { name: '收入（贷方）' }).waitFor();
    expect(await on.getByRole('textbox', { name: '日期' }).inputValue()).toBe('交易日期');
    await on.getByRole('textbox', { name: '对方账号' }).fill('对方账号');
    await on.getByRole('button', { name: '开始核对' }).click();
    await on.getByText('正在读取和检查').waitFor();
    await on.getByText('逐行余额相符').waitFor();
    const [asked] = sent('PreviewStatement');
    const input = asked?.variables['input'] as { definition: string; fileId: string };
    expect(input.fileId).toBe('file-1');
    expect(JSON.parse(input.definition)).toMatchObject({
      amount: { kind: 'pair', credit: { name: '贷方发生额' } },
      counterpartyAccount: { name: '对方账号' },
    });
    await on.getByText('2026-11-03 至 2026-11-09').waitFor();
    await on.getByText('其中 2 行已经入账，不会重复').waitFor();
    await on.getByRole('cell', { name: 'AX2026 10-02' }).waitFor();
    await on.getByRole('textbox', { name: '模板名称' }).fill('巴渝 2026');
    await on.getByRole('button', { name: '保存为模板' }).click();
    await on.getByText('模板已保存').waitFor();
    await on.getByRole('button', { name: '确认入账 6 行' }).click();
    await on.getByText('正在入账').waitFor();
    const reads = sent('BankLines').length;
    await on.getByText('6 行已入账').waitFor();
    await on.getByRole('button', { name: '去对账' }).click();
    expect(sent('BankLines').length).toBeGreaterThan(reads);
    expect(complaints.get(on)).toEqual([]);
  });

  it('says in which line a file is wrong, and goes on where a gap is explained', async () => {
    set({ code: 'STATEMENT_GAP', message: '第 5 行：2026-11-02 与这份账单之间缺对账单，请先导入中间的。', lineNo: 5 });
    const on = await open();
    await on.getByRole('combobox', { name: '导入模板' }).selectOption('camt053');
    await bring(on);
    await on.getByRole('button', { name: '开始核对' }).click();
    await on.getByRole('alert').getByText('第 5 行').waitFor();
    await expectAccessible(on);
    await on.getByRole('textbox', { name: '缺少的原因' }).fill('银行系统升级，当日没有对账单');
    await on.getByRole('button', { name: '说明原因并重新核对' }).click();
    await on.getByText('逐行余额相符').waitFor();
    expect(sent('PreviewStatement').at(-1)?.variables['input']).toMatchObject({
      profileId: 'camt053',
      gapReason: '银行系统升级，当日没有对账单',
    });
  });

  it('lists every strange row of a file at once, and says how many there are beyond', async () => {
    const rows = Array.from({ length: 100 }, (_, n) => {
      return { code: 'AMOUNT_INVALID', message: `第 ${n + 2} 行：金额“一百”不是数字。`, lineNo: n + 2 };
    });
    set({ ...rows[0]!, rows, rowCount: 140 });
    for (const look of [{}, { phone: true }] satisfies OpenOptions[]) {
      const on = await open(look);
      await on.getByRole('combobox', { name: '导入模板' }).selectOption('camt053');
      await bring(on);
      await on.getByRole('button', { name: '开始核对' }).click();
      await on.getByRole('listitem').filter({ hasText: '第 101 行' }).waitFor();
      await on.getByText('只列出前 100 行，共 140 行。').waitFor();
      await expectAccessible(on);
      await expectNoSidewaysScroll(on);
      await on.context().close();
      set({ ...rows[0]!, rows, rowCount: 140 });
    }
  });

  it('adds an account where there is none', async () => {
    set().accounts.length = 0;
    Object.assign(stage.server.world.answers, {
      saveBankAccount: () => ({
        __typename: 'Refusal',
        code: 'ACCOUNT_INVALID',
        message: '账号应为 6 至 32 位数字。',
        path: 'number',
      }),
    });
    const on = await open();
    await on.getByRole('textbox', { name: '名称' }).fill('基金专户');
    await on.getByRole('textbox', { name: '开户银行' }).fill('巴渝商业银行');
    await on.getByRole('textbox', { name: '账号' }).fill('12');
    await on.getByRole('button', { name: '保存账户' }).click();
    await on.getByText('账号应为 6 至 32 位数字。').waitFor();
  });

  it('is asked back with a reason where it was a mistake, and taken out of the books by another person', async () => {
    const me = memberFixture({ capabilities: ['BUY', 'FUND', 'FUND_MAKE', 'FUND_CHECK'] });
    for (const look of [{}, { phone: true }] satisfies OpenOptions[]) {
      answerWith({ ...answersWith(statementFixture({ refusal: null })), me });
      const on = await openPage('/fund?tab=bank', look);
      await on.getByRole('grid', { name: '银行流水' }).waitFor();
      await on.getByRole('button', { name: '导入记录' }).click();
      await on.getByRole('button', { name: '申请撤回：别户十月.csv' }).click();
      await on.getByRole('textbox', { name: '撤回的原因' }).fill('导到了别的账户');
      await on.getByRole('button', { name: '申请撤回', exact: true }).click();
      await on.getByText('申请撤回的原因：导到了别的账户').waitFor();
      await expectAccessible(on);
      await expectNoSidewaysScroll(on);
      const reads = sent('BankLines').length;
      await on.getByRole('button', { name: '同意撤回：别户十月.csv' }).click();
      await on.getByRole('button', { name: '同意撤回', exact: true }).click();
      await on.getByText('已撤回', { exact: true }).waitFor();
      expect(sent('BankLines').length).toBeGreaterThan(reads);
      expect(complaints.get(on)).toEqual([]);
      await on.context().close();
    }
  });

  it('is accessible in each step, on a desk and on a phone', async () => {
    for (const look of [{}, { phone: true }, { attributes: { theme: 'dark' } }] satisfies OpenOptions[]) {
      set();
      const on = await open(look);
      await bring(on);
      await on.getByRole('button', { name: '开始核对' }).click();
      await on.getByRole('textbox', { name: '收入（贷方）' }).waitFor();
      await expectAccessible(on);
      await expectNoSidewaysScroll(on);
      await on.getByRole('button', { name: '开始核对' }).click();
      await on.getByText('逐行余额相符').waitFor();
      await expectAccessible(on);
      await expectNoSidewaysScroll(on);
      expect(complaints.get(on)).toEqual([]);
      await on.context().close();
    }
  });
});
