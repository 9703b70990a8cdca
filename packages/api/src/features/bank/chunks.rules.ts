import type { BankLine } from './bank.store.js';
import type { StatementLine } from './statement-lines.js';

/** A line in a chunk: its facts, the print of its content and which of its like in its file it is, from 1. */
export interface ChunkLine extends StatementLine {
  readonly print: string;
  readonly nth: number;
}

/** A line in a chunk's text: its fields in this order. */
export type Row = [number, string, number, number | null, string, string, string, string, string, number];

export const PRINT_CHARACTERS = 16;

export function rowOf(line: StatementLine, print: string, nth: number): Row {
  const { lineNo, day, amountFen, balanceFen, counterparty, counterpartyAccount, memo, bankSerial } = line;
  return [lineNo, day, amountFen, balanceFen, counterparty, counterpartyAccount, memo, bankSerial, print, nth];
}

export function readRows(text: string): Row[] {
  return JSON.parse(text) as Row[];
}

export function lineOfRow(row: Row): ChunkLine {
  const [lineNo, day, amountFen, balanceFen, counterparty, counterpartyAccount, memo, bankSerial, print, nth] = row;
  return { lineNo, day, amountFen, balanceFen, counterparty, counterpartyAccount, memo, bankSerial, print, nth };
}

/** Account, day, print, nth: the same line has the same id, whichever file brought it. */
export function lineIdOf(accountId: string, line: Pick<ChunkLine, 'day' | 'print' | 'nth'>): string {
  return `${accountId}|${line.day}|${line.print}|${line.nth}`;
}

export function parseLineId(lineId: string): { accountId: string; day: string; print: string; nth: number } | null {
  const [accountId, day, print, nth, ...rest] = lineId.split('|');
  if (!accountId || !day || !print || !/^\d{1,7}$/.test(nth ?? '') || rest.length > 0) return null;
  return { accountId, day, print, nth: Number(nth) };
}

/** The line as a document, with nothing known of it yet. */
export function bankLineOf(line: ChunkLine, owner: { accountId: string; importId: string }): BankLine {
  const { lineNo, day, amountFen, balanceFen, counterparty, counterpartyAccount, memo, bankSerial } = line;
  return {
    _id: lineIdOf(owner.accountId, line),
    ...owner,
    ...{ lineNo, day, amountFen, balanceFen, counterparty, counterpartyAccount, memo, bankSerial },
    ...{ state: 'OPEN', suggestion: null, reason: null, references: [], allocations: [], ignored: null },
  };
}

/** Lines matched exactly: position in the chunk, then what each remittance got. */
export type ExactMatch = readonly [number, ...(readonly [remittanceId: string, amountFen: number])[]];

export function readMatches(text: string): ExactMatch[] {
  return text === '' ? [] : (JSON.parse(text) as ExactMatch[]);
}

/** What posting needs of each line of a chunk, by position. */
export interface ChunkKeys {
  readonly amounts: readonly number[];
  /** Each day and how many lines in a row have it. */
  readonly days: readonly (readonly [day: string, count: number])[];
  /** The references in its memo, with a blank between; empty for none. */
  readonly references: readonly string[];
}

export function readKeys(text: string): ChunkKeys {
  return JSON.parse(text) as ChunkKeys;
}

/** The day of each position. */
export function daysOf({ days }: ChunkKeys): string[] {
  return days.flatMap(([day, count]) => new Array<string>(count).fill(day));
}

export function readDuplicates(text: string): Set<number> {
  return new Set(text === '' ? [] : (JSON.parse(text) as number[]));
}

/** How often each print stands, out of postings' texts. */
export function countPrints(texts: Iterable<string>): Map<string, number> {
  const counts = new Map<string, number>();
  for (const text of texts) {
    for (let at = 0; at < text.length; at += PRINT_CHARACTERS) {
      const print = text.slice(at, at + PRINT_CHARACTERS);
      counts.set(print, (counts.get(print) ?? 0) + 1);
    }
  }
  return counts;
}
