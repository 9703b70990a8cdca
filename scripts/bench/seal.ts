import {
  type Base,
  blockStore,
  journalStore,
  orderStore,
  pipeline,
  pipelineOptions,
  projections,
  settlePayment,
  systemContext,
} from '@aixin/api/internals';
import type { BenchLine } from './bench-line.js';
import { startBenchDatabase } from './bench-database.js';
import { benchTime, isFullBench } from './bench-time.js';
import { draftOf, orderOf } from './drafts.js';

/** At most, and in turn: what else the machine does meanwhile falls on both sides alike. */
const ROUNDS = 11;
/** Whatever the time is: one slice alone may be the machine's slow moment. */
const LEAST_ROUNDS = 2;
const WARM_UP_ROUNDS = isFullBench ? 2 : 1;
const IN_FLIGHT = 64;
const PRODUCTS = 1_000;
/** Long against the wait of a block, which is not work: a short bench is less sure of its last hundredths. */
const SLICE_MS = isFullBench ? 4_000 : 1_200;
const FIRST_COUNT = isFullBench ? 1_000 : 300;
/** As the zone itself gathers. */
const GATHER_MS = 200;
/** Sealing may cost a twentieth of settlement's throughput. */
const WANTED = 0.95;

/**
 * Settlement with sealing running behind it, against settlement alone: two zones in turn, slice by slice, each with a
 * database server of its own, as who follows one server's log pays for whatever is written there. `seal`: Merkle tree, chain and block by block insert. `project`: all projections in the same transactions as
 * well, which is what a zone does; it is counting, not sealing, and has no bound of its own.
 *
 * What is not sealed when a slice ends is sealed before the next one begins, and that time is charged to the slice, less
 * the wait that a single entry has on an idle zone: nothing is put off to where it does not count. Either may be the longer
 * one by chance, so they are weighed over all slices.
 */
export async function seal(): Promise<BenchLine[]> {
  const endOf = benchTime(2);
  return [
    await compare({ case: 'seal', projections: [], wanted: WANTED, endMs: endOf(0) }),
    await compare({ case: 'project', projections, endMs: endOf(1) }),
  ];
}

interface Case {
  readonly case: string;
  readonly projections: typeof projections;
  readonly wanted?: number;
  /** No slice begins after it, once there are enough. */
  readonly endMs: number;
}

async function compare(input: Case): Promise<BenchLine> {
  const [database, other] = [await startBenchDatabase(), await startBenchDatabase()];
  try {
    withoutGroups(other.base);
    const sealing = settleSide(database.base, 'seal');
    const alone = settleSide(other.base, 'alone');
    pipelineOptions.fill(database.base, {
      projections: input.projections,
      keepHead: () => Promise.resolve(),
      gatherMs: GATHER_MS,
    });
    pipeline(database.base).start();
    let rounds = 0;
    for (let round = 0; round < ROUNDS + WARM_UP_ROUNDS; round += 1) {
      if (round >= WARM_UP_ROUNDS + LEAST_ROUNDS && performance.now() >= input.endMs) break;
      if (round === WARM_UP_ROUNDS) for (const side of [sealing, alone]) side.forget();
      await sealing.slice(() => pipeline(database.base).caughtUp());
      await alone.slice();
      rounds = round + 1 - WARM_UP_ROUNDS;
    }
    await pipeline(database.base).stop();
    return lineOf(input, { sealing, alone, rounds, lost: await lostOf(database.base, sealing) });
  } finally {
    await other.stop();
    await database.stop();
  }
}

/** What an entry carries for the sealing is part of its price: where nobody seals, it is not written. */
function withoutGroups(base: Base): void {
  const journal = journalStore.collection(base);
  const insertMany = journal.insertMany.bind(journal);
  journal.insertMany = (entries, options) =>
    insertMany(entries.map((entry) => (entry.group ? withoutGroup(entry) : entry)) as typeof entries, options);
}

function withoutGroup({ group: _group, ...entry }: { readonly group?: unknown }): object {
  return entry;
}

interface SettleSide {
  /** Settles for about `SLICE_MS`; then waits for `sealed`, and is charged what of that is more than a wait. */
  slice(sealed?: () => Promise<void>): Promise<void>;
  forget(): void;
  figures(): { perSecond: number; latenciesMs: number[]; drainMs: number };
  readonly settledCount: number;
}

function settleSide(base: Base, name: string): SettleSide {
  const ctx = systemContext(base, name);
  let [made, count, settledCount] = [0, FIRST_COUNT, 0];
  let figures = { units: 0, ms: 0, drainMs: 0, latenciesMs: [] as number[] };
  const settleMany = async (orders: ReturnType<typeof orderOf>[]): Promise<number> => {
    const startMs = performance.now();
    const worker = async (): Promise<void> => {
      for (let order = orders.pop(); order; order = orders.pop()) {
        const beganMs = performance.now();
        const paymentId = `${order._id}01`;
        const paid = { paymentId, transactionId: `wx${paymentId}`, amountFen: order.totalFen, paidAtMs: Date.now() };
        const settled = await settlePayment(ctx, paid);
        if ('kind' in settled && settled.kind === 'settled') settledCount += 1;
        figures.latenciesMs.push(performance.now() - beganMs);
      }
    };
    await Promise.all(Array.from({ length: IN_FLIGHT }, worker));
    return performance.now() - startMs;
  };
  const prepare = async (many: number): Promise<ReturnType<typeof orderOf>[]> => {
    const orders = Array.from({ length: many }, (_, n) => orderOf(draftOf(made + n, PRODUCTS)));
    made += many;
    await orderStore.collection(base).insertMany(orders);
    return orders;
  };
  /** How long one entry waits for its block where nothing else happens. */
  const idleWaitMs = async (sealed: () => Promise<void>): Promise<number> => {
    await settleMany(await prepare(1));
    const startMs = performance.now();
    await sealed();
    return performance.now() - startMs;
  };
  return {
    async slice(sealed) {
      const waitMs = sealed ? await idleWaitMs(sealed) : 0;
      const orders = await prepare(count);
      const ms = await settleMany(orders);
      const endMs = performance.now();
      await sealed?.();
      figures.units += count;
      figures.ms += ms;
      figures.drainMs += performance.now() - endMs - waitMs;
      count = Math.max(FIRST_COUNT, Math.min(Math.ceil((count / ms) * SLICE_MS), count * 4));
    },
    forget() {
      figures = { units: 0, ms: 0, drainMs: 0, latenciesMs: [] };
    },
    figures() {
      const drainMs = Math.max(0, figures.drainMs);
      return { ...figures, drainMs, perSecond: (figures.units / (figures.ms + drainMs)) * 1_000 };
    },
    get settledCount() {
      return settledCount;
    },
  };
}

/** Settled and not in the journal, or in the journal and not in exactly one block. */
async function lostOf(base: Base, side: SettleSide): Promise<number> {
  const entryCount = await journalStore.collection(base).countDocuments();
  const sealed = new Set<string>();
  let twice = 0;
  for await (const block of blockStore.collection(base).find({}, { projection: { entryIds: 1 } })) {
    for (const entryId of block.entryIds) {
      if (sealed.has(entryId)) twice += 1;
      sealed.add(entryId);
    }
  }
  return Math.abs(entryCount - side.settledCount) + Math.abs(sealed.size - entryCount) + twice;
}

function lineOf(
  input: Case,
  measured: { sealing: SettleSide; alone: SettleSide; rounds: number; lost: number },
): BenchLine {
  const [subject, baseline] = [measured.sealing.figures(), measured.alone.figures()];
  const sorted = [...subject.latenciesMs].sort((a, b) => a - b);
  const at = (share: number): number => rounded(sorted[Math.floor((sorted.length - 1) * share)] ?? 0);
  return {
    case: input.case,
    ratio: rounded(subject.perSecond / baseline.perSecond),
    ...(input.wanted === undefined ? {} : { wanted: input.wanted }),
    subject: rounded(subject.perSecond),
    baseline: rounded(baseline.perSecond),
    unit: 'purchases/s',
    p50Ms: at(0.5),
    p99Ms: at(0.99),
    lost: measured.lost,
    parts: { drainMsPerSlice: rounded(subject.drainMs / measured.rounds) },
  };
}

function rounded(figure: number): number {
  return Number(figure.toPrecision(4));
}
