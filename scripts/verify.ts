// `npm run verify [mongodb://…] [database]`: the invariants I1–I14 on any database; the running demo's where none is named.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createLogger, projections, systemClock, systemRandom } from '@aixin/api/internals';
import { INVARIANTS, verify } from '@aixin/api/checks';
import mongoose from 'mongoose';
import { projectRoot } from './project-root.mjs';

const [namedUrl, dbName = 'aixin'] = process.argv.slice(2);
const folder = join(projectRoot(), '.aixin', 'data');

const url = namedUrl ?? demoUrl();
if (url === null) {
  process.stderr.write('演示没有在运行。请先 npm start，或写明数据库：npm run verify -- mongodb://… 库名\n');
  process.exitCode = 2;
} else {
  process.exitCode = (await check(url)) ? 0 : 1;
}

function demoUrl(): string | null {
  const file = join(folder, 'demo.json');
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as { mongoUrl: string }).mongoUrl : null;
}

async function check(mongoUrl: string): Promise<boolean> {
  const db = mongoose.createConnection(mongoUrl, { dbName, serverSelectionTimeoutMS: 5_000 });
  await db.asPromise();
  const base = {
    db,
    clock: systemClock,
    random: systemRandom,
    log: createLogger({ level: 'error' }),
    stopping: new AbortController().signal,
  };
  try {
    const keptHeads = namedUrl === undefined ? readHeads(join(folder, 'head.json')) : null;
    const verdict = await verify({ base, projections, keptHeads, acknowledgedOrderIds: [] });
    for (const { invariant, subject, message } of verdict.violations) {
      process.stdout.write(`${invariant} 不成立  ${subject}: ${message}\n`);
    }
    const broken = new Set(verdict.violations.map((one) => one.invariant));
    const held = INVARIANTS.filter((name) => !broken.has(name));
    const late = verdict.unsealedCount > 0 ? `，${verdict.unsealedCount} 条尚未封块` : '';
    process.stdout.write(
      `核对了 ${verdict.orderCount} 份订单、${verdict.entryCount} 条流水${late}。成立：${held.join(' ')}\n`,
    );
    return verdict.violations.length === 0;
  } finally {
    await db.close();
  }
}

/** The newest block's head, as the zone keeps it outside the database. */
function readHeads(file: string): { block: number; hash: string }[] | null {
  return existsSync(file) ? [JSON.parse(readFileSync(file, 'utf8')) as { block: number; hash: string }] : null;
}
