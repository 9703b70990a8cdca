import type { Base } from '../../kernel/context.js';
import type { BankChunk, BankImport } from './bank.store.js';
import type { NewRun, StatementCheck } from './checks.rules.js';
import { type ChunkLine, lineOfRow, readKeys, readRows } from './chunks.rules.js';
import { chunkIdOf, countKnownPrints, findChunk, findKeptChunk, markDuplicates } from './imports.store.js';
import { countNamed } from './repeated-references.rules.js';

interface Compared {
  readonly newCount: number;
  readonly newCreditFen: number;
  readonly newDebitFen: number;
  /** In order of time; empty where the file has no balances. */
  readonly runs: readonly NewRun[];
}

interface Staged {
  readonly one: BankImport;
  readonly check: StatementCheck;
  readonly openingFen: number | null;
  readonly closingFen: number | null;
  readonly chunkCount: number;
}

/**
 * Which of the file's lines stand already: of lines that are alike on one day, as many as the account has. Their chunks are
 * marked. Where no posted statement has these days, which is known from a handful of documents, nothing is read again.
 */
export async function compareKnown(base: Base, staged: Staged): Promise<Compared> {
  const { one, check, openingFen, closingFen } = staged;
  const { fromDay, toDay, creditFen, debitFen } = check;
  if (fromDay === null || toDay === null) return { newCount: 0, newCreditFen: 0, newDebitFen: 0, runs: [] };
  const known = await countKnownPrints(base, one.accountId, { fromDay, toDay });
  if (known.size > 0) return markKnown(base, staged, known);
  const whole =
    openingFen === null || closingFen === null
      ? []
      : [{ fromDay, toDay, openingFen, closingFen, lineNo: check.firstLineNo, joinsBefore: false, joinsAfter: false }];
  return { newCount: check.lineCount, newCreditFen: creditFen, newDebitFen: debitFen, runs: whole };
}

async function markKnown(base: Base, staged: Staged, known: ReadonlyMap<string, number>): Promise<Compared> {
  const runs = new Runs(staged.check.direction, staged.openingFen, staged.closingFen);
  const sums = { newCount: 0, newCreditFen: 0, newDebitFen: 0 };
  for (let seq = 1; seq <= staged.chunkCount; seq += 1) {
    const chunk = await findChunk(base, chunkIdOf(staged.one._id, seq));
    if (!chunk) throw new Error('a chunk of a statement is gone while it is read');
    await markChunk(base, chunk, (line) => {
      const isNew = line.nth > (known.get(line.print) ?? 0);
      runs.add(line, isNew);
      if (isNew) {
        sums.newCount += 1;
        sums[line.amountFen > 0 ? 'newCreditFen' : 'newDebitFen'] += Math.abs(line.amountFen);
      }
      return isNew;
    });
  }
  return { ...sums, runs: runs.inTime() };
}

async function markChunk(base: Base, chunk: BankChunk, isNew: (line: ChunkLine) => boolean): Promise<void> {
  const duplicates = readRows(chunk.lines).flatMap((row, position) => (isNew(lineOfRow(row)) ? [] : [position]));
  if (duplicates.length === 0) return;
  const newCount = chunk.lineCount - duplicates.length;
  await markDuplicates(base, chunk._id, { newCount, duplicates: JSON.stringify(duplicates) });
}

/** Gathers new lines that follow each other, with the balances around them. */
class Runs {
  readonly #isUp: boolean;
  /** Balance at the point between the line before and the next one, in the file's order; null where it is not known. */
  #balanceFen: number | null;
  #run: NewRun | null = null;
  /** The line before, in the file's order, stands in the books already. */
  #followsKnown = false;
  readonly #runs: NewRun[] = [];

  constructor(direction: 'up' | 'down', openingFen: number | null, closingFen: number | null) {
    this.#isUp = direction === 'up';
    this.#balanceFen = this.#isUp ? openingFen : closingFen;
  }

  add({ day, amountFen, balanceFen, lineNo }: ChunkLine, isNew: boolean): void {
    const before = this.#balanceFen;
    const change = this.#isUp ? amountFen : -amountFen;
    const known = this.#isUp ? balanceFen : balanceFen === null ? null : balanceFen - amountFen;
    const after = known ?? (before === null ? null : before + change);
    this.#balanceFen = after;
    if (!isNew || before === null || after === null) {
      this.#end(!isNew);
      this.#followsKnown = !isNew;
      return;
    }
    const joins = { joinsBefore: this.#isUp && this.#followsKnown, joinsAfter: !this.#isUp && this.#followsKnown };
    if (this.#isUp) {
      const start = this.#run ?? { fromDay: day, openingFen: before, lineNo, ...joins };
      this.#run = { ...start, toDay: day, closingFen: after };
    } else {
      const start = this.#run ?? { toDay: day, closingFen: before, ...joins };
      this.#run = { ...start, fromDay: day, openingFen: after, lineNo };
    }
  }

  #end(isFollowedByKnown: boolean): void {
    if (this.#run) {
      const joins = this.#isUp ? { joinsAfter: isFollowedByKnown } : { joinsBefore: isFollowedByKnown };
      this.#runs.push({ ...this.#run, ...joins });
    }
    this.#run = null;
  }

  inTime(): NewRun[] {
    this.#end(false);
    return this.#isUp ? this.#runs : this.#runs.toReversed();
  }
}

/** Of the references that may be named more than once, those that are: known from the chunks' keys. */
export async function countRepeated(
  base: Base,
  { importId, chunkCount }: { importId: string; chunkCount: number },
  candidates: ReadonlySet<string>,
): Promise<string[]> {
  if (candidates.size === 0) return [];
  const counts = new Map<string, number>();
  for (let seq = 1; seq <= chunkCount; seq += 1) {
    const chunk = await findKeptChunk(base, chunkIdOf(importId, seq));
    if (chunk) countNamed(counts, readKeys(chunk.keys).references, candidates);
  }
  return [...counts].filter(([, count]) => count > 1).map(([reference]) => reference);
}
