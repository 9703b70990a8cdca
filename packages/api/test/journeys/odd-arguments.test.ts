import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  type GraphQLArgument,
  type GraphQLInputField,
  type GraphQLInputType,
  type GraphQLField,
  getNamedType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
} from 'graphql';
import { schema } from '../../src/graphql/schema.js';
import { startWorld, type World } from '../world.js';

/** What people, programs and strangers put where something else belongs. */
const ODD: readonly unknown[] = [
  ...[
    '',
    ' ',
    '\u0000',
    '\ud800',
    '甲\udc00乙',
    '\u202e\u200b',
    'ﬃ'.repeat(40_000),
    '%00',
    '../..',
    "' || 1",
    '{"$gt":""}',
  ],
  ...['[1e300,"x"]', Buffer.from('[1e300,"x"]').toString('base64'), Buffer.from('Order:\u0000').toString('base64')],
  ...['Order:', 'T3JkZXI6', '2026-02-31', '9999-99', '99999999999999999999', 'NaN', '__proto__', 'constructor'],
  ...[-1, 0, 1.5, 1e300, -1e300, 2 ** 31, 2 ** 53, Number.MAX_SAFE_INTEGER],
  ...[true, null, [], [[]], {}, { $gt: '' }, { __proto__: null }, [null, null], Array.from({ length: 300 }, () => 'x')],
];
/** Of a large set so many are drawn each run, with the seed in the test's name: another seed draws others. */
const SEED = Number(process.env.AIXIN_FUZZ_SEED ?? 20261201);
const MOST_QUESTIONS = Number(process.env.AIXIN_FUZZ_QUESTIONS ?? 2_400);

function draws(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** A value that fits, so that the odd one beside it is what is judged. */
function fitting(type: GraphQLInputType, depth = 0): unknown {
  if (isNonNullType(type)) return fittingInner(type.ofType, depth);
  return depth > 0 ? undefined : fittingInner(type, depth);
}

function fittingInner(type: GraphQLInputType, depth: number): unknown {
  if (isListType(type)) return [fittingInner(isNonNullType(type.ofType) ? type.ofType.ofType : type.ofType, depth)];
  if (isInputObjectType(type)) {
    return Object.fromEntries(
      Object.values(type.getFields()).map((field) => [field.name, fitting(field.type, depth + 1)]),
    );
  }
  if (isEnumType(type)) return type.getValues()[0]?.name;
  switch (getNamedType(type).name) {
    case 'Int':
    case 'Fen':
      return 1;
    case 'Float':
      return 1;
    case 'Boolean':
      return true;
    case 'ID':
      return Buffer.from('Product:aaaaaaaaaaaaaaaaaaaaaaaa').toString('base64');
    case 'Instant':
      return '2026-11-01T00:00:00.000Z';
    default:
      return 'abcdefgh';
  }
}

/** The places in the arguments where an odd value can stand: `input.lines.0.quantity`. */
function placesOf(args: readonly (GraphQLArgument | GraphQLInputField)[], before: readonly string[] = []): string[][] {
  return args.flatMap(({ name, type }) => {
    const path = [...before, name];
    const bare = isNonNullType(type) ? type.ofType : type;
    const item = isListType(bare) ? (isNonNullType(bare.ofType) ? bare.ofType.ofType : bare.ofType) : bare;
    const inner = isListType(bare) ? [...path, '0'] : path;
    const below = isInputObjectType(item) && before.length < 6 ? placesOf(Object.values(item.getFields()), inner) : [];
    return [path, ...(isListType(bare) ? [inner] : []), ...below];
  });
}

function withOdd(value: unknown, path: readonly string[], odd: unknown): unknown {
  const [first, ...rest] = path;
  if (first === undefined) return odd;
  if (Array.isArray(value))
    return value.map((one: unknown, at) => (String(at) === first ? withOdd(one, rest, odd) : one));
  const object = typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  return { ...object, [first]: withOdd(object[first], rest, odd) };
}

interface Question {
  readonly name: string;
  readonly kind: 'query' | 'mutation' | 'subscription';
  readonly query: string;
  readonly variables: object;
  readonly odd: string;
}

function questionsOf(kind: Question['kind'], field: GraphQLField<unknown, unknown>): Question[] {
  const names = field.args.map(({ name, type }) => `$${name}: ${String(type)}`).join(', ');
  const given = field.args.map(({ name }) => `${name}: $${name}`).join(', ');
  const selection = isCompositeType(getNamedType(field.type)) ? ' { __typename }' : '';
  const query = `${kind} (${names}) { ${field.name}(${given})${selection} }`;
  const usual = Object.fromEntries(field.args.map(({ name, type }) => [name, fitting(type)]));
  return placesOf(field.args).flatMap((path) =>
    ODD.map((odd) => ({
      ...{ name: field.name, kind, query, variables: withOdd(usual, path, odd) as object },
      odd: `${path.join('.')} = ${JSON.stringify(odd).slice(0, 40)}`,
    })),
  );
}

let world: World;
let problems: string[] = [];
beforeAll(async () => {
  world = await startWorld('odd-arguments', { writesPerMinute: 1_000_000 });
});
afterAll(() => world.stop());

const REFUSED = /[\u4e00-\u9fff]/;

/** What is wrong with an answer: a code of ours that nobody expected, words that are no sentence in Chinese. */
async function judge(question: Question, response: Response): Promise<void> {
  const text = await response.text();
  const where = `${question.kind} ${question.name}: ${question.odd}`;
  if (response.status >= 500) problems.push(`${where}: HTTP ${response.status}`);
  for (const [, message = ''] of text.matchAll(/"message":"((?:[^"\\]|\\.)*)"/g)) {
    if (!REFUSED.test(message)) problems.push(`${where}: ${message.slice(0, 80)}`);
  }
  if (text.includes('"INTERNAL"')) problems.push(`${where}: INTERNAL`);
}

async function ask(question: Question, token: string | null): Promise<void> {
  const isStream = question.kind === 'subscription';
  const ending = new AbortController();
  const response = await fetch(`${world.url}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(isStream ? { accept: 'text/event-stream' } : {}),
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify({ query: question.query, variables: question.variables }),
    signal: ending.signal,
  });
  if (isStream && response.headers.get('content-type')?.startsWith('text/event-stream')) {
    const piece = await response.body?.getReader().read();
    await judge(question, new Response(piece?.value ?? '', { status: response.status }));
    ending.abort();
    return;
  }
  await judge(question, response);
}

describe(`odd values in every argument of the contract (seed ${SEED})`, () => {
  const fields = (['query', 'mutation', 'subscription'] as const).flatMap((kind) => {
    const root = {
      query: schema.getQueryType(),
      mutation: schema.getMutationType(),
      subscription: schema.getSubscriptionType(),
    };
    return Object.values(root[kind]?.getFields() ?? {}).flatMap((field) => questionsOf(kind, field));
  });

  it.each([
    ['a stranger', null],
    ['a member', 'member'],
    ['the fund’s administrator', 'fund-maker'],
  ])('%s gets a refusal in Chinese or an answer, and never our error', async (_who, persona) => {
    problems = [];
    const draw = draws(SEED);
    const token = persona === null ? null : await world.portal.token(persona);
    const drawn = fields.filter(() => draw() < MOST_QUESTIONS / 3 / fields.length);
    for (let at = 0; at < drawn.length; at += 8)
      await Promise.all(drawn.slice(at, at + 8).map((question) => ask(question, token)));
    expect(problems.slice(0, 20)).toEqual([]);
    expect(drawn.length).toBeGreaterThan(MOST_QUESTIONS / 6);
  });
});
