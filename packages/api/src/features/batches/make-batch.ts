import { denyUnless, personOf } from '../../kernel/authority.js';
import { keyReused, refuseKey } from '../../kernel/command-input.js';
import type { Context } from '../../kernel/context.js';
import { derivedId } from '../../kernel/ids.js';
import { type Refusal, isRefusal, refuse } from '../../kernel/refusal.js';
import { shanghaiMonth } from '../../kernel/shanghai.js';
import { inTransaction, isDuplicateKey } from '../../kernel/transaction.js';
import { dropLines } from './batch-lines.store.js';
import { batchIdOf } from './batches.rules.js';
import {
  type Batch,
  changeBatch,
  dropBatch,
  insertBatch,
  readBatch,
  readBatchByKey,
  readLastApproved,
  readOpenBatch,
} from './batches.store.js';
import { type Built, buildLines, LOST_BUILD } from './build-lines.js';
import { type PayTo, payToPort } from './pay-to.js';
import { replaceDrafts } from './remittances.store.js';

/** A build that has not moved for so long was broken off: the process died. */
const BROKEN_OFF_MS = 60_000;

export interface MakeBatchInput {
  readonly idempotencyKey: string;
  /** `2026-10`, over by now, in Asia/Shanghai. */
  readonly month: string;
}

/**
 * Makes the draft of a month's batch: every yuan that accrued up to the month's end and is in no batch yet, and what
 * refunds changed of earlier ones. Killed half-way it can simply be made again. Refusals: `KEY_INVALID`,
 * `KEY_REUSED`, `MONTH_INVALID`, `MONTH_NOT_OVER`, `MONTH_CLOSED`, `BATCH_OPEN` (another waits for its checker),
 * `NOTHING_DUE`, `CHANGED_MEANWHILE`.
 */
export async function makeBatch(ctx: Context, input: MakeBatchInput): Promise<Batch | Refusal> {
  const denied = denyUnless(ctx, 'fund-maker');
  if (denied) return denied;
  const wrongKey = refuseKey(input.idempotencyKey);
  if (wrongKey) return wrongKey;
  const makeKey = derivedId('batch', personOf(ctx), input.idempotencyKey);
  const known = await readBatchByKey(ctx.base, makeKey);
  if (known && known.month !== input.month) return keyReused();
  const standing = await readBatch(ctx.base, batchIdOf(input.month));
  if (standing?.makeKey === makeKey && standing.state !== 'BUILDING') return standing;
  const begun = await begin(ctx, { month: input.month, makeKey, standing });
  if (isRefusal(begun)) return begun;
  const built = await buildLines(ctx.base, begun.batch, begun.last);
  if (built === LOST_BUILD) return changedMeanwhile();
  if (built.batch.lineCount === 0) return nothingDue(ctx, begun.batch);
  return finish(ctx, begun.batch, built);
}

interface Begun {
  readonly batch: Batch;
  readonly last: Pick<Batch, 'month' | 'cutBlock'> | null;
}

/** Takes the month for this build, from nothing, from a rejected draft or from a build that broke off. */
async function begin(
  ctx: Context,
  input: { month: string; makeKey: string; standing: Batch | null },
): Promise<Begun | Refusal> {
  const { month, makeKey, standing } = input;
  const nowMs = ctx.base.clock();
  if (!/^20\d\d-(0[1-9]|1[0-2])$/.test(month)) {
    return refuse('MONTH_INVALID', '月份应写成 2026-10 这样，请重新选择。', { path: 'month' });
  }
  if (month >= shanghaiMonth(nowMs)) {
    return refuse('MONTH_NOT_OVER', '这个月还没有结束，请在下月 1 日以后制作批次。', { path: 'month' });
  }
  const last = await readLastApproved(ctx.base);
  if (last && month <= last.month) {
    return refuse('MONTH_CLOSED', `${last.month} 及以前的批次已经复核，后来的变动会列入下一批。`, { path: 'month' });
  }
  const open = await readOpenBatch(ctx.base);
  if (open && (open.state === 'DRAFT' || nowMs - open.madeAt.getTime() < BROKEN_OFF_MS) && open.makeKey !== makeKey) {
    return refuse('BATCH_OPEN', `批次 ${open._id} 还在制作或等待复核，请先复核或退回它。`);
  }
  if (open && open.month !== month && !(await dropBroken(ctx, open))) return changedMeanwhile();
  const payTo = await payToPort(ctx.base)(ctx.base);
  const attempt = (standing?.attempt ?? 0) + 1;
  const batch = freshBatch({ month, makeKey, madeBy: personOf(ctx), nowMs, attempt, payTo });
  return (await take(ctx, { batch, standing })) ? { batch, last } : changedMeanwhile();
}

/** Another month's build that broke off: whoever made it may begin again. */
async function dropBroken(ctx: Context, open: Batch): Promise<boolean> {
  if (!(await changeBatch(ctx.base, sameAs(open), { state: 'REJECTED', reason: '制作中断' }))) return false;
  await dropLines(ctx.base, open);
  return true;
}

async function take(ctx: Context, { batch, standing }: { batch: Batch; standing: Batch | null }): Promise<boolean> {
  const { _id, ...fresh } = batch;
  try {
    if (!standing) await insertBatch(ctx.base, batch);
    // The new attempt's number keeps a builder that is still alive from writing more of the old one.
    else if (await changeBatch(ctx.base, sameAs(standing), fresh))
      await dropLines(ctx.base, { _id, attempt: batch.attempt });
    else return false;
    return true;
  } catch (error) {
    if (isDuplicateKey(error)) return false;
    throw error;
  }
}

function sameAs({ _id, state, attempt }: Batch): Pick<Batch, '_id' | 'state' | 'attempt'> {
  return { _id, state, attempt };
}

function freshBatch(input: {
  month: string;
  makeKey: string;
  madeBy: string;
  nowMs: number;
  attempt: number;
  payTo: PayTo | null;
}): Batch {
  const { month, makeKey, madeBy, nowMs, attempt, payTo } = input;
  return {
    ...{ _id: batchIdOf(month), month, state: 'BUILDING', attempt, makeKey, madeBy, madeAt: new Date(nowMs) },
    ...{ cutBlock: 0, lineCount: 0, amountFen: 0, pageRoots: [], root: '', contentHash: '' },
    ...{ agreements: [], counties: [], products: [], sums: [], payTo },
    ...{ decidedBy: null, decidedAt: null, reason: null, seal: null },
  };
}

async function finish(ctx: Context, batch: Batch, built: Built): Promise<Batch | Refusal> {
  const drafted: Batch = { ...batch, ...built.batch, state: 'DRAFT' };
  const { _id, ...fields } = drafted;
  const written = await inTransaction(ctx.base, async (session) => {
    if (!(await changeBatch(ctx.base, sameAs(batch), fields, session))) return false;
    await replaceDrafts(ctx.base, _id, built.remittances, session);
    return true;
  });
  return written ? drafted : changedMeanwhile();
}

/** A batch that never had a line leaves no trace, unless there is a history of it to keep. */
async function nothingDue(ctx: Context, batch: Batch): Promise<Refusal> {
  if (batch.attempt === 1) await dropBatch(ctx.base, sameAs(batch));
  else await changeBatch(ctx.base, sameAs(batch), { state: 'REJECTED', reason: '没有可列入的配捐' });
  return refuse('NOTHING_DUE', '到这个月底没有可以列入批次的配捐，不需要制作批次。', { path: 'month' });
}

function changedMeanwhile(): Refusal {
  return refuse('CHANGED_MEANWHILE', '另一位管理员刚刚也在办理批次，请刷新后再看。');
}
