import {
  bankAccountStore,
  bankLineStore,
  type Base,
  type Context,
  followTargets,
  ignoreLine,
  inTransaction,
  isRefusal,
  type LineFilter,
  matchLines,
  newId,
  postLedger,
  readDeskFigures,
  readDeskLines,
  readDeskTargets,
  readDeskTotals,
  rememberTargets,
  remittanceStore,
} from '@aixin/api/internals';
import { startBenchDatabase } from './bench-database.js';
import type { BenchLine } from './bench-line.js';
import { ACCOUNT, lineOf, MOST_DISTINCT, netFenOf, seedOpenLines } from './desk-lines.js';
import { benchLine, interleave, type Side } from './measure.js';

/** Lines that wait for a person. `AIXIN_BENCH_LINES` takes another number for the many. */
const FEW = 2_000;
const MANY = 200_000;
/** What a person does not notice. */
const WANTED_MS = 50;
const PAGE = 100;
const REMITTANCES = 200;
const LOAD = { rounds: 3, inFlight: 1, sliceMs: 250, warmUpRounds: 1, leastCount: 4 } as const;

/**
 * The matching desk beside 2,000 and 200,000 open lines: its first page with all figures, a filtered page, a search by a part
 * of a name, one match; then a remittance that is opened, until the oldest line has its suggestion. Baseline of each, in
 * slices between: the driver alone reads one page of as many lines by its index.
 */
export async function desk(): Promise<BenchLine[]> {
  const many = Number(process.env['AIXIN_BENCH_LINES'] ?? MANY);
  const database = await startBenchDatabase();
  const lines: BenchLine[] = [];
  try {
    for (const count of [FEW, many]) lines.push(...(await atSize(database.base, count)));
    return lines;
  } finally {
    await database.stop();
  }
}

async function atSize(base: Base, count: number): Promise<BenchLine[]> {
  await seedOpenLines(base, count);
  await seedBooks(base, count);
  const bare = barePage(base);
  const cases: Readonly<Record<string, Side>> = {
    'first page': reading(() => firstPage(base)),
    filter: reading(() => listed(base, { states: ['OPEN'], fromDay: '2026-11-15', toDay: '2026-11-30' })),
    search: reading(() => listed(base, { text: '芳农' })),
    match: matching(base, count),
  };
  const found: BenchLine[] = [];
  for (const [name, subject] of Object.entries(cases)) {
    const figures = await interleave({ subject, baseline: bare }, LOAD);
    const line = benchLine({ case: `${name}, ${count} open lines`, unit: 'answers/s', ...figures, lost: 0 });
    found.push({ ...line, parts: { wantedMs: WANTED_MS } });
  }
  found.push(await lastLine(base, count, bare));
  return found;
}

function reading(run: () => Promise<unknown>): Side {
  return {
    prepare: () => Promise.resolve(),
    run: async () => {
      await run();
    },
  };
}

/** What the desk asks for when it is opened. */
async function firstPage(base: Base): Promise<void> {
  await Promise.all([readDeskFigures(base, null), readDeskTargets(base), listed(base, {})]);
}

async function listed(base: Base, filter: LineFilter): Promise<void> {
  const [page] = await Promise.all([
    readDeskLines(base, { filter, first: PAGE, after: null }),
    readDeskTotals(base, filter),
  ]);
  if (page.length === 0) throw new Error(`nothing is found by ${JSON.stringify(filter)}`);
}

/** A hundred lines by an index, as the driver gives them. */
function barePage(base: Base): Side {
  const lines = bankLineStore.collection(base);
  const read = () => lines.find({ state: 'OPEN' }).sort({ day: 1, lineNo: 1, _id: 1 }).limit(PAGE).toArray();
  return reading(read);
}

/** Each takes another line of the middle and gives some of it to a remittance, or puts it aside. */
function matching(base: Base, count: number): Side {
  const ctx = maker(base);
  const distinct = Math.min(count, MOST_DISTINCT);
  let next = Math.floor(distinct / 2);
  return {
    prepare: () => Promise.resolve(),
    run: async () => {
      const line = lineOf((next += 1), distinct);
      const idempotencyKey = newId(base.random);
      const done =
        line.amountFen > 0
          ? await matchLines(ctx, {
              idempotencyKey,
              parts: [
                {
                  lineId: line._id,
                  remittanceId: `AX202610-${100 + (next % REMITTANCES)}`,
                  spendId: null,
                  amountFen: 100,
                },
              ],
            })
          : await ignoreLine(ctx, { idempotencyKey, lineId: line._id, category: 'foreign', reason: 'bench' });
      if (isRefusal(done)) throw new Error(`a match was refused: ${JSON.stringify(done)}`);
    },
  };
}

/** A remittance of the very payer of the oldest line, and just its amount. */
async function lastLine(base: Base, count: number, bare: Side): Promise<BenchLine> {
  const oldest = lineOf(1, Math.min(count, MOST_DISTINCT));
  let opened = 0;
  await rememberTargets(base);
  const subject: Side = {
    prepare: () => Promise.resolve(),
    run: async () => {
      const _id = `AX202611-${100_000 + (opened += 1)}`;
      await remittanceStore.collection(base).insertOne({
        ...remittanceOf(_id, oldest.amountFen),
        ...{ sponsorName: oldest.counterparty, sponsorId: '91500000MA5U000099' },
      });
      await followTargets(base);
      const line = await bankLineStore.collection(base).findOne({ _id: oldest._id });
      if (line?.suggestion?.targets[0]?.id !== _id) throw new Error('the oldest line was not reached');
      await remittanceStore.collection(base).deleteOne({ _id });
      await followTargets(base);
    },
  };
  const figures = await interleave({ subject, baseline: bare }, { ...LOAD, rounds: 1, warmUpRounds: 1 });
  return benchLine({ case: `suggestion at the oldest of ${count}`, unit: 'changes/s', ...figures, lost: 0 });
}

function maker(base: Base): Context {
  const actor = { kind: 'person', memberId: 'bench', roles: [{ name: 'fund-maker' }] } as const;
  return { base, actor, requestId: 'bench', log: base.log };
}

/** An account, a month's remittances, and books that hold the lines' money unallocated. */
async function seedBooks(base: Base, count: number): Promise<void> {
  const at = new Date(base.clock());
  await bankAccountStore.collection(base).replaceOne(
    { _id: ACCOUNT },
    {
      ...{ name: '基金专户', bankName: '两江银行', number: '622200000001', profileId: null, openingFen: null },
      ...{ spans: [], revision: 1, postingImportId: null, createdBy: 'bench', at },
    },
    { upsert: true },
  );
  await remittanceStore.collection(base).deleteMany({});
  const remittances = Array.from({ length: REMITTANCES }, (_, n) =>
    remittanceOf(`AX202610-${100 + n}`, 100_000_000 + n),
  );
  await remittanceStore.collection(base).insertMany(remittances);
  const netFen = netFenOf(count);
  const postings = [
    { account: `bank/${ACCOUNT}`, amountFen: netFen },
    { account: `unallocated/${ACCOUNT}`, amountFen: -netFen },
  ];
  const statement = {
    sourceKey: `statement:${count}`,
    kind: 'statement',
    day: '2026-11-28',
    refs: {},
    by: 'bench',
  } as const;
  await inTransaction(base, (session) => postLedger(base, [{ ...statement, postings }], session));
}

function remittanceOf(_id: string, amountFen: number) {
  return {
    ...{ _id, batchId: 'B202610', agreementId: `agreement-${_id.slice(-2)}`, agreementNumber: `协-${_id.slice(-2)}` },
    ...{ sponsorName: `重庆爱心企业${_id.slice(-2)}`, sponsorId: `91500000MA5U0000${_id.slice(-2)}` },
    ...{ linesFen: amountFen, carriedInFen: 0, amountFen, carriedOutFen: 0, receivedFen: 0, spentFen: 0 },
    ...{ state: 'OPEN' as const, approvedAt: new Date(), remittedDay: null, remittedAt: null },
    ...{ receiptedAt: null, receiptId: null, disclosedAt: null, packId: null },
  };
}
