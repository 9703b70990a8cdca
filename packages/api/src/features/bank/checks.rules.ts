import type { BankSpan, NewRun } from './spans.types.js';
import type { StatementFacts } from './formats/raw-rows.js';
import { formatYuan } from '../../kernel/fen.js';

/** What is wrong with a file as a whole, and in which line it shows. */
export interface SheetFault {
  readonly code: string;
  readonly message: string;
  readonly lineNo: number | null;
}

interface CheckedLine {
  readonly lineNo: number;
  readonly day: string;
  readonly amountFen: number;
  readonly balanceFen: number | null;
  readonly isRed?: boolean;
}

/** Lines from the first day to the last, or the other way round. */
export type Direction = 'up' | 'down';

/** The sums of a file and its running balance, line by line; holds no line but the last. */
export class StatementCheck {
  lineCount = 0;
  creditCount = 0;
  creditFen = 0;
  debitCount = 0;
  debitFen = 0;
  fromDay: string | null = null;
  toDay: string | null = null;
  hasBalances = true;
  /** Of reversals in red that a bank counts in the other column: money that went, below zero among the credits; and back. */
  #redWent = { count: 0, fen: 0 };
  #redCame = { count: 0, fen: 0 };
  #first: CheckedLine | null = null;
  #last: CheckedLine | null = null;
  #byDay: Direction | null = null;
  /** The first line at which the running balance breaks when the file is read in this direction. */
  readonly #breaks: Record<Direction, number | null> = { up: null, down: null };

  /** Null, or the fault by which the file is refused at once. */
  add(line: CheckedLine): SheetFault | null {
    const last = this.#last;
    this.lineCount += 1;
    if (line.amountFen > 0) {
      this.creditCount += 1;
      this.creditFen += line.amountFen;
    } else {
      this.debitCount += 1;
      this.debitFen -= line.amountFen;
    }
    if (line.isRed) {
      const red = line.amountFen < 0 ? this.#redWent : this.#redCame;
      red.count += 1;
      red.fen += Math.abs(line.amountFen);
    }
    this.#last = line;
    if (line.balanceFen === null) this.hasBalances = false;
    if (!last) {
      this.#first = line;
      this.fromDay = this.toDay = line.day;
      return null;
    }
    if (line.day !== last.day) {
      const direction = line.day > last.day ? 'up' : 'down';
      if (this.#byDay !== null && this.#byDay !== direction) return outOfOrder(line);
      this.#byDay = direction;
      if (direction === 'up') this.toDay = line.day;
      else this.fromDay = line.day;
    }
    if (line.balanceFen === null || last.balanceFen === null) return null;
    if (last.balanceFen + line.amountFen !== line.balanceFen) this.#breaks.up ??= line.lineNo;
    if (line.balanceFen + last.amountFen !== last.balanceFen) this.#breaks.down ??= line.lineNo;
    return null;
  }

  /** By its days; within one day by its balances. */
  get direction(): Direction {
    if (this.#byDay) return this.#byDay;
    return this.#breaks.up !== null && this.#breaks.down === null ? 'down' : 'up';
  }

  /** Of the first line in time. */
  get firstLineNo(): number {
    return (this.direction === 'up' ? this.#first : this.#last)?.lineNo ?? 1;
  }

  /** Balance before the first line in time, by the lines themselves; null where they have none. */
  get openingFen(): number | null {
    const first = this.direction === 'up' ? this.#first : this.#last;
    return first?.balanceFen == null ? null : first.balanceFen - first.amountFen;
  }

  get closingFen(): number | null {
    return (this.direction === 'up' ? this.#last : this.#first)?.balanceFen ?? null;
  }

  /** Against each other and against what the file says of itself. */
  finish(facts: StatementFacts): SheetFault | Ends {
    const checks: string[] = [];
    if (this.lineCount === 0) return noLines(facts);
    const brokenAt = this.#breaks[this.direction];
    if (brokenAt !== null) {
      const message = '余额与上一行对不上，文件被改动过或缺了行，请重新下载完整的文件。';
      return { code: 'BALANCE_BROKEN', message: `第 ${brokenAt} 行：${message}`, lineNo: brokenAt };
    }
    if (this.hasBalances) checks.push('逐行余额相符');
    const totals = this.#wrongTotal(facts, checks);
    if (totals) return totals;
    return this.#ends(facts, checks);
  }

  /** By the sign of each line, or by the column in which a bank counts its reversals: what ties is right. */
  #wrongTotal(facts: StatementFacts, checks: string[]): SheetFault | null {
    const [went, came] = [this.#redWent, this.#redCame];
    const { creditFen, debitFen } = this;
    const turnover = [creditFen - debitFen, creditFen + debitFen, creditFen, debitFen];
    const pairs = [
      ['笔数', facts.lineCount, [this.lineCount], String],
      ['贷方笔数', facts.creditCount, [this.creditCount, this.creditCount + went.count - came.count], String],
      ['借方笔数', facts.debitCount, [this.debitCount, this.debitCount + came.count - went.count], String],
      ['贷方合计', facts.creditFen, [creditFen, creditFen - went.fen - came.fen], formatYuan],
      ['借方合计', facts.debitFen, [debitFen, debitFen - came.fen - went.fen], formatYuan],
      ['发生额合计', facts.turnoverFen, turnover, formatYuan],
    ] as const;
    for (const [name, said, counted, shown] of pairs) {
      if (said === undefined) continue;
      const reading = counted.findIndex((one) => Math.abs(said) === Math.abs(one));
      if (reading < 0) {
        const message = `文件写明${name}是 ${shown(said)}，逐行相加是 ${shown(counted[0])}，文件被截断或改动过，请重新下载。`;
        return { code: 'TOTALS_DIFFER', message, lineNo: null };
      }
      const isByColumn = reading > 0 && name !== '发生额合计';
      checks.push(isByColumn ? `${name}相符（银行把红字冲正算在原来的一方）` : `${name}相符`);
    }
    return null;
  }

  /** Lines cut off at an end break no balance: only totals, counts or a closing balance tell. */
  #open({
    closingFen,
    lineCount,
    creditFen,
    debitFen,
    creditCount,
    debitCount,
    turnoverFen,
  }: StatementFacts): string[] {
    const saysItsEnd =
      closingFen !== undefined ||
      lineCount !== undefined ||
      turnoverFen !== undefined ||
      (creditFen !== undefined && debitFen !== undefined) ||
      (creditCount !== undefined && debitCount !== undefined);
    return saysItsEnd ? [] : ['文件没有写明合计、笔数或期末余额，看不出首尾是否缺行，请与银行页面核对首行和末行。'];
  }

  #ends(facts: StatementFacts, checks: string[]): SheetFault | Ends {
    const openingFen = facts.openingFen ?? this.openingFen;
    const netFen = this.creditFen - this.debitFen;
    const closingFen = facts.closingFen ?? this.closingFen ?? (openingFen === null ? null : openingFen + netFen);
    const firstNo = this.firstLineNo;
    if (this.openingFen !== null && openingFen !== null && this.openingFen !== openingFen) {
      const message = `期初余额是 ${formatYuan(openingFen)}，第一笔之前的余额却是 ${formatYuan(this.openingFen)}，开头缺了行。`;
      return { code: 'OPENING_DIFFERS', message: `第 ${firstNo} 行：${message}`, lineNo: firstNo };
    }
    if (openingFen !== null && closingFen !== null && openingFen + netFen !== closingFen) {
      const message = `期初 ${formatYuan(openingFen)} 加上各行不等于期末 ${formatYuan(closingFen)}，文件被截断或改动过，请重新下载。`;
      return { code: 'CLOSING_DIFFERS', message, lineNo: null };
    }
    if (openingFen !== null && closingFen !== null) checks.push('期初加发生额等于期末');
    return { openingFen, closingFen, checks, open: this.#open(facts) };
  }
}

/** A day without movement is no fault of the file. */
function noLines({ openingFen, closingFen, lineCount, creditCount, debitCount }: StatementFacts): SheetFault {
  const counted = (lineCount ?? 0) + (creditCount ?? 0) + (debitCount ?? 0);
  const isQuiet = counted === 0 && openingFen !== undefined && openingFen === closingFen;
  const message = isQuiet
    ? '这一段没有流水，余额也没有变，不用导入。'
    : '文件里没有一行流水。如果这段时间没有收支，就不用导入；否则请检查日期范围和模板。';
  return { code: 'NO_LINES', message, lineNo: null };
}

/** What a sound file gives. */
interface Ends {
  readonly openingFen: number | null;
  readonly closingFen: number | null;
  readonly checks: string[];
  /** In Chinese: what the file does not say of itself, so that nobody could check it. */
  readonly open: readonly string[];
}

function outOfOrder({ lineNo }: CheckedLine): SheetFault {
  const message = `第 ${lineNo} 行：日期忽前忽后，无法与前后的账单衔接。请在网银里按记账日期排序后重新下载；如果模板的日期列选的是交易日期，请改选记账日期。`;
  return { code: 'OUT_OF_ORDER', message, lineNo };
}

/**
 * Lays runs of new lines beside what is posted already: each must begin where the statement before it ends, and end where
 * the next one begins. A gap may be accepted by a person with a reason; new lines inside of what was posted may not: then
 * one of the two files was altered.
 */
export function joinSpans(
  spans: readonly BankSpan[],
  runs: readonly NewRun[],
  options: { readonly openingFen: number | null; readonly acceptsGap: boolean },
): { readonly spans: BankSpan[] } | SheetFault {
  let joined = [...spans];
  for (const run of runs) {
    // Files may meet on a day; they share no more than that day where one has lines that the other has not.
    if (joined.some((span) => run.fromDay < span.toDay && span.fromDay < run.toDay)) return altered(run);
    const before = joined.filter((span) => isBefore(span, run)).at(-1);
    const after = joined.find((span) => span !== before && !isBefore(span, run));
    const expectedFen = before ? before.closingFen : after ? null : options.openingFen;
    const meetsBefore = expectedFen === null || expectedFen === run.openingFen;
    const meetsAfter = !after || after.openingFen === run.closingFen;
    if ((run.joinsBefore && !meetsBefore) || (run.joinsAfter && !meetsAfter)) return altered(run);
    if (!(meetsBefore && meetsAfter) && !options.acceptsGap) {
      return meetsBefore && after ? gapAfter(run, after) : gapBefore(run, expectedFen ?? 0, before);
    }
    const { lineNo: _lineNo, joinsBefore: _before, joinsAfter: _after, ...span } = run;
    joined = mergeSpans([
      ...joined.filter((one) => one === before || isBefore(one, run)),
      span,
      ...joined.filter((one) => one !== before && !isBefore(one, run)),
    ]);
  }
  return { spans: joined };
}

/** On a shared day the balances say which comes first. */
function isBefore(span: BankSpan, run: NewRun): boolean {
  if (span.toDay !== run.fromDay || span.fromDay !== run.toDay) return span.toDay <= run.fromDay;
  return span.closingFen === run.openingFen;
}

/** Spans that meet are one. In order of time. */
function mergeSpans(spans: readonly BankSpan[]): BankSpan[] {
  const merged: BankSpan[] = [];
  for (const span of spans) {
    const last = merged.at(-1);
    if (last?.closingFen === span.openingFen) {
      merged[merged.length - 1] = { ...last, toDay: span.toDay, closingFen: span.closingFen };
    } else merged.push(span);
  }
  return merged;
}

function altered({ lineNo }: NewRun): SheetFault {
  const message = `第 ${lineNo} 行：这一段时间的账单已经入账，当时没有这一行，其中一份文件不完整、被改动过，或银行换了写法。请只导出还没有入账的日子再导入；仍不行请与银行核对。`;
  return { code: 'STATEMENT_ALTERED', message, lineNo };
}

function gapBefore({ lineNo, openingFen }: NewRun, expectedFen: number, before: BankSpan | undefined): SheetFault {
  const until = before ? `已入账到 ${before.toDay}，` : '';
  const message = `第 ${lineNo} 行：${until}余额应从 ${formatYuan(expectedFen)} 接起，这里却从 ${formatYuan(openingFen)} 开始，中间缺了账单，请先导入缺的那一段。`;
  return { code: 'STATEMENT_GAP', message, lineNo };
}

function gapAfter({ lineNo, closingFen }: NewRun, after: BankSpan): SheetFault {
  const message = `第 ${lineNo} 行起：这一段结束于 ${formatYuan(closingFen)}，而 ${after.fromDay} 起的账单从 ${formatYuan(after.openingFen)} 开始，中间缺了账单，请先导入缺的那一段。`;
  return { code: 'STATEMENT_GAP', message, lineNo };
}
