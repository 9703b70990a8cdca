import { splitByLargestRemainder } from '@aixin/points-engine';
import { readRemittances, type Remittance } from '../../src/features/batches/index.js';
import type { Order } from '../../src/features/orders/index.js';
import { type Fund, noonOf } from '../fund.js';
import { type YearBank, PAYERS } from './statement.js';

/** What the year is made of, beside the sales. */
export interface YearPlan {
  readonly year: number;
  readonly salesCount: number;
}

export interface YearParts {
  readonly fund: Fund;
  readonly bank: YearBank;
  readonly plan: YearPlan;
  /** Brings a statement into the books and decides what a person has to decide. */
  importDays(fromDay: string, toDay: string): Promise<void>;
  /** Receipts for what has come, and what the quarter's end asks for. */
  receipts(): Promise<void>;
  quarterEnd(quarter: number): Promise<void>;
}

/** Of a hundred sales: given back while PENDING, between accrual and batch, and after the batch. 3 % in all. */
const REFUNDED = { pending: 1, accrued: 1, batched: 1 } as const;
const EVERY = 100;

/** One sale in twenty is received so late that it accrues in the next month. */
const LATE_EVERY = 20;

/**
 * Twelve months of a fund with two sponsors: sales, refunds of all three kinds, batches, what sponsors pay in all the ways
 * that they do, fees, interest, a stranger's gift, three pairs of twins, a doubled statement and one that overlaps.
 */
export async function playYear(parts: YearParts): Promise<void> {
  let carried: YearSales = { late: [], batched: [] };
  for (let month = 1; month <= 12; month += 1) carried = await playMonth(parts, month, carried);
}

interface YearSales {
  /** Received after the month's end. */
  readonly late: readonly Order[];
  /** Will be given back although a batch has taken them. */
  readonly batched: readonly Order[];
}

async function playMonth(parts: YearParts, month: number, before: YearSales): Promise<YearSales> {
  const { fund, bank, plan } = parts;
  const on = (day: number): string => dayOf(plan.year, month, day);
  fund.heart.nowMs = noonOf(on(10));
  const count = Math.floor(plan.salesCount / 12);
  const sold = [
    ...(await fund.sell('a1', count - Math.floor(count / 3))),
    ...(await fund.sell('a2', Math.floor(count / 3))),
  ];
  const kindOf = (index: number): number => index % EVERY;
  const chosen = (from: number, many: number) => sold.filter((_, n) => kindOf(n) >= from && kindOf(n) < from + many);
  const pending = chosen(0, REFUNDED.pending);
  const accruedThenBack = chosen(REFUNDED.pending, REFUNDED.accrued);
  const batched = chosen(REFUNDED.pending + REFUNDED.accrued, REFUNDED.batched);
  fund.heart.nowMs = noonOf(on(15));
  for (const order of pending) await fund.refund(order);
  fund.heart.nowMs = noonOf(on(20));
  const late = sold.filter((_, n) => n % LATE_EVERY === LATE_EVERY - 1);
  await fund.accrue([...before.late, ...sold.filter((order) => !pending.includes(order) && !late.includes(order))]);
  for (const order of accruedThenBack) await fund.refund(order);
  // Last month's batch has taken these: the next one takes them back.
  for (const order of before.batched) await fund.refund(order);
  await payRemittances(parts, month);
  bank.add({ day: on(25), amountFen: -100, counterparty: '', memo: '账户管理费' });
  if (month % 3 === 0) bank.add({ day: on(21), amountFen: 231 + month, counterparty: '', memo: '结息' });
  await importMonth(parts, month);
  await parts.receipts();
  if (month % 3 === 0) await parts.quarterEnd(month / 3);
  fund.heart.nowMs = noonOf(dayOf(plan.year, month + 1, 3));
  await fund.batch(`${plan.year}-${pad(month)}`);
  return { late, batched };
}

/** The sponsors pay what the last batch asked for, each month in another way. */
async function payRemittances({ fund, bank, plan }: YearParts, month: number): Promise<void> {
  const open = await readRemittances(fund.heart.base, { states: ['OPEN'] });
  const on = (day: number): string => dayOf(plan.year, month, day);
  const pay = (one: Remittance, day: number, more: { amountFen?: number; memo?: string } = {}): void => {
    const { amountFen = one.amountFen, memo = `一元捐 ${one._id}` } = more;
    bank.add({ day: on(day), amountFen, counterparty: PAYERS[one.agreementId] ?? '', memo });
  };
  for (const one of open) {
    if (month === 4) {
      // In two parts, the reference written as people write it.
      const [half = 0, rest = 0] = splitByLargestRemainder(one.amountFen, [1, 1]);
      pay(one, 4, { amountFen: half, memo: `一元捐 ${one._id.replace('-', ' - ')}` });
      pay(one, 5, { amountFen: rest, memo: one._id.toLowerCase() });
    } else if (month === 6 && one.agreementId === 'a2') {
      continue; // Late: it comes with the next one, in one line.
    } else if (month === 9 || (month === 11 && one.agreementId === 'a1')) {
      // Twins: two lines alike, and nothing in them that tells which is the sponsor's payment.
      pay(one, 6, { memo: '转账' });
      pay(one, 7, { memo: '转账' });
    } else if (month !== 7 || one.agreementId !== 'a2') pay(one, 4);
  }
  if (month === 7) {
    const both = open.filter((one) => one.agreementId === 'a2');
    const amountFen = both.reduce((sum, one) => sum + one.amountFen, 0);
    const memo = both.map((one) => one._id).join('、');
    if (amountFen > 0) bank.add({ day: on(8), amountFen, counterparty: PAYERS['a2'] ?? '', memo });
  }
  if (month === 10) bank.add({ day: on(9), amountFen: 5_000, counterparty: '王小明', memo: '一点心意' });
}

async function importMonth(parts: YearParts, month: number): Promise<void> {
  const { plan, fund } = parts;
  const last = dayOf(plan.year, month + 1, 1);
  const toDay = new Date(noonOf(last) - 86_400_000 + 8 * 3_600_000).toISOString().slice(0, 10);
  fund.heart.nowMs = noonOf(dayOf(plan.year, month + 1, 1));
  // June's statement begins in the middle of May; September's is brought twice.
  const fromDay = month === 6 ? dayOf(plan.year, 5, 15) : dayOf(plan.year, month, 1);
  await parts.importDays(fromDay, toDay);
  if (month === 9) await parts.importDays(fromDay, toDay);
}

export function dayOf(year: number, month: number, day: number): string {
  return month > 12 ? `${year + 1}-${pad(month - 12)}-${pad(day)}` : `${year}-${pad(month)}-${pad(day)}`;
}

function pad(value: number): string {
  return String(value).padStart(2, '0');
}
