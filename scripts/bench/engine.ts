/**
 * `npm run bench -- engine`: decisions per second of the points engine, against json-rules-engine on the same policy.
 *
 * Both are built once, decide the same actions in the same order with the same tallies, and must come to the same
 * points: every action where they differ counts as lost. The baseline is written to favour it: only the version in
 * force is loaded, lines are summed once outside the rules, and caps are cut by plain code after the run. Ours does more
 * in the same time (Chinese reasons, shares per line, what was declined, tallies after).
 */
import { decideAwards, defaultPolicy, emptyTallies, parsePolicy } from '@aixin/points-engine';
import type { ActionKind, ConditionJson, FactLine, Facts, Policy, RuleJson, Tallies } from '@aixin/points-engine';
import { Engine } from 'json-rules-engine';
import type { RuleProperties } from 'json-rules-engine';
import type { BenchLine } from './bench-line.js';

const WARM_UP_MS = 500;
const SLICE_MS = 400;
/** 12 rounds of two slices: about 10 s with warm-up, long enough that a busy neighbour hits both sides alike. */
const ROUNDS = 12;
/** Reading the clock costs about as much as a decision: only one in so many is timed by itself. */
const TIMED_EVERY = 16;
const ACTION_COUNT = 512;
/** A Tuesday in the campaign week, so that both purchase rules are in play. */
const NOW_MS = Date.parse('2026-09-22T09:31:00+08:00');
/** Actions of one member in a row before the next member begins: the caps are reached on the way. */
const ACTIONS_PER_MEMBER = 8;

/** Measures for about 10 seconds. */
export async function engine(): Promise<BenchLine[]> {
  const parsed = parsePolicy(defaultPolicy);
  if (!parsed.ok) throw new Error(`the default policy is not valid: ${JSON.stringify(parsed.problems)}`);
  const actions = makeActions();
  const ours = makeSubject(parsed.policy, actions);
  const theirs = makeBaseline(actions);
  const lost = await countDifferences({ policy: parsed.policy, actions });
  ours.run(WARM_UP_MS);
  await theirs.run(WARM_UP_MS);
  ours.reset();
  theirs.reset();
  for (let round = 0; round < ROUNDS; round += 1) {
    ours.run(SLICE_MS);
    await theirs.run(SLICE_MS);
  }
  const subject = Math.floor(ours.perSecond());
  const baseline = Math.floor(theirs.perSecond());
  const latencies = ours.latenciesMs().sort((a, b) => a - b);
  const percentile = (share: number): number => round(latencies[Math.floor((latencies.length - 1) * share)] ?? 0, 6);
  return [
    {
      case: 'policy',
      ratio: round(subject / baseline, 2),
      subject,
      baseline,
      unit: 'decisions/s',
      p50Ms: percentile(0.5),
      p99Ms: percentile(0.99),
      lost,
    },
  ];
}

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}

/** The same 512 actions each time: mostly purchases of one to four lines, some of each other kind. */
function makeActions(): Facts[] {
  const counties = ['500229', '500238', '500101', '500154', '500240', '500233'];
  const kinds: ActionKind[] = ['purchase', 'purchase', 'purchase', 'review', 'purchase', 'recommendation', 'activity'];
  return Array.from({ length: ACTION_COUNT }, (_, index) => {
    const kind = kinds[index % kinds.length] ?? 'purchase';
    const lines = kind === 'purchase' ? makeLines(index, counties) : [];
    return { kind, channel: 'web', lines, countyCode: '500229' };
  });
}

function actionAt(actions: readonly Facts[], position: number): Facts {
  const facts = actions[position % ACTION_COUNT];
  if (!facts) throw new RangeError(`no action at ${position}`);
  return facts;
}

function makeLines(seed: number, counties: readonly string[]): FactLine[] {
  return Array.from({ length: 1 + (seed % 4) }, (_, index) => ({
    lineId: `line-${index}`,
    productId: `product-${(seed * 7 + index) % 200}`,
    countyCode: counties[(seed + index) % counties.length] ?? '500229',
    categoryKey: 'honey',
    quantity: 1 + ((seed + index) % 3),
    amountFen: 990 + ((seed * 37 + index * 101) % 20_000),
    charityItem: index % 2 === 0,
  }));
}

interface Meter {
  reset(): void;
  perSecond(): number;
  latenciesMs(): number[];
}

/** Counts decisions and time; both contenders are measured by the same few lines. */
function makeMeter() {
  let count = 0;
  let spentMs = 0;
  let latenciesMs: number[] = [];
  return {
    addSlice: (decisions: number, ms: number) => {
      count += decisions;
      spentMs += ms;
    },
    addLatency: (ms: number) => latenciesMs.push(ms),
    reset: () => {
      count = 0;
      spentMs = 0;
      latenciesMs = [];
    },
    perSecond: () => (count / spentMs) * 1000,
    latenciesMs: () => latenciesMs,
  };
}

function makeSubject(policy: Policy, actions: readonly Facts[]): Meter & { run(forMs: number): void } {
  const meter = makeMeter();
  let position = 0;
  let tallies = emptyTallies;
  const decideNext = (): void => {
    if (position % ACTIONS_PER_MEMBER === 0) tallies = emptyTallies;
    const facts = actionAt(actions, position);
    tallies = decideAwards({ facts, policy, tallies, nowMs: NOW_MS }).tallies;
    position += 1;
  };
  const run = (forMs: number): void => {
    const began = performance.now();
    const until = began + forMs;
    let decided = 0;
    let now = began;
    while (now < until) {
      for (let index = 1; index < TIMED_EVERY; index += 1) decideNext();
      const before = performance.now();
      decideNext();
      now = performance.now();
      meter.addLatency(now - before);
      decided += TIMED_EVERY;
    }
    meter.addSlice(decided, now - began);
  };
  return { ...meter, run };
}

function makeBaseline(actions: readonly Facts[]): Meter & { run(forMs: number): Promise<void> } {
  const meter = makeMeter();
  const decideByRules = buildJsonRules();
  let position = 0;
  let tallies = emptyTallies;
  const run = async (forMs: number): Promise<void> => {
    const began = performance.now();
    const until = began + forMs;
    let decided = 0;
    while (performance.now() < until) {
      if (position % ACTIONS_PER_MEMBER === 0) tallies = emptyTallies;
      tallies = (await decideByRules(actionAt(actions, position), tallies)).tallies;
      position += 1;
      decided += 1;
    }
    meter.addSlice(decided, performance.now() - began);
  };
  return { ...meter, run };
}

/** All actions once through both: how many come to other points. */
async function countDifferences(input: { policy: Policy; actions: readonly Facts[] }): Promise<number> {
  const decideByRules = buildJsonRules();
  let differences = 0;
  let tallies = emptyTallies;
  for (const [index, facts] of input.actions.entries()) {
    if (index % ACTIONS_PER_MEMBER === 0) tallies = emptyTallies;
    const ours = decideAwards({ facts, policy: input.policy, tallies, nowMs: NOW_MS });
    const theirs = await decideByRules(facts, tallies);
    if (ours.points !== theirs.points) differences += 1;
    tallies = ours.tallies;
  }
  return differences;
}

/** The default policy's newest version in json-rules-engine's own terms, built once. */
function buildJsonRules(): (facts: Facts, tallies: Tallies) => Promise<{ points: number; tallies: Tallies }> {
  const version = defaultPolicy.versions.at(-1);
  if (!version) throw new Error('the default policy has no version');
  const rules = new Engine();
  // The amount of the lines that fit a rule's counties; as any dynamic fact it is computed once per run and argument.
  rules.addFact('qualifyingAmountFen', async (params, almanac) => {
    const lines = await almanac.factValue<readonly FactLine[]>('lines');
    const countyCodes = params['countyCodes'] as readonly string[];
    return lines.reduce((sum, line) => (countyCodes.includes(line.countyCode) ? sum + line.amountFen : sum), 0);
  });
  for (const rule of version.rules) rules.addRule(asJsonRule(rule, version.caps[rule.kind] ?? NO_CAPS));
  const order = new Map(version.rules.map((rule, index) => [rule.ruleId, index]));
  return async (facts, tallies) => {
    const counter = tallies.kinds[facts.kind] ?? { dayPoints: 0, monthPoints: 0 };
    const { events } = await rules.run({ kind: facts.kind, lines: facts.lines, nowMs: NOW_MS, ...counter });
    const given = events.map((event) => event.params as unknown as RuleJson);
    given.sort((a, b) => (order.get(a.ruleId) ?? 0) - (order.get(b.ruleId) ?? 0));
    return cutToCaps({ given, facts, tallies, caps: version.caps[facts.kind] ?? NO_CAPS });
  };
}

const NO_CAPS = { perDay: Number.MAX_SAFE_INTEGER, perMonth: Number.MAX_SAFE_INTEGER };

function asJsonRule(rule: RuleJson, caps: { perDay: number; perMonth: number }): RuleProperties {
  return {
    conditions: {
      all: [
        { fact: 'kind', operator: 'equal', value: rule.kind },
        { fact: 'dayPoints', operator: 'lessThan', value: caps.perDay },
        { fact: 'monthPoints', operator: 'lessThan', value: caps.perMonth },
        ...asJsonConditions(rule.when ?? {}),
      ],
    },
    event: { type: 'award', params: { ...rule } },
  };
}

function asJsonConditions(when: ConditionJson) {
  const { window, countyCodes = [], minimumAmountFen = 0 } = when;
  const conditions = [];
  if (window) {
    const fromMs = Date.parse(`${window.fromDay}T00:00:00+08:00`);
    const untilMs = Date.parse(`${window.throughDay}T24:00:00+08:00`);
    conditions.push({ fact: 'nowMs', operator: 'greaterThanInclusive', value: fromMs });
    conditions.push({ fact: 'nowMs', operator: 'lessThan', value: untilMs });
  }
  if (countyCodes.length > 0) {
    const params = { countyCodes };
    conditions.push({ fact: 'qualifyingAmountFen', params, operator: 'greaterThanInclusive', value: minimumAmountFen });
  }
  return conditions;
}

/** What one has to add around json-rules-engine so that caps hold between two rules of one action. */
function cutToCaps(input: {
  given: readonly RuleJson[];
  facts: Facts;
  tallies: Tallies;
  caps: { perDay: number; perMonth: number };
}): { points: number; tallies: Tallies } {
  const { given, facts, caps } = input;
  const kinds = { ...input.tallies.kinds };
  const rules = { ...input.tallies.rules };
  let points = 0;
  for (const rule of given) {
    const ofKind = kinds[facts.kind] ?? { dayPoints: 0, monthPoints: 0 };
    const ofRule = rules[rule.ruleId] ?? { dayPoints: 0, monthPoints: 0 };
    const ruleRoom = (rule.caps?.perDay ?? Number.MAX_SAFE_INTEGER) - ofRule.dayPoints;
    const room = Math.min(caps.perDay - ofKind.dayPoints, caps.perMonth - ofKind.monthPoints, ruleRoom);
    const awarded = Math.max(Math.min(rule.points, room), 0);
    kinds[facts.kind] = { dayPoints: ofKind.dayPoints + awarded, monthPoints: ofKind.monthPoints + awarded };
    rules[rule.ruleId] = { dayPoints: ofRule.dayPoints + awarded, monthPoints: ofRule.monthPoints + awarded };
    points += awarded;
  }
  return { points, tallies: { ...input.tallies, kinds, rules } };
}
