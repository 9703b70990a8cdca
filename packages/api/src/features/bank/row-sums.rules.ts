import { parseFen } from './amounts.rules.js';
import type { Places } from './find-columns.js';
import type { StatementFacts } from './formats/raw-rows.js';
import type { RowAmount } from './row-amounts.rules.js';

/** Sums of what came and what went: by the sign of each line, and by the column in which a bank counts it. */
interface Sums {
  readonly came: number;
  readonly went: number;
  readonly credit: number;
  readonly debit: number;
}

const NOTHING: Sums = { came: 0, went: 0, credit: 0, debit: 0 };

/** What the lines of a table add up to so far, to tell a page's totals from the whole's. */
export class RowSums {
  #whole = NOTHING;
  #atLastTotals = NOTHING;

  add({ amountFen, isRed }: RowAmount): void {
    const { came, went, credit, debit } = this.#whole;
    const isCredit = amountFen > 0 !== isRed;
    this.#whole = {
      came: amountFen > 0 ? came + amountFen : came,
      went: amountFen > 0 ? went : went - amountFen,
      credit: isCredit ? credit + amountFen : credit,
      debit: isCredit ? debit : debit - amountFen,
    };
  }

  /** A row of totals as facts; those of a page that agree with its lines are done with. */
  readTotals(row: { cells: readonly string[]; first: string; at: Places }, facts: StatementFacts): void {
    const page = less(this.#whole, this.#atLastTotals);
    const isLater = this.#atLastTotals !== NOTHING;
    this.#atLastTotals = this.#whole;
    const { cells, at } = row;
    if (!at.totals) {
      this.#readTurnover(parseFen(cells[at.turnover] ?? ''), { first: row.first, page, isLater }, facts);
      return;
    }
    const creditFen = numberOf(cells[at.totals.credit]);
    const debitFen = numberOf(cells[at.totals.debit]);
    if (isLater && isOneOf(creditFen, [page.credit, page.came]) && isOneOf(debitFen, [page.debit, page.went])) {
      delete facts.creditFen;
      delete facts.debitFen;
      return;
    }
    if (creditFen !== undefined) facts.creditFen = creditFen;
    if (debitFen !== undefined) facts.debitFen = debitFen === 0 ? 0 : at.totals.debitSign * debitFen;
  }

  #readTurnover(
    said: number | null | undefined,
    { first, page, isLater }: { first: string; page: Sums; isLater: boolean },
    facts: StatementFacts,
  ): void {
    if (typeof said !== 'number') return;
    const isCredit = /贷|收入|转入|存入/.test(first);
    const isDebit = /借|支出|转出|支取/.test(first);
    if (isCredit !== isDebit) {
      facts[isCredit ? 'creditFen' : 'debitFen'] = said;
    } else if (isLater && isOneOf(Math.abs(said), [page.came + page.went, Math.abs(page.came - page.went)])) {
      delete facts.turnoverFen;
    } else facts.turnoverFen = said;
  }
}

function less(whole: Sums, part: Sums): Sums {
  return {
    came: whole.came - part.came,
    went: whole.went - part.went,
    credit: whole.credit - part.credit,
    debit: whole.debit - part.debit,
  };
}

function numberOf(cell: string | undefined): number | undefined {
  return parseFen(cell ?? '') ?? undefined;
}

function isOneOf(said: number | undefined, sums: readonly number[]): boolean {
  return said === undefined || sums.some((sum) => Math.abs(sum) === Math.abs(said));
}
