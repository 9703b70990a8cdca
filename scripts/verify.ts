// `npm run verify [mongodb://…] [database]`: the invariants I1–I17 on any database; the running demo's where none is named.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projections } from '@aixin/api/internals';
import { INVARIANTS, verify } from '@aixin/api/checks';
import { type NamedDatabase, demoFolder, openNamed } from './run/named-database.js';

const named = await openNamed('verify', process.argv.slice(2));
process.exitCode = named === null ? 2 : (await check(named)) ? 0 : 1;

async function check({ base, isDemo, close }: NamedDatabase): Promise<boolean> {
  try {
    const keptHeads = isDemo ? readHeads(join(demoFolder, 'head.json')) : null;
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
    await close();
  }
}

/** The newest block's head, as the zone keeps it outside the database. */
function readHeads(file: string): { block: number; hash: string }[] | null {
  return existsSync(file) ? [JSON.parse(readFileSync(file, 'utf8')) as { block: number; hash: string }] : null;
}
