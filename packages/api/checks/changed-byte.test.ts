import { verifyProof } from '@aixin/proof';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Fund, noonOf, startFund } from '../test/fund.js';
import { batchLineStore, markReceipted, receiveRemittances, type Remittance } from '../src/features/batches/index.js';
import { draftPack, packStore, publishPack } from '../src/features/disclosure/index.js';
import { proofOfMatch } from '../src/features/proof/index.js';
import { pipelineOptions } from '../src/features/journal/index.js';
import { postLedger } from '../src/features/ledger/index.js';
import { isRefusal } from '../src/kernel/refusal.js';
import { inTransaction, isDuplicateKey } from '../src/kernel/transaction.js';
import { projections } from '../src/projections.js';
import { type Violation, verify } from './index.js';

type Doc = Record<string, unknown> & { readonly _id: unknown };

/** A collection whose every byte is sealed or follows from what is, and how its documents are named. */
interface Sealed {
  readonly collection: string;
  /** What no hash covers: the clock of the sealing process, the place in the server's log, days that other rooms prove. */
  readonly open?: readonly string[];
  names(doc: Doc): string[];
}

const SEALED: readonly Sealed[] = [
  { collection: 'journal', names: (doc) => [`entry ${String(doc._id)}`] },
  { collection: 'blocks', open: ['sealedAt', 'resumeToken'], names: (doc) => [`block ${String(doc._id)}`] },
  { collection: 'ledger', names: (doc) => [`ledger ${String(doc._id)}`] },
  { collection: 'ledgerHeads', names: () => ['ledger head'] },
  { collection: 'ledgerAccounts', names: (doc) => [`account ${String(doc._id)}`] },
  { collection: 'batches', names: (doc) => [`batch ${String(doc._id)}`] },
  {
    collection: 'batchLines',
    names: (doc) => [
      `line ${String(doc._id)}`,
      `batch ${String(doc['batchId'])}, lines 1 to ${doc['batchId'] === 'B202610' ? 6 : 2}`,
    ],
  },
  {
    collection: 'remittances',
    open: ['spentFen', 'remittedDay', 'remittedAt', 'receiptId', 'receiptedAt'],
    // What the paper calls the sponsor is sealed with the batch; what came is held against the ledger, by agreement.
    names: (doc) => [
      `remittance ${String(doc._id)}`,
      `batch ${String(doc['batchId'])}`,
      `agreement ${String(doc['agreementId'])}`,
    ],
  },
  { collection: 'packs', names: (doc) => [`pack ${String(doc._id)}`] },
  { collection: 'packHeads', names: () => ['pack head'] },
];

/** Changes in each collection: more of them take minutes. */
const FLIPS = Number(process.env['AIXIN_FLIPS'] ?? 3);

let fund: Fund;
beforeAll(async () => {
  fund = await startFund('changed-byte');
  const { heart } = fund;
  pipelineOptions.fill(heart.base, { projections, keepHead: async () => undefined, gatherMs: 20 });
  heart.nowMs = noonOf('2026-10-10');
  const sales = [...(await fund.sell('a1', 4)), ...(await fund.sell('a2', 2))];
  await fund.accrue(sales);
  heart.nowMs = noonOf('2026-11-02');
  const { remittances } = await fund.batch('2026-10');
  for (const remittance of remittances) await receive(remittance);
  await fund.refund(sales[0]!);
  heart.nowMs = noonOf('2026-11-10');
  await fund.accrue(await fund.sell('a2', 1));
  heart.nowMs = noonOf('2026-12-02');
  await fund.batch('2026-11');
  heart.nowMs = noonOf('2027-01-05');
  await publish();
});
afterAll(() => fund.stop());

/** As the bank's line and the receipt would say it. */
async function receive(remittance: Remittance): Promise<void> {
  const { base, nowMs } = fund.heart;
  const { _id: remittanceId, agreementId, amountFen } = remittance;
  await inTransaction(base, async (session) => {
    await receiveRemittances(base, [{ remittance, amountFen, day: '2026-11-03' }], session);
    const postings = [
      { account: 'bank/icbc', amountFen },
      { account: `owed/${agreementId}`, amountFen: -amountFen },
      { account: `pledged/${agreementId}`, amountFen },
      { account: 'fund', amountFen: -amountFen },
    ];
    const cause = { sourceKey: `match:${remittanceId}`, kind: 'match', day: '2026-11-03', by: 'maker' } as const;
    await postLedger(base, [{ ...cause, postings, refs: { remittanceId } }], session);
    await markReceipted(base, { remittanceId, receiptId: `receipt-${remittanceId}`, at: new Date(nowMs) }, session);
  });
}

async function publish(): Promise<void> {
  const period = { from: '2026-10-01', until: '2026-12-31' };
  const draft = await draftPack(fund.maker, { idempotencyKey: 'draft-key-0001', ...period });
  if (isRefusal(draft)) throw new Error(draft.message);
  const seen = { idempotencyKey: 'publish-key-01', packId: draft._id, hash: draft.hash };
  const pack = await publishPack(fund.checker, seen);
  if (isRefusal(pack)) throw new Error(pack.message);
}

const violations = async (): Promise<readonly Violation[]> =>
  (await verify({ base: fund.heart.base, projections, keptHeads: null, acknowledgedOrderIds: [] })).violations;

type Leaf = string | number | boolean | Date | null;

/** Every place in a document where a value stands, as MongoDB writes it: `lines.0.paidFen`. */
function leavesOf(value: unknown, path = ''): [string, Leaf][] {
  if (value === null || typeof value !== 'object' || value instanceof Date) return path ? [[path, value as Leaf]] : [];
  return Object.entries(value).flatMap(([key, part]) => leavesOf(part, path ? `${path}.${key}` : key));
}

/** The same, and every place in which others stand: `lines`, `lines.0`. */
function placesOf(value: unknown, path = ''): [string, unknown][] {
  if (value === null || typeof value !== 'object' || value instanceof Date) return [[path, value]];
  const inside = Object.entries(value).flatMap(([key, part]) => placesOf(part, path ? `${path}.${key}` : key));
  return path ? [[path, value], ...inside] : inside;
}

/** A value of another kind that means the same, as far as there is one. */
function otherKind(value: unknown): unknown {
  if (value === null) return 5;
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return Object.fromEntries(value.entries());
  if (typeof value === 'object') return Object.values(value);
  return typeof value === 'string' ? 5 : JSON.stringify(value);
}

/** Another value of the same kind, one step or one bit away. */
function changed(value: Leaf, by: number): Leaf {
  if (value === null) return 'x';
  if (value instanceof Date) return new Date(value.getTime() + 1);
  if (typeof value === 'boolean') return !value;
  if (typeof value === 'number') return value + (by % 2 === 0 ? 1 : -1);
  if (value === '') return 'x';
  const at = by % value.length;
  return value.slice(0, at) + String.fromCharCode(value.charCodeAt(at) ^ 1) + value.slice(at + 1);
}

describe('one changed byte', () => {
  it('is not there before anything was changed', async () => {
    expect(await violations()).toEqual([]);
  });

  it.each(SEALED)('in $collection is found, and the document is named', async ({ collection, open = [], names }) => {
    const target = fund.heart.base.db.collection<Doc>(collection);
    const docs = await target.find().sort({ _id: 1 }).toArray();
    const places = docs.flatMap((doc) =>
      leavesOf(doc)
        .filter(([path]) => path !== '_id' && !open.includes(path.split('.')[0] ?? ''))
        .map(([path, value]) => ({ doc, path, value })),
    );
    expect(places.length).toBeGreaterThan(0);
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...places), fc.nat(), async ({ doc, path, value }, by) => {
        // Where another document has the value already, a unique index keeps the change out by itself.
        const isOut = await target.updateOne({ _id: doc._id }, { $set: { [path]: changed(value, by) } }).then(
          () => false,
          (error: unknown) => isDuplicateKey(error) || Promise.reject(error as Error),
        );
        if (isOut) return;
        const found = await violations().finally(() => target.replaceOne({ _id: doc._id }, doc));
        const subjects = found.map((one) => one.subject);
        expect({ path, subjects, isNamed: names(doc).some((name) => subjects.includes(name)) }).toMatchObject({
          isNamed: true,
        });
      }),
      { numRuns: FLIPS, endOnFailure: true },
    );
  });

  it.each(SEALED)(
    'in the form of $collection is found as well, and the document is named',
    async ({ collection, names }) => {
      const target = fund.heart.base.db.collection<Doc>(collection);
      const docs = await target.find().sort({ _id: 1 }).toArray();
      // The place in the server's log is the server's to write, in whatever form.
      const places = docs.flatMap((doc) =>
        placesOf(doc)
          .filter(([path]) => path !== '_id' && !path.startsWith('resumeToken'))
          .map(([path, value]) => ({ doc, path, value })),
      );
      const changes = ['left out', 'null', 'of another kind', 'one more'] as const;
      await fc.assert(
        fc.asyncProperty(
          fc.constantFrom(...places),
          fc.constantFrom(...changes),
          async ({ doc, path, value }, change) => {
            if (change === 'null' && value === null) return;
            const updates = {
              ...{ 'left out': { $unset: { [path]: 1 } }, null: { $set: { [path]: null } } },
              ...{ 'of another kind': { $set: { [path]: otherKind(value) } }, 'one more': { $set: { more: 1 } } },
            };
            await target.updateOne({ _id: doc._id }, updates[change] as never);
            const found = await violations().finally(() => target.replaceOne({ _id: doc._id }, doc));
            const subjects = found.map((one) => one.subject);
            expect({
              path,
              change,
              subjects,
              isNamed: names(doc).some((name) => subjects.includes(name)),
            }).toMatchObject({
              isNamed: true,
            });
          },
        ),
        { numRuns: FLIPS, endOnFailure: true },
      );
    },
  );

  it.each(SEALED)(
    'is no less than a document of $collection that is gone, or one that nobody wrote',
    async ({ collection }) => {
      const target = fund.heart.base.db.collection<{ _id: string }>(collection);
      const docs = await target.find().sort({ _id: 1 }).toArray();
      for (const doc of new Set([docs[0]!, docs.at(-1)!])) {
        await target.deleteOne({ _id: doc._id });
        const found = await violations().finally(() => target.insertOne(doc));
        expect({ gone: doc._id, isFound: found.length > 0 }).toMatchObject({ isFound: true });
      }
      await target.insertOne({ _id: 'nobody' });
      const found = await violations().finally(() => target.deleteOne({ _id: 'nobody' }));
      expect(found.length).toBeGreaterThan(0);
    },
  );

  it('is not in the books of which a yuan is proved against the pack that was published', async () => {
    const { base } = fund.heart;
    const [pack] = await packStore.collection(base).find().toArray();
    for (const { matchId } of await batchLineStore.collection(base).find({ kind: 'match' }).toArray()) {
      const proof = await proofOfMatch(fund.auditor, matchId);
      if (isRefusal(proof)) throw new Error(proof.message);
      expect(await verifyProof(proof.text, { packText: pack?.json ?? '' })).toMatchObject({ fault: null });
    }
  });

  it('is gone once it was put back', async () => {
    expect(await violations()).toEqual([]);
  });
});
