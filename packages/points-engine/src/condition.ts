import type { DeclinedCode } from './decision.js';
import type { FactLine, Facts } from './facts.js';
import type { ConditionJson } from './policy-json.js';
import { DAY_MS, shanghaiDayStartMs, shanghaiWeekday } from './shanghai.js';
import { weekdayName, yuan } from './words.js';

/** A condition ready to be tested: lists as sets, days as instants, each refusal's sentence written. */
export interface CompiledCondition {
  fromMs: number;
  untilMs: number;
  weekdays: ReadonlySet<number> | null;
  channels: ReadonlySet<string> | null;
  /** `null` where every line qualifies. */
  lines: LineTest | null;
  minimumAmountFen: number;
  maximumAmountFen: number;
  hasAmount: boolean;
  reasons: Readonly<Record<Refusal, string>>;
}

interface LineTest {
  countyCodes: ReadonlySet<string> | null;
  categoryKeys: ReadonlySet<string> | null;
  productIds: ReadonlySet<string> | null;
  charityItem: boolean | null;
}

type Refusal = 'window' | 'weekday' | 'channel' | 'lines' | 'minimum' | 'maximum';

/** Either the lines that qualify, or why the condition does not hold. */
type ConditionResult = { lines: readonly FactLine[] } | { code: DeclinedCode; reason: string };

/** Makes a condition ready. The JSON must have passed `parsePolicy`: its days exist. */
export function compileCondition(json: ConditionJson): CompiledCondition {
  const { window } = json;
  return {
    fromMs: window ? (shanghaiDayStartMs(window.fromDay) ?? 0) : Number.NEGATIVE_INFINITY,
    untilMs: window ? (shanghaiDayStartMs(window.throughDay) ?? 0) + DAY_MS : Number.POSITIVE_INFINITY,
    weekdays: asSet(json.weekdays),
    channels: asSet(json.channels),
    lines: compileLineTest(json),
    minimumAmountFen: json.minimumAmountFen ?? 0,
    maximumAmountFen: json.maximumAmountFen ?? Number.MAX_SAFE_INTEGER,
    hasAmount: json.minimumAmountFen !== undefined || json.maximumAmountFen !== undefined,
    reasons: refusalReasons(json),
  };
}

/**
 * Tests a condition on lines: what concerns the moment first (window, weekday, channel), then the lines, then their
 * amount, so that the reason given is the first one a person would name.
 */
export function testCondition(
  condition: CompiledCondition,
  situation: { facts: Facts; lines: readonly FactLine[]; nowMs: number },
): ConditionResult {
  const { facts, lines, nowMs } = situation;
  const { reasons } = condition;
  if (nowMs < condition.fromMs || nowMs >= condition.untilMs) return { code: 'OUTSIDE_TERM', reason: reasons.window };
  if (condition.weekdays && !condition.weekdays.has(shanghaiWeekday(nowMs))) {
    return { code: 'CONDITION', reason: reasons.weekday };
  }
  if (condition.channels && !condition.channels.has(facts.channel)) {
    return { code: 'CONDITION', reason: reasons.channel };
  }
  const { lines: test } = condition;
  const qualifying = test ? lines.filter((line) => lineQualifies(test, line)) : lines;
  if (qualifying.length === 0) return { code: 'CONDITION', reason: reasons.lines };
  if (condition.hasAmount) {
    const amountFen = sumAmountFen(qualifying);
    if (amountFen < condition.minimumAmountFen) return { code: 'BELOW_MINIMUM', reason: reasons.minimum };
    if (amountFen > condition.maximumAmountFen) return { code: 'ABOVE_MAXIMUM', reason: reasons.maximum };
  }
  return { lines: qualifying };
}

/** What the buyer paid for these lines together, fen. */
export function sumAmountFen(lines: readonly FactLine[]): number {
  let amountFen = 0;
  for (const line of lines) amountFen += line.amountFen;
  return amountFen;
}

function lineQualifies(test: LineTest, line: FactLine): boolean {
  if (test.countyCodes && !test.countyCodes.has(line.countyCode)) return false;
  if (test.categoryKeys && !test.categoryKeys.has(line.categoryKey)) return false;
  if (test.productIds && !test.productIds.has(line.productId)) return false;
  return test.charityItem === null || test.charityItem === line.charityItem;
}

function compileLineTest(json: ConditionJson): LineTest | null {
  const { countyCodes, categoryKeys, productIds, charityItem } = json;
  if (!countyCodes && !categoryKeys && !productIds && charityItem === undefined) return null;
  return {
    countyCodes: asSet(countyCodes),
    categoryKeys: asSet(categoryKeys),
    productIds: asSet(productIds),
    charityItem: charityItem ?? null,
  };
}

function asSet<T>(values: readonly T[] | undefined): ReadonlySet<T> | null {
  return values ? new Set(values) : null;
}

function refusalReasons(json: ConditionJson): Record<Refusal, string> {
  const asked = [
    ...(json.countyCodes ? ['指定区县'] : []),
    ...(json.categoryKeys ? ['指定品类'] : []),
    ...(json.productIds ? ['指定商品'] : []),
    ...(json.charityItem === true ? ['公益宝贝'] : []),
    ...(json.charityItem === false ? ['非公益宝贝'] : []),
  ];
  return {
    window: `不在活动期内（${json.window?.fromDay ?? ''} 至 ${json.window?.throughDay ?? ''}）`,
    weekday: `只在${(json.weekdays ?? []).map(weekdayName).join('、')}有效`,
    channel: '不适用于本次的下单渠道',
    lines: `没有符合条件的商品（${asked.join('、')}）`,
    minimum: `符合条件的金额不足 ${yuan(json.minimumAmountFen ?? 0)}`,
    maximum: `符合条件的金额超过 ${yuan(json.maximumAmountFen ?? 0)}`,
  };
}
