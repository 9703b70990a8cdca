/**
 * Lines that are not between a sponsor and the fund, by rules that are data: the account's interest and the bank's fees.
 */
export const IGNORE_CATEGORIES = ['interest', 'bank-fees', 'foreign'] as const;
export type IgnoreCategory = (typeof IGNORE_CATEGORIES)[number];

export interface IgnoreRule {
  /** Shown to people: 规则：利息. */
  readonly name: string;
  readonly category: Exclude<IgnoreCategory, 'foreign'>;
  /** Interest only comes, a fee only goes: the same word with the other sign is for a person to look at. */
  readonly direction: 'in' | 'out';
  /** One of these stands in the summary, the memo or the counterparty. */
  readonly words: readonly string[];
  /** And none of these. */
  readonly unless: readonly string[];
  /** Above it a person looks, whatever the words say. */
  readonly mostFen: number;
}

/** Words of gifts and returns: a donation of somebody's interest is no interest of the account. */
const NOT_PLAIN = ['捐', '退', '冲正', '配捐', '代扣', '代缴'] as const;

export const IGNORE_RULES: readonly IgnoreRule[] = [
  {
    name: '利息',
    category: 'interest',
    direction: 'in',
    words: ['利息', '结息', '存款息'],
    unless: NOT_PLAIN,
    mostFen: 10_000_000,
  },
  {
    name: '手续费',
    category: 'bank-fees',
    direction: 'out',
    words: ['手续费', '工本费', '短信费', '账户管理费', '汇划费', '年费'],
    unless: NOT_PLAIN,
    mostFen: 100_000,
  },
];

interface Line {
  readonly amountFen: number;
  readonly counterparty: string;
  readonly memo: string;
  readonly summary?: string;
}

/** The first rule that the line meets. */
export function ignoreRuleFor(line: Line, rules: readonly IgnoreRule[]): IgnoreRule | undefined {
  if (line.amountFen === 0 || rules.length === 0) return undefined;
  const text = `${line.summary ?? ''}\n${line.memo}\n${line.counterparty}`;
  return rules.find((rule) => meets(rule, text, line.amountFen));
}

function meets(rule: IgnoreRule, text: string, amountFen: number): boolean {
  if (rule.direction === 'in' ? amountFen < 0 : amountFen > 0) return false;
  if (Math.abs(amountFen) > rule.mostFen) return false;
  return rule.words.some((word) => text.includes(word)) && !rule.unless.some((word) => text.includes(word));
}
