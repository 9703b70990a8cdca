import { describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { complaints, expectAccessible, expectNoSidewaysScroll, type OpenOptions } from './browser.js';
import { batchesWorld } from './fixtures/batches.js';
import { memberFixture } from './fixtures/member.js';
import { monthEndFixture } from './fixtures/month-end.js';
import { worldOfEffects } from './fixtures/world.js';
import { useStage } from './stage.js';

let world: ReturnType<typeof worldOfEffects>;

const { open, sent, stage } = useStage(() => {
  world = worldOfEffects();
  actAs('FUND', 'FUND_MAKE', 'FUND_CHECK');
  return world.answers;
});
const actAs = (...capabilities: string[]): void => {
  Object.assign(world.answers, { me: memberFixture({ capabilities: ['BUY', ...capabilities] }) });
};

const query = (on: Page) => new URL(on.url()).searchParams;
const focusedText = (on: Page): Promise<string> =>
  on.evaluate(() => {
    let focused = document.activeElement;
    while (focused?.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement;
    return focused?.textContent?.trim() ?? '';
  });

/** The open dialog with what stands in it, which is slotted. */
const dialogOf = (on: Page) => on.locator('aixin-dialog[open]');

const LOOKS: OpenOptions[] = [
  {},
  { phone: true },
  { attributes: { theme: 'dark' } },
  { phone: true, attributes: { 'large-type': '' } },
];

const NOTHING_WAITS = { agreements: 0, batches: 0, bank: 0, differences: 0, receipts: 0, projects: 0, disclosure: 0 };

describe('the shell', () => {
  it('moves along its tabs by arrows, Home and End, and opens by Enter or space', async () => {
    const shown = await open('/fund');
    await shown.getByRole('tab', { name: '总览', selected: true }).focus();
    await shown.keyboard.press('ArrowRight');
    expect(await focusedText(shown)).toBe('月结');
    await shown.keyboard.press('ArrowRight');
    expect(await focusedText(shown)).toBe('协议');
    await shown.keyboard.press('ArrowRight');
    await shown.keyboard.press('Enter');
    await shown.getByRole('tab', { name: /批次/, selected: true }).waitFor();
    await shown.getByRole('heading', { name: '月度批次' }).waitFor();
    await shown.keyboard.press('Home');
    await shown.keyboard.press('Space');
    await shown.getByRole('heading', { name: '配捐总览' }).waitFor();
    await shown.keyboard.press('ArrowLeft');
    expect(await focusedText(shown)).toBe((await shown.getByRole('tab').allInnerTexts()).at(-1)?.trim());
    expect(await shown.locator('[role=tab][tabindex="0"]').count()).toBe(1);
  });

  it('keeps the tab in the address, steps back, and forgets what the last tab kept there', async () => {
    const shown = await open('/fund?portal=7&month=2026-09');
    await shown.getByRole('heading', { name: '配捐总览' }).waitFor();
    await shown.getByRole('tab', { name: /批次/ }).click();
    await shown.waitForURL('**?portal=7&tab=batches');
    await shown.goBack();
    await shown.getByRole('heading', { name: '配捐总览' }).waitFor();
    expect(query(shown).get('month')).toBe('2026-09');
  });

  it('scrolls its tabs on a phone, never the page, with the open one in sight', async () => {
    const shown = await open('/fund?tab=batches', { phone: true });
    await shown.getByRole('heading', { name: '月度批次' }).waitFor();
    await expectNoSidewaysScroll(shown);
    const box = await shown.getByRole('tab', { name: /批次/ }).boundingBox();
    expect(box?.x).toBeGreaterThanOrEqual(0);
    expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(390);
  });

  it('shows what waits before a tab is opened, and asks again after each change', async () => {
    const shown = await open('/fund');
    await shown.getByRole('tab', { name: /对账/ }).getByText('5 项待办').waitFor({ state: 'attached' });
    await shown.getByRole('tab', { name: /票据/ }).getByText('3 项待办').waitFor({ state: 'attached' });
    Object.assign(world.answers, { fundWaiting: { ...NOTHING_WAITS, batches: 1 } });
    await shown.getByRole('tab', { name: /公示/ }).click();
    await shown.getByRole('tab', { name: /批次/ }).getByText('1 项待办').waitFor({ state: 'attached' });
    expect(await shown.getByRole('tab', { name: /对账/ }).getByText('项待办').count()).toBe(0);
  });

  it('asks the server for nothing of a tab that is not opened', async () => {
    const shown = await open('/fund?tab=batches');
    await shown.getByRole('heading', { name: '月度批次' }).waitFor();
    expect([sent('Fund'), sent('FundAgeing'), sent('FundMatches')].flat()).toEqual([]);
  });
});

describe('what waits for what', () => {
  it('opens the entries of a figure, reads on, and closes them', async () => {
    const shown = await open('/fund');
    await shown.getByRole('link', { name: /待确认，0–7 天/ }).click();
    await shown.getByRole('heading', { name: '待确认 · 0–7 天' }).waitFor();
    expect(query(shown).get('waiting')).toBe('PENDING.0');
    expect(await focusedText(shown)).toBe('待确认 · 0–7 天');
    await shown.getByText('已显示 50 / 410 条').waitFor();
    await shown.locator('.waiting').getByRole('button', { name: '再看一些' }).click();
    await shown.getByText('已显示 100 / 410 条').waitFor();
    await shown.getByRole('button', { name: '收起明细' }).click();
    await shown.getByRole('heading', { name: '待确认 · 0–7 天' }).waitFor({ state: 'detached' });
  });

  it('leads from a remittance that waits to its batch', async () => {
    const shown = await open('/fund?waiting=BATCHED.3');
    await shown.getByRole('link', { name: 'B202609' }).first().click();
    await shown.waitForURL('**?tab=batches&batch=B202609');
    await shown.getByRole('heading', { name: '2026 年 9 月批次' }).waitFor();
  });

  it('says in one line where all the money stands, also to those who do not see the bar', async () => {
    const shown = await open('/fund');
    await shown.getByRole('img', { name: /钱在哪里：待确认 ¥883\.00，已确认 ¥701\.00/ }).waitFor();
  });
});

describe('the batches', () => {
  it('are accessible on a desk, on a phone, in the dark and in large type, and the console is quiet', async () => {
    for (const look of LOOKS) {
      for (const path of ['/fund?tab=batches', '/fund?tab=batches&batch=B202610']) {
        const shown = await open(path, look);
        await shown.getByRole('heading', { level: 2 }).first().waitFor();
        await expectAccessible(shown);
        await expectNoSidewaysScroll(shown);
        expect(complaints.get(shown)).toEqual([]);
        await shown.context().close();
      }
    }
  });

  it('are approved with the hash that was seen, after a question', async () => {
    const shown = await open('/fund?tab=batches&batch=B202610');
    await shown.getByRole('button', { name: '复核通过' }).click();
    await shown.getByRole('dialog', { name: '复核通过批次 B202610？' }).waitFor();
    const asked = dialogOf(shown);
    await asked.getByText('向 2 家配捐方发出汇款要求，合计 ¥4,117.00').waitFor();
    await expectAccessible(shown);
    await shown.keyboard.press('Escape');
    await asked.waitFor({ state: 'detached' });
    expect(sent('ApproveBatch')).toEqual([]);
    expect(await focusedText(shown)).toBe('复核通过');
    await shown.keyboard.press('Enter');
    await asked.getByRole('button', { name: '复核通过' }).click();
    await shown.getByText('批次 B202610 已复核并封存，等配捐方汇款。').waitFor();
    const seen = sent('Batch')[0];
    expect(sent('ApproveBatch')).toMatchObject([{ variables: { input: { batchId: 'id-B202610' } } }]);
    expect(seen?.variables).toEqual({ number: 'B202610' });
    await shown.getByRole('button', { name: '复核通过' }).waitFor({ state: 'detached' });
  });

  it('are sent back with a reason, and not without', async () => {
    const shown = await open('/fund?tab=batches&batch=B202610');
    actAs('FUND', 'FUND_CHECK');
    await shown.reload();
    await shown.getByRole('button', { name: '复核通过' }).waitFor();
    Object.assign(world.answers, batchesWorld({ madeByMe: true }));
    await shown.reload();
    await shown.getByText('这份批次是您制作的，要由另一位管理员复核。').waitFor();
    expect(await shown.getByRole('button', { name: '复核通过' }).count()).toBe(0);
    actAs('FUND', 'FUND_MAKE');
    await shown.reload();
    await shown.getByRole('button', { name: '撤回草稿' }).click();
    await shown.getByRole('dialog', { name: '退回批次 B202610？' }).waitFor();
    const asked = dialogOf(shown);
    await asked.getByRole('button', { name: '退回' }).click();
    await asked.getByText('请写明原因').waitFor();
    await asked.getByRole('textbox', { name: '退回的原因' }).fill('八月的退货还没有核完');
    await asked.getByRole('button', { name: '退回' }).click();
    await shown.getByText('批次 B202610 已退回，可以重新制作。').waitFor();
    expect(sent('RejectBatch')[0]?.variables).toMatchObject({ input: { reason: '八月的退货还没有核完' } });
  });

  it('show a refusal in the dialog, and keep what was typed', async () => {
    const refused = { __typename: 'Refusal', code: 'CHANGED_MEANWHILE', message: '刚刚变动过，请刷新。' };
    Object.assign(world.answers, { approveBatch: () => refused });
    const shown = await open('/fund?tab=batches&batch=B202610');
    await shown.getByRole('button', { name: '复核通过' }).click();
    const asked = dialogOf(shown);
    await asked.getByRole('button', { name: '复核通过' }).click();
    await asked.getByText('刚刚变动过，请刷新。').waitFor();
  });

  it('are made for a month that is over, under one key however often the wire breaks', async () => {
    Object.assign(world.answers, { batches: () => [] });
    const shown = await open('/fund?tab=batches');
    await shown.getByRole('button', { name: '制作批次' }).click();
    await shown.getByRole('dialog', { name: '制作月度批次' }).waitFor();
    const asked = dialogOf(shown);
    const cut = (seen: { operation: string }) => (seen.operation === 'MakeBatch' ? ('cut' as const) : undefined);
    stage.server.world.trouble = cut;
    await asked.getByRole('button', { name: '制作草稿' }).click();
    await asked.getByText('网络中断，没有收到答复').waitFor();
    stage.server.world.trouble = undefined;
    await asked.getByRole('button', { name: '制作草稿' }).click();
    await shown.getByText('草稿已制作，等另一位管理员复核').waitFor();
    const keys = sent('MakeBatch').map(
      ({ variables }) => (variables.input as { idempotencyKey: string }).idempotencyKey,
    );
    expect(keys.length).toBeGreaterThan(1);
    expect(new Set(keys).size).toBe(1);
  });

  it('filter their lines', async () => {
    const shown = await open('/fund?tab=batches&batch=B202610');
    await shown.getByText('已显示 50 条').waitFor();
    await shown.getByRole('combobox', { name: '类别' }).selectOption('adjustment');
    await shown.getByText('已显示 12 条').waitFor();
    expect(query(shown).get('kind')).toBe('adjustment');
  });

  it('tell an auditor all and let them change nothing', async () => {
    actAs('AUDIT');
    const shown = await open('/fund?tab=batches&batch=B202610');
    await shown.getByText('草稿已制作，等另一位管理员复核。').waitFor();
    for (const name of ['复核通过', '退回']) expect(await shown.getByRole('button', { name }).count()).toBe(0);
  });
});

describe('a sponsor', () => {
  it('sees the own remittances in fewer tabs, and asks for no batch', async () => {
    actAs('SPONSOR');
    Object.assign(world.answers, { fund: null });
    const shown = await open('/fund?tab=batches');
    await shown.getByRole('heading', { level: 1, name: '我的配捐' }).waitFor();
    await shown.getByText('AX202609-02').waitFor();
    await shown.getByText('待汇款 3 笔').waitFor();
    const tabs = await shown.getByRole('tab').allInnerTexts();
    expect(tabs).not.toContain('总览');
    expect(tabs).not.toContain('对账');
    expect(sent('Batches')).toEqual([]);
    await expectAccessible(shown);
    expect(complaints.get(shown)).toEqual([]);
  });
});

describe('the end of a month', () => {
  it('is accessible in every look', async () => {
    for (const look of LOOKS) {
      const shown = await open('/fund?tab=month', look);
      await shown.getByRole('list', { name: '2026 年 10 月月结的步骤' }).waitFor();
      await expectAccessible(shown);
      await expectNoSidewaysScroll(shown);
      expect(complaints.get(shown)).toEqual([]);
      await shown.context().close();
    }
  });

  it('says what is next and whose turn it is, and leads to where it is done', async () => {
    const shown = await open('/fund?tab=month');
    const next = shown.getByRole('region', { name: '下一步' });
    await next.getByText('轮到您').waitFor();
    await next.getByRole('heading', { name: '复核批次' }).waitFor();
    expect(await shown.getByRole('listitem').count()).toBe(9);
    await next.getByRole('link', { name: '去看批次' }).press('Enter');
    await shown.waitForURL(/tab=batches&batch=B202610|batch=B202610&tab=batches/);
    await shown.goBack();
    Object.assign(world.answers, { monthEnd: monthEndFixture(true) });
    await shown.getByRole('combobox', { name: '月份' }).selectOption('2026-09');
    await next.getByRole('heading', { name: '核对支付账单' }).waitFor();
    await shown.getByText('要由另一位复核人办理').waitFor();
    expect(sent('MonthEnd').at(-1)?.variables).toMatchObject({ month: '2026-09' });
  });
});
