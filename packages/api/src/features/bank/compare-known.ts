import type { Base } from '../../kernel/context.js';
import type { BankChunk, BankImport } from './bank.store.js';
import type { StatementCheck } from './checks.rules.js';
import {
  type ChunkLine,
  PRINT_CHARACTERS,
  daysOf,
  lineOfRow,
  readDuplicates,
  readKeys,
  readRows,
} from './chunks.rules.js';
import {
  chunkIdOf,
  countKnownPrints,
  findChunk,
  findKeptChunk,
  markDuplicates,
  postedChunks,
  postedDays,
} from './imports.store.js';
import { type LookAlikes, lookAlikes, moneyKey } from './look-alikes.rules.js';
import { holdsSerial } from './print-line.js';
import type { NewRun } from './spans.types.js';
import { countNamed } from './repeated-references.rules.js';

interface Compared {
  readonly newCount: number;
  readonly newCreditFen: number;
  readonly newDebitFen: number;
  /** In order of time; empty where the file has no balances. */
  readonly runs: readonly NewRun[];
  /**
   * New lines that may be posted ones by day and amount. Where this file has balances, only lines of statements without are
   * held against it: for the others the spans tell what is missing.
   */
  readonly alike: LookAlikes;
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
  if (fromDay === null || toDay === null)
    return { newCount: 0, newCreditFen: 0, newDebitFen: 0, runs: [], alike: NONE_ALIKE };
  const known = await countKnownPrints(base, one.accountId, { fromDay, toDay });
  if (known.size > 0) return markKnown(base, staged, known);
  const whole =
    openingFen === null || closingFen === null
      ? []
      : [{ fromDay, toDay, openingFen, closingFen, lineNo: check.firstLineNo, joinsBefore: false, joinsAfter: false }];
  return { newCount: check.lineCount, newCreditFen: creditFen, newDebitFen: debitFen, runs: whole, alike: NONE_ALIKE };
}

async function markKnown(base: Base, staged: Staged, known: ReadonlyMap<string, number>): Promise<Compared> {
  const runs = new Runs(staged.check.direction, staged.openingFen, staged.closingFen);
  const sums = { newCount: 0, newCreditFen: 0, newDebitFen: 0 };
  const posted = await postedDays(base, staged.one.accountId, daysOfFile(staged.check));
  const fresh: ChunkLine[] = [];
  const met = new Map<string, number>();
  for (let seq = 1; seq <= staged.chunkCount; seq += 1) {
    const chunk = await findChunk(base, chunkIdOf(staged.one._id, seq));
    if (!chunk) throw new Error('a chunk of a statement is gone while it is read');
    await markChunk(base, chunk, (line) => {
      const isNew = line.nth > (known.get(line.print) ?? 0);
      runs.add(line, isNew);
      if (isNew) {
        sums.newCount += 1;
        sums[line.amountFen > 0 ? 'newCreditFen' : 'newDebitFen'] += Math.abs(line.amountFen);
        // Where nothing is posted nothing can be alike: most lines of a file that follows another lie there.
        if (line.day >= posted.fromDay && line.day <= posted.toDay) fresh.push(line);
      } else met.set(line.print, (met.get(line.print) ?? 0) + 1);
      return isNew;
    });
  }
  return { ...sums, runs: runs.inTime(), alike: await alikeOf(base, staged, { fresh, met }) };
}

const NONE_ALIKE: LookAlikes = { count: 0, lineNos: [] };

async function alikeOf(
  base: Base,
  { one, check }: Staged,
  file: { readonly fresh: readonly ChunkLine[]; readonly met: Map<string, number> },
): Promise<LookAlikes> {
  if (file.fresh.length === 0) return NONE_ALIKE;
  const wanted = new Set(file.fresh.map(moneyKey));
  const unmet = new Map<string, { all: number; withSerial: number }>();
  // Of statements with balances the spans say what is missing, as long as this file has balances, too.
  const onlyWithoutEnds = check.hasBalances;
  for await (const chunk of postedChunks(base, { accountId: one.accountId, onlyWithoutEnds, ...daysOfFile(check) })) {
    countUnmet(unmet, { wanted, met: file.met, ...chunk });
  }
  return lookAlikes(
    file.fresh.map(({ lineNo, day, amountFen, print }) => ({ lineNo, day, amountFen, hasSerial: holdsSerial(print) })),
    unmet,
  );
}

function daysOfFile({ fromDay, toDay }: StatementCheck): { fromDay: string; toDay: string } {
  return { fromDay: fromDay ?? '', toDay: toDay ?? '' };
}

interface PostedLines {
  readonly wanted: ReadonlySet<string>;
  /** How many lines of the file were found to be one with this print; each posted one takes one off. */
  readonly met: Map<string, number>;
  /** Those of the lines that were new in the chunk. */
  readonly prints: string;
  readonly keys: string;
  readonly duplicates: string;
}

/** Adds one posted chunk's lines of the wanted days and amounts that the file has not met. */
function countUnmet(unmet: Map<string, { all: number; withSerial: number }>, chunk: PostedLines): void {
  const { wanted, met, prints } = chunk;
  const keys = readKeys(chunk.keys);
  const known = readDuplicates(chunk.duplicates);
  let nth = 0;
  for (const [position, day] of daysOf(keys).entries()) {
    if (known.has(position)) continue;
    const print = prints.slice(nth * PRINT_CHARACTERS, (nth + 1) * PRINT_CHARACTERS);
    nth += 1;
    const left = met.get(print) ?? 0;
    if (left > 0) {
      met.set(print, left - 1);
      continue;
    }
    const key = moneyKey({ day, amountFen: keys.amounts[position]! });
    if (!wanted.has(key)) continue;
    const { all, withSerial } = unmet.get(key) ?? { all: 0, withSerial: 0 };
    unmet.set(key, { all: all + 1, withSerial: withSerial + (holdsSerial(print) ? 1 : 0) });
  }
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
