// `npm run rebuild [mongodb://…] [database]`: counts the projections again from the sealed blocks and mends what differs,
// in any database; the running demo's where none is named. The zone may run, and this may be stopped at any moment.
import {
  isRefusal,
  projections,
  rebuildBankTotals,
  type Rebuilt,
  type RebuildProgress,
  rebuildProjections,
} from '@aixin/api/internals';
import { type NamedDatabase, openNamed } from './run/named-database.js';

/** A line a second is enough for whoever waits. */
const TELL_EVERY_MS = 1_000;

const stopping = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopping.abort());

const named = await openNamed('rebuild', process.argv.slice(2), stopping.signal);
process.exitCode = named === null ? 2 : (await rebuild(named)) ? 0 : 1;

async function rebuild({ base, close }: NamedDatabase): Promise<boolean> {
  try {
    const rebuilt = await rebuildProjections(base, { projections, onProgress: teller() });
    if (isRefusal(rebuilt)) {
      process.stderr.write(`${rebuilt.message}\n`);
      return false;
    }
    const mendedCount = await rebuildBankTotals(base);
    process.stdout.write(`${reportText(rebuilt)}银行流水每日合计：改正 ${mendedCount} 天\n`);
    return true;
  } finally {
    await close();
  }
}

/** Progress goes to standard error: what was done is the answer. */
function teller(): (at: RebuildProgress) => void {
  let nextMs = Date.now() + TELL_EVERY_MS;
  return ({ block, entryCount, mendedCount }) => {
    if (Date.now() < nextMs) return;
    nextMs = Date.now() + TELL_EVERY_MS;
    process.stderr.write(`重算到第 ${block} 块，${entryCount} 条流水；已改正 ${mendedCount} 个文档\n`);
  };
}

function reportText({ throughBlock, entryCount, collections }: Rebuilt): string {
  const lines = collections.map(
    ({ name, documentCount, writtenCount, removedCount }) =>
      `${name.padEnd(20)}  ${documentCount} 个文档，写入 ${writtenCount}，删去 ${removedCount}\n`,
  );
  return [
    `从头重算了 ${throughBlock} 块、${entryCount} 条流水\n`,
    ...lines,
    `一致：截至第 ${throughBlock} 块，页面上的数字与流水逐字节相同\n`,
  ].join('');
}
