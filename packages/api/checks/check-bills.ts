import {
  type BillDay,
  billDayStore,
  billDifferenceStore,
  type BillRow,
  billRowStore,
  bookedPaymentStore,
  moneyOfStray,
} from '../src/features/bills/index.js';
import { strayPaymentStore } from '../src/features/settlement/index.js';
import { Findings } from './check.js';
import type { Snapshot } from './snapshot.js';

/** What our books have under one number, and the line that answers for it. */
interface Own {
  readonly id: string;
  readonly kind: 'TRADE' | 'REFUND';
  readonly transactionId: string;
  readonly day: string;
  readonly amountFen: number;
}

/** What all differences of one day add up to. */
interface Listed {
  moneyFen: number;
  feeFen: number;
  /** Payments that a difference of the day names. */
  readonly names: Set<string>;
}

interface Sums {
  trades: number;
  tradeFen: number;
  refunds: number;
  refundFen: number;
  feeFen: number;
}

/**
 * I12: every line of a bill agrees with our books or is in a listed difference of its day; a day's figures are those of its
 * lines and of our books; ours less theirs is what the listed differences add up to, to the fen.
 */
export async function checkBills(snapshot: Snapshot): Promise<Findings> {
  const findings = new Findings();
  const days = new Map<string, BillDay>();
  for await (const day of snapshot.read(billDayStore)) days.set(day._id, day);
  if (days.size === 0) return findings;
  const own = await readOwn(snapshot);
  const listed = await readListed(snapshot);
  const sums = new Map<string, Sums>();
  const answers = new Map<string, { id: string; provider: string; sure: boolean }>();
  const flows = new FlowCheck(findings, await readFlowNames(snapshot));
  for await (const row of snapshot.read(billRowStore, { sort: { _id: 1 } })) {
    const day = days.get(`${row.provider}.${row.day}`);
    if (!day) {
      // The rows of an import that was killed wait for its second run.
      continue;
    }
    if (row.kind === 'FLOW') {
      flows.add(row, day);
      continue;
    }
    checkRow(findings, row, { listed: listed.get(day._id), own: own.get(keyOf(row)) });
    addRow(sums, day._id, row);
    takeAnswer(answers, row, own.get(keyOf(row)));
  }
  flows.end();
  const ours = sumOwn(own, days, answers);
  for (const day of days.values())
    checkDay(findings, day, { sums: sums.get(day._id), listed: listed.get(day._id), ours });
  return findings;
}

function keyOf({ kind, refundId, paymentId }: Pick<BillRow, 'kind' | 'refundId' | 'paymentId'>): string {
  return `${kind}.${refundId ?? paymentId}`;
}

async function readOwn(snapshot: Snapshot): Promise<Map<string, Own>> {
  const own = new Map<string, Own>();
  for await (const { _id: id, kind, transactionId, day, amountFen } of snapshot.read(bookedPaymentStore)) {
    own.set(`${kind}.${id}`, { id, kind, transactionId, day, amountFen });
  }
  for await (const stray of snapshot.read(strayPaymentStore)) {
    for (const one of moneyOfStray(stray)) own.set(`${one.kind}.${one.id}`, one);
  }
  return own;
}

async function readListed(snapshot: Snapshot): Promise<Map<string, Listed>> {
  const listed = new Map<string, Listed>();
  for await (const one of snapshot.read(billDifferenceStore)) {
    const id = `${one.provider}.${one.day}`;
    const day = listed.get(id) ?? { moneyFen: 0, feeFen: 0, names: new Set<string>() };
    listed.set(id, day);
    const gapFen = one.ourFen - one.theirFen;
    if (gapFen === 0) continue;
    if (one.part === 'MONEY') day.moneyFen += gapFen;
    if (one.part === 'FEE') day.feeFen += gapFen;
    if (one.part !== 'FLOW') day.names.add(one.paymentId);
  }
  return listed;
}

/** The provider's numbers of which a listed difference says that trade bill and fund bill do not agree. */
async function readFlowNames(snapshot: Snapshot): Promise<ReadonlySet<string>> {
  const names = new Set<string>();
  for await (const { part, about, ourFen, theirFen } of snapshot.read(billDifferenceStore)) {
    if (part === 'FLOW' && ourFen !== theirFen) names.add(about.replace(/\.amount$/, '').replace(/^.*\./, ''));
  }
  return names;
}

/** Movements belong together by the provider's number, over all days: one that differs is in a listed difference of it. */
class FlowCheck {
  readonly #findings: Findings;
  readonly #listed: ReadonlySet<string>;
  /** Numbers with a movement on a day without its trade bill: what they come to is not known yet. */
  readonly #half = new Set<string>();
  readonly #unseen: BillRow[] = [];

  constructor(findings: Findings, listed: ReadonlySet<string>) {
    this.#findings = findings;
    this.#listed = listed;
  }

  add(row: BillRow, day: BillDay): void {
    if (!day.covers.includes('TRADE')) this.#half.add(row.transactionId);
    if (row.state === 'NEW' && this.#unseen.length < MOST_UNSEEN) this.#unseen.push(row);
    if (row.state !== 'DIFFERS') return;
    const subject = `bill row ${row._id}`;
    const message = 'differs and is in no listed difference';
    this.#findings.expect(this.#listed.has(row.transactionId), { invariant: 'I12', subject, message });
  }

  end(): void {
    for (const row of this.#unseen) {
      const holds = this.#half.has(row.transactionId);
      this.#findings.expect(holds, { invariant: 'I12', subject: `bill row ${row._id}`, message: 'was never compared' });
    }
  }
}

/** Far more than a check would list; a day of half a million movements must not fill the memory. */
const MOST_UNSEEN = 100_000;

function checkRow(findings: Findings, row: BillRow, by: { listed: Listed | undefined; own: Own | undefined }): void {
  const subject = `bill row ${row._id}`;
  if (row.state === 'DIFFERS') {
    const holds = by.listed?.names.has(row.paymentId) === true;
    findings.expect(holds, { invariant: 'I12', subject, message: 'differs and is in no listed difference of its day' });
  } else if (row.state === 'MATCHED') {
    const message = `${row.amountFen} fen agrees with ${String(by.own?.amountFen ?? 'nothing')}`;
    findings.expect(by.own?.amountFen === row.amountFen || row.amountFen === 0, { invariant: 'I12', subject, message });
  } else if (row.state === 'NEW') {
    findings.expect(false, { invariant: 'I12', subject, message: 'was never compared' });
  }
}

function addRow(sums: Map<string, Sums>, dayId: string, row: BillRow): void {
  const sum = sums.get(dayId) ?? { trades: 0, tradeFen: 0, refunds: 0, refundFen: 0, feeFen: 0 };
  sums.set(dayId, sum);
  sum.feeFen += row.feeFen;
  if (row.kind === 'TRADE') {
    sum.trades += 1;
    sum.tradeFen += row.amountFen;
  } else {
    sum.refunds += 1;
    sum.refundFen += row.amountFen;
  }
}

/** The line with our transaction's number answers for it, else the first by its id. */
function takeAnswer(
  answers: Map<string, { id: string; provider: string; sure: boolean }>,
  row: BillRow,
  own: Own | undefined,
): void {
  const sure = own !== undefined && own.transactionId !== '' && own.transactionId === row.transactionId;
  const before = answers.get(keyOf(row));
  if (!before || (sure && !before.sure)) answers.set(keyOf(row), { id: row._id, provider: row.provider, sure });
}

function sumOwn(
  own: ReadonlyMap<string, Own>,
  days: ReadonlyMap<string, BillDay>,
  answers: ReadonlyMap<string, { provider: string }>,
): Map<string, { count: number; amountFen: number }> {
  const sums = new Map<string, { count: number; amountFen: number }>();
  for (const [key, one] of own) {
    const day = days.get(`${answers.get(key)?.provider ?? 'WECHAT'}.${one.day}`);
    if (!day?.covers.includes(one.kind)) continue;
    const sum = sums.get(day._id) ?? { count: 0, amountFen: 0 };
    sums.set(day._id, { count: sum.count + 1, amountFen: sum.amountFen + one.amountFen });
  }
  return sums;
}

function checkDay(
  findings: Findings,
  day: BillDay,
  by: {
    sums: Sums | undefined;
    listed: Listed | undefined;
    ours: ReadonlyMap<string, { count: number; amountFen: number }>;
  },
): void {
  const subject = `bill day ${day._id}`;
  const sums = by.sums ?? { trades: 0, tradeFen: 0, refunds: 0, refundFen: 0, feeFen: 0 };
  const ours = by.ours.get(day._id) ?? { count: 0, amountFen: 0 };
  const figures = [day.tradeCount, day.tradeFen, day.refundCount, day.refundFen, day.feeFen];
  const lines = [sums.trades, sums.tradeFen, sums.refunds, sums.refundFen, sums.feeFen];
  findings.expect(figures.join() === lines.join(), {
    invariant: 'I12',
    subject,
    message: `says ${figures.join(', ')}; its lines give ${lines.join(', ')}`,
  });
  findings.expect(day.ourCount === ours.count && day.ourFen === ours.amountFen, {
    invariant: 'I12',
    subject,
    message: `says ${day.ourCount} of ours with ${day.ourFen} fen; our books have ${ours.count} with ${ours.amountFen}`,
  });
  const gapFen = ours.amountFen - sums.tradeFen - sums.refundFen;
  findings.expect(gapFen === (by.listed?.moneyFen ?? 0), {
    invariant: 'I12',
    subject,
    message: `differs by ${gapFen} fen; the listed differences add up to ${by.listed?.moneyFen ?? 0}`,
  });
  findings.expect(day.ourFeeFen - sums.feeFen === (by.listed?.feeFen ?? 0), {
    invariant: 'I12',
    subject,
    message: `its fee differs by ${day.ourFeeFen - sums.feeFen} fen; the listed differences add up to ${by.listed?.feeFen ?? 0}`,
  });
}
