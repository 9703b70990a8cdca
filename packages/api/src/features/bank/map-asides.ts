import { cleanText, parseFen } from './amounts.rules.js';
import { foreignCurrencyOf, isYuan } from './currency.rules.js';
import type { Places } from './find-columns.js';
import { foreignFault } from './find-columns.js';
import type { RawRow, StatementFacts } from './formats/raw-rows.js';
import { StatementFault } from './formats/statement-fault.js';
import { isRowOfLabels, readBelow, readFacts } from './map-facts.js';
import type { TableProfile } from './profiles.rules.js';
import { MOST_SHOWN } from './row-amounts.rules.js';
import { RowSums } from './row-sums.rules.js';

/** A note is short and has no more cells: what is longer may be lines that lost their ends. */
const MOST_NOTE_CELLS = 3;
const MOST_NOTE_CHARACTERS = 400;
/** What is meant as a day, whether the calendar has it or not. */
const LIKE_A_DAY = /^["'=]*(?:(?:19|20)\d{2}[-/.年]\s?\d{1,2}[-/.月]\s?\d{1,2}|(?:19|20)\d{6}(?:\D|\d{6}|$))/;
const CURRENCY_LABEL = /^(?:账户)?(?:币种|币别|货币)(?:名称|种类)?[\s:]*(.*)$/;

/** The rows of a table that are no lines: preamble, notes, totals, labels with their values below. */
export class Asides {
  readonly #profile: TableProfile;
  readonly facts: StatementFacts = {};
  readonly sums = new RowSums();
  /** The row before, where it held labels and nothing else. */
  #labels: readonly string[] | null = null;
  #notes = 0;
  #firstNote = '';
  isSummedUp = false;

  constructor(profile: TableProfile) {
    this.#profile = profile;
  }

  notes(): string[] {
    return this.#notes === 0 ? [] : [`${this.#notes} 行是说明，没有当作流水：${this.#firstNote}`];
  }

  /** A row above the header. Throws where it names another currency. */
  preamble({ cells, lineNo }: RawRow): void {
    for (const [at, cell] of cells.entries()) {
      const rest = CURRENCY_LABEL.exec(cleanText(cell).normalize('NFKC'))?.[1];
      const said = rest === '' ? (cells[at + 1] ?? '') : (rest ?? '');
      if (foreignCurrencyOf(said) !== null && !isYuan(said)) throw foreignFault(said, lineNo);
    }
    if (this.#below(cells) === 0) readFacts(cells, this.#profile.facts, this.facts);
  }

  /** A row without a day between or behind the lines. Throws where it may be a line. */
  take({ cells, lineNo }: RawRow, at: Places): void {
    const { summaryRows, skipRows, facts } = this.#profile;
    const first = cleanText(cells.find((cell) => cell.trim() !== '') ?? '');
    const dayText = cleanText(cells[at.day] ?? '');
    if (LIKE_A_DAY.test(dayText.normalize('NFKC'))) throw dayInvalid(dayText, lineNo);
    const isTotals = beginsWith(first, summaryRows);
    if (isTotals) this.isSummedUp = true;
    if (this.#below(cells) > 0 || this.#labels !== null) return;
    if (isTotals) {
      readFacts(cells, facts, this.facts);
      this.sums.readTotals({ cells, first, at }, this.facts);
      return;
    }
    if (beginsWith(first, skipRows)) return;
    if (readFacts(cells, facts, this.facts) > 0) return;
    if (!isNote(cells, at)) throw dayInvalid(dayText || first, lineNo);
    this.#notes += 1;
    this.#firstNote ||= `第 ${lineNo} 行“${first.slice(0, MOST_SHOWN)}”`;
  }

  /** Values below labels; remembers the row where it holds labels itself. */
  #below(cells: readonly string[]): number {
    const labels = this.#labels;
    this.#labels = isRowOfLabels(cells, this.#profile.facts) ? cells : null;
    return labels && !this.#labels ? readBelow({ labels, values: cells }, this.#profile.facts, this.facts) : 0;
  }
}

/** `人民币合计` is a row of 合计, too; a word of one character stands at the beginning. */
function beginsWith(first: string, words: readonly string[]): boolean {
  return words.some((word) => first.startsWith(word) || (word.length > 1 && first.includes(word)));
}

/** Words in few cells, none of them where a line has its money. */
function isNote(cells: readonly string[], at: Places): boolean {
  const filled = cells.filter((cell) => cell.trim() !== '');
  const characters = filled.reduce((sum, cell) => sum + cell.length, 0);
  const hasMoney = [...at.amount.places, at.balance].some((place) => typeof parseFen(cells[place] ?? '') === 'number');
  return (
    !hasMoney &&
    filled.length <= MOST_NOTE_CELLS &&
    characters <= MOST_NOTE_CHARACTERS &&
    /^[^\d\s"]/.test(filled[0]?.trim() ?? '') &&
    !filled.some((cell) => /[\r\n\t]/.test(cell.trim()) || typeof parseFen(cell) === 'number')
  );
}

function dayInvalid(text: string, lineNo: number): StatementFault {
  const shown = text.slice(0, MOST_SHOWN);
  const message = `看不懂日期“${shown}”，请检查模板的日期列，或把这类行设为跳过。`;
  return new StatementFault('DAY_INVALID', message, lineNo);
}
