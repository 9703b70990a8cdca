import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import * as engine from './index.js';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

/** Runs the README's example and gives what it prints. */
function run(code: string): string[] {
  const printed: string[] = [];
  const body = code.replace(/^import (\{.+\}) from '@aixin\/points-engine';$/m, 'const $1 = engine;');
  const print = (...values: unknown[]) => printed.push(values.map(String).join(' '));
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- the text is our own README, run as a reader would
  new Function('engine', 'console', body)(engine, { log: print });
  return printed;
}

describe('the example of the README', () => {
  it('prints what it says', () => {
    const [, code = ''] = /```js\n([\s\S]+?)```/.exec(readme) ?? [];
    const promised = [...code.matchAll(/^console\.log\(.+\); \/\/ (.+)$/gm)].map(([, text]) => text);
    expect(promised).toHaveLength(5);
    expect(run(code)).toEqual(promised);
  });
});
