import { denyUnless } from '../../kernel/authority.js';
import type { Context } from '../../kernel/context.js';
import { type Refusal, refuse } from '../../kernel/refusal.js';
import { inTransaction } from '../../kernel/transaction.js';
import type { BankAccount, BankImport, BankSpan } from './bank.store.js';
import { joinSpans } from './checks.rules.js';
import { changeImport, findAccount, findImport, findPostedChunks } from './imports.store.js';
import { refreshMatching } from './refresh-matching.js';
import { takeChunkBack } from './take-chunk-back.js';
import { findOtherImports, giveSpansBack } from './taken-chunks.store.js';

/**
 * Takes a statement out of the books, chunk by chunk, each in one transaction. A run that died is taken up where it stopped, as
 * the chunks that still stand are known by their postings. Where a person's decision, a receipt or a spend came between since it
 * was approved, the import says for what it waits, and a later run goes on. Ends in TAKEN_BACK.
 */
export async function runTakeBack(ctx: Context, importId: string): Promise<BankImport | Refusal> {
  const denied = denyUnless(ctx, 'system');
  if (denied) return denied;
  const { base } = ctx;
  const one = await findImport(base, importId);
  if (one?.state !== 'TAKING_BACK' || !one.back) return refuse('IMPORT_UNKNOWN', '没有找到等待撤回的账单。');
  for (const chunkId of [...(await findPostedChunks(base, importId))].sort()) {
    base.stopping.throwIfAborted();
    const held = await inTransaction(base, (session) => takeChunkBack(base, { one, chunkId }, session));
    if (held) {
      if (one.back.waitsFor !== held.message) {
        await changeImport(base, one, { back: { ...one.back, waitsFor: held.message } });
      }
      return (await findImport(base, importId)) ?? one;
    }
  }
  const account = await findAccount(base, one.accountId);
  if (!account) throw new Error('the account of a statement is gone');
  const spans = spansOf(account, await findOtherImports(base, one));
  const back = { ...one.back, waitsFor: null, doneAt: new Date(base.clock()) };
  await inTransaction(base, async (session) => {
    const isDone = await changeImport(base, one, { state: 'TAKEN_BACK', back }, session);
    if (isDone) await giveSpansBack(base, { accountId: account._id, importId, spans }, session);
  });
  // Remittances wait for money again, and no suggestion may lean on a line that is gone.
  await refreshMatching(base);
  return (await findImport(base, importId)) ?? one;
}

/** What the statements that stand cover, in the order in which they were posted. */
function spansOf({ openingFen }: BankAccount, imports: readonly BankImport[]): BankSpan[] {
  return imports.reduce<readonly BankSpan[]>((spans, { runs, fileName }) => {
    const joined = joinSpans(spans, runs ?? [], { openingFen, acceptsGap: true });
    if ('code' in joined) throw new Error(`the spans without a statement do not hold ${fileName}: ${joined.message}`);
    return joined.spans;
  }, []) as BankSpan[];
}
