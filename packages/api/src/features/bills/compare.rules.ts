import { type BillProvider, dayOf } from './bill-line.rules.js';

/** What we believe that the provider took in or gave back for us. What came in is positive. */
export interface OwnMoney {
  /** Our number: of the payment, or of the refund. */
  readonly id: string;
  readonly kind: 'TRADE' | 'REFUND';
  readonly paymentId: string;
  readonly orderId: string;
  /** The provider's number of the payment; empty where we do not know it. */
  readonly transactionId: string;
  /** The day in Asia/Shanghai on which our books have it. */
  readonly day: string;
  readonly amountFen: number;
}

/** A line of a bill as it is compared. */
export interface BilledMoney {
  /** The row's id. */
  readonly _id: string;
  readonly provider: BillProvider;
  readonly kind: 'TRADE' | 'REFUND';
  readonly number: string;
  readonly at: string;
  readonly transactionId: string;
  readonly paymentId: string;
  readonly refundId: string | null;
  readonly amountFen: number;
  /** The part that reaches or leaves our account, before the fee; left out where it is all. */
  readonly settledFen?: number;
  readonly feeFen: number;
  /** The provider's word for how far a refund is. */
  readonly providerState: string;
}

/** A movement on our account at the provider. */
export interface BilledFlow {
  readonly _id: string;
  readonly provider: BillProvider;
  readonly at: string;
  readonly transactionId: string;
  readonly amountFen: number;
  readonly providerState: string;
}

/**
 * `MONEY`: what buyers paid and got back, against our books. `FEE`: what the provider keeps, against the rate agreed.
 * `FLOW`: its fund bill, against its own trade bill.
 */
export const DIFFERENCE_PARTS = ['MONEY', 'FEE', 'FLOW'] as const;
export type DifferencePart = (typeof DIFFERENCE_PARTS)[number];

/**
 * `MISSING_HERE`: in the bill, not in our books. `MISSING_THERE`: the other way round. `AMOUNT`: in both, not the same.
 * `TIMING`: in both, on two days; each of the two lists its half. `FEE`: another fee than the rate gives.
 */
export const DIFFERENCE_KINDS = ['MISSING_HERE', 'MISSING_THERE', 'AMOUNT', 'TIMING', 'FEE'] as const;
export type DifferenceKind = (typeof DIFFERENCE_KINDS)[number];

export interface Difference {
  /** What of what it is about: with day, provider and part it names the difference for good. */
  readonly about: string;
  readonly provider: BillProvider;
  readonly day: string;
  readonly part: DifferencePart;
  readonly kind: DifferenceKind;
  readonly orderId: string | null;
  readonly paymentId: string;
  readonly refundId: string | null;
  /** The provider's word for how far its side is; null where it has none. */
  readonly providerState: string | null;
  readonly ourFen: number;
  readonly theirFen: number;
  /** The day that holds the other half of a `TIMING` difference. */
  readonly otherDay: string | null;
}

/** What one payment with its refunds comes to. */
export interface Comparison {
  readonly differences: readonly Difference[];
  /** Whose bill answers for each of our items. */
  readonly attributed: readonly (OwnMoney & { readonly provider: BillProvider })[];
  /** Rows that agree with our books in amount and fee. */
  readonly matchedRowIds: readonly string[];
}

/** The zone's own provider: what no bill lists is missing in its. */
const OWN_PROVIDER: BillProvider = 'WECHAT';
const BASIS = 10_000;

/** The fee of an amount at a rate in hundredths of a percent: half a fen and more counts as one. Integers throughout. */
export function feeOf(amountFen: number, rateBasisPoints: number): number {
  const share = amountFen * rateBasisPoints + BASIS / 2;
  return (share - (share % BASIS)) / BASIS;
}

/** What fee and movements follow: a voucher that we pay ourselves never reaches our account. */
function settledOf(row: BilledMoney): number {
  return row.settledFen ?? row.amountFen;
}

/** Compares one payment and its refunds with the lines of all bills that name it. */
export function comparePayment(input: {
  readonly own: readonly OwnMoney[];
  readonly rows: readonly BilledMoney[];
  readonly rateBasisPoints: number;
}): Comparison {
  const { own, rows, rateBasisPoints } = input;
  const differences: Difference[] = [];
  const attributed: (OwnMoney & { provider: BillProvider })[] = [];
  const differing = new Set<string>();
  const keys = new Set([...own.map((one) => keyOf(one.kind, one.id)), ...rows.map(rowKey)]);
  for (const key of [...keys].sort()) {
    const ours = own.find((one) => keyOf(one.kind, one.id) === key) ?? null;
    const theirs = rows.filter((row) => rowKey(row) === key).sort(byNumber);
    const row = theirs.find((one) => ours !== null && one.transactionId === ours.transactionId) ?? theirs[0] ?? null;
    if (ours) attributed.push({ ...ours, provider: row?.provider ?? OWN_PROVIDER });
    const found = compareSides({ part: 'MONEY', ...sidesOf(own, ours, row), about: key });
    differences.push(...found);
    if (row && found.some((one) => one.kind !== 'TIMING')) differing.add(row._id);
    // The provider took one payment twice, or tells it twice: either way we know of one.
    for (const extra of theirs.filter((one) => one !== row)) {
      differing.add(extra._id);
      differences.push(...compareSides({ part: 'MONEY', ...sidesOf(own, null, extra), about: extra._id }));
    }
  }
  for (const difference of feeDifferences(own, rows, rateBasisPoints)) {
    differing.add(difference.about);
    differences.push(difference);
  }
  const matchedRowIds = rows.map((row) => row._id).filter((id) => !differing.has(id));
  return { differences, attributed, matchedRowIds };
}

function keyOf(kind: 'TRADE' | 'REFUND', id: string): string {
  return `${kind}.${id}`;
}

function rowKey(row: BilledMoney): string {
  return keyOf(row.kind, row.refundId ?? row.paymentId);
}

type Timed = Pick<BilledMoney, '_id' | 'at'>;

function byNumber(a: Timed, b: Timed): number {
  return a._id < b._id ? -1 : 1;
}

interface Side {
  readonly day: string;
  readonly amountFen: number;
}

interface Sides {
  readonly provider: BillProvider;
  readonly ours: Side | null;
  readonly theirs: Side | null;
  readonly orderId: string | null;
  readonly paymentId: string;
  readonly refundId: string | null;
  readonly providerState: string | null;
}

/** A refund that we never made still belongs to a payment of ours, and so to its order. */
function sidesOf(ofPayment: readonly OwnMoney[], ours: OwnMoney | null, row: BilledMoney | null): Sides {
  return {
    provider: row?.provider ?? OWN_PROVIDER,
    ours,
    theirs: row && { day: dayOf(row.at), amountFen: row.amountFen },
    orderId: ours?.orderId ?? ofPayment[0]?.orderId ?? null,
    paymentId: ours?.paymentId ?? row?.paymentId ?? '',
    refundId: row?.refundId ?? (ours?.kind === 'REFUND' ? ours.id : null),
    providerState: row?.providerState ?? null,
  };
}

/** The heart of it: two sides that should be one. What each day lists adds up to that day's ours less theirs. */
function compareSides(input: Sides & { readonly part: DifferencePart; readonly about: string }): Difference[] {
  const { ours, theirs, ...more } = input;
  const common = { ...more, otherDay: null };
  if (!theirs) {
    if (!ours || ours.amountFen === 0) return [];
    return [{ ...common, day: ours.day, kind: 'MISSING_THERE', ourFen: ours.amountFen, theirFen: 0 }];
  }
  if (!ours) {
    // A refund that failed is listed with nothing: it is not missing anywhere.
    if (theirs.amountFen === 0) return [];
    return [{ ...common, day: theirs.day, kind: 'MISSING_HERE', ourFen: 0, theirFen: theirs.amountFen }];
  }
  const [ourFen, theirFen] = [ours.amountFen, theirs.amountFen];
  const amount: Difference[] =
    ourFen === theirFen
      ? []
      : [{ ...common, about: `${input.about}.amount`, day: theirs.day, kind: 'AMOUNT', ourFen, theirFen }];
  if (ours.day === theirs.day) return amount;
  return [
    { ...common, day: ours.day, otherDay: theirs.day, kind: 'TIMING', ourFen, theirFen: 0 },
    { ...common, day: theirs.day, otherDay: ours.day, kind: 'TIMING', ourFen: 0, theirFen: ourFen },
    ...amount,
  ];
}

/**
 * The fee of a payment is the rate's share of it. Refunds give back along the way, so that what is kept is always the
 * rate's share of what is left, however often and in however small parts it was given back.
 */
function feeDifferences(own: readonly OwnMoney[], rows: readonly BilledMoney[], rate: number): Difference[] {
  const differences: Difference[] = [];
  const billed = rows.find((row) => row.kind === 'TRADE');
  const trade = billed ? settledOf(billed) : own.find((one) => one.kind === 'TRADE')?.amountFen;
  let leftFen = trade ?? 0;
  const expect = (row: BilledMoney, ourFen: number): void => {
    if (row.feeFen === ourFen) return;
    const { provider, paymentId, refundId, providerState, feeFen: theirFen } = row;
    const orderId = own[0]?.orderId ?? null;
    const names = { about: row._id, provider, orderId, paymentId, refundId, providerState, otherDay: null };
    differences.push({ ...names, day: dayOf(row.at), part: 'FEE', kind: 'FEE', ourFen, theirFen });
  };
  for (const row of rows) if (row.kind === 'TRADE') expect(row, feeOf(settledOf(row), rate));
  for (const row of rows.filter((one) => one.kind === 'REFUND').sort(byTime)) {
    const settledFen = -settledOf(row);
    const backFen = Math.min(settledFen, leftFen);
    const ourFen =
      trade === undefined ? feeOf(settledFen, rate) : feeOf(leftFen, rate) - feeOf(leftFen - backFen, rate);
    expect(row, -ourFen || 0);
    leftFen -= backFen;
  }
  return differences;
}

function byTime(a: Timed, b: Timed): number {
  return a.at === b.at ? byNumber(a, b) : a.at < b.at ? -1 : 1;
}

/** Movements that belong to payments and refunds; others (withdrawals, top-ups) have no line in a trade bill. */
const TRADING = /交易|退款|手续费/;

export function isTradingFlow(flow: Pick<BilledFlow, 'providerState'>): boolean {
  return TRADING.test(flow.providerState);
}

/** Compares the movements that name one payment or refund with its line in the trade bill: amount less fee. */
export function compareFlows(input: {
  readonly row: BilledMoney | null;
  readonly flows: readonly BilledFlow[];
}): Pick<Comparison, 'differences' | 'matchedRowIds'> {
  const { row } = input;
  const flows = input.flows.filter(isTradingFlow).sort(byTime);
  const [first] = flows;
  const names = row ?? { provider: first?.provider ?? OWN_PROVIDER, paymentId: '', refundId: null };
  const { provider, paymentId, refundId } = names;
  const differences = compareSides({
    ...{ part: 'FLOW', provider, paymentId, refundId, orderId: null, providerState: row?.providerState ?? null },
    about: row ? row._id : `flow.${first?.transactionId ?? ''}`,
    ours: row && { day: dayOf(row.at), amountFen: settledOf(row) - row.feeFen },
    theirs: first ? { day: dayOf(first.at), amountFen: flows.reduce((sum, one) => sum + one.amountFen, 0) } : null,
  });
  const agrees = differences.every((one) => one.kind === 'TIMING');
  return { differences, matchedRowIds: agrees ? flows.map((one) => one._id) : [] };
}
