import { fork } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type Base,
  bankAccountStore,
  bankImportStore,
  bankPostingStore,
  ledgerAccountStore,
  remittanceStore,
} from '@aixin/api/internals';
import { startBenchDatabase } from './bench-database.js';
import type { BenchLine } from './bench-line.js';
import type { SideResult } from './reconcile-worker.js';
import { amountOf, referenceOf, writeStatementFile } from './statement-file.js';

const WANTED = 0.25;
/** Ends within a minute on two slow cores; the rate is that of a million. */
const LINES = 50_000;
const SEED_BATCH = 10_000;
const AGREEMENTS = 3;
/** For both sides, as docs/operate.md advises for a process that imports: what lives as long as a chunk dies young. */
const YOUNG_SPACE = ['--max-semi-space-size=32'];
const WORKER = new URL('./reconcile-worker.js', import.meta.url);

/**
 * A statement against as many open remittances: read, checked, staged, matched and posted, each chunk
 * one transaction, until every line and every remittance has its state. Baseline: csv-parse alone over the same file, in a
 * fresh process, once before and once after. `AIXIN_BENCH_LINES=1000000` is
 * a busy bank's month.
 */
export async function reconcile(): Promise<BenchLine[]> {
  const count = Number(process.env['AIXIN_BENCH_LINES'] ?? LINES);
  const folder = await mkdtemp(join(tmpdir(), 'aixin-reconcile-'));
  const database = await startBenchDatabase();
  try {
    const file = join(folder, 'statement.csv');
    await writeStatementFile(file, count);
    await seedRemittances(database.base, count);
    const importId = await seedImport(database.base);
    const before = await runSide(['csv', file]);
    const subject = await runSide(['post', file, database.url, importId]);
    const after = await runSide(['csv', file]);
    const baseline = (count * 2) / (before.seconds + after.seconds);
    const ours = count / subject.seconds;
    const line = {
      case: `${count} lines`,
      ratio: rounded(ours / baseline),
      wanted: WANTED,
      subject: rounded(ours),
      baseline: rounded(baseline),
      unit: 'lines/s',
      p50Ms: rounded(1_000 / ours),
      p99Ms: rounded(1_000 / ours),
      lost: await lostOf(database.base, count),
      peakRssMb: subject.peakRssMb,
      parts: subject.parts,
    };
    return [line];
  } finally {
    await database.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

function runSide(parameters: readonly string[]): Promise<SideResult> {
  return new Promise((resolve, reject) => {
    const child = fork(WORKER, [...parameters], {
      execArgv: YOUNG_SPACE,
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    let result: SideResult | null = null;
    child.on('message', (message) => {
      result = message as SideResult;
    });
    child.on('error', reject);
    child.on('exit', (code) => {
      if (code === 0 && result) resolve(result);
      else reject(new Error(`a side of the bench ended with ${String(code)}`));
    });
  });
}

async function seedRemittances(base: Base, count: number): Promise<void> {
  for (let from = 0; from < count; from += SEED_BATCH) {
    const length = Math.min(SEED_BATCH, count - from);
    const remittances = Array.from({ length }, (_, index) => remittanceOf(from + index));
    await remittanceStore.collection(base).insertMany(remittances, { ordered: false });
  }
}

function remittanceOf(n: number) {
  const _id = referenceOf(n);
  const agreement = n % AGREEMENTS;
  return {
    ...{
      _id,
      batchId: `B${_id.slice(2, 8)}`,
      agreementId: `agreement-${agreement}`,
      agreementNumber: `协-${agreement}`,
    },
    ...{ sponsorName: `重庆爱心企业${agreement}`, sponsorId: `91500000MA5U00000${agreement}` },
    ...{
      linesFen: amountOf(n),
      carriedInFen: 0,
      amountFen: amountOf(n),
      carriedOutFen: 0,
      receivedFen: 0,
      spentFen: 0,
    },
    ...{ state: 'OPEN' as const, approvedAt: new Date(), remittedDay: null, remittedAt: null },
    ...{ receiptedAt: null, receiptId: null, disclosedAt: null, packId: null },
  };
}

async function seedImport(base: Base): Promise<string> {
  const at = new Date();
  const column = (name: string) => ({ name });
  await bankAccountStore.collection(base).insertOne({
    ...{ _id: 'account', name: '基金专户', bankName: '两江银行', number: '622200000001', profileId: 'signed' },
    ...{ openingFen: null, spans: [], revision: 1, postingImportId: 'import', createdBy: 'bench', at },
  });
  await bankImportStore.collection(base).insertOne({
    ...{ _id: 'import', accountId: 'account', profileId: 'signed', fileId: 'f', fileName: 'statement.csv' },
    profileBody: {
      ...{ format: 'csv', encoding: 'utf-8', delimiter: ',', day: column('记账日期') },
      amount: { kind: 'signed', amount: column('交易金额') },
      ...{ balance: column('余额'), counterparty: column('对方名称'), counterpartyAccount: column('对方账户') },
      ...{ memo: [column('用途'), column('附言')], bankSerial: column('流水号') },
      ...{ skipRows: [], summaryRows: [], requiresSummary: false, facts: [] },
    },
    ...{ fileSha256: '', contentHash: '', state: 'PREVIEWING', preview: null, refusal: null, accountRevision: 1 },
    progress: { bytesRead: 0, totalBytes: 0, linesRead: 0, linesPosted: 0 },
    ...{
      spansAfter: [],
      gapReason: null,
      chunkCount: 0,
      by: 'bench',
      at,
      postedBy: null,
      postedAt: null,
      postKey: null,
    },
  });
  return 'import';
}

/** Lines and remittances without their state, and fen that the books do not place. */
async function lostOf(base: Base, count: number): Promise<number> {
  const remitted = await remittanceStore.collection(base).countDocuments({ state: 'REMITTED' });
  const postings = await bankPostingStore
    .collection(base)
    .find()
    .project<{ matchedCount: number }>({ matchedCount: 1 })
    .toArray();
  const matched = postings.reduce((sum, one) => sum + one.matchedCount, 0);
  const balances = new Map(
    (await ledgerAccountStore.collection(base).find().toArray()).map((one) => [one._id, one.balanceFen]),
  );
  let expectedFen = 0;
  for (let n = 0; n < count; n += 1) expectedFen += amountOf(n);
  const misplacedFen =
    Math.abs((balances.get('bank/account') ?? 0) - expectedFen) + Math.abs((balances.get('fund') ?? 0) + expectedFen);
  return count - remitted + (count - matched) + misplacedFen;
}

function rounded(figure: number): number {
  return Number(figure.toPrecision(4));
}
