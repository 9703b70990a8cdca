import type { BenchLine } from './bench/bench-line.js';

/** Each bench is loaded only when it is asked for: none should pay for another's imports. */
const BENCHES: Readonly<Record<string, () => Promise<BenchLine[]>>> = {
  engine: async () => (await import('./bench/engine.js')).engine(),
  settle: async () => (await import('./bench/settle.js')).settle(),
  seal: async () => (await import('./bench/seal.js')).seal(),
  proof: async () => (await import('./bench/proof.js')).proof(),
  reconcile: async () => (await import('./bench/reconcile.js')).reconcile(),
  desk: async () => (await import('./bench/desk.js')).desk(),
  purchase: async () => (await import('./bench/purchase.js')).purchase(),
  place: async () => (await import('./bench/place.js')).place(),
  catalogue: async () => (await import('./bench/catalogue.js')).catalogueBench(),
};

const name = process.argv[2] ?? '';
const bench = BENCHES[name];
if (bench) {
  // Standard output is data: one JSON object a line and nothing else.
  for (const line of await bench()) process.stdout.write(`${JSON.stringify(line)}\n`);
} else {
  process.stderr.write(`没有这个基准：${name || '（空）'}。可用的：${Object.keys(BENCHES).join('、')}。\n`);
  process.exitCode = 1;
}
