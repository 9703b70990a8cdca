import { denyUnless, personOf } from '../../kernel/authority.js';
import { contentHash } from '../../kernel/canonical.js';
import type { Context } from '../../kernel/context.js';
import { derivedId } from '../../kernel/ids.js';
import { type Refusal, isRefusal, refuse } from '../../kernel/refusal.js';
import { type Session, inTransaction, isDuplicateKey } from '../../kernel/transaction.js';
import {
  outsideAsRefund,
  type OutsideRefundOfOrder,
  type WantedPieces,
  writeOutsideAsRefund,
} from '../orders/index.js';
import { readOrderIn } from './settlement.store.js';
import { writeRefundEntry } from './write-refund-entry.js';

const MAX_ROUNDS = 6;
const MAX_REASON_LENGTH = 200;

export interface BookOutsideRefundInput {
  readonly orderId: string;
  readonly outsideId: string;
  /** Null: all that is left of the order. */
  readonly lines: readonly WantedPieces[] | null;
  readonly reason: string;
}

/**
 * The operator says that a refund made at the payment platform is one of this order's goods: it takes back what they
 * earned, exactly as a refund of our own does, in one journal entry written together with the decision. Once; the same
 * decision again gives the same answer. Refusals: `REASON_INVALID`, `OUTSIDE_REFUND_UNKNOWN`, `ALREADY_DECIDED`,
 * `OUTSIDE_REFUND_UNCLEAR`, `OUTSIDE_REFUND_AMOUNT`, `NOT_REFUNDABLE`, `REFUND_LINES_INVALID`, `REFUND_TOO_MUCH`.
 */
export async function bookOutsideRefund(
  ctx: Context,
  input: BookOutsideRefundInput,
): Promise<OutsideRefundOfOrder | Refusal> {
  const denied = denyUnless(ctx, 'operator');
  if (denied) return denied;
  const reason = input.reason.trim();
  if (reason.length === 0 || reason.length > MAX_REASON_LENGTH) {
    return refuse('REASON_INVALID', '请写明核对结果，不超过 200 个字。', { path: 'reason' });
  }
  for (let round = 1; ; round += 1) {
    try {
      return await inTransaction(ctx.base, (session) => bookIn(ctx, { ...input, reason }, session));
    } catch (error) {
      // Another entry took the place in the member's stream: read again, decide again.
      if (!isDuplicateKey(error) || round >= MAX_ROUNDS) throw error;
    }
  }
}

async function bookIn(
  ctx: Context,
  input: BookOutsideRefundInput,
  session: Session,
): Promise<OutsideRefundOfOrder | Refusal> {
  const { orderId, outsideId, lines, reason } = input;
  const order = await readOrderIn(ctx.base, orderId, session);
  const outside = order?.outsideRefunds?.find((one) => one.outsideId === outsideId);
  if (!order || !outside) {
    return refuse('OUTSIDE_REFUND_UNKNOWN', '没有找到这笔平台外退款，请刷新列表。', { path: 'outsideId' });
  }
  const asked = {
    refundId: `${orderId}o${derivedId('outside', orderId, outsideId).slice(0, 7)}`,
    contentHash: contentHash({ lines: lines?.map((one) => [one.lineId, one.quantity]) ?? null, reason }),
  };
  const before = order.refunds.find((one) => one.refundId === asked.refundId);
  if (before?.contentHash === asked.contentHash) return { order, outside };
  if (outside.decidedAt) {
    return refuse('ALREADY_DECIDED', '这笔平台外退款已经核对过了，请刷新列表查看结果。', { path: 'outsideId' });
  }
  const nowMs = ctx.base.clock();
  const refund = outsideAsRefund(order, { ...asked, outside, lines, reason, by: personOf(ctx), nowMs });
  if (isRefusal(refund)) return refund;
  const decided = await writeOutsideAsRefund(ctx.base, { order, outsideId, refund }, session);
  await writeRefundEntry(ctx.base, { order: decided, refund }, session);
  const after = (await readOrderIn(ctx.base, orderId, session)) ?? decided;
  return { order: after, outside: after.outsideRefunds?.find((one) => one.outsideId === outsideId) ?? outside };
}
