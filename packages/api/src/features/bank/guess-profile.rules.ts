import { cleanText, parseDay, parseFen } from './amounts.rules.js';
import { StatementCheck } from './checks.rules.js';
import { headerName } from './find-columns.js';
import { StatementFault } from './formats/statement-fault.js';
import { CREDIT_WORDS, DEBIT_WORDS, HEADER_WORDS } from './guess-words.data.js';
import { RowMapper } from './map-rows.js';
import type { ColumnRef, TableProfile } from './profiles.rules.js';
import { directionReader } from './row-amounts.rules.js';

/** A header stands near the beginning. */
const MOST_PREAMBLE_ROWS = 50;
/** Lines that a guess is tried on. */
const MOST_SAMPLE_ROWS = 400;
const MOST_MEMOS = 4;
const MOST_NAME = 40;

type Rows = readonly (readonly string[])[];
type Form = { readonly format: 'csv' | 'xlsx'; readonly delimiter: ',' | '\t' | ';' | '|' };

export interface Guess {
  readonly profile: TableProfile;
  /** In Chinese: what the file leaves open, and a person must look at before it is used. */
  readonly questions: readonly string[];
}

/**
 * A table's profile out of its header's names and its first lines, for a person to look at and correct; null when no row
 * looks like a header, or when what came and what went cannot be told apart.
 */
export function guessProfile(rows: Rows, file: Form): TableProfile | null {
  const guess = guessLayout(rows, file);
  return guess?.questions.length === 0 ? guess.profile : null;
}

/** As `guessProfile`, with what is open: each way to read the amounts is tried on the lines, and what ties is taken. */
export function guessLayout(rows: Rows, file: Form): Guess | null {
  for (const [at, cells] of rows.slice(0, MOST_PREAMBLE_ROWS).entries()) {
    const header = new Header(cells);
    const sample = rows.slice(at, at + MOST_SAMPLE_ROWS);
    const tried = candidatesOf(header, sample.slice(1), file).map((profile) => tryOut(profile, sample));
    const [best] = tried.sort((a, b) => b.score - a.score);
    if (best) return { profile: best.profile, questions: questionsOf(best) };
  }
  return null;
}

/** A header's names, and what each column may be. */
class Header {
  readonly cells: readonly string[];
  readonly names: readonly string[];

  constructor(cells: readonly string[]) {
    this.cells = cells.map(cleanText);
    this.names = this.cells.map((cell) => headerName(cell.normalize('NFKC').replace(/\[[^\]]*\]$/, '')));
  }

  /** A column by its name; by its number where the name is long or stands twice. */
  ref(at: number): ColumnRef {
    const name = (this.cells[at] ?? '').replace(/\s/g, '');
    const isAlone = this.cells.filter((cell) => headerName(cell) === headerName(name)).length === 1;
    return isAlone && name.length <= MOST_NAME ? { name } : { index: at + 1 };
  }

  refOrNull(at: number | undefined): ColumnRef | null {
    return at === undefined ? null : this.ref(at);
  }

  /** Columns whose names these words fit, the more telling words first. */
  all(words: readonly RegExp[], isLeftOut: (name: string) => boolean = () => false): number[] {
    const found = words.flatMap((word) =>
      this.names.flatMap((name, at) => (name !== '' && word.test(name) && !isLeftOut(name) ? [at] : [])),
    );
    return [...new Set(found)];
  }
}

function candidatesOf(header: Header, lines: Rows, file: Form): TableProfile[] {
  const days = header.all(HEADER_WORDS.day).filter((at) => holdsDays(lines, at) || lines.length === 0);
  const amounts = amountsOf(header, lines);
  if (days.length === 0 || amounts.length === 0) return [];
  const balances = [...header.all(HEADER_WORDS.balance).map((at) => header.ref(at)), null];
  const form =
    file.format === 'csv'
      ? { format: 'csv' as const, encoding: 'auto' as const, delimiter: file.delimiter }
      : { format: 'xlsx' as const };
  const texts = textsOf(header);
  return days
    .slice(0, 2)
    .flatMap((day) =>
      amounts.flatMap((amount) =>
        balances.slice(-3).map((balance) => ({ ...form, day: header.ref(day), amount, balance, ...texts })),
      ),
    );
}

function holdsDays(lines: Rows, at: number): boolean {
  return lines.some((cells) => parseDay(cleanText(cells[at] ?? '')) !== undefined);
}

function textsOf(
  header: Header,
): Omit<TableProfile, 'format' | 'encoding' | 'delimiter' | 'day' | 'amount' | 'balance'> {
  const { payer, payerAccount, payee, payeeAccount } = HEADER_WORDS;
  const one = (words: readonly RegExp[]): ColumnRef | null => header.refOrNull(header.all(words)[0]);
  const parties = { payer: one([payer]), payee: one([payee]) };
  const hasParties = parties.payer !== null && parties.payee !== null;
  return {
    counterparty: hasParties ? null : (one(HEADER_WORDS.counterparty) ?? parties.payer ?? parties.payee),
    counterpartyAccount: hasParties ? null : one(HEADER_WORDS.counterpartyAccount),
    ...(hasParties ? { ...parties, payerAccount: one([payerAccount]), payeeAccount: one([payeeAccount]) } : {}),
    memo: header
      .all(HEADER_WORDS.memo)
      .slice(0, MOST_MEMOS)
      .map((at) => header.ref(at)),
    bankSerial: one(HEADER_WORDS.bankSerial),
    skipRows: [],
    summaryRows: ['合计', '总计', '小计', '累计'],
    requiresSummary: false,
    facts: [
      { label: '期初余额', is: 'openingFen' },
      { label: '期末余额', is: 'closingFen' },
    ],
  };
}

/** All ways in which the header lets amounts be read, the likeliest first. */
function amountsOf(header: Header, lines: Rows): TableProfile['amount'][] {
  const isNone = (name: string): boolean => HEADER_WORDS.noMoney.test(name) || HEADER_WORDS.flag.test(name);
  const credits = header.all(HEADER_WORDS.credit, isNone);
  const debits = header.all(HEADER_WORDS.debit, isNone);
  const pairs = credits.flatMap((credit) => {
    const like = debits.filter((debit) => bare(header.names[debit]) === bare(header.names[credit]));
    return (like.length > 0 ? like : debits).filter((debit) => debit !== credit).map((debit) => ({ credit, debit }));
  });
  const inPairs = pairs.flatMap(({ credit, debit }) => [credit, debit]);
  const amounts = header.all(HEADER_WORDS.amount, isNone).filter((at) => !inPairs.includes(at));
  const flags = flagsOf(header, lines);
  const words = { creditWords: CREDIT_WORDS, debitWords: DEBIT_WORDS };
  return [
    ...pairs.flatMap(({ credit, debit }) => {
      const pair = { kind: 'pair' as const, credit: header.ref(credit), debit: header.ref(debit) };
      return [pair, { ...pair, debitIsNegative: true }];
    }),
    ...amounts.flatMap((amount) =>
      flags.map((flag) => ({
        ...{ kind: 'flag' as const, amount: header.ref(amount), flag: header.ref(flag) },
        ...words,
      })),
    ),
    ...amounts.map((amount) => ({ kind: 'signed' as const, amount: header.ref(amount) })),
  ];
}

/** `交易金额(收入)` and `交易金额(支出)` are one pair. */
function bare(name = ''): string {
  const words =
    /贷方|借方|收入|支出|转入|转出|存入|支取|取出|来账|往账|进账|出账|[贷借收支付+-]|credit|debit|deposit|withdrawal/gi;
  return name.replace(words, '');
}

/** Columns whose words tell the direction on every line, whatever their name; and those that only their name tells. */
function flagsOf(header: Header, lines: Rows): number[] {
  const signOf = directionReader(CREDIT_WORDS, DEBIT_WORDS);
  const withMoney = lines.filter((cells) => cells.filter((cell) => typeof parseFen(cell) === 'number').length > 0);
  const named = header.all([HEADER_WORDS.flag]);
  const telling = header.names.flatMap((_name, at) => {
    const words = withMoney.map((cells) => cells[at] ?? '').filter((word) => word.trim() !== '');
    const isTelling = words.length > 0 && words.every((word) => /\D/.test(word) && signOf(word) !== undefined);
    return isTelling && words.length * 2 > withMoney.length ? [at] : [];
  });
  return [...new Set([...named, ...telling])];
}

interface Tried {
  readonly profile: TableProfile;
  readonly score: number;
  readonly lineCount: number;
  readonly faultCount: number;
  readonly ties: boolean;
  readonly isOneWay: boolean;
  readonly hasRed: boolean;
}

/** Reads the lines with it. What ties is surely right; what leaves rows unread is not. */
function tryOut(profile: TableProfile, rows: Rows): Tried {
  const mapper = new RowMapper(profile);
  const check = new StatementCheck();
  let [faultCount, redCount, orderFaults] = [0, 0, 0];
  try {
    for (const line of mapper.map(rows.map((cells, at) => ({ lineNo: at + 1, cells, sheet: '' })))) {
      if (line.isRed) redCount += 1;
      if (check.add(line)) orderFaults += 1;
    }
    mapper.finish();
  } catch (error) {
    if (!(error instanceof StatementFault)) throw error;
    faultCount = Math.max(1, error.rowCount);
  }
  const { lineCount, creditCount, debitCount, hasBalances } = check;
  const chain = check.finish({});
  const ties = lineCount > 1 && hasBalances && !('code' in chain);
  const isBroken = lineCount > 1 && hasBalances && 'code' in chain;
  const { kind } = profile.amount;
  const score =
    (faultCount === 0 ? 1_000 : 0) +
    (ties ? 500 : 0) -
    (isBroken ? 300 : 0) +
    (profile.balance === null ? 0 : 20) -
    (kind === 'signed' && faultCount === 0 && debitCount === 0 ? 10 : 0) +
    (kind === 'signed' ? 0 : 40) -
    30 * Math.min(redCount, 10) -
    10 * Math.min(orderFaults, 10) +
    (lineCount > 0 ? 100 : 0);
  const isOneWay = creditCount === 0 || debitCount === 0;
  return { profile, score, lineCount, faultCount, ties, isOneWay, hasRed: redCount > 0 };
}

/** What the lines do not prove is asked, and not guessed in silence. */
function questionsOf({ profile, lineCount, faultCount, ties, isOneWay, hasRed }: Tried): string[] {
  if (lineCount === 0) return [];
  const { amount } = profile;
  const questions: string[] = [];
  if (amount.kind === 'signed' && isOneWay && !ties)
    questions.push('金额只有一列，又没有正负之分：请选择哪一列写明收支方向。');
  if (amount.kind === 'pair' && amount.debitIsNegative && !ties)
    questions.push('支出列写的是负数：请确认它们是支出，不是红字冲正。');
  if (amount.kind === 'pair' && !amount.debitIsNegative && hasRed && !ties)
    questions.push('收支两列里有负数：请确认它们是红字冲正，不是普通收支。');
  if (faultCount > 0 && amount.kind === 'flag')
    questions.push('方向列里有看不懂的写法：请补上哪些词表示收、哪些表示支。');
  return questions;
}

/** The delimiter that parts the first rows of a text into most cells. */
export function guessDelimiter(text: string): ',' | '\t' | ';' | '|' {
  const sample = text.slice(0, 8_192);
  const counts = ([',', '\t', ';', '|'] as const).map((one) => [one, sample.split(one).length] as const);
  return counts.sort((a, b) => b[1] - a[1])[0]?.[0] ?? ',';
}
