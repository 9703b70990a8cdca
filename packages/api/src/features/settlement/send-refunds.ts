import { denyUnless } from '../../kernel/authority.js';
import type { Context } from '../../kernel/context.js';
import { type Refusal, isRefusal } from '../../kernel/refusal.js';
import { type Stuck, type WorkQueue, runQueue, stuckBy } from '../../kernel/work-queue.js';
import { type Order, type OrderRefund, writeRefund } from '../orders/index.js';
import { REFUND_WORDS, type RefundState, paymentPort, refundRefusal } from '../payments/index.js';
import { failRefund } from './fail-refund.js';
import { noteOutsideRefund } from './note-outside-refund.js';
import { settleRefund } from './settle-refund.js';
import { putOffRefund, readOrdersWithDueRefunds } from './settlement.queues.store.js';
import { type StrayPayment, markStray, putOffStray, readDueStrays } from './stray-payments.store.js';

/**
 * Sends approved refunds and stray payments back through the provider, and asks after those it has already sent. The
 * provider knows a refund by its number, so that a run after a crash sends nothing twice. Gives how many it looked at.
 */
export async function sendRefunds(ctx: Context): Promise<number> {
  const denied = denyUnless(ctx, 'system');
  if (denied) throw new Error('only the zone itself sends refunds');
  return (await runQueue(ctx, refundQueue)) + (await runQueue(ctx, strayQueue));
}

interface DueRefund {
  readonly order: Order;
  readonly refund: OrderRefund;
}

const refundQueue: WorkQueue<DueRefund> = {
  name: 'send-refunds',
  readDue: async (base, nowMs, limit) => {
    const orders = await readOrdersWithDueRefunds(base, { nowMs, limit });
    return orders.flatMap((order) =>
      order.refunds.filter((refund) => isDue(refund, nowMs)).map((refund): DueRefund => ({ order, refund })),
    );
  },
  work: sendOne,
  triesOf: ({ refund }) => refund.tries,
  putOff: (base, { order, refund }, tries) => putOffRefund(base, { orderId: order._id, refund, tries }),
};

const strayQueue: WorkQueue<StrayPayment> = {
  name: 'send-stray-payments',
  readDue: readDueStrays,
  work: sendStray,
  triesOf: (stray) => stray.tries,
  putOff: (base, stray, tries) => putOffStray(base, stray._id, tries),
};

function isDue({ state, tries }: OrderRefund, nowMs: number): boolean {
  return (state === 'APPROVED' || state === 'SENT') && (tries === undefined || tries.nextAt.getTime() <= nowMs);
}

async function sendOne(ctx: Context, { order, refund }: DueRefund): Promise<Stuck | null> {
  if (!order.paidBy) throw new Error(`order ${order._id} has a refund but was never paid`);
  const { refundId, amountFen } = refund;
  const { paymentId } = order.paidBy;
  const port = paymentPort(ctx.base);
  // What was sent is asked after, never sent anew.
  const answer =
    refund.state === 'SENT'
      ? await port.queryRefund(refundId)
      : await port.refund({ refundId, paymentId, amountFen, totalFen: order.totalFen, reason: '商品退款' });
  const outcome = refundOutcome(answer);
  if (outcome.state === 'FAILED') {
    await failRefund(ctx, { order, refund, reason: outcome.reason });
    return null;
  }
  if (outcome.state === 'STUCK') return outcome.stuck;
  if (outcome.state === 'SENT') {
    if (refund.state === 'APPROVED') {
      await writeRefund(ctx.base, { order, refund: { ...refund, state: 'SENT' }, from: 'APPROVED' });
    }
    return UNDER_WAY;
  }
  const settled = await settleRefund(ctx, { refundId, amountFen: outcome.amountFen });
  if (!isRefusal(settled)) return null;
  if (settled.code !== 'REFUND_AMOUNT') return stuckBy(settled);
  const { providerRefundId: outsideId } = outcome;
  await noteOutsideRefund(ctx, { outsideId, paymentId, refundId, amountFen: outcome.amountFen });
  await failRefund(ctx, { order, refund, reason: settled.message });
  return null;
}

async function sendStray(ctx: Context, stray: StrayPayment): Promise<Stuck | null> {
  const { _id: paymentId, refundId, amountFen } = stray;
  const port = paymentPort(ctx.base);
  const answer =
    stray.state === 'SENT'
      ? await port.queryRefund(refundId)
      : await port.refund({ refundId, paymentId, amountFen, totalFen: amountFen, reason: '付款未能成交，自动退回' });
  const outcome = refundOutcome(answer);
  if (outcome.state === 'STUCK') return outcome.stuck;
  const nowMs = ctx.base.clock();
  if (outcome.state === 'FAILED') {
    ctx.log.error({ refundId, reason: outcome.reason }, 'a refund failed at the provider');
    await markStray(ctx.base, { paymentId, state: 'FAILED', failureReason: outcome.reason, nowMs });
    return null;
  }
  await markStray(ctx.base, { paymentId, state: outcome.state, nowMs });
  return outcome.state === 'SENT' ? UNDER_WAY : null;
}

const UNDER_WAY: Stuck = { code: 'UNDER_WAY', reason: REFUND_WORDS.PROCESSING.text };

type Outcome =
  | { readonly state: 'SENT' }
  | { readonly state: 'DONE'; readonly amountFen: number; readonly providerRefundId: string }
  | { readonly state: 'FAILED'; readonly reason: string }
  | { readonly state: 'STUCK'; readonly stuck: Stuck };

/** `STUCK`: nobody knows yet, or it may succeed later. `FAILED`: somebody must act. */
function refundOutcome(answer: RefundState | Refusal): Outcome {
  if (isRefusal(answer)) {
    const { isFinal, text } = refundRefusal(answer);
    return isFinal ? { state: 'FAILED', reason: text } : { state: 'STUCK', stuck: { code: answer.code, reason: text } };
  }
  const { meaning, text } = REFUND_WORDS[answer.state];
  if (meaning === 'FAILED') return { state: 'FAILED', reason: text };
  const { amountFen, providerRefundId } = answer;
  return meaning === 'DONE' ? { state: 'DONE', amountFen, providerRefundId } : { state: 'SENT' };
}
