import type { ActionKind } from './facts.js';
import { join } from './problems.js';
import type { Checker } from './problems.js';
import { shanghaiDayStartMs } from './shanghai.js';

/** A list of products may name the whole shelf of a large zone. */
const MAX_LIST = 20_000;
/** One hundred million yuan: above any order, below any overflow. */
const MAX_AMOUNT_FEN = 10_000_000_000;

const KEY_TEXT = { pattern: /^\S{1,64}$/u, says: '1 到 64 个字符，不含空格' };
const COUNTY_TEXT = { pattern: /^\d{6}$/, says: '6 位区县代码，如 500229' };

const TEXT_LISTS = { countyCodes: COUNTY_TEXT, categoryKeys: KEY_TEXT, productIds: KEY_TEXT, channels: KEY_TEXT };
const AMOUNTS = ['minimumAmountFen', 'maximumAmountFen'] as const;
const PURCHASE_ONLY = [...AMOUNTS, 'charityItem'] as const;

/** Notes every problem of one condition. `kind` is `null` where the rule's kind was wrong already. */
export function checkCondition(
  checker: Checker,
  input: { value: unknown; path: string; kind: ActionKind | null },
): void {
  const { path, kind } = input;
  const condition = checker.object(input.value, path, {
    required: [],
    optional: [...Object.keys(TEXT_LISTS), ...PURCHASE_ONLY, 'weekdays', 'window'],
  });
  if (!condition) return;
  const given = (key: string): boolean => Object.hasOwn(condition, key);
  for (const [key, shape] of Object.entries(TEXT_LISTS)) {
    if (given(key)) checkTexts(checker, { value: condition[key], path: join(path, key), shape });
  }
  for (const key of PURCHASE_ONLY) {
    // Only an order has an amount and a badge: elsewhere the rule could never hold, which nobody means.
    if (given(key) && kind !== null && kind !== 'purchase') checker.note(join(path, key), '只能用于购买积分');
  }
  for (const key of AMOUNTS) {
    if (given(key)) checker.integer(condition[key], join(path, key), { min: 0, max: MAX_AMOUNT_FEN });
  }
  const { minimumAmountFen: minimum, maximumAmountFen: maximum } = condition;
  if (typeof minimum === 'number' && typeof maximum === 'number' && minimum > maximum) {
    checker.note(path, '最低金额不能大于最高金额');
  }
  if (given('charityItem') && typeof condition['charityItem'] !== 'boolean') {
    checker.note(join(path, 'charityItem'), '必须是 true 或 false');
  }
  if (given('weekdays')) checkWeekdays(checker, condition['weekdays'], join(path, 'weekdays'));
  if (given('window')) checkWindow(checker, condition['window'], join(path, 'window'));
}

function checkTexts(
  checker: Checker,
  input: { value: unknown; path: string; shape: { pattern: RegExp; says: string } },
): void {
  const { value, path, shape } = input;
  for (const [index, item] of checker.list(value, path, { min: 1, max: MAX_LIST }).entries()) {
    checker.text(item, `${path}[${index}]`, shape);
  }
}

function checkWeekdays(checker: Checker, value: unknown, path: string): void {
  for (const [index, item] of checker.list(value, path, { min: 1, max: 7 }).entries()) {
    checker.integer(item, `${path}[${index}]`, { min: 1, max: 7 });
  }
}

function checkWindow(checker: Checker, value: unknown, path: string): void {
  const window = checker.object(value, path, { required: ['fromDay', 'throughDay'], optional: [] });
  if (!window) return;
  for (const key of ['fromDay', 'throughDay']) checkDay(checker, window[key], join(path, key));
  const { fromDay, throughDay } = window;
  if (typeof fromDay === 'string' && typeof throughDay === 'string' && fromDay > throughDay) {
    checker.note(path, '开始日期不能晚于结束日期');
  }
}

/** Notes a value that is no day of the calendar. */
export function checkDay(checker: Checker, value: unknown, path: string): void {
  if (typeof value !== 'string' || shanghaiDayStartMs(value) === null) {
    checker.note(path, '必须是存在的日期，如 2026-09-01');
  }
}
