/**
 * The invariants I1–I17, on live data: run daily, by `npm run verify`, and after every failure test. Reads one instant of
 * the database; writes nothing into it. A violation is named with the id it is about, nothing personal.
 */
import { type Entry, type PurchaseEntry, type RefundEntry } from '../src/features/journal/index.js';
import type { View, Violation } from './check.js';
import { checkBank } from './check-bank.js';
import { checkBatches } from './check-batches.js';
import { checkBills } from './check-bills.js';
import { checkBlocks } from './check-blocks.js';
import { checkFiles } from './check-files.js';
import { checkLedger } from './check-ledger.js';
import { type Books, checkMatches, checkPayments, checkRefunds } from './check-money.js';
import { checkPacks } from './check-packs.js';
import { checkProjections, checkRecords } from './check-projections.js';
import { checkStock } from './check-stock.js';
import { checkGroups, checkStreams } from './check-streams.js';
import { checkUse } from './check-use.js';
import { readOrderFacts } from './facts.js';
import { openSnapshot } from './snapshot.js';

export { INVARIANTS, type InvariantName, type View, type Violation } from './check.js';

export interface Verdict {
  readonly violations: readonly Violation[];
  readonly entryCount: number;
  readonly orderCount: number;
  /** Entries that the pipeline has not sealed yet: not a violation, only late. */
  readonly unsealedCount: number;
}

/** Checks everything. The memory it needs grows with the number of orders: about 2 kB for each. */
export async function verify(view: View): Promise<Verdict> {
  const snapshot = openSnapshot(view.base);
  try {
    const entries: Entry[] = [];
    const countable: Entry[] = [];
    const streams = await checkStreams(snapshot, (entry, isCountable) => {
      entries.push(entry);
      if (isCountable) countable.push(entry);
    });
    const books = booksOf(countable, await readOrderFacts(snapshot));
    const hashes = new Map(entries.map((entry) => [entry._id, entry.hash]));
    const {
      findings: blocks,
      sealed,
      blockHashes,
    } = await checkBlocks(snapshot, { hashes, keptHeads: view.keptHeads });
    const { findings: ledgers, ledger } = await checkLedger(snapshot);
    const { findings: batches, facts } = await checkBatches(snapshot, { entryHashes: hashes, ledger });
    const all = [
      streams,
      checkGroups(entries, hashes),
      blocks,
      await checkPayments(snapshot, books),
      checkRefunds(books),
      await checkMatches(snapshot, books),
      await checkStock(snapshot, books),
      await checkRecords(
        snapshot,
        countable.filter((entry) => sealed.has(entry._id)),
      ),
      await checkProjections(snapshot, view),
      ledgers,
      batches,
      await checkBills(snapshot),
      await checkBank(snapshot, { ledger }),
      await checkUse(snapshot, ledger),
      await checkFiles(snapshot),
      await checkPacks(snapshot, { blockHashes, ledger, facts }),
    ];
    const violations = [...snapshot.misfits.all, ...all.flatMap((one) => one.all), ...missingOrders(view, books)];
    return {
      violations,
      entryCount: entries.length,
      orderCount: books.orders.size,
      unsealedCount: entries.filter((entry) => !sealed.has(entry._id)).length,
    };
  } finally {
    await snapshot.end();
  }
}

function booksOf(entries: readonly Entry[], orders: Books['orders']): Books {
  const purchases = new Map<string, PurchaseEntry>();
  const refunds = new Map<string, RefundEntry[]>();
  for (const entry of entries) {
    if (entry.kind === 'purchase') purchases.set(entry.orderId, entry);
    if (entry.kind === 'refund') refunds.set(entry.orderId, [...(refunds.get(entry.orderId) ?? []), entry]);
  }
  return { orders, purchases, refunds };
}

/** I8, the buyer's side: what was acknowledged stands, once. */
function missingOrders(view: View, books: Books): Violation[] {
  return view.acknowledgedOrderIds
    .filter((orderId) => !books.purchases.has(orderId))
    .map((orderId) => ({
      invariant: 'I8',
      subject: `order ${orderId}`,
      message: 'was acknowledged as settled and is not in the journal',
    }));
}
