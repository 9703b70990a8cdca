import { denyUnless, personOf } from '../../kernel/authority.js';
import { checkReason } from '../../kernel/command-input.js';
import type { Context } from '../../kernel/context.js';
import { type Refusal, isRefusal, refuse } from '../../kernel/refusal.js';
import { inTransaction } from '../../kernel/transaction.js';
import { dropLines } from './batch-lines.store.js';
import { type Batch, changeBatch, readBatch } from './batches.store.js';
import { replaceDrafts } from './remittances.store.js';

export interface RejectBatchInput {
  readonly batchId: string;
  readonly contentHash: string;
  /** 1 to 200 characters: the maker reads it. */
  readonly reason: string;
}

/**
 * Sends a draft back, with the reason: its yuan are free for the next attempt. The checker does it, or its maker who
 * found a mistake. Refusals: `BATCH_UNKNOWN`, `REASON_INVALID`, `CHANGED_MEANWHILE`.
 */
export async function rejectBatch(ctx: Context, input: RejectBatchInput): Promise<Batch | Refusal> {
  const denied = denyUnless(ctx, 'fund-checker', 'fund-maker');
  if (denied) return denied;
  const reason = checkReason(input.reason);
  if (isRefusal(reason)) return reason;
  const answer = await inTransaction(ctx.base, async (session): Promise<Batch | Refusal> => {
    const batch = await readBatch(ctx.base, input.batchId, session);
    if (!batch) return refuse('BATCH_UNKNOWN', '没有这个批次，请刷新后再看。', { path: 'batchId' });
    const notOwn = batch.madeBy === personOf(ctx) ? null : denyUnless(ctx, 'fund-checker');
    if (notOwn) return notOwn;
    const isSame = batch.contentHash === input.contentHash;
    if (batch.state === 'REJECTED' && isSame) return batch;
    if (batch.state !== 'DRAFT' || !isSame) {
      return refuse('CHANGED_MEANWHILE', '这个批次刚刚变动过，和您看到的不一样，请刷新后重新核对。');
    }
    const decision = {
      state: 'REJECTED',
      decidedBy: personOf(ctx),
      decidedAt: new Date(ctx.base.clock()),
      reason,
    } as const;
    const { _id, attempt, contentHash } = batch;
    await changeBatch(ctx.base, { _id, attempt, contentHash, state: 'DRAFT' }, decision, session);
    await replaceDrafts(ctx.base, _id, [], session);
    return { ...batch, ...decision };
  });
  // Outside the transaction, as they may be many; the next attempt drops what a kill left here.
  if ('state' in answer && answer.state === 'REJECTED') await dropLines(ctx.base, answer);
  return answer;
}
