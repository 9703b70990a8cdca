import type { Base } from '../../kernel/context.js';
import { shanghaiDay } from '../../kernel/shanghai.js';
import { slot } from '../../kernel/slot.js';
import type { OwnMoney } from './compare.rules.js';

/** Money that settled nothing and goes back by itself, as settlement keeps it. */
export interface StrayMoney {
  /** The payment's id. */
  readonly _id: string;
  readonly orderId: string;
  readonly transactionId: string;
  readonly amountFen: number;
  readonly arrivedAt: Date;
  readonly refundId: string;
  readonly state: 'WAITING' | 'SENT' | 'DONE' | 'FAILED';
  readonly doneAt?: Date;
}

/** How strays are found. The wiring lends settlement's own reads: nothing else may know the heart. */
export interface StrayReads {
  ofPayments(base: Base, paymentIds: readonly string[]): Promise<readonly StrayMoney[]>;
  /** Those that arrived or went back between the two instants, the second not included. */
  between(base: Base, fromMs: number, untilMs: number): Promise<readonly StrayMoney[]>;
}

export const strayReads = slot<StrayReads>('stray reads');

/** What the provider's bills should say of a stray: it came, and it went back once that is done. */
export function moneyOfStray(stray: StrayMoney): OwnMoney[] {
  const { _id: paymentId, orderId, transactionId, amountFen, arrivedAt, refundId, doneAt } = stray;
  const common = { paymentId, orderId };
  const day = shanghaiDay(arrivedAt.getTime());
  const came: OwnMoney = { ...common, id: paymentId, kind: 'TRADE', transactionId, day, amountFen };
  if (stray.state !== 'DONE' || !doneAt) return [came];
  const dayBack = shanghaiDay(doneAt.getTime());
  return [came, { ...common, id: refundId, kind: 'REFUND', transactionId: '', day: dayBack, amountFen: -amountFen }];
}
