import { cleanText, lineText, parseDay } from './amounts.rules.js';
import { isYuan } from './currency.rules.js';
import {
  type Places,
  foreignFault,
  headerMissing,
  headerName,
  placesOf,
  refuseDoubled,
  refuseForeignUnit,
} from './find-columns.js';
import type { RawRow, StatementFacts } from './formats/raw-rows.js';
import { StatementFault } from './formats/statement-fault.js';
import { Asides } from './map-asides.js';
import { type TableProfile, columnsOf } from './profiles.rules.js';
import { type RowAmount, fenOf } from './row-amounts.rules.js';
import { RowFaults } from './row-faults.js';
import { RowWidths } from './row-widths.rules.js';
import type { StatementLine } from './statement-lines.js';

/** Bounds how far a header is looked for: preambles of banks have some ten rows. */
const MOST_PREAMBLE_ROWS = 50;

/**
 * Makes lines of rows by a profile: header found by its names, preamble, notes and summaries told from lines by rule. A
 * strange row is kept as a fault and reading goes on; the end throws them all.
 */
export class RowMapper {
  readonly #profile: TableProfile;
  readonly #hasHeader: boolean;
  readonly #asides: Asides;
  readonly #faults = new RowFaults();
  readonly #widths = new RowWidths();
  #places: Places | null;
  /** Those of the sheet before, while this one's header has not come. */
  #placesBefore: Places | null = null;
  #sheet: string | undefined;
  #sheetsRead: string[] = [];
  #header: string | null = null;
  #seen = 0;
  #lineCount = 0;
  #zeroCount = 0;
  #lastDayText = '';
  #lastDay: string | undefined;
  #lastCurrency = '';
  #ownAccount = '';

  constructor(profile: TableProfile) {
    this.#profile = profile;
    this.#asides = new Asides(profile);
    this.#hasHeader = columnsOf(profile).some((column) => 'name' in column);
    this.#places = this.#hasHeader ? null : placesOf(profile, []);
  }

  /** The lines among these rows. Throws where the file as a whole cannot be read; a row's fault waits for the end. */
  map(rows: readonly RawRow[]): StatementLine[] {
    const lines: StatementLine[] = [];
    for (const row of rows) {
      if (row.sheet !== this.#sheet) this.#turnSheet(row.sheet);
      this.#seen += 1;
      if (!this.#places) {
        this.#preamble(row);
        continue;
      }
      try {
        const line = this.#lineOf(row, this.#places);
        if (line) lines.push(line);
      } catch (error) {
        if (!(error instanceof StatementFault)) throw error;
        this.#faults.add(error, this.#sheetsRead.length > 1 ? (this.#sheet ?? null) : null);
      }
    }
    return lines;
  }

  /** What preamble and summary said. Throws where a row was strange, or the profile wants more. */
  finish(): StatementFacts {
    this.#faults.throwAll();
    if (!this.#places && !this.#placesBefore) throw headerMissing(this.#profile, null);
    if (this.#profile.requiresSummary && !this.#asides.isSummedUp) {
      const word = this.#profile.summaryRows[0] ?? '合计';
      const text = `文件末尾没有“${word}”行，文件可能被截断，请重新下载完整的文件。`;
      throw new StatementFault('SUMMARY_MISSING', text);
    }
    const { facts } = this.#asides;
    if (this.#ownAccount !== '') facts.accountNumber ??= this.#ownAccount;
    return facts;
  }

  notes(): string[] {
    const zeros = this.#zeroCount === 0 ? [] : [`${this.#zeroCount} 行金额为 0，不入账。`];
    const sheets =
      this.#sheetsRead.length < 2
        ? []
        : [`读取了 ${this.#sheetsRead.length} 张工作表：${this.#sheetsRead.join('、')}，请核对它们没有重复。`];
    return [...zeros, ...sheets, ...this.#asides.notes(), ...this.#widths.notes()];
  }

  #turnSheet(sheet: string | undefined): void {
    this.#sheet = sheet;
    this.#seen = 0;
    if (!this.#hasHeader) return;
    this.#placesBefore = this.#places ?? this.#placesBefore;
    this.#places = null;
  }

  #preamble(row: RawRow): void {
    const names = row.cells.map((cell) => headerName(cleanText(cell)));
    const places = placesOf(this.#profile, names);
    if (!places) {
      if (this.#placesBefore) refuseSecondTable(row, this.#placesBefore);
      // A cover sheet may be long; the header stands on another one.
      else if (row.sheet === undefined && this.#seen >= MOST_PREAMBLE_ROWS)
        throw headerMissing(this.#profile, row.lineNo);
      if (!this.#placesBefore) this.#asides.preamble(row);
      return;
    }
    refuseDoubled(this.#profile, { names, lineNo: row.lineNo });
    refuseForeignUnit(places, { names, lineNo: row.lineNo });
    const { accountNumber: _known, ...totals } = this.#asides.facts;
    if (this.#placesBefore && (Object.keys(totals).length > 0 || this.#asides.isSummedUp)) throw severalSheets(row);
    if (row.sheet !== undefined) this.#sheetsRead.push(row.sheet);
    this.#places = places;
    this.#header = row.cells.join('\t');
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
    this.#widths.check(row, at);
    this.#checkCurrency(row, at);
    const amount = at.amount.read(cells, lineNo);
    const { amountFen } = amount;
    this.#asides.isSummedUp = false;
    this.#lineCount += 1;
    this.#checkOwnAccount(row, { at, amount });
    if (amountFen === 0) {
      this.#zeroCount += 1;
      return null;
    }
    this.#asides.sums.add(amount);
    const other = amountFen > 0 ? at.payer : at.payee;
    return {
      lineNo,
      day,
      amountFen,
      ...(amount.isRed ? { isRed: true } : {}),
      balanceFen: at.balance < 0 ? null : fenOf(cells[at.balance] ?? '', '余额', lineNo),
      counterparty: lineText(cells[at.counterparty] ?? cells[other.name]),
      counterpartyAccount: lineText(cells[at.counterpartyAccount] ?? cells[other.account]),
      memo: memoOf(cells, at.memo),
      bankSerial: lineText(cells[at.bankSerial]),
    };
  }

  /** A row without a day: blank, the header once more, a summary, a note; all else is refused. */
  #aside(row: RawRow, at: Places): void {
    const { cells } = row;
    if (cells.every((cell) => cell.trim() === '') || cells.join('\t') === this.#header) return;
    if (!this.#hasHeader && this.#lineCount === 0 && this.#seen <= MOST_PREAMBLE_ROWS) this.#asides.preamble(row);
    else this.#asides.take(row, at);
  }

  #checkCurrency({ cells, lineNo }: RawRow, at: Places): void {
    for (const place of at.currencies) {
      const cell = cells[place] ?? '';
      if (cell === this.#lastCurrency) continue;
      if (!isYuan(cleanText(cell))) throw foreignFault(cleanText(cell), lineNo);
      this.#lastCurrency = cell;
    }
  }

  /** All rows are of one account: its number stands in a column of its own, or with payer or payee. */
  #checkOwnAccount({ cells, lineNo }: RawRow, { at, amount }: { at: Places; amount: RowAmount }): void {
    const own = at.ownAccount >= 0 ? at.ownAccount : (amount.amountFen > 0 ? at.payee : at.payer).account;
    const number = own < 0 ? '' : cleanText(cells[own] ?? '').replace(/[^\d*]/g, '');
    if (number === '' || number === this.#ownAccount) return;
    if (this.#ownAccount !== '') {
      const text = '这一行是另一个账户的，与前面的行不同，请只导出一个账户的明细，或检查模板的收付款列。';
      throw new StatementFault('SEVERAL_ACCOUNTS', text, lineNo);
    }
    this.#ownAccount = number;
  }
}

/** A later sheet without the header: nobody can tell whether its rows are lines. */
function refuseSecondTable(row: RawRow, at: Places): void {
  const isDay = parseDay(cleanText(row.cells[at.day] ?? '')) !== undefined;
  const hasMoney = at.amount.places.some((place) => /\d/.test(row.cells[place] ?? ''));
  if (isDay && hasMoney) throw severalSheets(row);
}

function severalSheets({ sheet, lineNo }: RawRow): StatementFault {
  const text = `不止一张工作表有流水（还有“${sheet ?? ''}”），请把每张工作表另存为一个文件，分别导入。`;
  return new StatementFault('SEVERAL_SHEETS', text, lineNo);
}

function memoOf(cells: readonly string[], places: readonly number[]): string {
  let memo = '';
  for (const place of places) {
    const text = lineText(cells[place]);
    if (text !== '') memo += memo === '' ? text : ` ${text}`;
  }
  return memo;
}
