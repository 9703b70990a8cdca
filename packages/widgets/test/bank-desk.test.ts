import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { complaints, expectAccessible, expectNoSidewaysScroll, type OpenOptions } from './browser.js';
import { bankFixture } from './fixtures/bank.js';
import { memberFixture } from './fixtures/member.js';
import { worldOfEffects } from './fixtures/world.js';
import { useStage } from './stage.js';

let bank: ReturnType<typeof bankFixture>;

const {
  open: openPage,
  sent,
  stage,
} = useStage(() => {
  bank = bankFixture();
  const me = memberFixture({ capabilities: ['BUY', 'FUND', 'FUND_MAKE'] });
  return { ...worldOfEffects().answers, ...bank, me };
});

const open = async (options: OpenOptions = {}, query = ''): Promise<Page> => {
  const page = await openPage(`/fund?tab=bank${query}`, options);
  await page.getByRole('grid', { name: '银行流水' }).waitFor();
  return page;
};
const row = (on: Page, id: string) => on.locator(`tr[data-id=${id}]`);
const selected = (on: Page) => on.locator('tr[aria-selected=true]').getAttribute('data-id');
const panel = (on: Page) => on.getByRole('complementary', { name: '选中的一行' });
const settled = async (on: Page, id: string, text: string): Promise<void> => {
  await row(on, id).getByText(text).first().waitFor();
};

describe('the matching desk', () => {
  it('is accessible on a desk, on a phone, in the dark and in large type, dialogs too', async () => {
    const looks: OpenOptions[] = [
      {},
      { phone: true },
      { attributes: { theme: 'dark' } },
      { phone: true, attributes: { 'large-type': '' } },
    ];
    for (const look of looks) {
      const shown = await open(look);
      await expectAccessible(shown);
      await expectNoSidewaysScroll(shown);
      for (const [button, dialog] of [
        ['逐行指定', '逐行指定'],
        ['忽略并写明原因', '忽略这一行'],
      ] as const) {
        await panel(shown).getByRole('button', { name: button }).click();
        await shown.getByRole('dialog', { name: dialog }).waitFor();
        await expectAccessible(shown);
        await expectNoSidewaysScroll(shown);
        await shown.keyboard.press('Escape');
      }
      expect(complaints.get(shown)).toEqual([]);
      await shown.context().close();
    }
  });

  it('is worked by keyboard alone, from the suggestion to the last open line', async () => {
    const on = await open();
    expect(await selected(on)).toBe('line-2');
    await on.locator('tr[aria-selected=true]').focus();
    await panel(on).getByText('两行合为一笔').waitFor();

    await on.keyboard.press('Enter');
    await settled(on, 'line-2', '已核对');
    await settled(on, 'line-3', '已核对');
    expect(await selected(on)).toBe('line-5');
    expect(
      await on.evaluate(() => document.activeElement?.shadowRoot?.activeElement?.shadowRoot?.activeElement?.tagName),
    ).toBe('TR');

    await on.keyboard.press('x');
    const ignoring = on.getByRole('dialog', { name: '忽略这一行' });
    await ignoring.waitFor();
    await on.keyboard.press('Tab');
    await on.keyboard.type('个人捐款，已转公开募捐平台');
    await on.keyboard.press('Tab');
    await on.keyboard.press('Tab');
    await on.keyboard.press('Enter');
    await settled(on, 'line-5', '已忽略');
    expect(sent('IgnoreBankLine')[0]?.variables['input']).toMatchObject({
      category: 'FOREIGN',
      reason: '个人捐款，已转公开募捐平台',
    });
    expect(await selected(on)).toBe('line-7');

    await on.keyboard.press('s');
    await on.getByRole('dialog', { name: '逐行指定' }).waitFor();
    await on.keyboard.type('500');
    await on.getByText('¥300.00', { exact: true }).first().waitFor();
    await on.keyboard.press('Enter');
    await settled(on, 'line-7', '已核对一部分');
    expect(sent('MatchBankLines')[0]?.variables['input']).toMatchObject({
      parts: [{ lineId: 'line-7', reference: 'AX202610-03', amountFen: 50_000 }],
    });
    expect(await selected(on)).toBe('line-8');
    await on.keyboard.press('k');
    expect(await selected(on)).toBe('line-7');
    await on.keyboard.press('Home');
    expect(await selected(on)).toBe('line-1');

    await on.keyboard.press('u');
    await on.getByRole('dialog', { name: '撤销这一行的核对？' }).waitFor();
    await on.keyboard.press('Tab');
    await on.keyboard.press('Enter');
    await settled(on, 'line-1', '待处理');
    await panel(on).getByText('AX202610-01 ¥3,117.00（已撤销）').waitFor();
    expect(complaints.get(on)).toEqual([]);
  });

  it('has its keys at once, and takes back what was done last though the work went on', async () => {
    const on = await open();
    await on.waitForFunction(
      () => document.activeElement?.shadowRoot?.activeElement?.shadowRoot?.activeElement?.tagName === 'TR',
    );
    await on.keyboard.press('Enter');
    await settled(on, 'line-2', '已核对');
    expect(await selected(on)).toBe('line-5');
    await on.keyboard.press('u');
    await on.getByRole('dialog', { name: '撤销这一行的核对？' }).waitFor();
    await on.getByText('11-04 配捐单位乙，¥600.00。').waitFor();
    await on.getByRole('button', { name: '撤销核对', exact: true }).click();
    await settled(on, 'line-2', '待处理');
    expect(sent('UnmatchBankLine')[0]?.variables['input']).toMatchObject({ lineId: 'line-2' });
  });

  it('shows the lines of the month that was chosen, and all where none was', async () => {
    const on = await open();
    expect(sent('BankLines')[0]?.variables).toMatchObject({ fromDay: null, toDay: null });
    await on.getByRole('combobox', { name: '月份' }).selectOption('2026-11');
    await expect(on.waitForURL(/month=2026-11/)).resolves.toBeUndefined();
    await row(on, 'line-2').waitFor();
    expect(sent('BankLines').at(-1)?.variables).toMatchObject({ fromDay: '2026-11-01', toDay: '2026-11-31' });
  });

  it('shows what is on its way, and brings a refused line back with the reason', async () => {
    const on = await open();
    const refusal = {
      __typename: 'Refusal',
      code: 'CHANGED_MEANWHILE',
      message: '这一行刚刚已由别人忽略（测试），列表已更新。',
    };
    let answer: (value: object) => void = () => undefined;
    const waiting = new Promise<object>((resolve) => (answer = resolve));
    Object.assign(stage.server.world.answers, { acceptBankSuggestion: () => waiting });
    await row(on, 'line-2').click();
    await on.keyboard.press('Enter');
    await settled(on, 'line-2', '正在办理…');
    await settled(on, 'line-3', '正在办理…');
    expect(await selected(on)).toBe('line-5');
    answer(refusal);
    await panel(on).getByRole('alert').getByText('已由别人忽略').waitFor();
    expect(await selected(on)).toBe('line-2');
    await settled(on, 'line-2', '建议');
  });

  it('keeps its keys to itself: none in a field, none with a modifier, none for those who only read', async () => {
    const on = await open();
    await on.getByRole('searchbox', { name: '查找对方、附言或汇款编号' }).fill('xs');
    await on.keyboard.press('s');
    expect(await on.getByRole('dialog').count()).toBe(0);
    await on.context().close();

    Object.assign(stage.server.world.answers, { me: memberFixture({ capabilities: ['BUY', 'FUND', 'AUDIT'] }) });
    const auditor = await open();
    await row(auditor, 'line-2').click();
    await auditor.keyboard.press('Enter');
    await auditor.keyboard.press('x');
    expect(await auditor.getByRole('dialog').count()).toBe(0);
    expect(sent('AcceptBankSuggestion')).toEqual([]);
    await panel(auditor).getByText('只有经办可以核对').waitFor();
    await auditor.keyboard.press('?');
    await auditor.getByRole('dialog', { name: '按键' }).waitFor();
  });

  it('filters by state and by words, in the address, and exports what is shown', async () => {
    const on = await open();
    await on.getByRole('button', { name: '待处理 3' }).click();
    await row(on, 'line-2').waitFor({ state: 'detached' });
    expect(new URL(on.url()).searchParams.get('state')).toBe('OPEN');
    await on.keyboard.press('Tab');
    await row(on, 'line-7').click();
    await on.keyboard.press('/');
    await on.keyboard.type('心意');
    await row(on, 'line-7').waitFor({ state: 'detached' });
    await row(on, 'line-5').waitFor();
    const [download] = await Promise.all([
      on.waitForEvent('download'),
      on.getByRole('button', { name: '导出表格' }).click(),
    ]);
    const text = await readFile(await download.path(), 'utf8');
    expect(download.suggestedFilename()).toBe('银行流水.csv');
    expect(text.trimEnd().split('\r\n')).toEqual([
      '\ufeff账户,日期,对方,对方账号,附言,金额（元）,未核对（元）,余额（元）,状态,依据,核对到',
      '基金专户（尾号 1234）,2026-11-06,个人 · 王*,,一点心意,50.00,50.00,,待处理,非配捐款：转公开募捐平台,',
    ]);
  });

  it('refuses to give away more than a line brings before it asks the server', async () => {
    const on = await open();
    await row(on, 'line-8').click();
    await on.keyboard.press('s');
    await on.getByRole('dialog', { name: '逐行指定' }).waitFor();
    await on.getByRole('button', { name: '填满 AX202610-03' }).click();
    await on.getByRole('textbox', { name: '给 AX202610-04 的金额' }).fill('1');
    await on.getByText('−¥1.00').waitFor();
    await on.keyboard.press('Enter');
    await on.getByRole('alert').getByText('超过了这一行').waitFor();
    await on.getByRole('textbox', { name: '给 AX202610-04 的金额' }).fill('abc');
    await on.keyboard.press('Enter');
    await on.getByRole('alert').getByText('AX202610-04 的金额不对').waitFor();
    expect(sent('MatchBankLines')).toEqual([]);
  });

  it('shows hundreds of lines a hundred at a time, and goes through them by keys', async () => {
    const [first] = bank.lines;
    const many = Array.from({ length: 450 }, (_, index) => ({ ...structuredClone(first!), id: `many-${index}` }));
    Object.assign(stage.server.world.answers, bankFixture(many));
    const on = await open();
    for (let shown = 100; shown < 450; shown += 100) {
      await on.getByRole('button', { name: '再显示 100 行' }).click();
      await row(on, `many-${Math.min(449, shown + 99)}`).waitFor();
    }
    await row(on, 'many-0').click();
    for (let press = 0; press < 100; press += 1) await on.keyboard.press('j');
    expect(await selected(on)).toBe('many-100');
  });
});
