import type { Base } from '../../kernel/context.js';
import { type BillDay, billDayId, type DayFigures, findDays } from './bill-days.store.js';
import { type BillProvider, dayOf } from './bill-line.rules.js';
import { flowsOf, markRows, paymentsOfDay, rowsByIds, rowsOfDay, rowsOfPayments, sumDay } from './bill-rows.store.js';
import { billsOptions } from './bills.options.js';
import {
  type BilledFlow,
  type Comparison,
  compareFlows,
  comparePayment,
  type Difference,
  isTradingFlow,
} from './compare.rules.js';
import { ownMoneyOf, ownPaymentsOfDay } from './own-money.reads.js';

/** Each batch costs a handful of queries, however many payments are in it. */
const BATCH = 1_000;

/** What a day's comparison gives. */
export interface DayFindings {
  readonly differences: readonly Difference[];
  readonly figures: DayFigures;
  /** Days that the same payments concern, by their ids: what they list may have changed. */
  readonly touched: ReadonlySet<string>;
}

/** Holds everything of one day against our books, and marks its rows. Reads in batches; memory grows with differences. */
export async function compareDay(base: Base, day: BillDay): Promise<DayFindings> {
  const findings = new Findings(day);
  const seen = new Set<string>();
  const sources = [paymentsOfDay(base, keyOf(day)), ...(isOwn(day) ? [ownPaymentsOfDay(base, day.day)] : [])];
  for (const source of sources) {
    for await (const paymentIds of inBatches(source, seen)) await comparePayments(base, paymentIds, findings);
  }
  if (isWhole(day)) await compareFlowsOfDay(base, day, findings);
  else if (day.covers.includes('FLOW')) await markOtherFlows(base, day);
  const sums = await sumDay(base, keyOf(day));
  return findings.result(sums);
}

function keyOf({ provider, day }: BillDay): { provider: BillProvider; day: string } {
  return { provider, day };
}

/** Only the zone's own provider can lack what nobody lists. */
function isOwn({ provider }: BillDay): boolean {
  return provider === 'WECHAT';
}

/** What is new in the stream, by the thousand. */
async function* inBatches(source: AsyncGenerator<string>, seen: Set<string>): AsyncGenerator<string[]> {
  let batch: string[] = [];
  for await (const id of source) {
    if (seen.has(id)) continue;
    seen.add(id);
    batch.push(id);
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

async function comparePayments(base: Base, paymentIds: readonly string[], findings: Findings): Promise<void> {
  const { feeBasisPoints: rateBasisPoints } = billsOptions(base);
  const rows = groupBy(await rowsOfPayments(base, paymentIds), (row) => row.paymentId);
  const own = groupBy(await ownMoneyOf(base, paymentIds), (one) => one.paymentId);
  const matched: string[] = [];
  const differing: string[] = [];
  for (const paymentId of paymentIds) {
    const ofPayment = { own: own.get(paymentId) ?? [], rows: rows.get(paymentId) ?? [] };
    const compared = comparePayment({ ...ofPayment, rateBasisPoints });
    findings.add(compared);
    const agree = new Set(compared.matchedRowIds);
    for (const row of ofPayment.rows) (agree.has(row._id) ? matched : differing).push(row._id);
  }
  await markRows(base, matched, 'MATCHED');
  await markRows(base, differing, 'DIFFERS');
}

/** A fund bill can be held against its trade bill where both are there. */
function isWhole({ covers }: BillDay): boolean {
  return covers.includes('FLOW') && covers.includes('TRADE');
}

/** The fund bill against the trade bill of the same provider, by the provider's number of payment or refund. */
async function compareFlowsOfDay(base: Base, day: BillDay, findings: Findings): Promise<void> {
  const seen = new Set<string>();
  for await (const numbers of inBatches(flowNumbers(base, day), seen)) {
    const ids = numbers.flatMap((number) => [`${day.provider}.TRADE.${number}`, `${day.provider}.REFUND.${number}`]);
    const rows = new Map((await rowsByIds(base, ids)).map((row) => [row.number, row]));
    const all = (await flowsOf(base, numbers)).filter(isTradingFlow);
    const flows = groupBy(all, (flow) => flow.transactionId);
    const waiting = await halfBilled(base, day, all);
    const marks = { MATCHED: [] as string[], DIFFERS: [] as string[], NEW: [] as string[] };
    for (const number of numbers) {
      const trading = flows.get(number) ?? [];
      if (waiting.has(number)) {
        marks.NEW.push(...trading.map((flow) => flow._id));
        continue;
      }
      const compared = compareFlows({ row: rows.get(number) ?? null, flows: trading });
      findings.add({ ...compared, attributed: [] });
      const agree = new Set(compared.matchedRowIds);
      for (const flow of trading) marks[agree.has(flow._id) ? 'MATCHED' : 'DIFFERS'].push(flow._id);
    }
    for (const state of ['MATCHED', 'DIFFERS', 'NEW'] as const) await markRows(base, marks[state], state);
  }
}

/** Numbers with a movement on a day whose trade bill is not there: what they come to is known when it is. */
async function halfBilled(base: Base, day: BillDay, flows: readonly BilledFlow[]): Promise<ReadonlySet<string>> {
  const dayOfFlow = (flow: BilledFlow): string => billDayId({ provider: flow.provider, day: dayOf(flow.at) });
  const others = [...new Set(flows.map(dayOfFlow))].filter((id) => id !== day._id);
  if (others.length === 0) return new Set();
  const days = await findDays(base, others);
  const isHalf = (id: string): boolean => {
    const other = days.get(id);
    return other !== undefined && !isWhole(other);
  };
  return new Set(flows.filter((flow) => isHalf(dayOfFlow(flow))).map((flow) => flow.transactionId));
}

/** The numbers that the day's movements and its payments and refunds go by. Other movements are marked on the way. */
async function* flowNumbers(base: Base, day: BillDay): AsyncGenerator<string> {
  for await (const row of rowsOfDay(base, keyOf(day))) {
    if (row.kind !== 'FLOW') yield row.number;
    else if (isTradingFlow(row)) yield row.transactionId;
  }
  await markOtherFlows(base, day);
}

/** Withdrawals and the like: no trade bill tells of them. */
async function markOtherFlows(base: Base, day: BillDay): Promise<void> {
  let others: string[] = [];
  for await (const row of rowsOfDay(base, { ...keyOf(day), kind: 'FLOW' })) {
    if (!isTradingFlow(row)) others.push(row._id);
    if (others.length < BATCH) continue;
    await markRows(base, others, 'OTHER');
    others = [];
  }
  await markRows(base, others, 'OTHER');
}

function groupBy<T>(items: readonly T[], keyOfItem: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(keyOfItem(item));
    if (group) group.push(item);
    else groups.set(keyOfItem(item), [item]);
  }
  return groups;
}

/** What belongs to the compared day is kept; other days are only remembered. */
class Findings {
  readonly #day: BillDay;
  readonly #differences: Difference[] = [];
  readonly #touched = new Set<string>();
  #ourCount = 0;
  #ourFen = 0;

  constructor(day: BillDay) {
    this.#day = day;
  }

  add({ differences, attributed }: Pick<Comparison, 'differences' | 'attributed'>): void {
    const { covers } = this.#day;
    for (const one of differences) {
      if (billDayId(one) !== this.#day._id) this.#touched.add(billDayId(one));
      else if (one.part !== 'MONEY' || covers.includes(one.refundId === null ? 'TRADE' : 'REFUND')) {
        this.#differences.push(one);
      }
    }
    for (const own of attributed) {
      // Found in another provider's bill: our own provider's day may have missed it until now.
      if (own.provider !== 'WECHAT') this.#touched.add(billDayId({ provider: 'WECHAT', day: own.day }));
      if (billDayId(own) !== this.#day._id || !covers.includes(own.kind)) continue;
      this.#ourCount += 1;
      this.#ourFen += own.amountFen;
    }
  }

  result(sums: Awaited<ReturnType<typeof sumDay>>): DayFindings {
    const none = { count: 0, amountFen: 0, feeFen: 0 };
    const trades = sums.get('TRADE') ?? none;
    const refunds = sums.get('REFUND') ?? none;
    const feeFen = trades.feeFen + refunds.feeFen;
    const fees = this.#differences.filter((one) => one.part === 'FEE');
    const figures = {
      ...{ tradeCount: trades.count, tradeFen: trades.amountFen },
      ...{ refundCount: refunds.count, refundFen: refunds.amountFen },
      ...{ feeFen, ourCount: this.#ourCount, ourFen: this.#ourFen },
      ourFeeFen: feeFen + fees.reduce((sum, one) => sum + one.ourFen - one.theirFen, 0),
    };
    return { differences: this.#differences, figures, touched: this.#touched };
  }
}
