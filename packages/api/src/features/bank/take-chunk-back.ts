import type { Base } from '../../kernel/context.js';
import { type Refusal, isRefusal } from '../../kernel/refusal.js';
import { shanghaiDay } from '../../kernel/shanghai.js';
import type { Session } from '../../kernel/transaction.js';
import { type Remittance, readRemittances, receiveRemittances } from '../batches/index.js';
import { ledgerId, type NewTransaction, type Posting, postLedger } from '../ledger/index.js';
import { findChunkHold } from './back-holds.js';
import { moveTotals } from './bank-totals.store.js';
import type { BankImport, BankLine } from './bank.store.js';
import { allocationPostings, ignorePostings, restFen, standingAllocations } from './line-money.rules.js';
import { givenBy } from './remittances-hold.js';
import { readStandingChunk, type StandingChunk } from './standing-chunk.js';
import { statementPostings } from './statement-postings.rules.js';
import { findPosting, moveToTaken } from './taken-chunks.store.js';
import { departure } from './totals.rules.js';

/**
 * One chunk out of the books, in the caller's transaction: lines, remittances, sums, and for each transaction of the books that
 * its lines caused another that names and undoes it. Gives what keeps it there, and changes nothing then; a chunk that is out
 * already is left alone.
 */
export async function takeChunkBack(
  base: Base,
  { one, chunkId }: { one: BankImport; chunkId: string },
  session: Session,
): Promise<Refusal | null> {
  const posting = await findPosting(base, chunkId, session);
  if (!posting) return null;
  const chunk = await readStandingChunk(base, posting, session);
  const held = await findChunkHold(base, chunk, session);
  if (isRefusal(held)) return held;
  const lines = [...chunk.documents, ...chunk.plain];
  const given = givenBy(lines);
  const remittances = given.size > 0 ? await readRemittances(base, { ids: [...given.keys()] }, session) : [];
  const day = posting.lastDay;
  const returned = remittances.map((remittance) => {
    return { remittance, amountFen: -(given.get(remittance._id) ?? 0), day };
  });
  await receiveRemittances(base, returned, session);
  await moveTotals(base, lines.map(departure), session);
  const by = one.back?.approvedBy ?? one.by;
  const sourceKey = `statement-back:${chunkId}`;
  const taken = {
    ...{ _id: chunkId, accountId: one.accountId, importId: one._id, posting },
    decided: chunk.documents.filter((line) => line.allocations.length > 0 || isIgnoredSince(line, posting.ledgerId)),
    ...{ ledgerId: ledgerId(`${sourceKey}.0`), by, at: new Date(base.clock()) },
  };
  await moveToTaken(base, { taken, lineIds: chunk.documents.map(({ _id }) => _id) }, session);
  const agreements = new Map(remittances.map(({ _id, agreementId }) => [_id, agreementId]));
  const today = shanghaiDay(base.clock());
  const refs = { importId: one._id, accountId: one.accountId };
  const corrections = [...postingsBack(chunk, agreements)].map(([correctsId, postings], nth): NewTransaction => {
    return { sourceKey: `${sourceKey}.${nth}`, kind: 'correction', day: today, postings, refs, by, correctsId };
  });
  // Last of all: every writer of the books meets at their head, and holds it from here to the commit.
  await postLedger(base, corrections, session);
  return null;
}

function isIgnoredSince({ ignored }: BankLine, postingLedgerId: string): boolean {
  return ignored !== null && ignored.ledgerId !== postingLedgerId;
}

/** What undoes each transaction of the books that still stands on these lines, by its id; the statement's own first. */
function postingsBack(
  { posting, documents, plain }: StandingChunk,
  agreements: ReadonlyMap<Remittance['_id'], string>,
): Map<string, Posting[]> {
  const { accountId } = posting;
  const netFen = posting.debitFen - posting.creditFen;
  const back = new Map([[posting.ledgerId, statementPostings(accountId, { netFen, given: [], ignored: [] })]]);
  const add = (correctsId: string, postings: readonly Posting[]): void => {
    back.set(correctsId, summed([...(back.get(correctsId) ?? []), ...postings]));
  };
  for (const line of [...documents, ...plain]) {
    for (const { remittanceId, amountFen, ledgerId: correctsId } of standingAllocations(line)) {
      const agreementId = agreements.get(remittanceId ?? '');
      if (agreementId === undefined) throw new Error('a line of a statement pays what was not read');
      add(correctsId, allocationPostings(accountId, [{ amountFen: -amountFen, agreementId }]));
    }
    const { ignored } = line;
    if (ignored) {
      const ignoredFen = restFen({ ...line, ignored: null });
      add(ignored.ledgerId, ignorePostings(accountId, ignored.category, -ignoredFen));
    }
  }
  return new Map([...back].filter(([, postings]) => postings.length > 0));
}

function summed(postings: readonly Posting[]): Posting[] {
  const sums = new Map<string, number>();
  for (const { account, amountFen } of postings) sums.set(account, (sums.get(account) ?? 0) + amountFen);
  return [...sums].flatMap(([account, amountFen]) => (amountFen === 0 ? [] : [{ account, amountFen }]));
}
