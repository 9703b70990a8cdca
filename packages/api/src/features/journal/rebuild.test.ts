import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { verify } from '../../../checks/index.js';
import { cutConnection } from '../../../test/cut-connection.js';
import { type Fund, startFund } from '../../../test/fund.js';
import type { Base } from '../../kernel/context.js';
import { LEASE_MS } from '../../kernel/hold-lease.js';
import { isRefusal } from '../../kernel/refusal.js';
import { projections } from '../../projections.js';
import { type RebuildProgress, type Rebuilt, blockStore, journalStore, rebuildProjections } from './index.js';
import { collectionsOf } from './projection.js';

let fund: Fund;
let base: Base;
beforeAll(async () => {
  fund = await startFund('rebuild');
  base = fund.heart.base;
  const sales = await fund.sell('a1', 6);
  await fund.refund(sales[0]!);
  await fund.accrue(sales.slice(1, 4));
  await fund.sell('a2', 3);
});
afterAll(() => fund.stop());
beforeEach(async () => expect(await violations()).toEqual([]));

const violations = async () =>
  (await verify({ base, projections, keptHeads: null, acknowledgedOrderIds: [] })).violations;

async function rebuild(onProgress?: (at: RebuildProgress) => void, on = base): Promise<Rebuilt> {
  const rebuilt = await rebuildProjections(on, { projections, ...(onProgress ? { onProgress } : {}) });
  if (isRefusal(rebuilt)) throw new Error(rebuilt.message);
  return rebuilt;
}

/** A document that is wrong, one that is missing and one that follows from nothing, in each collection. */
async function spoil(): Promise<void> {
  for (const name of collectionsOf(projections)) {
    const target = base.db.collection<{ _id: string }>(name);
    const [first, second] = await target.find().sort({ _id: 1 }).limit(2).toArray();
    await target.insertOne({ ...first, _id: 'of-nothing' });
    await target.updateOne({ _id: first!._id }, { $set: { memberId: 'm-wrong', soldCount: 7, amountFen: 'many' } });
    if (second) await target.deleteOne({ _id: second._id });
  }
}

const namesBeside = async () =>
  (await base.db.getClient().db().admin().listDatabases({ nameOnly: true })).databases
    .map((one) => one.name)
    .filter((name) => name.startsWith(`${base.db.name}-`));

it('makes of spoilt projections exactly what the check accepts, and says what it did', async () => {
  await spoil();
  expect((await violations()).map((one) => one.invariant)).toContain('I9');
  const rebuilt = await rebuild();
  const [last] = await blockStore.collection(base).find().sort({ _id: -1 }).limit(1).toArray();
  expect(rebuilt).toMatchObject({ throughBlock: last?._id, entryCount: last?.total });
  for (const { name, documentCount, writtenCount, removedCount } of rebuilt.collections) {
    expect({ name, documentCount }).toEqual({ name, documentCount: await base.db.collection(name).countDocuments() });
    expect({ name, writtenCount, removedCount }).toEqual({
      ...{ name, writtenCount: Math.min(2, documentCount), removedCount: 1 },
    });
  }
  expect(await violations()).toEqual([]);
  expect(await namesBeside()).toEqual([]);
});

it('fills a projection from nothing, and writes nothing where nothing differs', async () => {
  for (const name of collectionsOf(projections)) await base.db.collection(name).deleteMany({});
  const filled = await rebuild();
  expect(filled.collections.every((one) => one.writtenCount === one.documentCount)).toBe(true);
  const again = await rebuild();
  expect(again.collections.every((one) => one.writtenCount === 0 && one.removedCount === 0)).toBe(true);
});

it('keeps every figure right while the zone sells and seals', async () => {
  await spoil();
  let isDone = false;
  const selling = (async () => {
    while (!isDone) await fund.sell('a1', 3);
  })();
  try {
    const before = await blockStore.collection(base).countDocuments();
    const rebuilt = await rebuild();
    expect(rebuilt.throughBlock).toBeGreaterThanOrEqual(before);
  } finally {
    isDone = true;
    await selling;
  }
  expect(await violations()).toEqual([]);
});

it('killed in the middle leaves whole documents, and the next run goes on with the rest', async () => {
  await spoil();
  const process = await cutConnection(base.db.name);
  let isKilled = false;
  const killed = rebuildProjections(
    { ...base, db: process.db },
    {
      projections,
      onProgress({ mendedCount }) {
        if (mendedCount === 0 || isKilled) return;
        isKilled = true;
        process.cut();
      },
    },
  );
  await expect(killed).rejects.toThrow();
  await process.close();
  expect(isKilled).toBe(true);
  expect(await namesBeside()).toHaveLength(1);
  const left = await differing();
  expect(left).toBeGreaterThan(0);
  expect(await rebuildProjections(base, { projections })).toMatchObject({ code: 'REBUILD_RUNS' });
  fund.heart.nowMs += LEASE_MS;
  const { collections } = await rebuild();
  expect(collections.reduce((sum, one) => sum + one.writtenCount + one.removedCount, 0)).toBe(left);
  expect(await namesBeside()).toEqual([]);
});

it('does not write once another process has its lease', async () => {
  await spoil();
  const before = await differing();
  const leases = base.db.collection<{ _id: string }>('jobLeases');
  let stolen: Promise<unknown> | null = null;
  const outcome = await rebuildProjections(base, {
    projections: [{ ...projections[0]!, apply: steal }, ...projections.slice(1)],
  });
  async function steal(...given: Parameters<(typeof projections)[0]['apply']>): Promise<void> {
    stolen ??= leases.updateOne({ _id: 'rebuild' }, { $set: { holder: 'another' } });
    await stolen;
    await projections[0]!.apply(...given);
  }
  expect(outcome).toMatchObject({ code: 'STOPPED' });
  expect(await differing()).toBe(before);
  fund.heart.nowMs += LEASE_MS;
  await rebuild();
});

it('counts nothing from a journal that is not what was sealed, and leaves what is shown', async () => {
  await base.db.collection('zoneSales').updateOne({}, { $inc: { soldCount: 1 } });
  const journal = journalStore.collection(base);
  const entry = await journal.findOne({ kind: 'purchase' });
  await journal.updateOne({ _id: entry!._id }, { $inc: { totalFen: 1 } });
  expect(await rebuildProjections(base, { projections })).toMatchObject({ code: 'JOURNAL_CHANGED' });
  await journal.replaceOne({ _id: entry!._id }, entry!);
  const blocks = blockStore.collection(base);
  const second = await blocks.findOne({ _id: 2 });
  await blocks.deleteOne({ _id: 2 });
  expect(await rebuildProjections(base, { projections })).toMatchObject({ code: 'JOURNAL_CHANGED' });
  await blocks.insertOne(second!);
  expect(await differing()).toBe(1);
  await rebuild();
});

it('writes nothing into a database where nothing is sealed', async () => {
  const db = base.db.useDb(`${base.db.name}-no`);
  expect(await rebuildProjections({ ...base, db }, { projections })).toMatchObject({ code: 'NOTHING_SEALED' });
  expect(await namesBeside()).toEqual([]);
});

/** How many projected documents are not what the blocks give. */
async function differing(): Promise<number> {
  return (await violations()).filter((one) => one.invariant === 'I9').length;
}
