import { denyUnless } from '../../kernel/authority.js';
import type { Context } from '../../kernel/context.js';
import { type Refusal, refuse } from '../../kernel/refusal.js';
import { inTransaction, isDuplicateKey } from '../../kernel/transaction.js';
import type { BankImport } from './bank.store.js';
import {
  changeImport,
  chunkIdOf,
  findKeptChunk,
  findImport,
  findPostedChunks,
  giveAccountBack,
} from './imports.store.js';
import { type ReadyChunk, postChunk, readyChunk } from './post-chunk.js';
import { refreshMatching } from './refresh-matching.js';

/** Progress is written after so many chunks: some times in a second. */
const PROGRESS_CHUNKS = 4;
/** Decided anew so often when what it rests on has moved; then the job fails, and tries again later. */
const MAX_ATTEMPTS = 4;

/**
 * Brings a statement into the books, chunk by chunk, each in one transaction: lines, remittances, ledger. A run that died
 * is taken up where it stopped, as the chunks that stand are known by their postings. Ends in POSTED.
 */
export async function runPosting(ctx: Context, importId: string): Promise<BankImport | Refusal> {
  const denied = denyUnless(ctx, 'system');
  if (denied) return denied;
  const { base } = ctx;
  const one = await findImport(base, importId);
  if (one?.state !== 'POSTING') return refuse('IMPORT_UNKNOWN', '没有找到等待入账的账单。');
  const posted = await findPostedChunks(base, importId);
  let linesPosted = 0;
  let next = ready(ctx, one, { seq: 1, posted });
  for (let seq = 1; seq <= one.chunkCount; seq += 1) {
    base.stopping.throwIfAborted();
    const chunk = await next;
    // The next chunk is read and parsed while the database writes this one.
    next = ready(ctx, one, { seq: seq + 1, posted });
    next.catch(ignoreUntilAwaited);
    if (chunk) {
      await postOnce(ctx, one, chunk);
      linesPosted += chunk.newCount;
    }
    if (seq % PROGRESS_CHUNKS === 0) await changeImport(base, one, { progress: { ...one.progress, linesPosted } });
  }
  await refreshMatching(base, { importId });
  const done = { state: 'POSTED', postedAt: new Date(base.clock()) } as const;
  await inTransaction(base, async (session) => {
    const progress = { ...one.progress, linesPosted: one.preview?.newCount ?? linesPosted };
    if (await changeImport(base, one, { ...done, progress }, session)) await giveAccountBack(base, one, session);
  });
  return (await findImport(base, importId)) ?? one;
}

function ignoreUntilAwaited(): void {}

/** Null for a chunk that stands already, and behind the last. */
async function ready(
  ctx: Context,
  one: BankImport,
  { seq, posted }: { seq: number; posted: ReadonlySet<string> },
): Promise<ReadyChunk | null> {
  const chunkId = chunkIdOf(one._id, seq);
  return seq > one.chunkCount || posted.has(chunkId) ? null : readAgain(ctx, one, chunkId);
}

async function readAgain(ctx: Context, one: BankImport, chunkId: string): Promise<ReadyChunk> {
  const chunk = await findKeptChunk(ctx.base, chunkId);
  if (!chunk) throw new Error('a chunk of a statement is gone before it was posted');
  return readyChunk(ctx.base, one, chunk);
}

async function postOnce(ctx: Context, one: BankImport, given: ReadyChunk): Promise<void> {
  let chunk = given;
  for (let attempt = 1; ; attempt += 1) {
    try {
      await inTransaction(ctx.base, (session) => postChunk(ctx.base, one, chunk, session));
      return;
    } catch (error) {
      // Another process, whose lease had run out, was quicker with this chunk: it stands, once.
      if (isDuplicateKey(error) && (await findPostedChunks(ctx.base, one._id)).has(chunk.chunkId)) return;
      if (attempt >= MAX_ATTEMPTS) throw error;
      // A person at the desk may have given money to a remittance since it was read: the chunk is decided anew.
      chunk = await readAgain(ctx, one, chunk.chunkId);
    }
  }
}
