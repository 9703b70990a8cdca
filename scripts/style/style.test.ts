import { describe, expect, it } from '@jest/globals';
import { projectRoot } from '../project-root.mjs';
import { type SourceText, sourceFiles } from './source-files.js';
import { STYLE_RULES } from './style-rules.js';

const lines = (count: number): string => 'x;\n'.repeat(count);
// Put together here, so that this file keeps the rules it tries.
const openEnd = ['TO', 'DO'].join('');
const machinePath = ['/ro', 'ot/x'].join('');
const switchedOff = ['eslint', 'disable-next-line'].join('-');

/** For each rule: a file that keeps it and one that breaks it. */
const planted: Record<keyof typeof STYLE_RULES, { path: string; good: string; bad: string; badPath?: string }> = {
  fileLength: { path: 'packages/api/src/a.ts', good: lines(300), bad: lines(301) },
  functionLength: {
    path: 'scripts/a.ts',
    good: `function f() {\n${lines(68)}}`,
    bad: `const f = () => {\n${lines(69)}};`,
  },
  kebabCaseName: { path: 'scripts/some-thing.rules.ts', badPath: 'scripts/someThing.ts', good: '', bad: '' },
  noOpenEnds: { path: 'scripts/a.ts', good: 'const todos = 1;', bad: `// ${openEnd}: later` },
  noCommentedOutCode: {
    path: 'scripts/a.ts',
    good: '// If it is paid, it is kept;\n// return tickets',
    bad: '  // return before;',
  },
  noAny: { path: 'scripts/a.ts', good: 'const any: unknown = 1;', bad: 'let x: Record<string, any>;' },
  frontDoorComment: {
    path: 'packages/api/src/features/orders/index.ts',
    good: '/** Orders. Owns the order; never settles. */\nexport {};',
    bad: '/** Orders. */\nexport {};\n// It owns this and never that.',
  },
  oneCommandPerFile: {
    path: 'packages/api/src/features/orders/place-order.ts',
    good: 'export function place(ctx: Context) {}\nfunction inner() {}',
    bad: 'export function place(ctx: Context) {}\nexport const undo = () => 1;',
  },
  docLinks: { path: 'docs/a.md', good: '[b](here.md#part) [c](https://example.org)', bad: '[b](gone.md)' },
  noMachineNames: { path: 'docs/a.md', good: 'see /home or ./work/', bad: `cd ${machinePath}` },
  reasonedExceptions: {
    path: 'scripts/a.ts',
    good: `// ${switchedOff} no-console -- this is a command`,
    bad: `// ${switchedOff} no-console`,
  },
};

const file = (path: string, text: string): SourceText => ({ path, text, exists: (target) => target === 'here.md' });

describe('each rule of style', () => {
  it.each(Object.entries(STYLE_RULES))('%s finds its planted violation, and nothing in its good twin', (name, rule) => {
    const { path, badPath = path, good, bad } = planted[name] ?? { path: '', good: '', bad: '' };
    expect(rule(file(path, good))).toEqual([]);
    expect(rule(file(badPath, bad))).toHaveLength(1);
  });
});

describe('the whole workspace', () => {
  const files = sourceFiles(projectRoot());

  it.each(Object.entries(STYLE_RULES))('keeps %s', (_name, rule) => {
    expect(files.flatMap(rule)).toEqual([]);
  });

  it('was looked at', () => {
    expect(files.map(({ path }) => path)).toContain('scripts/style/style.test.ts');
  });
});
