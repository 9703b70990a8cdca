import { describe, expect, it } from '@jest/globals';
import { Linter } from 'eslint';
import ts from 'typescript';
import tseslint from 'typescript-eslint';
import house from './index.mjs';

/** The message ids that a rule reports for a piece of TypeScript in a file of that name. */
function problems(rule: keyof typeof house.rules, code: string, filename: string): string[] {
  const linter = new Linter({ configType: 'flat' });
  const messages = linter.verify(
    code,
    [
      {
        files: ['**/*.ts'],
        languageOptions: { parser: tseslint.parser },
        plugins: { house },
        rules: { [`house/${rule}`]: 'error' },
      },
    ],
    filename,
  );
  return messages.map((message) => message.messageId ?? message.message);
}

/** The same for a rule that asks the compiler for types: the code is a module of its own, checked against no other. */
function typedProblems(rule: keyof typeof house.rules, code: string): string[] {
  const filename = 'typed.ts';
  const host = ts.createCompilerHost({});
  const libraryFile = host.getSourceFile.bind(host);
  const program = ts.createProgram(
    [filename],
    { target: ts.ScriptTarget.ES2022, strict: true },
    {
      ...host,
      getSourceFile: (name, version) =>
        name === filename ? ts.createSourceFile(name, code, version, true) : libraryFile(name, version),
      fileExists: (name) => name === filename || host.fileExists(name),
      readFile: (name) => (name === filename ? code : host.readFile(name)),
    },
  );
  const messages = new Linter({ configType: 'flat' }).verify(
    code,
    {
      files: ['**/*.ts'],
      languageOptions: { parser: tseslint.parser, parserOptions: { programs: [program] } },
      plugins: { house },
      rules: { [`house/${rule}`]: 'error' },
    },
    filename,
  );
  return messages.map((message) => message.messageId ?? message.message);
}

describe('no-rounded-money', () => {
  const money = (code: string): string[] =>
    problems('no-rounded-money', code, 'packages/api/src/features/orders/orders.rules.ts');

  it.each([
    'Math.round(amountFen / 3)',
    'Math.floor(line.priceFen * share)',
    'Math.ceil(total.amount)',
    '(totalFen / 100).toFixed(2)',
    'const shown = yuan.toFixed(2)',
  ])('refuses to round money: %s', (code) => {
    expect(money(code)).toEqual(['rounded']);
  });

  it.each(['parseFloat(amountText)', 'Number.parseFloat(row.price)'])(
    'refuses to read money as a float: %s',
    (code) => {
      expect(money(code)).toEqual(['parsed']);
    },
  );

  it.each([
    'Math.floor(elapsedMs / 1000)',
    'ratio.toFixed(2)',
    'Math.max(amountFen, 0)',
    'Math.round(offenderCount / 2)',
    'parseFloat(ratioText)',
  ])('lets through what is not money, or not rounding: %s', (code) => {
    expect(money(code)).toEqual([]);
  });
});

describe('command-permission-first', () => {
  const command = (code: string, file = 'packages/api/src/features/orders/cancel-order.ts'): string[] =>
    problems('command-permission-first', code, file);

  it('accepts a command that asks first and gives the refusal back', () => {
    const code = `export async function cancelOrder(ctx: Context, id: string) {
      const denied = denyUnless(ctx, 'member');
      if (denied) return denied;
      return await cancel(ctx, id);
    }`;
    expect(command(code)).toEqual([]);
  });

  it('refuses a command that does something else first', () => {
    const code = `export async function cancelOrder(ctx: Context, id: string) {
      const order = await load(ctx, id);
      const denied = denyUnless(ctx, 'member');
      if (denied) return denied;
    }`;
    expect(command(code)).toEqual(['first']);
  });

  it('refuses a command without a check, as a function and as an arrow', () => {
    expect(command('export function cancelOrder(ctx: Context) {}')).toEqual(['first']);
    expect(command('export const cancelOrder = async (ctx: Context) => { await cancel(ctx); };')).toEqual(['first']);
    expect(command('export const cancelOrder = (ctx: Context) => cancel(ctx);')).toEqual(['first']);
  });

  it('refuses a command that asks and goes on all the same', () => {
    const code = `export async function cancelOrder(ctx: Context) {
      const denied = denyUnless(ctx, 'member');
      await cancel(ctx);
      return denied;
    }`;
    expect(command(code)).toEqual(['ignored']);
  });

  it('refuses a check of somebody else than the actor of this call', () => {
    const code = `export function cancelOrder(ctx: Context) {
      const denied = denyUnless(other, 'member');
      if (denied) return denied;
    }`;
    expect(command(code)).toEqual(['first']);
  });

  it('knows a Context by its type, whatever its name', () => {
    expect(command('export function cancelOrder(context: Context) {}')).toEqual(['first']);
  });

  it('leaves alone what is no command: other files, private functions, functions without a context', () => {
    const bare = 'export function f(ctx: Context) { return load(ctx); }';
    expect(command(bare, 'packages/api/src/features/orders/orders.store.ts')).toEqual([]);
    expect(command(bare, 'packages/api/src/features/orders/index.ts')).toEqual([]);
    expect(command(bare, 'packages/api/src/kernel/context.ts')).toEqual([]);
    expect(command('function f(ctx: Context) { return load(ctx); }')).toEqual([]);
    expect(command('export function f(base: Base) { return load(base); }')).toEqual([]);
  });
});

describe('no-dropped-refusal', () => {
  const HEAD = `interface Refusal { readonly refused: true; readonly code: string }
    declare function cancel(id: string): Promise<{ id: string } | Refusal>;
    declare function check(id: string): Refusal | null;
    declare function store(id: string): Promise<{ code: string } | null>;
  `;
  const dropped = (body: string): string[] =>
    typedProblems('no-dropped-refusal', `${HEAD}export async function act(ids: string[]) { ${body} }`);

  it.each([
    'await cancel("a");',
    'void cancel("a");',
    'check("a");',
    'ids.length > 0 && check("a");',
    'await Promise.all(ids.map((id) => cancel(id)));',
    'ids.forEach((id) => void cancel(id));',
  ])('refuses an answer that nobody reads: %s', (body) => {
    expect(dropped(body)).toEqual(['dropped']);
  });

  it.each([
    'return await cancel("a");',
    'const answer = await cancel("a"); return answer;',
    'let answer; answer = check("a"); return answer;',
    'if (check("a")) return;',
    'await store("a");',
    'ids.push("a");',
  ])('lets through what is read, or holds no refusal: %s', (body) => {
    expect(dropped(body)).toEqual([]);
  });
});
