// `npm run chaos -- <name> --minutes N`: the failure tests for as long as one likes. The tests of scripts/failure are
// their short forms. Exit code 0: every invariant held.
import { parseArgs } from 'node:util';
import type { Chaos } from './chaos/chaos-run.js';

const CHAOS: Readonly<Record<string, () => Promise<Chaos>>> = {
  buyers: async () => (await import('./chaos/buyers.js')).chaosBuyers,
  'kill-api': async () => (await import('./chaos/kill-api.js')).chaosKillApi,
  'kill-primary': async () => (await import('./chaos/kill-primary.js')).chaosKillPrimary,
  notices: async () => (await import('./chaos/notices.js')).chaosNotices,
};
const USUAL_MINUTES = 5;
const LONGEST_MINUTES = 24 * 60;

const { positionals, values } = parseArgs({
  allowPositionals: true,
  strict: false,
  options: { minutes: { type: 'string' } },
});
const name = positionals[0] ?? '';
const minutes = Number(values['minutes'] ?? USUAL_MINUTES);
const load = Object.hasOwn(CHAOS, name) ? CHAOS[name] : undefined;
if (!load || !(minutes > 0 && minutes <= LONGEST_MINUTES)) {
  process.stderr.write(`用法：npm run chaos -- <名称> --minutes <分钟数>。名称：${Object.keys(CHAOS).join('、')}。\n`);
  process.exitCode = 2;
} else {
  process.exitCode = (await runChaos(load, minutes)) ? 0 : 1;
}

async function runChaos(loadChaos: () => Promise<Chaos>, forMinutes: number): Promise<boolean> {
  const startMs = performance.now();
  const say = (line: string): void => {
    process.stdout.write(`${((performance.now() - startMs) / 1000).toFixed(0).padStart(5)} 秒  ${line}\n`);
  };
  let ended = false;
  // Ctrl-C ends the run as the clock would: what is under way is finished and checked.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => (ended = true));
  const goesOn = (): boolean => !ended && performance.now() - startMs < forMinutes * 60_000;
  try {
    const chaos = await loadChaos();
    const verdict = await chaos({ goesOn, say });
    for (const { invariant, subject, message } of verdict.violations)
      say(`${invariant} 不成立  ${subject}: ${message}`);
    const held = verdict.violations.length === 0;
    say(
      `${held ? '通过' : '未通过'}：${verdict.orderCount} 份订单，${verdict.entryCount} 条流水，违例 ${verdict.violations.length}`,
    );
    return held;
  } catch (error) {
    say(`未通过：${error instanceof Error ? error.message : String(error)}`);
    return false;
  }
}
