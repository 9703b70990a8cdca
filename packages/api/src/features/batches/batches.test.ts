import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Fund, noonOf, personWith, startFund } from '../../../test/fund.js';
import { isRefusal } from '../../kernel/refusal.js';
import { readLedgerBalances } from '../ledger/index.js';
import {
  approveBatch,
  batchContentHash,
  batchDocument,
  batchLineStore,
  batchStore,
  makeBatch,
  type PayTo,
  payToPort,
  readBatchLines,
  readMatchPlaces,
  readRemittances,
  rejectBatch,
} from './index.js';

let fund: Fund;
/** What the bank says is the account now. */
let account: PayTo | null = { name: '基金专户', bankName: '两江银行', number: '622200001234' };
beforeAll(async () => {
  fund = await startFund('batches');
  payToPort.fill(fund.heart.base, () => Promise.resolve(account));
});
afterAll(() => fund.stop());

const make = (month: string, key = `key-${month}`) => makeBatch(fund.maker, { idempotencyKey: key, month });
const linesOf = (batchId: string) => readBatchLines(fund.heart.base, { batchId, afterSeq: 0, limit: 1_000 });
const balance = async (account: string) => (await readLedgerBalances(fund.heart.base, [account])).get(account) ?? 0;

describe('monthly batches', () => {
  it('are made of what accrued up to the month’s end, and only once the month is over', async () => {
    fund.heart.nowMs = noonOf('2026-08-10');
    const sales = await fund.sell('a1', 3);
    await fund.accrue(sales.slice(0, 2));
    expect(await make('2026-08')).toMatchObject({ code: 'MONTH_NOT_OVER' });
    fund.heart.nowMs = noonOf('2026-09-01');
    await fund.accrue(sales.slice(2));
    const draft = await make('2026-08');
    expect(draft).toMatchObject({ _id: 'B202608', state: 'DRAFT', lineCount: 2, amountFen: 200 });
    expect((await linesOf('B202608')).map((line) => line.kind)).toEqual(['match', 'match']);
  });

  it('name the account to which it is remitted, as it was when they were made, under the hash that is approved', async () => {
    const stored = await batchStore.collection(fund.heart.base).findOne({ _id: 'B202608' });
    expect(stored?.payTo).toEqual({ name: '基金专户', bankName: '两江银行', number: '622200001234' });
    account = { name: '基金专户', bankName: '别的银行', number: '999900001234' };
    const draft = await make('2026-08');
    if (isRefusal(draft)) throw new Error(draft.message);
    expect(draft.payTo).toEqual(stored?.payTo);
    const remittances = await readRemittances(fund.heart.base, { batchId: 'B202608', states: ['DRAFT'] });
    expect(batchContentHash(draft, remittances)).toBe(draft.contentHash);
    expect(batchContentHash({ ...draft, payTo: account }, remittances)).not.toBe(draft.contentHash);
  });

  it('give the same draft for the same key, and name the one that is open for another', async () => {
    expect(await make('2026-08')).toMatchObject({ state: 'DRAFT', attempt: 1 });
    expect(await make('2026-08', 'another-key')).toMatchObject({ code: 'BATCH_OPEN' });
  });

  it('are approved by somebody else, as they were seen, and then owed', async () => {
    const draft = await batchStore.collection(fund.heart.base).findOne({ _id: 'B202608' });
    const seen = { batchId: 'B202608', contentHash: draft!.contentHash };
    const both = personWith(fund.heart, 'fund-checker', 'fund-maker');
    expect(await approveBatch(both, seen)).toMatchObject({ code: 'SAME_PERSON' });
    expect(await approveBatch(fund.auditor, seen)).toMatchObject({ code: 'NOT_ALLOWED' });
    expect(await approveBatch(fund.checker, { ...seen, contentHash: 'x' })).toMatchObject({
      code: 'CHANGED_MEANWHILE',
    });
    expect(await balance('owed/a1')).toBe(0);
    const twice = await Promise.all([approveBatch(fund.checker, seen), approveBatch(fund.checker, seen)]);
    expect(twice.map((one) => 'state' in one && one.state)).toEqual(['APPROVED', 'APPROVED']);
    expect([await balance('owed/a1'), await balance('pledged/a1')]).toEqual([200, -200]);
    expect(await readRemittances(fund.heart.base, { batchId: 'B202608' })).toMatchObject([
      { _id: 'AX202608-01', agreementId: 'a1', state: 'OPEN', amountFen: 200 },
    ]);
  });

  it('let one of two checkers win and tell the other', async () => {
    fund.heart.nowMs = noonOf('2026-10-02');
    const draft = await make('2026-09');
    expect(draft).toMatchObject({ state: 'DRAFT', lineCount: 1 });
    const seen = { batchId: 'B202609', contentHash: 'contentHash' in draft ? draft.contentHash : '' };
    const other = personWith(fund.heart, 'fund-checker', 'second-checker');
    const answers = await Promise.all([
      approveBatch(fund.checker, seen),
      rejectBatch(other, { ...seen, reason: '先核对退货' }),
    ]);
    const outcomes = answers.map((one) => ('code' in one ? one.code : one.state)).sort();
    expect([
      ['APPROVED', 'CHANGED_MEANWHILE'],
      ['CHANGED_MEANWHILE', 'REJECTED'],
    ]).toContainEqual(outcomes);
    if (outcomes.includes('APPROVED')) return;
    // A rejected draft's yuan are free again: the same batch comes of the next attempt.
    const again = await make('2026-09', 'after-rejection');
    expect(await approveBatch(fund.checker, seen)).toMatchObject({ state: 'APPROVED', amountFen: 100 });
    expect(again).toMatchObject({ attempt: 2 });
  });

  it('carry what was refunded after a batch into the next as a line that names the first', async () => {
    fund.heart.nowMs = noonOf('2026-10-10');
    const sales = await fund.sell('a2', 2);
    await fund.accrue(sales);
    fund.heart.nowMs = noonOf('2026-11-02');
    const october = await fund.batch('2026-10');
    const [line] = await linesOf(october.batch._id);
    await fund.refund(sales[0]!);
    fund.heart.nowMs = noonOf('2026-12-02');
    const november = await fund.batch('2026-11');
    const [correcting] = await linesOf(november.batch._id);
    expect(correcting).toMatchObject({ kind: 'adjustment', amountFen: -100, agreementId: 'a2' });
    expect(['B202610.0000001', 'B202610.0000002']).toContain(correcting?.correctsId);
    expect(line?.batchId).toBe('B202610');
    expect(november.remittances).toMatchObject([{ state: 'NONE', amountFen: 0, carriedOutFen: -100 }]);
    expect(await balance('owed/a2')).toBe(100);
  });

  it('are made anew after a rejection or a broken build, with the same yuan', async () => {
    fund.heart.nowMs = noonOf('2026-12-05');
    await fund.accrue(await fund.sell('a2', 3));
    fund.heart.nowMs = noonOf('2027-01-02');
    const first = await make('2026-12', 'first-key');
    const contentHash = 'contentHash' in first ? first.contentHash : '';
    expect(await rejectBatch(fund.checker, { batchId: 'B202612', contentHash, reason: ' ' })).toMatchObject({
      code: 'REASON_INVALID',
    });
    await rejectBatch(fund.checker, { batchId: 'B202612', contentHash, reason: '金额待核' });
    expect(await linesOf('B202612')).toEqual([]);
    // As a killed process leaves it: building, with half of its lines.
    const base = fund.heart.base;
    await batchStore.collection(base).updateOne({ _id: 'B202612' }, { $set: { state: 'BUILDING', makeKey: 'gone' } });
    fund.heart.nowMs += 10 * 60_000;
    const again = await make('2026-12', 'second-key');
    expect(again).toMatchObject({ state: 'DRAFT', lineCount: 3, amountFen: 300 });
    expect('contentHash' in again && again.contentHash).toBe(contentHash);
    // What november left over is taken off december's remittance.
    expect(await readRemittances(base, { batchId: 'B202612', states: ['DRAFT'] })).toMatchObject([
      { linesFen: 300, carriedInFen: -100, amountFen: 200 },
    ]);
  });

  it('say where a match stands only once they are approved', async () => {
    const base = fund.heart.base;
    const [line] = await linesOf('B202612');
    expect((await readMatchPlaces(base, [line!.matchId])).size).toBe(0);
    const draft = await batchStore.collection(base).findOne({ _id: 'B202612' });
    await approveBatch(fund.checker, { batchId: 'B202612', contentHash: draft!.contentHash });
    expect((await readMatchPlaces(base, [line!.matchId])).get(line!.matchId)).toMatchObject({
      ...{ batchId: 'B202612', remittanceId: 'AX202612-01', state: 'BATCHED', countedFen: 100 },
    });
  });

  it('take each yuan once, over all months', async () => {
    const lines = await batchLineStore.collection(fund.heart.base).find({ kind: 'match' }).toArray();
    expect(new Set(lines.map((line) => line.matchId)).size).toBe(lines.length);
    expect(await make('2026-11', 'late-key')).toMatchObject({ code: 'MONTH_CLOSED' });
    expect(await make('2026-13', 'wrong-key')).toMatchObject({ code: 'MONTH_INVALID' });
    fund.heart.nowMs = noonOf('2027-02-02');
    expect(await make('2027-01', 'empty-month')).toMatchObject({ code: 'NOTHING_DUE' });
    expect(await batchStore.collection(fund.heart.base).findOne({ _id: 'B202701' })).toBeNull();
  });
});

describe('a batch on paper', () => {
  const bytesOf = async (kind: 'pdf' | 'xlsx'): Promise<Buffer> => {
    const document = await batchDocument(fund.auditor, { batchId: 'B202610', kind });
    if (isRefusal(document)) throw new Error(document.code);
    return Buffer.isBuffer(document.body) ? document.body : buffer(document.body);
  };

  it('is the same to the byte, however often it is printed and whatever came after', async () => {
    const before = [await bytesOf('pdf'), await bytesOf('xlsx')];
    fund.heart.nowMs += 90 * 24 * 3_600_000;
    await fund.heart.agree({ id: 'a3', productIds: [], capFen: 100 });
    const after = [await bytesOf('pdf'), await bytesOf('xlsx')];
    expect(after.map((one, index) => one.equals(before[index]!))).toEqual([true, true]);
    expect(before[0]!.subarray(0, 5).toString()).toBe('%PDF-');
  });

  it('is given to the fund and to auditors alone', async () => {
    const member = {
      ...fund.auditor,
      actor: { kind: 'person' as const, memberId: 'm1', roles: [{ name: 'member' as const }] },
    };
    expect(await batchDocument(member, { batchId: 'B202610', kind: 'pdf' })).toMatchObject({ code: 'NOT_ALLOWED' });
    expect(await batchDocument(fund.maker, { batchId: 'B200001', kind: 'pdf' })).toMatchObject({
      code: 'BATCH_UNKNOWN',
    });
  });
});
