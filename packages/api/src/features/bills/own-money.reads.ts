import type { Base } from '../../kernel/context.js';
import { type BookedPayment, bookedOfPayments, bookedPaymentsOfDay } from './booked-payments.store.js';
import type { OwnMoney } from './compare.rules.js';
import { moneyOfStray, strayReads } from './stray-reads.js';

const DAY_MS = 86_400_000;

/** What our books have of these payments, settled and stray, of whatever day. */
export async function ownMoneyOf(base: Base, paymentIds: readonly string[]): Promise<OwnMoney[]> {
  const booked = await bookedOfPayments(base, paymentIds);
  const strays = await strayReads(base).ofPayments(base, paymentIds);
  return [...booked.map(ownOf), ...strays.flatMap(moneyOfStray)];
}

/** The payments of which our books have something on this day; the same may come again. */
export async function* ownPaymentsOfDay(base: Base, day: string): AsyncGenerator<string> {
  yield* bookedPaymentsOfDay(base, day);
  const fromMs = Date.parse(`${day}T00:00:00+08:00`);
  for (const stray of await strayReads(base).between(base, fromMs, fromMs + DAY_MS)) yield stray._id;
}

function ownOf({ _id: id, ...rest }: BookedPayment): OwnMoney {
  return { id, ...rest };
}
