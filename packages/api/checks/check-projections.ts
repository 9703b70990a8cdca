import mongoose, { type Connection } from 'mongoose';
import { canonicalJson } from '../src/kernel/canonical.js';
import type { Base } from '../src/kernel/context.js';
import { helpRecordStore, organisationMonthStore } from '../src/features/records/index.js';
import { monthChanges } from '../src/features/records/records.rules.js';
import { type Entry, blockStore, journalStore, projectBlock } from '../src/features/journal/index.js';
import { Findings, type View, isCountable, sealedText } from './check.js';
import type { Snapshot } from './snapshot.js';

/**
 * I9: the projections are, byte for byte, what the sealed blocks give when counted again from nothing. The rebuild goes
 * into a database of its own beside the checked one, dropped afterwards.
 */
export async function checkProjections(snapshot: Snapshot, view: View): Promise<Findings> {
  const findings = new Findings();
  const name = `${view.base.db.name}-rebuild-${view.base.random(4).toString('hex')}`;
  const db: Connection = view.base.db.useDb(name, { useCache: false });
  const into: Base = { ...view.base, db };
  try {
    await makeCollections(into, view);
    for await (const block of snapshot.read(blockStore, { sort: { _id: 1 } })) {
      const entries = new Map<string, Entry>();
      const sealed = snapshot.read(journalStore, { filter: { _id: { $in: [...block.entryIds] } } });
      for await (const entry of sealed) if (isCountable(entry)) entries.set(entry._id, entry);
      // An entry that is missing, or no entry any more, is I7's to name; the projections are compared with what is there.
      const found = block.entryIds.flatMap((entryId) => entries.get(entryId) ?? []);
      const sealedEntries = { block: block._id, entries: found };
      const isCounted = await projectBlock(into, { projections: view.projections, sealed: sealedEntries }).then(
        () => true,
        refusedToCount,
      );
      findings.expect(isCounted, {
        invariant: 'I9',
        subject: `block ${block._id}`,
        message: 'cannot be counted again',
      });
      // What follows would only differ for this one reason.
      if (!isCounted) return findings;
    }
    for (const collection of view.projections.flatMap((projection) => projection.collections)) {
      await compare(findings, {
        collection,
        ours: snapshot.readRaw(collection),
        rebuilt: db.collection(collection).find({}, { sort: { _id: 1 } }) as never,
      });
    }
  } finally {
    await db.dropDatabase();
  }
  return findings;
}

/** A projection throws at an entry that cannot be; where the database fails, nothing is said of the books. */
function refusedToCount(error: unknown): false {
  if (error instanceof mongoose.mongo.MongoError) throw error;
  return false;
}

async function makeCollections(into: Base, view: View): Promise<void> {
  for (const name of view.projections.flatMap((projection) => projection.collections))
    await into.db.createCollection(name);
}

async function compare(
  findings: Findings,
  input: {
    collection: string;
    ours: AsyncIterable<Record<string, unknown>>;
    rebuilt: AsyncIterable<Record<string, unknown>>;
  },
): Promise<void> {
  // Null where the sum of a changed entry cannot be written down: that is no figure which a projection may show.
  const rebuilt = new Map<string, string | null>();
  for await (const document of input.rebuilt) {
    rebuilt.set(
      String(document['_id']),
      sealedText(() => canonicalJson(document)),
    );
  }
  for await (const document of input.ours) {
    const id = String(document['_id']);
    const subject = `${input.collection} ${id}`;
    const text = sealedText(() => canonicalJson(document));
    findings.expect(text !== null && rebuilt.get(id) === text, {
      invariant: 'I9',
      subject,
      message: 'is not what the journal gives',
    });
    rebuilt.delete(id);
  }
  for (const id of rebuilt.keys()) {
    findings.expect(false, { invariant: 'I9', subject: `${input.collection} ${id}`, message: 'is missing' });
  }
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
