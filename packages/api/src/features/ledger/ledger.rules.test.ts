import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { EMPTY_LEDGER, accountChanges, chainTransactions, ledgerHashOf, overdrawn, reversed } from './ledger.rules.js';
import type { NewTransaction } from './ledger.types.js';

const at = new Date('2026-11-03T04:00:00Z');
const transaction = (postings: NewTransaction['postings'], sourceKey = 'test:1'): NewTransaction => ({
  sourceKey,
  kind: 'match',
  day: '2026-11-03',
  postings,
  refs: {},
  by: 'test',
});

const amount = fc.integer({ min: -1_000_000_000, max: 1_000_000_000 });
/** Amounts to several accounts, balanced by a last posting. */
const balanced = fc
  .array(fc.record({ account: fc.constantFrom('a', 'b', 'c'), amountFen: amount }), {
    minLength: 1,
    maxLength: 6,
  })
  .map((postings) => [
    ...postings,
    { account: 'rest', amountFen: 0 - postings.reduce((sum, one) => sum + one.amountFen, 0) },
  ]);

describe('the books of the fund', () => {
  it('take only transactions that sum to zero', () => {
    fc.assert(
      fc.property(balanced, amount, (postings, extraFen) => {
        expect(chainTransactions(EMPTY_LEDGER, [transaction(postings)], at)).toHaveLength(1);
        fc.pre(extraFen !== 0);
        const lame = [...postings, { account: 'a', amountFen: extraFen }];
        expect(() => chainTransactions(EMPTY_LEDGER, [transaction(lame)], at)).toThrow('not to 0');
      }),
    );
  });

  it('take no transaction that moves nothing, and no part of a fen', () => {
    expect(() => chainTransactions(EMPTY_LEDGER, [transaction([])], at)).toThrow('somewhere');
    const halves = [
      { account: 'a', amountFen: 0.5 },
      { account: 'b', amountFen: -0.5 },
    ];
    expect(() => chainTransactions(EMPTY_LEDGER, [transaction(halves)], at)).toThrow('whole fen');
  });

  it('number and chain what comes, whatever group it comes in', () => {
    fc.assert(
      fc.property(fc.array(balanced, { minLength: 2, maxLength: 8 }), fc.nat(), (all, cutAt) => {
        const news = all.map((postings, index) => transaction(postings, `test:${index}`));
        const whole = chainTransactions(EMPTY_LEDGER, news, at);
        const cut = 1 + (cutAt % (news.length - 1));
        const first = chainTransactions(EMPTY_LEDGER, news.slice(0, cut), at);
        const { seq, hash } = first[cut - 1]!;
        const second = chainTransactions({ _id: 'fund', seq, hash }, news.slice(cut), at);
        expect([...first, ...second]).toEqual(whole);
        expect(whole.map((one) => one.seq)).toEqual(news.map((_, index) => index + 1));
        whole.forEach((one, index) => expect(one.prevHash).toBe(whole[index - 1]?.hash ?? ''));
      }),
    );
  });

  it('show any change of a sealed transaction in its hash', () => {
    const [sealed] = chainTransactions(
      EMPTY_LEDGER,
      [
        transaction([
          { account: 'a', amountFen: 5 },
          { account: 'b', amountFen: -5 },
        ]),
      ],
      at,
    );
    expect(ledgerHashOf(sealed!)).toBe(sealed!.hash);
    expect(ledgerHashOf({ ...sealed!, day: '2026-11-04' })).not.toBe(sealed!.hash);
    expect(ledgerHashOf({ ...sealed!, refs: { spendId: 'x' } })).not.toBe(sealed!.hash);
  });

  it('stand at nothing after a transaction and the one that takes it back', () => {
    fc.assert(
      fc.property(balanced, (postings) => {
        const changes = accountChanges([{ postings }, { postings: reversed(postings) }]);
        expect([...changes.values()].every((changeFen) => changeFen === 0)).toBe(true);
      }),
    );
  });

  it('name the account that would be spent below zero', () => {
    expect(overdrawn(new Map([['fund', 1]]))).toBe('fund');
    expect(
      overdrawn(
        new Map([
          ['fund', 0],
          ['payable', 1],
        ]),
      ),
    ).toBe('payable');
    expect(
      overdrawn(
        new Map([
          ['fund', -1],
          ['owed/a', 7],
        ]),
      ),
    ).toBeNull();
  });
});
