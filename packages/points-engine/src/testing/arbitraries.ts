import fc from 'fast-check';
import { ACTION_KINDS } from '../index.js';
import type { ActionKind, CapsJson, ConditionJson, FactLine, Facts, MatchTerms, PolicyJson } from '../index.js';
import { shanghai } from './fixtures.js';

const COUNTIES = ['500229', '500238', '500101'];
const CATEGORIES = ['bee', 'tea', 'fruit'];
const PRODUCTS = ['honey', 'tea', 'orange', 'egg'];
const CHANNELS = ['web', 'wechat'];
const FIRST_MS = shanghai('2026-08-20T00:00');

const optional = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(arbitrary, { nil: undefined });
const some = <T>(values: readonly T[]): fc.Arbitrary<T[]> => fc.subarray([...values], { minLength: 1 });

/** Drops what is `undefined`: the engine's JSON has no such thing. */
function compact<T>(value: unknown): T {
  return JSON.parse(JSON.stringify(value)) as T;
}

const lineWithoutId: fc.Arbitrary<Omit<FactLine, 'lineId'>> = fc.record({
  productId: fc.constantFrom(...PRODUCTS),
  countyCode: fc.constantFrom(...COUNTIES),
  categoryKey: fc.constantFrom(...CATEGORIES),
  quantity: fc.integer({ min: 1, max: 6 }),
  amountFen: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 50_000 })),
  charityItem: fc.boolean(),
});

export const purchases: fc.Arbitrary<Facts> = fc
  .tuple(fc.array(lineWithoutId, { minLength: 1, maxLength: 5 }), fc.constantFrom(...CHANNELS))
  .map(([lines, channel]) => ({
    kind: 'purchase',
    channel,
    lines: lines.map((line, index) => ({ lineId: `L${index}`, ...line })),
  }));

const otherActions: fc.Arbitrary<Facts> = fc
  .record({
    kind: fc.constantFrom<ActionKind>('review', 'recommendation', 'nomination', 'activity'),
    channel: fc.constantFrom(...CHANNELS),
    countyCode: optional(fc.constantFrom(...COUNTIES)),
    productId: optional(fc.constantFrom(...PRODUCTS)),
  })
  .map((facts) => compact<Facts>({ ...facts, lines: [] }));

export const actions: fc.Arbitrary<Facts> = fc.oneof(
  { weight: 3, arbitrary: purchases },
  { weight: 1, arbitrary: otherActions },
);

const days = fc
  .integer({ min: 0, max: 90 })
  .map((day) => new Date(FIRST_MS + day * 86_400_000 + 12 * 3_600_000).toISOString().slice(0, 10));

const windows = fc.tuple(days, days).map((both) => {
  const [fromDay, throughDay] = both[0] < both[1] ? both : [both[1], both[0]];
  return { fromDay, throughDay };
});

function conditions(kind: ActionKind): fc.Arbitrary<ConditionJson> {
  const purchaseOnly = kind === 'purchase';
  return fc
    .record({
      countyCodes: optional(some(COUNTIES)),
      productIds: optional(some(PRODUCTS)),
      channels: optional(some(CHANNELS)),
      weekdays: optional(some([1, 2, 3, 4, 5, 6, 7])),
      window: optional(windows),
      charityItem: purchaseOnly ? optional(fc.boolean()) : fc.constant(undefined),
      minimumAmountFen: purchaseOnly ? optional(fc.integer({ min: 0, max: 20_000 })) : fc.constant(undefined),
    })
    .map((condition) => compact<ConditionJson>(condition));
}

const caps: fc.Arbitrary<Required<CapsJson>> = fc
  .tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 0, max: 20 }))
  .map(([perDay, more]) => ({ perDay, perMonth: perDay + more }));

const rules = fc.constantFrom(...ACTION_KINDS, 'purchase', 'purchase').chain((kind) =>
  fc.record({
    kind: fc.constant(kind),
    points: fc.integer({ min: 1, max: 5 }),
    when: optional(conditions(kind)),
    caps: optional(caps),
    multipliers: optional(
      fc.array(
        fc.record({
          title: fc.constant('加倍'),
          numerator: fc.integer({ min: 1, max: 3 }),
          denominator: fc.integer({ min: 1, max: 3 }),
          when: conditions(kind),
        }),
        { maxLength: 2 },
      ),
    ),
  }),
);

const versions = fc.record({
  effectiveFrom: days,
  caps: fc.record({ purchase: caps, review: caps, recommendation: caps, nomination: caps, activity: caps }),
  rules: fc.array(rules, { minLength: 1, maxLength: 5 }),
});

/** Valid policies of one to three versions; a rule id may return in a later version, as it does in life. */
export const policies: fc.Arbitrary<PolicyJson> = fc
  .uniqueArray(versions, { minLength: 1, maxLength: 3, selector: (version) => version.effectiveFrom })
  .map((all) =>
    compact<PolicyJson>({
      versions: all.map((version, number) => ({
        ...version,
        version: `v${number}`,
        rules: version.rules.map((rule, index) => ({ ruleId: `rule-${index}`, title: `规则${index}`, ...rule })),
      })),
    }),
  );

/** Actions of one member in order of time, from before the first version may begin, mostly close together. */
export const histories: fc.Arbitrary<{ facts: Facts; nowMs: number }[]> = fc
  .array(
    fc.tuple(
      actions,
      fc.oneof(
        { weight: 5, arbitrary: fc.integer({ min: 0, max: 6 * 3_600_000 }) },
        fc.integer({ min: 0, max: 9 * 86_400_000 }),
      ),
    ),
    { maxLength: 40 },
  )
  .map((steps) => {
    let nowMs = FIRST_MS;
    return steps.map(([facts, waitMs]) => ({ facts, nowMs: (nowMs += waitMs) }));
  });

export const matchTerms: fc.Arbitrary<MatchTerms[]> = fc.array(
  fc.record({
    agreementId: fc.constantFrom('a', 'b', 'c'),
    unit: fc.constantFrom('line' as const, 'order' as const, 'piece' as const),
    amountFenPerUnit: fc.constantFrom(50, 100, 133),
    productIds: fc.oneof(fc.constant('all' as const), some(PRODUCTS)),
    fromMs: fc.constant(0),
    untilMs: fc.constant(Number.MAX_SAFE_INTEGER),
    minimumAmountFen: fc.constantFrom(0, 0, 500),
    leftFen: fc.integer({ min: 0, max: 1500 }),
  }),
  { maxLength: 3 },
);

/** Every piece of an order, returned one by one or in handfuls, in any order: line id and pieces of each return. */
export function returnsOfAll(facts: Facts): fc.Arbitrary<{ lineId: string; quantity: number }[][]> {
  const pieces = facts.lines.flatMap((line) => Array.from({ length: line.quantity }, () => line.lineId));
  const cuts = fc.array(fc.boolean(), { minLength: pieces.length, maxLength: pieces.length });
  return fc
    .tuple(fc.shuffledSubarray(pieces, { minLength: pieces.length, maxLength: pieces.length }), cuts)
    .map(([order, cut]) => {
      const parts: Map<string, number>[] = [new Map()];
      for (const [index, lineId] of order.entries()) {
        if (cut[index]) parts.push(new Map());
        const part = parts.at(-1)!;
        part.set(lineId, (part.get(lineId) ?? 0) + 1);
      }
      return parts.map((part) => [...part].map(([lineId, quantity]) => ({ lineId, quantity })));
    });
}
