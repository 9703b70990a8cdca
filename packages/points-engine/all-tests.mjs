// Every test of the package as one file, for `npm run mutate` only: jest then loads the engine and fast-check once for
// each mutant and not once for each test file. A property stops at its first failure and tries fewer values, since it
// only has to notice that something broke, not to show the smallest case.
import { readdirSync } from 'node:fs';
import fc from 'fast-check';

fc.configureGlobal({ numRuns: 10, endOnFailure: true });

const source = new URL('src/', import.meta.url);
for (const name of readdirSync(source)) {
  if (name.endsWith('.test.ts')) await import(`./src/${name}`);
}
