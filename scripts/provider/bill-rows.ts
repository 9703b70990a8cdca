import type { Book, Payment, Refund } from './book.js';
import type { Desk } from './desk.js';
import { rfc3339 } from './protocol.js';

/** One line of a bill, before it is written. Fen; what the merchant loses as fee is positive. */
export interface BillRow {
  readonly payment: Payment;
  /** Null: the payment itself. */
  readonly refund: Refund | null;
  readonly transactionId: string;
  readonly atMs: number;
  readonly amountFen: bigint;
  readonly feeFen: bigint;
}

const FEE_PER_MILLION = 6_000n;
const MILLION = 1_000_000n;

/** The fee that is kept of what a payment still is: six per mille, rounded half up. */
function feeOf(amountFen: bigint): bigint {
  return (amountFen * FEE_PER_MILLION + MILLION / 2n) / MILLION;
}

/** `2026-11-22`, the day of an instant where the provider does its books. */
export function billDay(instantMs: number): string {
  return rfc3339(instantMs).slice(0, 10);
}

/** Everything that happened, oldest first, as it is in the book. */
export function trueRows(book: Book): BillRow[] {
  const rows: BillRow[] = [];
  for (const payment of book.payments.values()) if (payment.paidAtMs > 0) rows.push(...rowsOf(book, payment));
  return rows.sort((a, b) => a.atMs - b.atMs || (numberOf(a) < numberOf(b) ? -1 : 1));
}

export function numberOf({ refund, transactionId }: BillRow): string {
  return refund?.refundId ?? transactionId;
}

/** A payment, and its refunds with what each gives back of the fee: the end of a whole refund is no fee at all. */
function rowsOf(book: Book, payment: Payment): BillRow[] {
  const { transactionId } = payment;
  let leftFen = BigInt(payment.amountFen);
  const paid = {
    payment,
    transactionId,
    refund: null,
    atMs: payment.paidAtMs,
    amountFen: leftFen,
    feeFen: feeOf(leftFen),
  };
  const second = (refund: Refund): number => Math.floor(refund.createdAtMs / 1000);
  const refunds = [...book.refundsOf(payment.outTradeNo)].sort(
    (a, b) => second(a) - second(b) || (a.refundId < b.refundId ? -1 : 1),
  );
  const back = refunds.map((refund): BillRow => {
    const amountFen = BigInt(refund.amountFen);
    const common = { payment, transactionId, refund, atMs: refund.createdAtMs, amountFen };
    if (refund.status === 'CLOSED') return { ...common, feeFen: 0n };
    const feeFen = feeOf(leftFen - amountFen) - feeOf(leftFen);
    leftFen -= amountFen;
    return { ...common, feeFen };
  });
  return [paid, ...back];
}

/** A day's trade bill with the faults that were asked for: what a real one gets wrong now and then. */
export function tradeRows({ book, faults }: Desk, day: string): BillRow[] {
  return trueRows(book)
    .filter((row) => billDay(row.atMs) === day)
    .flatMap((row): BillRow[] => {
      // A fault is of the payment's own line: its refunds stay true.
      const fault = row.refund ? undefined : faults.of(row.payment.outTradeNo).bill;
      if (fault === 'missing') return [];
      if (fault === 'amount') return [{ ...row, amountFen: row.amountFen + 1n, feeFen: feeOf(row.amountFen + 1n) }];
      if (fault === 'fee') return [{ ...row, feeFen: row.feeFen + 1n }];
      if (fault !== 'extra') return [row];
      return [row, { ...row, transactionId: `${row.transactionId.slice(0, -2)}xx` }];
    });
}
