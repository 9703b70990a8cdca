import { slot } from '../../kernel/slot.js';

export interface OrdersOptions {
  /** How long an unpaid order holds its goods and the promised yuan. 15 minutes unless told. */
  readonly holdMs: number;
  /** From receipt to the end of the return window. Seven days (消费者权益保护法 art. 25) unless told. */
  readonly returnWindowMs: number;
}

export const ordersOptions = slot<OrdersOptions>('orders options', () => ({
  holdMs: 15 * 60_000,
  returnWindowMs: 7 * 24 * 3_600_000,
}));
