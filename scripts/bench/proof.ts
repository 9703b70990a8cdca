import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type BatchLine, createMerkleRange, lineHash, merkleRoot, PAGE_LINES, proofText } from '@aixin/api/internals';
import { canonicalText, verifyProof } from '@aixin/proof';
import { chromium } from 'playwright-core';
import { CHROMIUM_ARGUMENTS, findChromium } from '../chromium.mjs';
import { projectRoot } from '../project-root.mjs';
import type { BenchLine } from './bench-line.js';

/** The yuan of one quarter: three monthly batches. `AIXIN_BENCH_LINES=10000000` is ten million of them, and minutes. */
const LINES = Number(process.env['AIXIN_BENCH_LINES'] ?? 500_000);
const MONTHS = ['2026-10', '2026-11', '2026-12'];
/** In the middle, where no step of the path is saved. */
const CHOSEN = Math.floor(LINES * 0.456_789);
const MOST_BYTES = 2_000;
const TIMES = 200;
const BROWSER_LIMIT_MS = 30_000;

/**
 * The proof of one yuan among many, over a tree that is truly built: every line is written down canonically and
 * hashed, page by page, so that the memory stays that of a page and of the pages' roots. Baseline: as many SHA-256 of a
 * line's text. Then the proof is checked by the code itself, and by the page that stands alone, in Chromium, offline.
 */
export async function proof(): Promise<BenchLine[]> {
  const baseline = hashRate();
  const startMs = performance.now();
  const built = buildTree();
  const buildSeconds = (performance.now() - startMs) / 1_000;
  const { text, packText } = built;
  const latenciesMs = await verifyTimes(text, packText);
  const browserMs = await verifyInBrowser(text, packText);
  const bytes = Buffer.byteLength(text);
  const held = (await verifyProof(text, { packText })).fault === null && bytes <= MOST_BYTES;
  return [
    {
      case: 'proof',
      ratio: rounded(LINES / buildSeconds / baseline),
      subject: rounded(LINES / buildSeconds),
      baseline: rounded(baseline),
      unit: 'leaves/s',
      p50Ms: rounded(latenciesMs[Math.floor(latenciesMs.length / 2)] ?? 0),
      p99Ms: rounded(latenciesMs[Math.floor(latenciesMs.length * 0.99)] ?? 0),
      lost: held && browserMs !== null ? 0 : 1,
      parts: {
        ...{ lines: LINES, bytes, mostBytes: MOST_BYTES, levels: levelsOf(text), buildSeconds: rounded(buildSeconds) },
        ...{ browserMs: rounded(browserMs ?? 0), peakRssMb: Math.ceil(process.resourceUsage().maxRSS / 1_024) },
      },
    },
  ];
}

/** SHA-256 a second over texts as long as a line's, as many as there are leaves. */
function hashRate(): number {
  const text = canonicalText(lineOf(CHOSEN) as never);
  const startMs = performance.now();
  for (let n = 0; n < LINES; n += 1) createHash('sha256').update(text).digest();
  return LINES / ((performance.now() - startMs) / 1_000);
}

/** The n-th yuan, as a batch line has it. */
function lineOf(n: number): BatchLine {
  const perBatch = Math.ceil(LINES / MONTHS.length);
  const batch = Math.floor(n / perBatch);
  const month = MONTHS[batch] ?? '';
  const batchId = `B${month.replace('-', '')}`;
  const seq = (n % perBatch) + 1;
  return {
    _id: `${batchId}.${String(seq).padStart(7, '0')}`,
    batchId,
    seq,
    matchId: `${String(n).padStart(24, 'k')}.0`,
    entryHash: n.toString(16).padStart(64, '5'),
    kind: 'match',
    agreementId: `agreement-${n % 7}`,
    remittanceId: `AX${batchId.slice(1)}-0${(n % 7) + 1}`,
    countyCode: String(500_229 + (n % 12)),
    productId: `product-${n % 10_000}`,
    saleMonth: month,
    at: new Date(1_790_000_000_000 + n * 700),
    amountFen: 100,
    correctsId: null,
  };
}

interface Built {
  readonly text: string;
  readonly packText: string;
}

function buildTree(): Built {
  const perBatch = Math.ceil(LINES / MONTHS.length);
  const batches = MONTHS.map((month, at) => {
    const from = at * perBatch;
    return { batchId: `B${month.replace('-', '')}`, from, ...buildBatch(from, Math.min(LINES, from + perBatch)) };
  });
  const batchRoots = batches.map((batch) => batch.root);
  const pack = { packId: 'GS20261001-20261231', period: { from: '2026-10-01', until: '2026-12-31' } };
  const root = merkleRoot(batchRoots);
  const packText = canonicalText({
    format: 'aixin-disclosure/1',
    ...pack,
    batches: batches.map(({ batchId, root: batchRoot }) => ({ batchId, root: batchRoot })),
    yuan: { count: LINES, amountFen: LINES * 100, root },
  });
  const batchIndex = Math.floor(CHOSEN / perBatch);
  const chosen = batches[batchIndex]!;
  const text = proofText({
    line: lineOf(CHOSEN),
    pageHashes: chosen.pageHashes,
    pageRoots: chosen.pageRoots,
    batchIndex,
    pack: { ...pack, root, hash: createHash('sha256').update(packText).digest('hex'), batchRoots },
  });
  return { text, packText };
}

/** Page by page; of the chosen line's page the hashes stay. */
function buildBatch(from: number, until: number): { root: string; pageRoots: string[]; pageHashes: string[] } {
  const pageRoots: string[] = [];
  const range = createMerkleRange();
  let pageHashes: string[] = [];
  for (let first = from; first < until; first += PAGE_LINES) {
    const last = Math.min(until, first + PAGE_LINES);
    const hashes = Array.from({ length: last - first }, (_, n) => lineHash(lineOf(first + n)));
    if (first <= CHOSEN && CHOSEN < last) pageHashes = hashes;
    const root = merkleRoot(hashes);
    pageRoots.push(root);
    range.append(root);
  }
  return { root: range.root(), pageRoots, pageHashes };
}

async function verifyTimes(text: string, packText: string): Promise<number[]> {
  const times: number[] = [];
  for (let n = 0; n < TIMES; n += 1) {
    const startMs = performance.now();
    await verifyProof(text, { packText });
    times.push(performance.now() - startMs);
  }
  return times.sort((a, b) => a - b);
}

/** From handing the files to the page until it says that all holds; null when it says otherwise. */
async function verifyInBrowser(text: string, packText: string): Promise<number | null> {
  const file = join(projectRoot(), 'packages/widgets/dist/verify.html');
  if (!existsSync(file)) throw new Error('the page is not built: npm run build');
  const executablePath = await findChromium();
  const browser = await chromium.launch({ executablePath, args: [...CHROMIUM_ARGUMENTS] });
  try {
    const context = await browser.newContext();
    await context.setOffline(true);
    const page = await context.newPage();
    await page.goto(pathToFileURL(file).href);
    const fileOf = (name: string, content: string) => ({
      name,
      mimeType: 'application/json',
      buffer: Buffer.from(content),
    });
    const startMs = performance.now();
    await page.setInputFiles('input[type=file]', [fileOf('proof.json', text), fileOf('pack.json', packText)]);
    await page.getByRole('heading', { name: '核对无误' }).waitFor({ timeout: BROWSER_LIMIT_MS });
    return performance.now() - startMs;
  } finally {
    await browser.close();
  }
}

/** Steps from the line to the published root. */
function levelsOf(text: string): number {
  const { path } = JSON.parse(text) as { path: Record<string, string> };
  return Object.values(path).reduce((sum, part) => sum + Buffer.from(part, 'base64').length / 33, 0);
}

function rounded(figure: number): number {
  return Number(figure.toPrecision(4));
}
