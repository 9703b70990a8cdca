import { denyUnless, personOf } from '../../kernel/authority.js';
import type { Context } from '../../kernel/context.js';
import { type Refusal, refuse } from '../../kernel/refusal.js';
import { shanghaiDay } from '../../kernel/shanghai.js';
import { inTransaction } from '../../kernel/transaction.js';
import { type NewTransaction, postLedger } from '../ledger/index.js';
import { batchSeal, totalFen } from './batches.rules.js';
import { type Batch, changeBatch, readBatch } from './batches.store.js';
import { openRemittances, readRemittances } from './remittances.store.js';

export interface ApproveBatchInput {
  readonly batchId: string;
  /** Of the draft as it was seen: one that was made anew meanwhile is not approved unseen. */
  readonly contentHash: string;
}

/**
 * Approves a draft, by another person than its maker (rule 7): it is frozen, its remittances are asked for, and the
 * books say what the sponsors owe. All in one transaction; twice gives the same answer. Refusals: `BATCH_UNKNOWN`,
 * `SAME_PERSON`, `CHANGED_MEANWHILE`.
 */
export async function approveBatch(ctx: Context, input: ApproveBatchInput): Promise<Batch | Refusal> {
  const denied = denyUnless(ctx, 'fund-checker');
  if (denied) return denied;
  const decidedBy = personOf(ctx);
  return inTransaction(ctx.base, async (session) => {
    const batch = await readBatch(ctx.base, input.batchId, session);
    if (!batch) return refuse('BATCH_UNKNOWN', '没有这个批次，请刷新后再看。', { path: 'batchId' });
    if (batch.madeBy === decidedBy) {
      return refuse('SAME_PERSON', '制作和复核不能是同一个人，请另一位管理员复核。');
    }
    const isSame = batch.contentHash === input.contentHash;
    if (batch.state === 'APPROVED' && isSame && batch.decidedBy === decidedBy) return batch;
    if (batch.state !== 'DRAFT' || !isSame) {
      return refuse('CHANGED_MEANWHILE', '这个批次刚刚变动过，和您看到的不一样，请刷新后重新核对。');
    }
    const decidedAt = new Date(ctx.base.clock());
    const { _id, attempt, contentHash } = batch;
    const decided = { ...batch, state: 'APPROVED', decidedBy, decidedAt } as const;
    const remittances = await readRemittances(ctx.base, { batchId: _id, states: ['DRAFT'] }, session);
    const decision = { state: decided.state, decidedBy, decidedAt, seal: batchSeal(decided, remittances) } as const;
    const changed = await changeBatch(ctx.base, { _id, attempt, contentHash, state: 'DRAFT' }, decision, session);
    if (!changed) throw new Error(`batch ${_id} changed within a transaction that had read it`);
    await openRemittances(ctx.base, _id, decidedAt, session);
    const posting = owedPosting({ ...batch, ...decision }, { day: shanghaiDay(decidedAt.getTime()), by: decidedBy });
    if (posting.postings.length > 0) await postLedger(ctx.base, [posting], session);
    return { ...batch, ...decision };
  });
}

/** What each sponsor owes since this batch, and the donation that it stands for. */
function owedPosting(batch: Batch, { day, by }: { day: string; by: string }): NewTransaction {
  const postings = batch.agreements.flatMap((total) => {
    const amountFen = totalFen(total);
    if (amountFen === 0) return [];
    return [
      { account: `owed/${total.key}`, amountFen },
      { account: `pledged/${total.key}`, amountFen: -amountFen },
    ];
  });
  const refs = { batchId: batch._id, seal: batch.seal ?? '' };
  return { sourceKey: `batch:${batch._id}`, kind: 'batch', day, postings, refs, by };
}
