import { helpRecordStore, organisationMonthStore } from '../src/features/records/index.js';
import { monthChanges } from '../src/features/records/records.rules.js';
import { type Block, type Entry, blockStore, journalStore } from '../src/features/journal/index.js';
import { type Difference, differencesIn } from '../src/features/journal/compare.js';
import { collectionsOf } from '../src/features/journal/projection.js';
import { openReplay, replayBlocks } from '../src/features/journal/replay.js';
import { Findings, type View } from './check.js';
import { entryProblem } from './entry-form.js';
import type { Snapshot } from './snapshot.js';

const MESSAGES: Readonly<Record<Difference['what'], string>> = {
  changed: 'is not what the journal gives',
  surplus: 'is not what the journal gives: nothing in it does',
  missing: 'is missing',
};

/**
 * I9: the projections are, byte for byte, what the sealed blocks give when counted again from nothing. That goes into a
 * database of its own beside the checked one, dropped afterwards.
 */
export async function checkProjections(snapshot: Snapshot, view: View): Promise<Findings> {
  const findings = new Findings();
  const { base, projections } = view;
  const into = await openReplay(base, 'rebuild', projections);
  try {
    const blocks = snapshot.read(blockStore, { sort: { _id: 1 } });
    const entriesOf = (block: Block) => readSealedIn(snapshot, block);
    for await (const { block, isCounted } of replayBlocks(into, { projections, blocks, entriesOf })) {
      const subject = `block ${block._id}`;
      findings.expect(isCounted, { invariant: 'I9', subject, message: 'cannot be counted again' });
      // What follows would only differ for this one reason.
      if (!isCounted) return findings;
    }
    const sides = { shown: { base, session: snapshot.session }, counted: { base: into } };
    for (const collection of collectionsOf(projections)) {
      for await (const { id, what } of differencesIn(collection, sides)) {
        const subject = `${collection} ${String(id)}`;
        findings.expect(false, { invariant: 'I9', subject, message: MESSAGES[what] });
      }
    }
  } finally {
    await into.db.dropDatabase();
  }
  return findings;
}

/** An entry that is missing, or no entry any more, is I7's to name; the projections are compared with what is there. */
async function readSealedIn(snapshot: Snapshot, block: Block): Promise<Entry[]> {
  const entries = new Map<string, Entry>();
  for await (const entry of snapshot.read(journalStore, { filter: { _id: { $in: [...block.entryIds] } } })) {
    if (entryProblem(entry) === null) entries.set(entry._id, entry);
  }
  return block.entryIds.flatMap((entryId) => entries.get(entryId) ?? []);
}

/**
 * I2, the branches' side: an organisation's points are the sum of its members' entries of the day they were earned. I10:
 * every settled purchase has its line in the member's and the branch's help record.
 */
export async function checkRecords(
  snapshot: Snapshot,
  sealedEntries: AsyncIterable<Entry> | Iterable<Entry>,
): Promise<Findings> {
  const findings = new Findings();
  const points = new Map<string, number>();
  const purchases = new Map<string, Entry>();
  for await (const entry of sealedEntries) {
    if (entry.kind === 'purchase') purchases.set(entry._id, entry);
    for (const { organisationId, month, changes } of monthChanges([entry])) {
      const key = `${organisationId}|${month}`;
      points.set(key, (points.get(key) ?? 0) + (changes['points'] ?? 0));
    }
  }
  for await (const month of snapshot.read(organisationMonthStore)) {
    const sum = points.get(month._id) ?? 0;
    points.delete(month._id);
    findings.expect(month.points === sum, {
      invariant: 'I2',
      subject: `organisation month ${month._id}`,
      message: `shows ${month.points} points, its entries give ${sum}`,
    });
  }
  for (const [key, sum] of points) {
    findings.expect(sum === 0, {
      invariant: 'I2',
      subject: `organisation month ${key}`,
      message: `is missing, its entries give ${sum} points`,
    });
  }
  for await (const record of snapshot.read(helpRecordStore, { filter: { kind: 'PURCHASE' } })) {
    const entry = purchases.get(record._id);
    purchases.delete(record._id);
    const same = entry?.memberId === record.memberId && entry.organisationId === record.organisationId;
    findings.expect(same, {
      invariant: 'I10',
      subject: `help record ${record._id}`,
      message: 'has no settled purchase of this member and branch',
    });
  }
  for (const entryId of purchases.keys()) {
    findings.expect(false, {
      invariant: 'I10',
      subject: `entry ${entryId}`,
      message: 'was settled but is in no help record',
    });
  }
  return findings;
}
