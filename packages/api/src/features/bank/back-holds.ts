import type { Base } from '../../kernel/context.js';
import { type Refusal, refuse } from '../../kernel/refusal.js';
import type { Session } from '../../kernel/transaction.js';
import type { BankImport, BankLine } from './bank.store.js';
import { findPostedChunks } from './imports.store.js';
import { givenBy, remittancesHold } from './remittances-hold.js';
import { isDecidedByPerson, readStandingChunk, type StandingChunk } from './standing-chunk.js';
import { findLaterImports, findPosting } from './taken-chunks.store.js';

/**
 * What keeps a posted statement in the books: a later one of the same days (`OVERLAPPED`), a person's decision on one of its
 * lines (`DECIDED`), or a receipt, a disclosure or a spend on money that its lines brought (`RECEIPTED`, `DISCLOSED`, `SPENT`).
 * Null where nothing does. Reads all of its chunks, one after the other.
 */
export async function findHold(base: Base, one: BankImport): Promise<Refusal | null> {
  const [later] = await findLaterImports(base, one);
  if (later) {
    const message = `之后又导入了同一段日子的账单（${later.fileName}），它认出的行依靠这一份。请先撤回那一份，再撤回这一份。`;
    return refuse('OVERLAPPED', message, { details: { importId: later._id } });
  }
  const givenFen = new Map<string, number>();
  for (const chunkId of [...(await findPostedChunks(base, one._id))].sort()) {
    const posting = await findPosting(base, chunkId);
    if (!posting) continue;
    const chunk = await readStandingChunk(base, posting);
    const decided = decidedBy(chunk);
    if (decided) return decided;
    for (const [id, amountFen] of givenBy(linesOf(chunk))) givenFen.set(id, (givenFen.get(id) ?? 0) + amountFen);
  }
  return remittancesHold(base, givenFen);
}

/** The same of one chunk, judged on what stands in this transaction. */
export async function findChunkHold(base: Base, chunk: StandingChunk, session: Session): Promise<Refusal | null> {
  return decidedBy(chunk) ?? remittancesHold(base, givenBy(linesOf(chunk)), session);
}

function linesOf({ documents, plain }: StandingChunk): BankLine[] {
  return [...documents, ...plain];
}

function decidedBy({ documents, posting }: StandingChunk): Refusal | null {
  const decided = documents.find((line) => isDecidedByPerson(line, posting));
  if (!decided) return null;
  const message = `第 ${decided.lineNo} 行（${decided.day}）已由人工核对或忽略。请先在对账台撤销这一行，再撤回账单。`;
  return refuse('DECIDED', message, { details: { lineId: decided._id } });
}
