import type { Base } from '../../kernel/context.js';
import type { Session } from '../../kernel/transaction.js';
import type { BankLine, BankPosting } from './bank.store.js';
import { findLines } from './desk.store.js';
import { BY_RULE, standingAllocations } from './line-money.rules.js';
import { linesOfPosting } from './lines.store.js';

/** What one chunk of a posted statement is by now. */
export interface StandingChunk {
  readonly posting: BankPosting;
  /** Lines with a document: left to a person, put aside by a rule, or touched since. */
  readonly documents: readonly BankLine[];
  /** Lines that lie in their chunk, matched as their import matched them. */
  readonly plain: readonly BankLine[];
}

export async function readStandingChunk(base: Base, posting: BankPosting, session?: Session): Promise<StandingChunk> {
  const lines = await linesOfPosting(base, posting, session);
  const ids = lines.map(({ _id }) => _id);
  const documents = await findLines(base, ids, session);
  const known = new Set(documents.map(({ _id }) => _id));
  return { posting, documents, plain: lines.filter(({ _id, state }) => state === 'MATCHED' && !known.has(_id)) };
}

/** A person gave it to something or put it aside, and that stands: neither its import nor a rule did. Only persons book spends. */
export function isDecidedByPerson({ allocations, ignored }: BankLine, posting: BankPosting): boolean {
  const isTheirs = ({ by, ledgerId }: { readonly by: string; readonly ledgerId: string }): boolean =>
    by !== BY_RULE && ledgerId !== posting.ledgerId;
  return (
    standingAllocations({ allocations }).some((one) => one.spendId !== null || isTheirs(one)) ||
    (ignored !== null && isTheirs(ignored))
  );
}
