import { hash } from 'node:crypto';
import { PRINT_CHARACTERS } from './chunks.rules.js';
import type { StatementLine } from './statement-lines.js';

/** First character of a print: by what the line is known again. None of them is one of base64url. */
const BY_SERIAL = '!';
const BY_BALANCE = '.';
const BY_TEXT = '~';

/**
 * A number that a bank gives to one line: with a letter and a digit, or of six digits at least. `0000` and a word are given to
 * many; a short number may be that of the row in its file, and the next file begins with 1 again.
 */
const TELLING_SERIAL = /^(?=.*\d)(?:(?=.*\p{L}).{2,}|0*[1-9]\d{5,})$/su;

/**
 * What makes two lines of an account the same: day and amount with the bank's own number of the line; where there is none, with
 * the balance after it. Texts count only where a line has neither: a bank masks names or shortens memos in its next download.
 * Without the line's place in the file: files overlap at any line.
 */
export function printOf(line: StatementLine): string {
  const { day, amountFen, balanceFen, counterparty, counterpartyAccount, memo, bankSerial } = line;
  const money = `${day}\n${amountFen}\n`;
  if (TELLING_SERIAL.test(bankSerial)) return printed(BY_SERIAL, money + bankSerial);
  if (balanceFen !== null) return printed(BY_BALANCE, money + String(balanceFen));
  return printed(BY_TEXT, `${money}${bankSerial}\n${counterpartyAccount}\n${counterparty}\n${memo}`);
}

/** Two prints that differ are surely two lines where each holds the bank's own number; else they may be one, told otherwise. */
export function holdsSerial(print: string): boolean {
  return print.startsWith(BY_SERIAL);
}

function printed(kind: string, text: string): string {
  return kind + hash('sha256', text, 'base64url').slice(0, PRINT_CHARACTERS - 1);
}
