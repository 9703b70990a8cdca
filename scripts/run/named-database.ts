import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Base, createLogger, systemClock, systemRandom } from '@aixin/api/internals';
import mongoose from 'mongoose';
import { projectRoot } from '../project-root.mjs';

/** The demo's data beside its database. */
export const demoFolder = join(projectRoot(), '.aixin', 'data');

export interface NamedDatabase {
  readonly base: Base;
  readonly isDemo: boolean;
  close(): Promise<void>;
}

/**
 * The database that an operator's command names as `mongodb://… [database]`, or the running demo's where it names none.
 * Null, and a sentence at the terminal, where no demo runs.
 */
export async function openNamed(
  task: string,
  [namedUrl, dbName = 'aixin']: readonly string[],
  stopping: AbortSignal = new AbortController().signal,
): Promise<NamedDatabase | null> {
  const url = namedUrl ?? demoUrl();
  if (url === null) {
    process.stderr.write(`演示没有在运行。请先 npm start，或写明数据库：npm run ${task} -- mongodb://… 库名\n`);
    return null;
  }
  const writeConcern = { w: 'majority', journal: true } as const;
  const db = mongoose.createConnection(url, { dbName, writeConcern, serverSelectionTimeoutMS: 5_000 });
  await db.asPromise();
  const log = createLogger({ level: 'error' });
  const base = { db, clock: systemClock, random: systemRandom, log, stopping };
  return { base, isDemo: namedUrl === undefined, close: () => db.close() };
}

function demoUrl(): string | null {
  const file = join(demoFolder, 'demo.json');
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as { mongoUrl: string }).mongoUrl : null;
}
