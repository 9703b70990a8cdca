import type { Base } from '../../kernel/context.js';
import { inTransaction, type Session } from '../../kernel/transaction.js';
import type { BankPosting } from './bank.store.js';
import { findDayTotals, replaceDayTotals } from './bank-totals.store.js';
import { findDocumentsOfDay, findPostedDays, linesOfPosting, postingsOfDay, writeMissingKeys } from './lines.store.js';
import { addSums, arrival, matchedMove, noStates, type StateSums } from './totals.rules.js';

/**
 * Counts the sums of each account and day again from the lines themselves, and writes what differs; keys of lines that have
 * none are derived. Each day is one transaction, so that the zone may run. Gives how many days were mended.
 */
export async function rebuildBankTotals(base: Base): Promise<number> {
  await writeMissingKeys(base);
  let mendedCount = 0;
  for (const { accountId, day } of await findPostedDays(base)) {
    const isMended = await inTransaction(base, async (session) => {
      const sums = await countDay(base, { accountId, day }, session);
      return replaceDayTotals(base, { accountId, day, sums }, session);
    });
    if (isMended) mendedCount += 1;
  }
  return mendedCount;
}

/** Books of before there were sums: they are counted once. */
export async function mendKeysAndTotals(base: Base): Promise<void> {
  const days = await findPostedDays(base);
  const first = days[0];
  if (!first) return;
  const isCounted = await findDayTotals(base, first);
  if (!isCounted) await rebuildBankTotals(base);
}

async function countDay(
  base: Base,
  { accountId, day }: { accountId: string; day: string },
  session: Session,
): Promise<StateSums> {
  const sums = noStates();
  const documents = await findDocumentsOfDay(base, { accountId, day }, session);
  const known = new Set(documents.map(({ _id }) => _id));
  const postings: BankPosting[] = await postingsOfDay(base, accountId, day, session);
  const inChunks = [];
  for (const posting of postings) {
    const lines = await linesOfPosting(base, posting, session);
    inChunks.push(...lines.filter((line) => line.day === day && line.state === 'MATCHED' && !known.has(line._id)));
  }
  for (const { state, sums: more } of [...documents.map(arrival), ...inChunks.map(matchedMove)]) {
    sums[state] = addSums(sums[state], more);
  }
  return sums;
}
