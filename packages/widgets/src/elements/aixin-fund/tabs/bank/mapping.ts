import { lastOf } from '../../../../kit/lists.js';
/** A profile's definition as fields of a form, and back. What the form does not show is kept as it was. */

type Column = { readonly name: string } | { readonly index: number };

interface Definition {
  readonly format: 'csv' | 'xlsx' | 'camt053';
  readonly encoding?: string;
  readonly delimiter?: string;
  readonly day?: Column;
  readonly amount?:
    | { readonly kind: 'signed'; readonly amount: Column }
    | { readonly kind: 'pair'; readonly credit: Column; readonly debit: Column }
    | {
        readonly kind: 'flag';
        readonly amount: Column;
        readonly flag: Column;
        readonly creditWords: readonly string[];
        readonly debitWords: readonly string[];
      };
  readonly balance?: Column | null;
  readonly counterparty?: Column | null;
  readonly counterpartyAccount?: Column | null;
  readonly memo?: readonly Column[];
  readonly bankSerial?: Column | null;
  readonly skipRows?: readonly string[];
  readonly summaryRows?: readonly string[];
  readonly requiresSummary?: boolean;
  readonly facts?: readonly unknown[];
}

export const MAPPING_FIELDS = [
  'format',
  'encoding',
  'delimiter',
  'day',
  'kind',
  'amount',
  'credit',
  'debit',
  'flag',
  'creditWords',
  'debitWords',
  'balance',
  'counterparty',
  'counterpartyAccount',
  'memo',
  'bankSerial',
  'skipRows',
  'summaryRows',
  'requiresSummary',
] as const;
export type MappingField = (typeof MAPPING_FIELDS)[number];
export type Mapping = Readonly<Record<MappingField, string>>;

const TAB_NAME = 'tab';
const TABLE = { skipRows: [], summaryRows: [], requiresSummary: false, facts: [] };

/** `{ index: 3 }` → `#3`, `{ name: '余额' }` → `余额`. */
const columnText = (column: Column | null | undefined): string => {
  if (!column) return '';
  return 'index' in column ? `#${String(column.index)}` : column.name;
};

const columnOf = (text: string): Column | null => {
  const [, index] = /^[#＃](\d{1,3})$/.exec(text) ?? [];
  if (index !== undefined) return { index: Number(index) };
  return text === '' ? null : { name: text };
};

/** Blanks part no words: a bank writes `贷 Cr`. */
const wordsOf = (text: string): string[] =>
  text
    .split(/[,，、;；\n]+/)
    .map((word) => word.trim())
    .filter(Boolean);

/** The definition as it stands in the form; a beginning where there is none. */
export const mappingOf = (definition: string | null): Mapping => {
  const given = parsed(definition);
  const { amount } = given;
  return {
    format: given.format,
    encoding: given.encoding ?? 'auto',
    delimiter: given.delimiter === '\t' ? TAB_NAME : (given.delimiter ?? ','),
    day: columnText(given.day),
    kind: amount?.kind ?? 'signed',
    amount: amount && 'amount' in amount ? columnText(amount.amount) : '',
    credit: amount?.kind === 'pair' ? columnText(amount.credit) : '',
    debit: amount?.kind === 'pair' ? columnText(amount.debit) : '',
    flag: amount?.kind === 'flag' ? columnText(amount.flag) : '',
    creditWords: amount?.kind === 'flag' ? amount.creditWords.join('、') : '贷、收入',
    debitWords: amount?.kind === 'flag' ? amount.debitWords.join('、') : '借、支出',
    balance: columnText(given.balance),
    counterparty: columnText(given.counterparty),
    counterpartyAccount: columnText(given.counterpartyAccount),
    memo: (given.memo ?? []).map(columnText).join('、'),
    bankSerial: columnText(given.bankSerial),
    skipRows: (given.skipRows ?? []).join('、'),
    summaryRows: (given.summaryRows ?? []).join('、'),
    requiresSummary: given.requiresSummary ? 'on' : '',
  };
};

/** The form as a definition; `before` keeps what the form does not show. The server says which place is wrong. */
export const definitionOf = (mapping: Mapping, before: string | null): string => {
  if (mapping.format === 'camt053') return JSON.stringify({ format: 'camt053' });
  const { facts, ...kept } = { ...TABLE, ...parsed(before) };
  const delimiter = mapping.delimiter === TAB_NAME ? '\t' : mapping.delimiter;
  return JSON.stringify({
    ...notShown(kept),
    format: mapping.format,
    ...(mapping.format === 'csv' ? { encoding: mapping.encoding, delimiter } : {}),
    day: columnOf(mapping.day),
    amount: amountOf(mapping, kept.amount),
    balance: columnOf(mapping.balance),
    counterparty: columnOf(mapping.counterparty),
    counterpartyAccount: columnOf(mapping.counterpartyAccount),
    memo: wordsOf(mapping.memo).map(columnOf),
    bankSerial: columnOf(mapping.bankSerial),
    skipRows: wordsOf(mapping.skipRows),
    summaryRows: wordsOf(mapping.summaryRows),
    requiresSummary: mapping.requiresSummary === 'on',
    facts,
  });
};

/** Columns of payer and payee, currency and own account, and whatever a later profile may say. */
const notShown = (kept: object): object =>
  Object.fromEntries(Object.entries(kept).filter(([name]) => !SHOWN.has(name) && !CSV_ONLY.has(name)));

const SHOWN: ReadonlySet<string> = new Set<string>(MAPPING_FIELDS);
const CSV_ONLY: ReadonlySet<string> = new Set(['encoding', 'delimiter']);

const amountOf = (mapping: Mapping, before: Definition['amount']): object => {
  if (mapping.kind === 'pair') {
    const kept = before?.kind === 'pair' ? before : {};
    return { ...kept, kind: 'pair', credit: columnOf(mapping.credit), debit: columnOf(mapping.debit) };
  }
  if (mapping.kind === 'signed') return { kind: 'signed', amount: columnOf(mapping.amount) };
  return {
    kind: 'flag',
    amount: columnOf(mapping.amount),
    flag: columnOf(mapping.flag),
    creditWords: wordsOf(mapping.creditWords),
    debitWords: wordsOf(mapping.debitWords),
  };
};

const parsed = (definition: string | null): Definition => {
  try {
    const value: unknown = JSON.parse(definition ?? '');
    if (typeof value === 'object' && value !== null && 'format' in value) return value as Definition;
  } catch {
    // None yet: the form begins empty.
  }
  return { format: 'csv' };
};

/** `definition.amount.credit` → `credit`: the field of the form that the server means. */
export const fieldOfPath = (path: string | null | undefined): MappingField | null => {
  const last = lastOf((path ?? '').split('.').filter((part) => !/^\d*$|^name$|^index$/.test(part)));
  return MAPPING_FIELDS.find((field) => field === last) ?? null;
};
