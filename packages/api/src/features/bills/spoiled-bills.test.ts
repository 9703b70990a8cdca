import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { goodBill, mutation, spoiled } from '../../../test/bill-mutations.js';
import { isRefusal } from '../../kernel/refusal.js';
import type { BillLine } from './bill-line.rules.js';
import { readBill } from './read-bill.js';

/** `BILL_FILES=10000 BILL_SEED=7` reads that many; the suite a few. */
const FILES = Number(process.env['BILL_FILES'] ?? 400);
const SEED = Number(process.env['BILL_SEED'] ?? 20_261_122);

async function* inPieces(bytes: Buffer): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += 700) yield bytes.subarray(at, at + 700);
}

/** The money of each line, in whatever order; null where the file was refused, with a sentence in Chinese. */
async function moneyIn(bytes: Buffer): Promise<string[] | null> {
  const lines: BillLine[] = [];
  const bill = readBill(inPieces(bytes));
  for (let next = await bill.next(); ; next = await bill.next()) {
    if (!next.done) {
      lines.push(...next.value);
      continue;
    }
    if (!isRefusal(next.value)) return lines.map(moneyOf).sort();
    expect(next.value.message).toMatch(/\p{Script=Han}.*。$/u);
    return null;
  }
}

/** Not by its numbers: a wrong one is found when it is held against our books, on both sides. */
function moneyOf({ kind, amountFen, settledFen, feeFen }: BillLine): string {
  return [kind, amountFen, settledFen, feeFen].join(' ');
}

describe('a bill that was spoiled on its way', () => {
  it('gives its true lines or is refused: never a wrong amount, a lost or a doubled line without a word', async () => {
    let readCount = 0;
    await fc.assert(
      fc.asyncProperty(goodBill, mutation, async (bill, how) => {
        const money = await moneyIn(await spoiled(bill, how));
        if (money === null) {
          expect(how.how).not.toBe('none');
          return;
        }
        readCount += 1;
        expect(money).toEqual(await moneyIn(await spoiled(bill, { ...how, how: 'none' })));
      }),
      { numRuns: FILES, seed: SEED },
    );
    // Some harm is none: other line ends, another order, half-width brackets.
    expect(readCount).toBeGreaterThan(FILES / 20);
  }, 600_000);
});
