// One side of the reconciliation bench, in a process of its own: `csv FILE` or `post FILE MONGO-URL IMPORT-ID`.
// Tells its parent how long it took and how much memory it held.
import { createReadStream } from 'node:fs';
import {
  createLogger,
  isRefusal,
  runPosting,
  runPreview,
  systemClock,
  systemContext,
  systemRandom,
} from '@aixin/api/internals';
import { parse } from 'csv-parse';
import mongoose from 'mongoose';

/** What a side tells. */
export interface SideResult {
  readonly seconds: number;
  readonly lines: number;
  readonly peakRssMb: number;
  readonly parts: Readonly<Record<string, number>>;
}

const READ_BYTES = 262_144;

const [side = '', file = '', mongoUrl = '', importId = ''] = process.argv.slice(2);
const result = side === 'csv' ? await parseAlone() : await previewAndPost();
process.send?.({
  ...result,
  peakRssMb: Number((process.resourceUsage().maxRSS / 1_024).toFixed(0)),
} satisfies SideResult);
process.disconnect();

type Timed = Omit<SideResult, 'peakRssMb'>;

/** The parser alone: every row is made and dropped. */
async function parseAlone(): Promise<Timed> {
  const beganMs = performance.now();
  let lines = -1;
  const parser = createReadStream(file, { highWaterMark: READ_BYTES }).pipe(
    parse({ bom: true, relax_column_count: true }),
  );
  parser.on('data', () => {
    lines += 1;
  });
  await new Promise((resolve, reject) => parser.on('end', resolve).on('error', reject));
  return { seconds: (performance.now() - beganMs) / 1_000, lines, parts: {} };
}

/** The whole road: read, checked, staged, matched, posted, states written. */
async function previewAndPost(): Promise<Timed> {
  const db = mongoose.createConnection(mongoUrl, { dbName: 'bench', writeConcern: { w: 'majority', journal: true } });
  await db.asPromise();
  const log = createLogger({ level: 'error' });
  const base = { db, clock: systemClock, random: systemRandom, log, stopping: new AbortController().signal };
  const ctx = systemContext(base, 'bench');
  const beganMs = performance.now();
  const read = await runPreview(ctx, importId, createReadStream(file, { highWaterMark: READ_BYTES }));
  if (isRefusal(read) || read.state !== 'PREVIEWED') throw new Error(`the preview failed: ${JSON.stringify(read)}`);
  const previewMs = performance.now() - beganMs;
  // What a maker's confirmation does, without the person.
  const filter = { _id: importId as never };
  await db.collection('bankImports').updateOne(filter, { $set: { state: 'POSTING', postedBy: 'bench' } });
  const posted = await runPosting(ctx, importId);
  if (isRefusal(posted) || posted.state !== 'POSTED') throw new Error(`the posting failed: ${JSON.stringify(posted)}`);
  const totalMs = performance.now() - beganMs;
  await db.close();
  const parts = { previewMs: Math.round(previewMs), postingMs: Math.round(totalMs - previewMs) };
  return { seconds: totalMs / 1_000, lines: posted.progress.linesPosted, parts };
}
