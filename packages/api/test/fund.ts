import type { Actor, RoleName } from '../src/kernel/authority.js';
import type { Context } from '../src/kernel/context.js';
import { isRefusal } from '../src/kernel/refusal.js';
import {
  type Batch,
  approveBatch,
  makeBatch,
  readRemittances,
  type Remittance,
} from '../src/features/batches/index.js';
import { countyStore } from '../src/features/catalogue/index.js';
import { pipeline } from '../src/features/journal/index.js';
import { type Order, type OrderRefund, orderStore } from '../src/features/orders/index.js';
import { completeOrders, settleRefund } from '../src/features/settlement/index.js';
import { type Heart, NOON_MS, startHeart } from './heart.js';

/** The heart with sponsors, sales and the fund's people: what a test of the fund needs before its own story begins. */
export interface Fund {
  readonly heart: Heart;
  readonly maker: Context;
  readonly checker: Context;
  readonly auditor: Context;
  /** Sales of one line each under this agreement, paid and projected; each makes 100 fen PENDING. */
  sell(agreementId: string, count: number): Promise<Order[]>;
  /** Received, and the return window over: their yuan are ACCRUED. */
  accrue(orders: readonly Order[]): Promise<void>;
  /** All of it goes back to the buyer. */
  refund(order: Order): Promise<void>;
  /** Makes and approves the batch of a month; gives it with its remittances. */
  batch(month: string): Promise<{ batch: Batch; remittances: Remittance[] }>;
  caughtUp(): Promise<void>;
  stop(): Promise<void>;
}

/** Noon of a day in Asia/Shanghai, `2026-11-03`. */
export function noonOf(day: string): number {
  return Date.parse(`${day}T12:00:00+08:00`);
}

/** A context of somebody with one role of the fund. */
export function personWith(
  heart: Heart,
  role: RoleName & ('fund-maker' | 'fund-checker' | 'auditor'),
  memberId: string = role,
): Context {
  const actor: Actor = { kind: 'person', memberId, roles: [{ name: role }] };
  return { base: heart.base, actor, requestId: 'test', log: heart.base.log };
}

/** Where the fund's projects are. */
const COUNTY = { _id: '500229', name: '城口', fullName: '城口县', order: 1, color: '#b4762f' };

export async function startFund(name: string, agreementIds: readonly string[] = ['a1', 'a2']): Promise<Fund> {
  const heart = await startHeart(name);
  heart.nowMs = NOON_MS;
  await heart.supply('honey', 1_000_000);
  await countyStore.collection(heart.base).insertOne(COUNTY);
  for (const id of agreementIds) await heart.agree({ id, productIds: ['honey'], capFen: 100_000_000 });
  pipeline(heart.base).start();
  let saleCount = 0;
  const [maker, checker] = [personWith(heart, 'fund-maker'), personWith(heart, 'fund-checker')];
  const caughtUp = () => pipeline(heart.base).caughtUp();
  return {
    ...{ heart, maker, checker, auditor: personWith(heart, 'auditor'), caughtUp },
    async sell(agreementId, count) {
      const orders = await Promise.all(
        Array.from({ length: count }, async () => {
          saleCount += 1;
          const lines = [{ productId: 'honey', quantity: 1 }];
          return heart.place({ memberId: `m${saleCount}`, key: 'key-0001', lines, agreementId });
        }),
      );
      await Promise.all(orders.map((order) => heart.pay(order)));
      await caughtUp();
      return orders;
    },
    async accrue(orders) {
      const due = { state: 'RECEIVED' as const, completesAt: new Date(heart.nowMs) };
      const ids = orders.map((order) => order._id);
      await orderStore.collection(heart.base).updateMany({ _id: { $in: ids } }, { $set: due, $inc: { revision: 1 } });
      while ((await completeOrders(heart.system)) > 0);
      await caughtUp();
    },
    async refund(order) {
      const lines = order.lines.map(({ lineId, quantity, paidFen }) => ({ lineId, quantity, amountFen: paidFen }));
      const amountFen = lines.reduce((sum, line) => sum + line.amountFen, 0);
      const refund: OrderRefund = {
        ...{
          refundId: `${order._id}r1`,
          contentHash: 'h',
          state: 'SENT',
          amountFen,
          reason: '不想要了',
          restock: false,
        },
        ...{ lines, requestedAt: new Date(heart.nowMs), escalated: false },
      };
      await orderStore
        .collection(heart.base)
        .updateOne({ _id: order._id }, { $push: { refunds: refund }, $inc: { revision: 1 } });
      const settled = await settleRefund(heart.system, { refundId: refund.refundId, amountFen });
      if (isRefusal(settled)) throw new Error(settled.code);
      await caughtUp();
    },
    async batch(month) {
      const made = await makeBatch(maker, { idempotencyKey: `key-${month}`, month });
      if (isRefusal(made)) throw new Error(made.code);
      const approved = await approveBatch(checker, { batchId: made._id, contentHash: made.contentHash });
      if (isRefusal(approved)) throw new Error(approved.code);
      return { batch: approved, remittances: await readRemittances(heart.base, { batchId: made._id }) };
    },
    async stop() {
      await pipeline(heart.base).stop();
      await heart.stop();
    },
  };
}
