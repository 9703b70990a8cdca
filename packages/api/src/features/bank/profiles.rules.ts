import { z } from 'zod';

/**
 * How one bank's statements are read: data, made and tested by people. A profile names columns; it never holds code or a
 * pattern that could run away.
 */
const column = z.union([
  z.strictObject({ name: z.string().min(1).max(40) }),
  z.strictObject({ index: z.number().int().min(1).max(256) }),
]);
export type ColumnRef = z.infer<typeof column>;

const word = z.string().trim().min(1).max(40);
const words = z.array(word).max(20);

const amount = z.discriminatedUnion('kind', [
  /** One column; what went is negative, bracketed or ends in a minus. */
  z.strictObject({ kind: z.literal('signed'), amount: column }),
  /** Two columns; one of them is empty or zero. A bank may write what went with a minus in its column of debits. */
  z.strictObject({
    kind: z.literal('pair'),
    credit: column,
    debit: column,
    debitIsNegative: z.boolean().optional(),
  }),
  /** One column and a word that says which way: 贷 or 借, D or C, 收 or 支. */
  z.strictObject({
    kind: z.literal('flag'),
    amount: column,
    flag: column,
    creditWords: words.min(1),
    debitWords: words.min(1),
  }),
]);

export const FACT_NAMES = [
  'accountNumber',
  'openingFen',
  'closingFen',
  'lineCount',
  'creditCount',
  'creditFen',
  'debitCount',
  'debitFen',
] as const;
export type FactName = (typeof FACT_NAMES)[number];

const table = {
  /** Where the days, amounts and texts stand: by the header's name, or by the column's number, from 1. */
  day: column,
  amount,
  balance: column.nullable(),
  counterparty: column.nullable(),
  counterpartyAccount: column.nullable(),
  /**
   * Payer and payee where the bank has a column for each, instead of one of the counterparty: who is not the fund is the
   * counterparty. Left out, as in profiles kept before, they are none.
   */
  payer: column.nullable().optional(),
  payerAccount: column.nullable().optional(),
  payee: column.nullable().optional(),
  payeeAccount: column.nullable().optional(),
  /** The number of the account whose statement it is, in each row: all rows must have the same. */
  ownAccount: column.nullable().optional(),
  /** 币种 of each row; one that the header names so is read even where the profile does not say it. */
  currency: column.nullable().optional(),
  /** Joined by a blank, in this order: 摘要, 用途, 附言. */
  memo: z.array(column).max(4),
  bankSerial: column.nullable(),
  /** Rows that are neither lines nor summary: notes, page headers. They begin with one of these. */
  skipRows: words,
  /** Rows that sum up. They begin with one of these; what their columns of amounts hold are the totals. */
  summaryRows: words,
  /** A file without a summary row is truncated. */
  requiresSummary: z.boolean(),
  /** Facts in preamble and summary, by the words before them: 期初余额 → openingFen. */
  facts: z.array(z.strictObject({ label: word, is: z.enum(FACT_NAMES) })).max(20),
};

const profileBody = z.discriminatedUnion('format', [
  z.strictObject({
    format: z.literal('csv'),
    encoding: z.enum(['auto', 'utf-8', 'gb18030', 'utf-16le']),
    delimiter: z.enum([',', '\t', ';', '|']),
    ...table,
  }),
  z.strictObject({ format: z.literal('xlsx'), ...table }),
  z.strictObject({ format: z.literal('camt053') }),
]);
export type ProfileBody = z.infer<typeof profileBody>;
export type TableProfile = Exclude<ProfileBody, { format: 'camt053' }>;

/** The profile out of what a client sent, or the place of the first fault. */
export function checkProfile(value: unknown): { readonly body: ProfileBody } | { readonly path: string } {
  const checked = profileBody.safeParse(value);
  if (checked.success) return { body: checked.data };
  return { path: checked.error.issues[0]?.path.join('.') ?? '' };
}

/** The columns that a line cannot do without, and those that it may have. */
export function columnsOf(profile: TableProfile): ColumnRef[] {
  const { day, amount: money, balance, counterparty, counterpartyAccount, memo, bankSerial } = profile;
  const { payer, payerAccount, payee, payeeAccount, ownAccount, currency } = profile;
  const amounts =
    money.kind === 'signed'
      ? [money.amount]
      : money.kind === 'pair'
        ? [money.credit, money.debit]
        : [money.amount, money.flag];
  const parties = [counterparty, counterpartyAccount, payer, payerAccount, payee, payeeAccount];
  const others = [balance, ...parties, bankSerial, ownAccount, currency].filter((one) => one != null);
  return [day, ...amounts, ...others, ...memo];
}
