import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { projectRoot } from '../project-root.mjs';

const API = 'packages/api/src';
const F = `${API}/features`;

/** Sound files that the planted ones lean on, and neighbours that do the allowed thing and must pass. */
const sound: Record<string, string> = {
  'packages/points-engine/src/index.ts': `export const one = 1;`,
  'packages/points-engine/src/one.test.ts': `import { it } from 'node:test'; import { one } from './index.js'; it(String(one));`,
  [`${API}/kernel/refusal.ts`]: `import mongoose from 'mongoose'; export const refuse = mongoose;`,
  [`${API}/kernel/store.ts`]: `export const store = 1;`,
  [`${API}/graphql/builder.ts`]: `import graphql from 'graphql'; export const builder = graphql;`,
  [`${F}/orders/index.ts`]: `export { store } from './orders.store.js';`,
  [`${F}/orders/orders.store.ts`]: `import mongoose from 'mongoose'; export const store = mongoose; export type Order = string;`,
  [`${F}/orders/orders.events.ts`]: `export type Paid = string; export const kind = 'order.paid';`,
  [`${F}/orders/orders.rules.ts`]: `import type { Order } from './orders.store.js'; import { one } from '@aixin/points-engine'; export const r = (o: Order) => o + one;`,
  [`${F}/orders/orders.graphql.ts`]: `import { builder } from '../../graphql/builder.js'; import type { Order } from './orders.store.js'; export const type = (o: Order) => builder + o;`,
  [`${F}/stock/stock.store.ts`]: `export const stock = 1;`,
  [`${F}/stock/index.ts`]: `export const hold = 1;`,
  [`${F}/settlement/index.ts`]: `import { store } from '../orders/index.js'; export const settle = store;`,
  [`${F}/records/index.ts`]: `import { kind } from '../orders/orders.events.js'; export const records = kind;`,
  [`${F}/records/records.graphql.ts`]: `import { type } from '../orders/orders.graphql.js'; export const more = type;`,
  [`${API}/zone.ts`]: `import { settle } from './features/settlement/index.js'; import { records } from './features/records/index.js'; export const zone = [settle, records];`,
  'packages/widgets/src/client.ts': `export const client = 1;`,
  'scripts/start.ts': `import { zone } from '@aixin/api'; export const start = zone;`,
};

/** One violation for each wall: the wall's name, the file, and what it must not say. */
const planted: { wall: string; file: string; code: string }[] = [
  {
    wall: 'engine-stands-alone',
    file: 'packages/points-engine/src/node.ts',
    code: `import { join } from 'node:path'; export const p = join;`,
  },
  {
    wall: 'engine-stands-alone',
    file: 'packages/points-engine/src/npm.ts',
    code: `import mongoose from 'mongoose'; export const m = mongoose;`,
  },
  {
    wall: 'proof-stands-alone',
    file: 'packages/proof/src/node.ts',
    code: `import { createHash } from 'node:crypto'; export const c = createHash;`,
  },
  {
    wall: 'rules-are-pure',
    file: `${F}/orders/a.rules.ts`,
    code: `import { store } from './orders.store.js'; export const s = store;`,
  },
  {
    wall: 'rules-are-pure',
    file: `${F}/orders/b.rules.ts`,
    code: `import { store } from '../../kernel/store.js'; export const s = store;`,
  },
  {
    wall: 'rules-are-pure-of-node',
    file: `${F}/orders/c.rules.ts`,
    code: `import { readFileSync } from 'node:fs'; export const r = readFileSync;`,
  },
  {
    wall: 'kernel-knows-no-feature',
    file: `${API}/kernel/knows.ts`,
    code: `import { hold } from '../features/stock/index.js'; export const h = hold;`,
  },
  {
    wall: 'features-meet-at-the-front-door',
    file: `${F}/orders/side-door.ts`,
    code: `import { stock } from '../stock/stock.store.js'; export const s = stock;`,
  },
  {
    wall: 'resolvers-meet-resolvers',
    file: `${F}/orders/x.graphql.ts`,
    code: `import type { stock } from '../stock/stock.store.js'; export type S = typeof stock;`,
  },
  {
    wall: 'upstream-knows-no-downstream',
    file: `${F}/orders/counts.ts`,
    code: `import { records } from '../records/index.js'; export const r = records;`,
  },
  {
    wall: 'heart-knows-no-downstream',
    file: `${F}/settlement/counts.ts`,
    code: `import { records } from '../records/index.js'; export const r = records;`,
  },
  {
    wall: 'heart-is-wired-only',
    file: `${F}/records/settles.ts`,
    code: `import { settle } from '../settlement/index.js'; export const s = settle;`,
  },
  {
    wall: 'only-stores-touch-mongoose',
    file: `${F}/orders/queries.ts`,
    code: `import mongoose from 'mongoose'; export const m = mongoose;`,
  },
  {
    wall: 'only-resolvers-touch-graphql',
    file: `${F}/orders/answers.ts`,
    code: `import graphql from 'graphql'; export const g = graphql;`,
  },
  {
    wall: 'resolvers-never-touch-stores',
    file: `${F}/orders/y.graphql.ts`,
    code: `import { store } from './orders.store.js'; export const s = store;`,
  },
  {
    wall: 'widgets-know-only-the-schema',
    file: 'packages/widgets/src/peeks.ts',
    code: `import { zone } from '@aixin/api'; export const z = zone;`,
  },
  {
    wall: 'widgets-run-in-a-browser',
    file: 'packages/widgets/src/node.ts',
    code: `import { join } from 'node:path'; export const p = join;`,
  },
  {
    wall: 'packages-know-no-scripts',
    file: `${API}/demo.ts`,
    code: `import { start } from '../../../scripts/start.js'; export const s = start;`,
  },
  {
    wall: 'no-test-code-in-the-product',
    file: `${API}/tested.ts`,
    code: `import '../../points-engine/src/one.test.js';`,
  },
  {
    wall: 'no-unresolvable',
    file: `${API}/nowhere.ts`,
    code: `import { x } from './there-is-no-such-file.js'; export const y = x;`,
  },
  {
    wall: 'no-cycles',
    file: `${F}/orders/ring-a.ts`,
    code: `import type { B } from './ring-b.js'; export const a = (b: B) => b;`,
  },
];

const cruiseReport = z.object({
  summary: z.object({ violations: z.array(z.object({ from: z.string(), rule: z.object({ name: z.string() }) })) }),
});

let root: string;
let found: { wall: string; file: string }[];

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'aixin-walls-'));
  const files: Record<string, string> = {
    ...sound,
    [`${F}/orders/ring-b.ts`]: `import { a } from './ring-a.js'; export type B = string; export const b = () => a;`,
  };
  for (const name of ['mongoose', 'graphql']) {
    files[`node_modules/${name}/package.json`] = JSON.stringify({ name, main: 'index.js' });
    files[`node_modules/${name}/index.js`] = 'module.exports = {};';
  }
  const paths = {
    '@aixin/api': ['./packages/api/src/zone.ts'],
    '@aixin/points-engine': ['./packages/points-engine/src/index.ts'],
  };
  files['tsconfig.check.json'] = JSON.stringify({ compilerOptions: { module: 'nodenext', paths } });
  files['package.json'] = JSON.stringify({
    name: 'walls',
    type: 'module',
    dependencies: { mongoose: '*', graphql: '*' },
  });
  for (const { file, code } of planted) files[file] = code;
  for (const [file, code] of Object.entries(files)) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), code);
  }
  found = cruise(root);
});

afterAll(() => {
  rmSync(root, { recursive: true, force: true });
});

function cruise(cwd: string): { wall: string; file: string }[] {
  const depcruise = join(projectRoot(), 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const config = join(projectRoot(), '.dependency-cruiser.mjs');
  const args = [depcruise, 'packages', 'scripts', '--config', config, '--output-type', 'json'];
  const run = spawnSync(process.execPath, args, { cwd, encoding: 'utf8', maxBuffer: 64e6 });
  const { violations } = cruiseReport.parse(JSON.parse(run.stdout)).summary;
  return violations.map(({ from, rule }) => ({ wall: rule.name, file: from }));
}

describe('the walls between the rooms', () => {
  it.each(planted.map(({ wall, file }) => [wall, file] as const))('%s holds back %s', (wall, file) => {
    expect(found).toContainEqual({ wall, file });
  });

  it('let through all that is allowed', () => {
    const allowed = Object.keys(sound);
    expect(found.filter(({ file }) => allowed.includes(file))).toEqual([]);
  });

  it('are each tried by a planted violation', async () => {
    const config = (await import(join(projectRoot(), '.dependency-cruiser.mjs'))) as {
      default: { forbidden: { name: string }[] };
    };
    const walls = config.default.forbidden.map(({ name }) => name);
    expect([...new Set(planted.map(({ wall }) => wall))].sort()).toEqual(walls.sort());
  });
});
