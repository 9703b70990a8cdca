import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Fund, noonOf, personWith, startFund } from '../../../test/fund.js';
import { isRefusal } from '../../kernel/refusal.js';
import { inTransaction } from '../../kernel/transaction.js';
import { markReceipted, readRemittances } from '../batches/index.js';
import { ledgerStore, postLedger, readLedgerBalances } from '../ledger/index.js';
import { acceptSuggestion } from './accept-suggestion.js';
import { moveTotals, sumTotals } from './bank-totals.store.js';
import { type BankLine, LINE_STATES, bankLineStore } from './bank.store.js';
import { ignoreLine } from './ignore-line.js';
import { restFen } from './line-money.rules.js';
import { insertLines } from './lines.store.js';
import { matchLines } from './match-lines.js';
import { followTargets } from './matching.jobs.js';
import type { Part } from './matching.types.js';
import { reasonText } from './reasons.rules.js';
import { refreshMatching } from './refresh-matching.js';
import { reopenLine } from './reopen-line.js';
import { type OpenSpend, type PaidOut, spendPort } from './spend-port.js';
import { addSums, arrival, noStates, sumsOfLine } from './totals.rules.js';
import { unmatchLine } from './unmatch-line.js';

let fund: Fund;
let month = 0;
let lineCount = 0;
const spends = new Map<string, OpenSpend>();

beforeAll(async () => {
  fund = await startFund('desk');
  spendPort.fill(fund.heart.base, {
    readOpenSpends: () => Promise.resolve([...spends.values()].filter((one) => one.leftFen > 0)),
    payOut: (_base, paid: readonly PaidOut[]) => {
      for (const { spendId, amountFen } of paid) {
        const spend = spends.get(spendId);
        if (!spend || spend.leftFen < amountFen) throw new Error('too much');
        spends.set(spendId, { ...spend, leftFen: spend.leftFen - amountFen });
      }
      return Promise.resolve();
    },
  });
});
afterAll(() => fund.stop());

const base = () => fund.heart.base;
let keyCount = 0;
const key = (): string => `key-of-test-${(keyCount += 1)}`;

/** Remittances of a new month: `counts` sales of 100 fen for a1, a2. */
async function remittances(...counts: number[]): Promise<string[]> {
  month += 1;
  const name = `2027-${String(month).padStart(2, '0')}`;
  fund.heart.nowMs = noonOf(`${name}-10`);
  for (const [index, count] of counts.entries()) await fund.accrue(await fund.sell(`a${index + 1}`, count));
  fund.heart.nowMs = noonOf(`2027-${String(month + 1).padStart(2, '0')}-02`);
  return (await fund.batch(name)).remittances.map((one) => one._id);
}

/** Lines as an import leaves them: on the account, and unallocated in the books. */
async function bring(...given: readonly (Partial<BankLine> & { amountFen: number })[]): Promise<string[]> {
  const lines = given.map((more): BankLine => {
    lineCount += 1;
    const _id = `x|2027-02-03|line-${lineCount}|1`;
    return {
      ...{ _id, accountId: 'x', importId: 'i1', lineNo: lineCount, day: '2027-02-03', balanceFen: null },
      ...{ counterparty: '', counterpartyAccount: '', memo: '', bankSerial: '', state: 'OPEN', suggestion: null },
      ...{ reason: null, references: [], allocations: [], ignored: null },
      ...more,
    };
  });
  await inTransaction(base(), async (session) => {
    await insertLines(base(), lines, session);
    await moveTotals(base(), lines.map(arrival), session);
    const postings = lines.flatMap(({ amountFen }) => [
      { account: 'bank/x', amountFen },
      { account: 'unallocated/x', amountFen: -amountFen },
    ]);
    const sourceKey = `statement:${lineCount}`;
    await postLedger(
      base(),
      [{ sourceKey, kind: 'statement', day: '2027-02-03', postings, refs: {}, by: 'test' }],
      session,
    );
  });
  await refreshMatching(base());
  return lines.map((line) => line._id);
}

const lineOf = async (lineId: string): Promise<BankLine> => {
  const line = await bankLineStore.collection(base()).findOne({ _id: lineId });
  if (!line) throw new Error('no line');
  return line;
};
const stateOf = async (lineId: string): Promise<string> => (await lineOf(lineId)).state;
const whyOf = async (lineId: string): Promise<string> => {
  const { reason, suggestion } = await lineOf(lineId);
  return reason ? reasonText(reason, suggestion, lineId) : '';
};
const remittanceOf = async (id: string) => (await readRemittances(base(), { ids: [id] }))[0];
const part = (lineId: string, remittanceId: string, amountFen: number): Part => {
  return { lineId, remittanceId, spendId: null, amountFen };
};
const balances = () => readLedgerBalances(base(), 'all');

/** Every fen of the bank lies in one named place, and what is unallocated is exactly what the open lines say. */
async function booksHold(): Promise<void> {
  const accounts = await balances();
  expect([...accounts.values()].reduce((sum, fen) => sum + fen, 0)).toBe(0);
  const lines = await bankLineStore.collection(base()).find().toArray();
  const openFen = lines.reduce((sum, line) => sum + restFen(line), 0);
  expect(accounts.get('unallocated/x') ?? 0).toBe(0 - openFen);
  const sums = noStates();
  for (const line of lines) sums[line.state] = addSums(sums[line.state], sumsOfLine(line));
  const kept = await sumTotals(base(), { accountId: 'x' });
  for (const state of LINE_STATES) expect(kept[state]).toEqual(sums[state]);
  for (const line of lines) {
    if (line.state === 'MATCHED' || line.state === 'IGNORED') expect(restFen(line)).toBe(0);
    else expect(Math.abs(restFen(line))).toBeGreaterThan(0);
  }
  const received = (await readRemittances(base(), {})).reduce((sum, one) => sum + one.receivedFen, 0);
  // What the fund holds or still has to pay out is what remittances received.
  const heldFen = (accounts.get('fund') ?? 0) + (accounts.get('payable') ?? 0);
  expect(heldFen).toBe(0 - received);
}

describe('the desk', () => {
  it('matches by rule what is certain, ignores by rule, and says why', async () => {
    const [first = ''] = await remittances(3);
    const [exact = '', interest = '', fee = '', gift = ''] = await bring(
      { amountFen: 300, memo: first.toLowerCase().replace('-', ' — ') },
      { amountFen: 231, counterparty: '利息' },
      { amountFen: -100, memo: '手续费' },
      { amountFen: 5_000, counterparty: '王小明', memo: '一点心意' },
    );
    expect([await stateOf(exact), await stateOf(interest), await stateOf(fee), await stateOf(gift)]).toEqual([
      'MATCHED',
      'IGNORED',
      'IGNORED',
      'OPEN',
    ]);
    expect([await whyOf(exact), await whyOf(interest), await whyOf(gift)]).toEqual([
      '汇款编号、金额一致',
      '规则：利息',
      '非配捐款：转公开募捐平台',
    ]);
    expect(await remittanceOf(first)).toMatchObject({ state: 'REMITTED', receivedFen: 300, remittedDay: '2027-02-03' });
    const accounts = await balances();
    expect([
      accounts.get('owed/a1'),
      accounts.get('fund'),
      accounts.get('interest'),
      accounts.get('bank-fees'),
    ]).toEqual([0, -300, -231, 100]);
    await booksHold();
    expect(await refreshMatching(base())).toBe(0);
  });

  it('accepts a suggestion with both of its lines, once, under one key', async () => {
    const [id = ''] = await remittances(10);
    const [one = '', two = ''] = await bring(
      { amountFen: 600, memo: id, counterparty: '某公司' },
      { amountFen: 400, memo: id, counterparty: '某公司' },
    );
    const suggestionKey = (await lineOf(one)).suggestion?.key ?? '';
    expect((await lineOf(two)).suggestion?.key).toBe(suggestionKey);
    const input = { idempotencyKey: key(), lineId: one, suggestionKey };
    expect(await acceptSuggestion(fund.checker, input)).toMatchObject({ code: 'NOT_ALLOWED' });
    expect(await acceptSuggestion(fund.maker, { ...input, suggestionKey: 'x' })).toMatchObject({
      code: 'CHANGED_MEANWHILE',
    });
    const done = await acceptSuggestion(fund.maker, input);
    expect(done).toMatchObject([{ state: 'MATCHED' }, { state: 'MATCHED' }]);
    expect(await acceptSuggestion(fund.maker, input)).toMatchObject([{ _id: one, state: 'MATCHED' }]);
    expect(await acceptSuggestion(fund.maker, { ...input, lineId: two })).toMatchObject({ code: 'KEY_REUSED' });
    expect(await remittanceOf(id)).toMatchObject({ state: 'REMITTED', receivedFen: 1_000 });
    await booksHold();
  });

  it('lets one of two administrators win and tells the other what happened', async () => {
    const [id = ''] = await remittances(5);
    const [one = ''] = await bring({ amountFen: 200, memo: id });
    const other = personWith(fund.heart, 'fund-maker', 'second-maker');
    const suggestionKey = (await lineOf(one)).suggestion?.key ?? '';
    const answers = await Promise.all([
      acceptSuggestion(fund.maker, { idempotencyKey: key(), lineId: one, suggestionKey }),
      ignoreLine(other, { idempotencyKey: key(), lineId: one, category: 'foreign', reason: '不是本基金的' }),
    ]);
    const refusals = answers.filter(isRefusal);
    expect(refusals).toMatchObject([{ code: 'CHANGED_MEANWHILE' }]);
    expect(refusals[0]?.message).toMatch(/^这一行刚刚已由别人(核对到 AX|忽略（不是本基金的）)/);
    await booksHold();
  });

  it('leaves twins open, and lets a person say which is which', async () => {
    const [id = ''] = await remittances(4);
    const [one = '', two = ''] = await bring({ amountFen: 400, memo: id }, { amountFen: 400, memo: id });
    expect([await stateOf(one), await stateOf(two)]).toEqual(['OPEN', 'OPEN']);
    expect(await whyOf(one)).toContain('同额难分');
    const tooMuch = [part(one, id, 400), part(two, id, 400)];
    expect(await matchLines(fund.maker, { idempotencyKey: key(), parts: tooMuch })).toMatchObject({
      code: 'REMITTANCE_TOO_MUCH',
    });
    await matchLines(fund.maker, { idempotencyKey: key(), parts: [part(two, id, 400)] });
    expect([await stateOf(one), await stateOf(two)]).toEqual(['OPEN', 'MATCHED']);
    expect(await whyOf(one)).toBe(`${id} 已收齐，可能是重复付款`);
    await booksHold();
  });

  it('splits a line over remittances and keeps what is left in sight, then puts it aside', async () => {
    const [a = '', b = ''] = await remittances(3, 4);
    const [line = ''] = await bring({ amountFen: 1_000, counterparty: '某集团' });
    const parts = [part(line, a, 300), part(line, b, 400)];
    expect(await matchLines(fund.maker, { idempotencyKey: key(), parts: [part(line, a, 1_001)] })).toMatchObject({
      code: 'LINE_TOO_MUCH',
    });
    expect(await matchLines(fund.maker, { idempotencyKey: key(), parts })).toMatchObject([{ state: 'OPEN' }]);
    expect(await whyOf(line)).toBe('已核对一部分，余下 ¥3.00 待处理');
    await booksHold();
    await ignoreLine(fund.maker, { idempotencyKey: key(), lineId: line, category: 'foreign', reason: '多付，已退回' });
    expect(await stateOf(line)).toBe('MATCHED');
    await booksHold();
    await unmatchLine(fund.maker, { idempotencyKey: key(), lineId: line });
    expect(await lineOf(line)).toMatchObject({ state: 'OPEN', ignored: null });
    expect((await lineOf(line)).allocations.every((one) => one.reversed)).toBe(true);
    await booksHold();
  });

  it('takes a match back by a correction that names it; the rule then only suggests', async () => {
    const [id = ''] = await remittances(6);
    const [line = ''] = await bring({ amountFen: 600, memo: id });
    const ledgerId = (await lineOf(line)).allocations[0]?.ledgerId;
    expect(await unmatchLine(fund.maker, { idempotencyKey: key(), lineId: line })).toMatchObject([{ _id: line }]);
    const correction = await ledgerStore.collection(base()).findOne({ correctsId: ledgerId ?? '' });
    expect(correction).toMatchObject({ kind: 'correction', refs: { lineId: line } });
    expect(await remittanceOf(id)).toMatchObject({ state: 'OPEN', receivedFen: 0 });
    expect(await stateOf(line)).toBe('SUGGESTED');
    expect(await whyOf(line)).toBe(`汇款编号 ${id} 对，金额一致，等您确认`);
    expect(await unmatchLine(fund.maker, { idempotencyKey: key(), lineId: line })).toMatchObject({
      code: 'CHANGED_MEANWHILE',
    });
    await booksHold();
    await acceptSuggestion(fund.maker, {
      idempotencyKey: key(),
      lineId: line,
      suggestionKey: (await lineOf(line)).suggestion?.key ?? '',
    });
    await inTransaction(base(), (session) =>
      markReceipted(base(), { remittanceId: id, receiptId: 'r1', at: new Date() }, session),
    );
    expect(await unmatchLine(fund.maker, { idempotencyKey: key(), lineId: line })).toMatchObject({ code: 'RECEIPTED' });
    await booksHold();
  });

  it('opens an ignored line again and does not ignore it by itself a second time', async () => {
    const [line = ''] = await bring({ amountFen: 99, counterparty: '结息' });
    expect(await stateOf(line)).toBe('IGNORED');
    expect(
      await ignoreLine(fund.maker, { idempotencyKey: key(), lineId: line, category: 'interest', reason: 'x' }),
    ).toMatchObject({ code: 'CHANGED_MEANWHILE' });
    await reopenLine(fund.maker, { idempotencyKey: key(), lineId: line });
    expect(await stateOf(line)).toBe('OPEN');
    await booksHold();
    expect(
      await ignoreLine(fund.maker, { idempotencyKey: key(), lineId: line, category: 'interest', reason: ' ' }),
    ).toMatchObject({ code: 'REASON_INVALID' });
  });

  it('finds lines that came before their batch was approved', async () => {
    const reference = `AX2027${String(month + 1).padStart(2, '0')}-01`;
    const [line = ''] = await bring({ amountFen: 700, memo: reference });
    expect(await whyOf(line)).toBe(`附言里的 ${reference} 没有对应的汇款单`);
    expect(await remittances(7)).toEqual([reference]);
    expect(await refreshMatching(base())).toBe(1);
    expect(await stateOf(line)).toBe('MATCHED');
    expect(await remittanceOf(reference)).toMatchObject({ state: 'REMITTED' });
    await booksHold();
  });

  it('reaches the oldest of many lines when its remittance comes, without reading the others', async () => {
    await followTargets(base());
    const gifts = Array.from({ length: 1_100 }, (_, n) => ({ amountFen: 11, counterparty: `路人${n}`, memo: '心意' }));
    const [oldest = ''] = await bring({ amountFen: 2_300, counterparty: '配捐单位甲', day: '2027-01-02' }, ...gifts);
    expect(await stateOf(oldest)).toBe('OPEN');
    const [id = ''] = await remittances(23);
    expect(await followTargets(base())).toBe(1);
    expect(await lineOf(oldest)).toMatchObject({ state: 'SUGGESTED', suggestion: { targets: [{ id }] } });
    expect(await refreshMatching(base())).toBe(0);
    await booksHold();
  });

  it('holds money that went out against spends', async () => {
    spends.set('s1', {
      spendId: 's1',
      title: '校舍维修',
      day: '2027-02-01',
      leftFen: 250,
      payeeNames: ['某学校'],
      payeeAccounts: [],
    });
    await inTransaction(base(), (session) =>
      postLedger(
        base(),
        [
          {
            ...{ sourceKey: 'spend:s1', kind: 'spend', day: '2027-02-01', refs: {}, by: 'test' },
            postings: [
              { account: 'fund', amountFen: 250 },
              { account: 'payable', amountFen: -250 },
            ],
          },
        ],
        session,
      ),
    );
    const [line = ''] = await bring({ amountFen: -250, counterparty: '某学校' });
    expect(await whyOf(line)).toBe('与一笔使用记录金额相同');
    const suggestionKey = (await lineOf(line)).suggestion?.key ?? '';
    await acceptSuggestion(fund.maker, { idempotencyKey: key(), lineId: line, suggestionKey });
    expect(await stateOf(line)).toBe('MATCHED');
    expect((await balances()).get('payable')).toBe(0);
    expect(spends.get('s1')?.leftFen).toBe(0);
    await unmatchLine(fund.maker, { idempotencyKey: key(), lineId: line });
    expect((await balances()).get('payable')).toBe(-250);
    expect(spends.get('s1')?.leftFen).toBe(250);
  });
});
