import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { complaints, expectAccessible, expectNoSidewaysScroll, type OpenOptions } from './browser.js';
import { branchFixture } from './fixtures/branch.js';
import { fundFixture } from './fixtures/fund.js';
import { memberFixture } from './fixtures/member.js';
import { worldOfEffects } from './fixtures/world.js';
import { useStage } from './stage.js';

const FUND_PEOPLE = ['BUY', 'FUND', 'FUND_MAKE', 'FUND_CHECK'];

let world: ReturnType<typeof worldOfEffects>;

const { open, sent, stage } = useStage(() => {
  world = worldOfEffects();
  return Object.assign(world.answers, { me: memberFixture({ capabilities: FUND_PEOPLE }) });
});

const query = (on: Page) => new URL(on.url()).searchParams;

const exported = async (on: Page, button: string): Promise<{ name: string; lines: string[] }> => {
  const [download] = await Promise.all([on.waitForEvent('download'), on.getByRole('button', { name: button }).click()]);
  const text = await readFile(await download.path(), 'utf8');
  expect(text.startsWith('\ufeff')).toBe(true);
  return { name: download.suggestedFilename(), lines: text.slice(1).trimEnd().split('\r\n') };
};

describe.each([
  ['branch', '/branch', '本月帮扶情况', '这里只对支部书记开放'],
  ['fund', '/fund', '基金管理', '这里只对基金管理员和审计开放'],
])('the %s console', (field, path, heading, denied) => {
  const title = (on: Page) => on.getByRole('heading', { level: 1, name: heading });

  it('is accessible on a desk, on a phone, in the dark and in large type, and the console is quiet', async () => {
    const looks: OpenOptions[] = [
      {},
      { phone: true },
      { attributes: { theme: 'dark' } },
      { phone: true, attributes: { 'large-type': '' } },
    ];
    for (const look of looks) {
      const shown = await open(path, look);
      await title(shown).waitFor();
      await shown.getByRole('button', { name: '用表格看' }).click();
      await expectAccessible(shown);
      await expectNoSidewaysScroll(shown);
      expect(complaints.get(shown)).toEqual([]);
      await shown.context().close();
    }
  });

  it('says that it is not for this person', async () => {
    Object.assign(world.answers, { me: memberFixture(), [field]: () => null });
    const shown = await open(path);
    await shown.getByText(denied).waitFor();
    await expectAccessible(shown);
  });

  it('asks who is not signed in to sign in', async () => {
    Object.assign(world.answers, { me: null, [field]: () => null });
    const shown = await open(path, { token: null });
    await shown.getByRole('button', { name: '去登录' }).waitFor();
  });

  it('says that it did not come, and comes when asked again', async () => {
    stage.server.world.trouble = () => 'cut';
    const shown = await open(path);
    await shown.getByText('网络没有连上').waitFor();
    stage.server.world.trouble = undefined;
    await shown.getByRole('button', { name: '再试一次' }).click();
    await title(shown).waitFor();
  });

  it('has a month without anything', async () => {
    const quiet = field === 'branch' ? branchFixture({ quiet: true }) : fundFixture({ quiet: true });
    Object.assign(world.answers, { [field]: () => quiet });
    const shown = await open(path);
    await shown.getByText(field === 'branch' ? '这个月还没有帮扶记录' : '没有符合条件的配捐').waitFor();
    await expectAccessible(shown);
  });

  it('keeps the month in the address: chosen, stepped, by a bar, and back', async () => {
    const shown = await open(path);
    const month = shown.getByRole('combobox', { name: '月份' });
    await month.selectOption('2026-09');
    await shown.waitForURL('**?month=2026-09');
    await shown.getByRole('button', { name: '上一个月' }).click();
    await shown.waitForURL('**?month=2026-08');
    await shown.getByRole('link', { name: /2026 年 7 月/ }).press('Enter');
    await shown.waitForURL('**?month=2026-07');
    await shown.goBack();
    await shown
      .getByRole('link', { name: /2026 年 8 月/, exact: false })
      .and(shown.locator('[aria-current]'))
      .waitFor();
    expect(await month.inputValue()).toBe('2026-08');
  });

  it('steps no further than the months there are', async () => {
    const shown = await open(`${path}?month=2026-06`);
    await title(shown)
      .or(shown.getByRole('heading', { level: 1 }))
      .first()
      .waitFor();
    expect(await shown.getByRole('button', { name: '上一个月' }).isDisabled()).toBe(true);
    expect(await shown.getByRole('button', { name: '下一个月' }).isDisabled()).toBe(false);
  });

  it('leaves what the host keeps in the address as it is', async () => {
    const shown = await open(`${path}?portal=7#part`);
    await shown.getByRole('combobox', { name: '月份' }).selectOption('2026-09');
    await shown.waitForURL('**?portal=7&month=2026-09#part');
  });

  it('prints the figures, and not the buttons', async () => {
    const shown = await open(path);
    await title(shown).waitFor();
    await shown.emulateMedia({ media: 'print' });
    expect(await shown.getByRole('button', { name: '导出表格' }).isVisible()).toBe(false);
    expect(await shown.getByRole('combobox', { name: '月份' }).isVisible()).toBe(false);
    expect(await title(shown).isVisible()).toBe(true);
  });
});

describe('the branch', () => {
  it('compares with the month before and says how fresh it is', async () => {
    const shown = await open('/branch');
    await shown.getByText('17 人参与 · 上月 25 笔').waitFor();
    await shown.getByText(/数据截至/).waitFor();
  });

  it('never asks for a basket, and says so', async () => {
    const shown = await open('/branch');
    await shown.getByText('购买明细仅本人可见；本人愿意时才与支部共享。').waitFor();
    expect(sent('Branch')[0]?.query).not.toMatch(/\b(order|lines|product|title|specification)\b/);
  });

  it('says calmly why a sum is not shown, and shows no nought in its place', async () => {
    stage.server.world.answers['branch'] = branchFixture({ few: true });
    const shown = await open('/branch');
    await shown.getByText('少于 5 人购买，为保护个人不显示金额').first().waitFor();
    expect(await shown.locator('.totals').innerText()).not.toContain('¥0.00');
    expect(await shown.locator('.units tbody tr').nth(1).innerText()).toContain('不显示');
  });

  it('compares units in the wanted order, and has no such order for persons', async () => {
    const shown = await open('/branch');
    await shown.getByRole('button', { name: '购买金额（元）' }).click();
    const names = shown.locator('.units tbody tr td:first-child');
    await shown.locator('.units th[aria-sort=descending]').waitFor();
    expect(await names.allInnerTexts()).toEqual(['第二党支部', '第一党支部', '第三党支部', '离退休党支部']);
    expect(query(shown).get('sort')).toBe('-sales');
    expect(await shown.locator('[aria-sort]').count()).toBe(5);
  });

  it('opens a unit below, and leads back', async () => {
    const shown = await open('/branch');
    await shown.getByRole('link', { name: '第三党支部' }).click();
    await shown.waitForURL('**?organisation=unit-2');
    await shown.getByRole('link', { name: '回到我的组织' }).click();
    await shown.waitForURL('**/branch');
    expect(sent('Branch').map(({ variables }) => variables.organisationId)).toEqual([null, 'unit-2', null]);
  });

  it('exports all records of the month, with cells that cannot run', async () => {
    const shown = await open('/branch');
    const { name, lines } = await exported(shown, '导出表格');
    expect(name).toBe('综合党总支-2026-11-帮扶记录.csv');
    expect(lines[0]).toBe('日期,党员,类别,事项,积分,状态');
    expect(lines).toHaveLength(1 + 43);
    expect(lines.filter((line) => line.includes("'=赵*"))).not.toHaveLength(0);
    expect(lines.some((line) => /(^|,)=/.test(line))).toBe(false);
    await shown.getByText('已导出 43 条').waitFor();
  });

  it('exports the units', async () => {
    const shown = await open('/branch');
    const { lines } = await exported(shown, '导出这张表');
    expect(lines[2]).toBe('第二党支部,14,1285.20,8.00,45');
  });

  it('says that an export did not work out', async () => {
    const shown = await open('/branch');
    await shown.getByRole('heading', { level: 1 }).waitFor();
    stage.server.world.trouble = () => 'cut';
    await shown.getByRole('button', { name: '导出表格' }).click();
    await shown.getByText('没有导出').waitFor();
  });
});

describe('the fund', () => {
  it("opens a state's entries from its figure", async () => {
    const shown = await open('/fund');
    await shown.getByRole('link', { name: /已汇入 ¥118/ }).click();
    await shown.getByText('22 笔，合计 ¥22.00').waitFor();
    expect(query(shown).get('state')).toBe('REMITTED');
    const focused = await shown.locator('#entries').evaluate((heading) => heading.matches(':focus'));
    expect(focused).toBe(true);
    const states = await shown.locator('.entries tbody td:last-child').allInnerTexts();
    expect(new Set(states)).toEqual(new Set(['已汇入']));
  });

  it("opens an agreement's entries, and clears the filter", async () => {
    const shown = await open('/fund');
    await shown.getByRole('link', { name: /XY-2026-002/ }).click();
    await shown.getByText('44 笔，合计').waitFor();
    await shown.getByRole('button', { name: '清除筛选' }).click();
    await shown.getByText('132 笔，合计').waitFor();
    expect(query(shown).size).toBe(0);
  });

  it('asks again for the entries alone when only the filter changes', async () => {
    const shown = await open('/fund');
    await shown.getByText('132 笔，合计').waitFor();
    await shown.getByRole('combobox', { name: '状态' }).selectOption('PENDING');
    await shown.getByText('22 笔，合计 ¥22.00').waitFor();
    expect(sent('Fund')).toHaveLength(1);
    expect(sent('FundMatches')).toHaveLength(2);
  });

  it('sorts all entries, not only those on the screen', async () => {
    const shown = await open('/fund');
    await shown.getByText('已显示 50 / 132 条').waitFor();
    await shown.getByRole('button', { name: '订单号' }).click();
    await shown.getByText('已显示 132 / 132 条').waitFor();
    const numbers = await shown.locator('.entries tbody td:nth-child(2)').allInnerTexts();
    expect(numbers).toHaveLength(132);
    expect(numbers).toEqual(numbers.toSorted(new Intl.Collator('zh-CN', { numeric: true }).compare));
  });

  it('exports what is filtered and sorted, all of it, with cells that cannot run', async () => {
    const shown = await open('/fund?state=PENDING&sort=-time');
    await shown.getByText('22 笔，合计 ¥22.00').waitFor();
    const { name, lines } = await exported(shown, '导出表格');
    expect(name).toBe('配捐明细-2026-11-待确认.csv');
    expect(lines).toHaveLength(1 + 22);
    expect(lines.some((line) => line.includes(",'=cmd|老腊肉,"))).toBe(true);
    expect(lines.some((line) => /(^|,)[=+@]/.test(line))).toBe(false);
    expect(lines[1]).toMatch(/,1\.00,待确认$/);
  });

  it('tells of each agreement what is matched, held and left, also to those who do not see the bar', async () => {
    const shown = await open('/fund');
    const bar = '渝州农商行：上限 ¥50,000.00，已配 ¥34,123.00，占用 ¥640.00，剩余 ¥15,237.00';
    await shown.getByRole('img', { name: bar }).waitFor();
    await shown.getByText('额度已用完，公益宝贝标记已撤下').waitFor();
    await shown.getByText('额度将用完').waitFor();
  });

  it('scrolls its table on a phone by the keyboard, and keeps the first column in sight', async () => {
    const shown = await open('/fund', { phone: true });
    const box = shown.getByRole('region', { name: '配捐明细表' });
    await box.focus();
    await shown.keyboard.press('ArrowRight');
    await shown.waitForFunction(() => {
      const shell = document.querySelector('aixin-fund')?.shadowRoot;
      const root = shell?.querySelector('aixin-fund-overview')?.shadowRoot;
      return (root?.querySelector('.entries .table-scroll')?.scrollLeft ?? 0) > 0;
    });
    const cell = shown.locator('.entries tbody td').first();
    expect((await cell.boundingBox())?.x).toBe((await box.boundingBox())?.x);
  });

  it('scrolls its table with the page on a desk, and keeps the head in sight', async () => {
    const shown = await open('/fund');
    await shown.getByText('已显示 50 / 132 条').waitFor();
    const box = shown.getByRole('region', { name: '配捐明细表' });
    expect(await box.evaluate(({ scrollHeight, clientHeight }) => scrollHeight - clientHeight)).toBe(0);
    await shown.locator('.entries tbody tr').nth(40).scrollIntoViewIfNeeded();
    expect((await shown.locator('.entries thead th').first().boundingBox())?.y).toBeGreaterThanOrEqual(0);
  });

  it('never asks who bought', async () => {
    await (await open('/fund')).getByText('132 笔，合计').waitFor();
    expect(sent('FundMatches')[0]?.query).not.toMatch(/member|buyer|displayName|recipient/);
  });
});
