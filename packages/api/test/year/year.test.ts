import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { verify } from '../../checks/index.js';
import { formatYuan } from '../../src/kernel/fen.js';
import { projections } from '../../src/projections.js';
import { type Fund, startFund } from '../fund.js';
import { placesOf } from './places.js';
import { playYear } from './play-year.js';
import { type YearBooks, openYearBooks } from './year-books.js';
import { YEAR_OPENING_FEN } from './statement.js';

/** `npm run year` plays 20,000; the suite a twentieth of it, with the same refunds, twins, late and doubled papers. */
const SALES = Number(process.env['AIXIN_YEAR_SALES'] ?? 960);
const LIMIT_MS = 600_000;
const BOOKS = [
  ...['journal', 'matches', 'batches', 'batchLines', 'remittances', 'ledger', 'ledgerAccounts', 'ledgerHeads'],
  ...['bankLines', 'bankPostings', 'bankChunks', 'receipts', 'projects', 'spends', 'packs', 'packHeads'],
];

describe(`a year of ${SALES} sales, three ways`, () => {
  let fund: Fund;
  let books: YearBooks;
  beforeAll(async () => {
    fund = await startFund('year');
    books = await openYearBooks(fund, { year: 2027, salesCount: SALES });
    await playYear(books);
  }, LIMIT_MS);
  afterAll(() => fund.stop());

  it('puts every fen in exactly one named place, and the places make up the money', async () => {
    const { sales, bank, books: ledger } = await placesOf(fund.heart.base);
    if (process.env['AIXIN_YEAR_SALES']) tell([...sales.places, ...bank.places]);
    const sum = (places: readonly { amountFen: number }[]) => places.reduce((all, one) => all + one.amountFen, 0);
    expect(sum(sales.places)).toBe(sales.matchedFen);
    expect(sales.matchedFen).toBe(Math.floor(SALES / 12) * 12 * 100);
    expect(sum(bank.places)).toBe(bank.movedFen);
    // What the bank itself knows, which nobody here has told to the books.
    expect(bank.movedFen).toBe(books.bank.balanceFen() - YEAR_OPENING_FEN);
    expect(ledger).toMatchObject({ sumFen: 0, owedFen: ledger.askedFen });
    expect(bank.places.find((one) => one.place === '未核对')?.amountFen).toBe(0);
  });

  it(
    'holds every invariant',
    async () => {
      const verdict = await verify({ base: fund.heart.base, projections, keptHeads: null, acknowledgedOrderIds: [] });
      expect(verdict.violations).toEqual([]);
    },
    LIMIT_MS,
  );

  it(
    'changes nothing when every command is sent again',
    async () => {
      const hashes = async (): Promise<unknown> => {
        const { collections } = (await fund.heart.base.db.db!.command({ dbHash: 1, collections: BOOKS })) as {
          collections: object;
        };
        return collections;
      };
      const before = await hashes();
      await books.sendAgain();
      expect(await hashes()).toEqual(before);
      expect(Object.keys(before as object).length).toBe(BOOKS.length);
    },
    LIMIT_MS,
  );
});

/** For `npm run year`: the places, a line each. */
function tell(places: readonly { place: string; amountFen: number }[]): void {
  for (const { place, amountFen } of places) process.stderr.write(`${formatYuan(amountFen).padStart(14)}  ${place}\n`);
}
