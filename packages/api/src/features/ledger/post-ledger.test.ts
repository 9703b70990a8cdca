import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { inTransaction } from '../../kernel/transaction.js';
import { type Heart, startHeart } from '../../../test/heart.js';
import {
  type NewTransaction,
  ledgerHashOf,
  ledgerStore,
  postLedger,
  readLedgerBalances,
  readLedgerBySource,
} from './index.js';

let heart: Heart;
beforeAll(async () => {
  heart = await startHeart('ledger');
});
afterAll(() => heart.stop());

const moving = (sourceKey: string, from: string, to: string, amountFen: number): NewTransaction => ({
  sourceKey,
  kind: 'match',
  day: '2026-11-22',
  postings: [
    { account: to, amountFen },
    { account: from, amountFen: -amountFen },
  ],
  refs: {},
  by: 'test',
});
const post = (...transactions: NewTransaction[]) =>
  inTransaction(heart.base, (session) => postLedger(heart.base, transactions, session));

describe('posting to the ledger', () => {
  it('keeps number, chain and balances exact under thirty writers at once', async () => {
    await Promise.all(Array.from({ length: 30 }, (_, index) => post(moving(`rush:${index}`, 'x', 'y', index + 1))));
    const all = await ledgerStore.collection(heart.base).find({ sourceKey: /^rush/ }).sort({ seq: 1 }).toArray();
    expect(all.map((one) => one.seq)).toEqual(all.map((_, index) => index + 1));
    all.forEach((one, index) => {
      expect(one.prevHash).toBe(all[index - 1]?.hash ?? '');
      expect(ledgerHashOf(one)).toBe(one.hash);
    });
    const balances = await readLedgerBalances(heart.base, ['x', 'y']);
    expect([balances.get('x'), balances.get('y')]).toEqual([-465, 465]);
  });

  it('writes one cause once: the second run fails whole', async () => {
    await post(moving('once', 'x', 'y', 5));
    const before = await readLedgerBalances(heart.base, 'all');
    await expect(post(moving('new', 'x', 'y', 7), moving('once', 'x', 'y', 5))).rejects.toMatchObject({ code: 11000 });
    expect(await readLedgerBalances(heart.base, 'all')).toEqual(before);
    expect(await readLedgerBySource(heart.base, ['new', 'once'])).toHaveLength(1);
  });

  it('never lets the fund be spent below zero, not even by two at once', async () => {
    await post(moving('gift', 'fund', 'bank/1', 100));
    const spends = await Promise.allSettled([1, 2, 3].map((n) => post(moving(`spend:${n}`, 'payable', 'fund', 60))));
    expect(spends.filter((one) => one.status === 'fulfilled')).toHaveLength(1);
    expect((await readLedgerBalances(heart.base, ['fund'])).get('fund')).toBe(-40);
  });
});
