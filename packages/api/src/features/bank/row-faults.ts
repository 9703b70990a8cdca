import { type RowFault, StatementFault } from './formats/statement-fault.js';

/** Rows that a refusal lists: what a person mends in one round. */
const MOST_LISTED = 100;
/** A file with so many strange rows was read by the wrong profile. */
const MOST_STRANGE = 10_000;

/** The strange rows of a file: reading goes on behind each, so that all are told at once; the file is refused at its end. */
export class RowFaults {
  readonly #rows: RowFault[] = [];
  #count = 0;

  /** Throws where going on makes no sense. */
  add(fault: StatementFault, sheet: string | null): void {
    const message = sheet === null ? fault.message : `工作表“${sheet}”${fault.message}`;
    if (this.#rows.length < MOST_LISTED) this.#rows.push({ code: fault.code, message, lineNo: fault.lineNo });
    this.#count += 1;
    if (this.#count >= MOST_STRANGE) this.throwAll();
  }

  /** Throws the first of them with all the others, if there is one. */
  throwAll(): void {
    const [first] = this.#rows;
    if (!first) return;
    const message = first.message.replace(/^第 \d+ 行：/, '');
    throw new StatementFault(first.code, message, first.lineNo, { rows: this.#rows, rowCount: this.#count });
  }
}
