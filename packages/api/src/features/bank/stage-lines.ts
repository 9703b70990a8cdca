import type { Base } from '../../kernel/context.js';
import { rowOf } from './chunks.rules.js';
import { chunkIdOf, insertChunk } from './imports.store.js';
import { printOf } from './print-line.js';
import { findReferences } from './references.rules.js';
import { RepeatedReferences } from './repeated-references.rules.js';
import type { StatementLine } from './statement-lines.js';

/** Lines that are posted in one transaction: few commits for a million lines, each far below the 5 s of a transaction. */
export const CHUNK_LINES = 4_000;
/** Characters of a chunk: with three bytes each, and the same again in the journal, far below a document's 16 MB. */
const CHUNK_CHARACTERS = 1_000_000;

/** Writes a file's lines into chunks as they come: each with the print of its content and which of its like it is. */
export class LineStager {
  readonly #base: Base;
  readonly #importId: string;
  #rows: ReturnType<typeof rowOf>[] = [];
  #amounts: number[] = [];
  #days: [string, number][] = [];
  #references: string[] = [];
  #prints = '';
  readonly #repeated = new RepeatedReferences();
  #characters = 0;
  #firstDay = '';
  #lastDay = '';
  #seq = 0;
  #day = '';
  /** How often each print came on the day that is read: lines of a day stand together. */
  #counts = new Map<string, number>();
  #writing: Promise<void> = Promise.resolve();

  constructor(base: Base, importId: string) {
    this.#base = base;
    this.#importId = importId;
  }

  /** Resolves at once, unless the last chunk is still on its way when the next is full. */
  add(line: StatementLine): Promise<void> | null {
    if (line.day !== this.#day) {
      this.#day = line.day;
      this.#counts = new Map();
    }
    const print = printOf(line);
    const nth = (this.#counts.get(print) ?? 0) + 1;
    this.#counts.set(print, nth);
    if (this.#rows.length === 0) this.#firstDay = this.#lastDay = line.day;
    else if (line.day < this.#firstDay) this.#firstDay = line.day;
    else if (line.day > this.#lastDay) this.#lastDay = line.day;
    this.#rows.push(rowOf(line, print, nth));
    this.#amounts.push(line.amountFen);
    const references = findReferences(line.memo);
    for (const reference of references) this.#repeated.add(reference);
    this.#references.push(references.length === 1 ? references[0]! : references.join(' '));
    this.#prints += print;
    const lastDay = this.#days.at(-1);
    if (lastDay?.[0] === line.day) lastDay[1] += 1;
    else this.#days.push([line.day, 1]);
    this.#characters +=
      line.memo.length + line.counterparty.length + line.counterpartyAccount.length + line.bankSerial.length;
    return this.#rows.length >= CHUNK_LINES || this.#characters >= CHUNK_CHARACTERS ? this.#flush() : null;
  }

  /** Writes what is left. Gives the number of chunks. */
  async finish(): Promise<number> {
    if (this.#rows.length > 0) await this.#flush();
    await this.#writing;
    return this.#seq;
  }

  /** References that its lines may name more than once; to be counted. */
  get repeated(): ReadonlySet<string> {
    return this.#repeated.candidates;
  }

  async #flush(): Promise<void> {
    this.#seq += 1;
    const chunk = {
      _id: chunkIdOf(this.#importId, this.#seq),
      importId: this.#importId,
      seq: this.#seq,
      lineCount: this.#rows.length,
      newCount: this.#rows.length,
      firstDay: this.#firstDay,
      lastDay: this.#lastDay,
      duplicates: '',
      keys: JSON.stringify({ amounts: this.#amounts, days: this.#days, references: this.#references }),
      prints: this.#prints,
      lines: JSON.stringify(this.#rows),
    };
    this.#rows = [];
    this.#amounts = [];
    this.#days = [];
    this.#references = [];
    this.#prints = '';
    this.#characters = 0;
    // One on its way while the next is read: the parser and the database work at the same time, in bounded memory.
    await this.#writing;
    this.#writing = insertChunk(this.#base, chunk);
    // A failure is heard at the next flush; until then it must not end the process.
    this.#writing.catch(ignoreUntilAwaited);
  }
}

function ignoreUntilAwaited(): void {}
