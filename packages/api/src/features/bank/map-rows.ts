import { cleanText, parseDay, parseFen } from './amounts.rules.js';
import type { RawRow, StatementFacts } from './formats/raw-rows.js';
import { StatementFault } from './formats/statement-fault.js';
import { readFacts } from './map-facts.js';
import { type ColumnRef, type TableProfile, columnsOf } from './profiles.rules.js';
import type { StatementLine } from './statement-lines.js';

/** Bounds how far a header is looked for: preambles of banks have some ten rows. */
const MOST_PREAMBLE_ROWS = 50;
/** Shown in a refusal, so that the person finds the cell. */
const MOST_SHOWN = 20;

interface Places {
  readonly day: number;
  readonly amount: (cells: readonly string[], lineNo: number) => number;
  readonly balance: number;
  readonly counterparty: number;
  readonly counterpartyAccount: number;
  readonly bankSerial: number;
  readonly memo: readonly number[];
  /** The columns of credit and debit, which a row of totals sums; null where there is one column for both. */
  readonly totals: { readonly credit: number; readonly debit: number } | null;
  /** A line with fewer cells was cut off. */
  readonly leastCells: number;
}

/** Makes lines of rows by a profile: header found by its names, preamble, notes and summaries told from lines by rule. */
export class RowMapper {
  readonly #profile: TableProfile;
  readonly #hasHeader: boolean;
  readonly #facts: StatementFacts = {};
  #places: Places | null;
  #header: string | null = null;
  #seen = 0;
  #lineCount = 0;
  #zeroCount = 0;
  #isSummedUp = false;
  #lastDayText = '';
  #lastDay: string | undefined;

  constructor(profile: TableProfile) {
    this.#profile = profile;
    this.#hasHeader = columnsOf(profile).some((column) => 'name' in column);
    this.#places = this.#hasHeader ? null : placesOf(profile, []);
  }

  /** The lines among these rows. Throws a fault that names the row. */
  map(rows: readonly RawRow[]): StatementLine[] {
    const lines: StatementLine[] = [];
    for (const row of rows) {
      this.#seen += 1;
      const line = this.#places ? this.#lineOf(row, this.#places) : this.#preamble(row);
      if (line) lines.push(line);
    }
    return lines;
  }

  /** What preamble and summary said. Throws where the profile wants more. */
  finish(): StatementFacts {
    if (!this.#places) throw headerMissing(this.#profile, null);
    if (this.#profile.requiresSummary && !this.#isSummedUp) {
      const word = this.#profile.summaryRows[0] ?? '合计';
      const text = `文件末尾没有“${word}”行，文件可能被截断，请重新下载完整的文件。`;
      throw new StatementFault('SUMMARY_MISSING', text);
    }
    return this.#facts;
  }

  notes(): string[] {
    return this.#zeroCount === 0 ? [] : [`${this.#zeroCount} 行金额为 0，不入账。`];
  }

  #preamble(row: RawRow): null {
    const names = row.cells.map(headerName);
    this.#places = placesOf(this.#profile, names);
    if (this.#places) {
      refuseDoubled(this.#profile, { names, lineNo: row.lineNo });
      this.#header = row.cells.join('\t');
      // A sheet leaves empty cells at the end of a row out; a CSV does not: what is narrower than its header was cut off.
      if (this.#profile.format === 'csv') {
        const width = names.findLastIndex((name) => name !== '') + 1;
        this.#places = { ...this.#places, leastCells: Math.max(this.#places.leastCells, width) };
      }
    } else readFacts(row.cells, this.#profile.facts, this.#facts);
    if (!this.#places && this.#seen >= MOST_PREAMBLE_ROWS) throw headerMissing(this.#profile, row.lineNo);
    return null;
  }

  #lineOf(row: RawRow, at: Places): StatementLine | null {
    const { cells, lineNo } = row;
    const dayText = cells[at.day] ?? '';
    // Lines of one day follow each other: a text that was just understood is not read again.
    if (dayText !== this.#lastDayText) {
      this.#lastDay = parseDay(cleanText(dayText));
      this.#lastDayText = dayText;
    }
    const day = this.#lastDay;
    if (day === undefined) {
      this.#aside(row, at);
      return null;
    }
    if (cells.length < at.leastCells) {
      throw new StatementFault('ROW_TOO_SHORT', '这一行的列数不够，文件可能被截断，请重新下载完整的文件。', lineNo);
    }
    const amountFen = at.amount(cells, lineNo);
    this.#isSummedUp = false;
    this.#lineCount += 1;
    if (amountFen === 0) {
      this.#zeroCount += 1;
      return null;
    }
    return {
      lineNo,
      day,
      amountFen,
      balanceFen: at.balance < 0 ? null : fenOf(cells[at.balance] ?? '', '余额', lineNo),
      counterparty: cleanText(cells[at.counterparty] ?? ''),
      counterpartyAccount: cleanText(cells[at.counterpartyAccount] ?? ''),
      memo: memoOf(cells, at.memo),
      bankSerial: cleanText(cells[at.bankSerial] ?? ''),
    };
  }

  /** A row without a day: blank, the header once more, a summary, a note; all else is refused. */
  #aside({ cells, lineNo }: RawRow, at: Places): void {
    const { summaryRows, skipRows, facts } = this.#profile;
    const first = cells.find((cell) => cell.trim() !== '')?.trim();
    if (first === undefined || cells.join('\t') === this.#header) return;
    if (summaryRows.some((word) => first.startsWith(word))) {
      readFacts(cells, facts, this.#facts);
      readTotals(cells, at.totals, this.#facts);
      this.#isSummedUp = true;
      return;
    }
    if (skipRows.some((word) => first.startsWith(word))) return;
    if (readFacts(cells, facts, this.#facts) > 0) return;
    if (!this.#hasHeader && this.#lineCount === 0 && this.#seen <= MOST_PREAMBLE_ROWS) return;
    const shown = (cells[at.day]?.trim() || first).slice(0, MOST_SHOWN);
    throw new StatementFault('DAY_INVALID', `看不懂日期“${shown}”，请检查模板的日期列，或把这类行设为跳过。`, lineNo);
  }
}

/** Which of two columns of one name is meant, nobody could say: it is money that would be read from the wrong one. */
function refuseDoubled(profile: TableProfile, header: { names: readonly string[]; lineNo: number }): void {
  const { names, lineNo } = header;
  for (const column of columnsOf(profile)) {
    if (!('name' in column)) continue;
    const wanted = headerName(column.name);
    if (names.indexOf(wanted) === names.lastIndexOf(wanted)) continue;
    const text = `表头里有两列都叫“${column.name}”，分不清该读哪一列，请在模板里改用列号。`;
    throw new StatementFault('COLUMN_DOUBLED', text, lineNo);
  }
}

function headerMissing(profile: TableProfile, lineNo: number | null): StatementFault {
  const names = columnsOf(profile).flatMap((column) => ('name' in column ? [column.name] : []));
  const text = `没有找到含有“${[...new Set(names)].join('、')}”的表头，请检查编码、分隔符，或换一个模板。`;
  return new StatementFault('HEADER_MISSING', text, lineNo);
}

/** `交易金额（元）` and `交易金额` are one name. */
function headerName(cell: string): string {
  return cell
    .normalize('NFKC')
    .replace(/\s/g, '')
    .replace(/\((?:元|人民币|RMB|CNY)\)$/i, '');
}

/** Where the profile's columns stand; null when one of its names is not among these. */
function placesOf(profile: TableProfile, names: readonly string[]): Places | null {
  const place = (column: ColumnRef | null): number => {
    if (!column) return -1;
    return 'index' in column ? column.index - 1 : names.indexOf(headerName(column.name));
  };
  if (columnsOf(profile).some((column) => place(column) < 0)) return null;
  const day = place(profile.day);
  const balance = place(profile.balance);
  const amount = amountReader(profile, place);
  return {
    ...{ day, balance },
    amount: amount.read,
    totals:
      profile.amount.kind === 'pair'
        ? { credit: place(profile.amount.credit), debit: place(profile.amount.debit) }
        : null,
    counterparty: place(profile.counterparty),
    counterpartyAccount: place(profile.counterpartyAccount),
    bankSerial: place(profile.bankSerial),
    memo: profile.memo.map(place),
    leastCells: Math.max(day, balance, ...amount.places) + 1,
  };
}

function amountReader(
  { amount: kind }: TableProfile,
  place: (column: ColumnRef) => number,
): { places: number[]; read: Places['amount'] } {
  if (kind.kind === 'signed') {
    const at = place(kind.amount);
    return { places: [at], read: (cells, lineNo) => fenOf(cells[at] ?? '', '金额', lineNo) ?? missing(lineNo) };
  }
  if (kind.kind === 'pair') {
    const [credit, debit] = [place(kind.credit), place(kind.debit)];
    return {
      places: [credit, debit],
      read: (cells, lineNo) => pairOf(cells[credit] ?? '', cells[debit] ?? '', lineNo),
    };
  }
  const [at, flag] = [place(kind.amount), place(kind.flag)];
  const signs = new Map([
    ...kind.creditWords.map((word) => [word, 1] as const),
    ...kind.debitWords.map((word) => [word, -1] as const),
  ]);
  return {
    places: [at, flag],
    read: (cells, lineNo) => {
      const word = cells[flag] ?? '';
      const sign = signs.get(word) ?? signs.get(cleanText(word).normalize('NFKC'));
      if (sign === undefined) {
        const shown = word.slice(0, MOST_SHOWN);
        throw new StatementFault('FLAG_UNKNOWN', `看不懂借贷标志“${shown}”，请在模板里补上这个写法。`, lineNo);
      }
      const amountFen = fenOf(cells[at] ?? '', '金额', lineNo) ?? missing(lineNo);
      return amountFen === 0 ? 0 : sign * amountFen;
    },
  };
}

function pairOf(creditText: string, debitText: string, lineNo: number): number {
  const creditFen = fenOf(creditText, '贷方金额', lineNo);
  const debitFen = fenOf(debitText, '借方金额', lineNo);
  if (creditFen === null && debitFen === null) return missing(lineNo);
  if ((creditFen ?? 0) !== 0 && (debitFen ?? 0) !== 0) {
    throw new StatementFault('AMOUNT_INVALID', '借方和贷方都有金额，分不清是收是支，请检查模板的金额列。', lineNo);
  }
  return (creditFen ?? 0) - (debitFen ?? 0);
}

function missing(lineNo: number): never {
  throw new StatementFault('AMOUNT_MISSING', '没有金额，文件可能不完整，请检查模板的金额列。', lineNo);
}

function fenOf(cell: string, name: string, lineNo: number): number | null {
  const amountFen = cell === '' ? null : parseFen(cell);
  if (amountFen !== undefined) return amountFen;
  const shown = cell.slice(0, MOST_SHOWN);
  throw new StatementFault('AMOUNT_INVALID', `看不懂${name}“${shown}”，最多两位小数，请检查这一格。`, lineNo);
}

function memoOf(cells: readonly string[], places: readonly number[]): string {
  let memo = '';
  for (const place of places) {
    const text = cleanText(cells[place] ?? '');
    if (text !== '') memo += memo === '' ? text : ` ${text}`;
  }
  return memo;
}

/** A summary row's own columns of amounts. Of several (each page, then the whole) the last one counts. */
function readTotals(cells: readonly string[], at: Places['totals'], facts: StatementFacts): void {
  if (!at) return;
  const creditFen = parseFen(cells[at.credit] ?? '');
  const debitFen = parseFen(cells[at.debit] ?? '');
  if (typeof creditFen === 'number') facts.creditFen = creditFen;
  if (typeof debitFen === 'number') facts.debitFen = debitFen;
}
