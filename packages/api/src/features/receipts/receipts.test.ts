import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Fund, personWith, noonOf, startFund } from '../../../test/fund.js';
import type { Actor } from '../../kernel/authority.js';
import { isRefusal } from '../../kernel/refusal.js';
import { inTransaction } from '../../kernel/transaction.js';
import { markDisclosed, readRemittances, receiveRemittances, type Remittance } from '../batches/index.js';
import { mayReadFile, readFiles, saveFile } from '../files/index.js';
import {
  readReceipts,
  readReceiptsOf,
  type Receipt,
  receiptFileReader,
  recordReceipt,
  type RecordReceiptInput,
  voidReceipt,
} from './index.js';
import { checkReceipt, isDay } from './receipts.rules.js';

let fund: Fund;
let fileId: string;
let first: Remittance;
let second: Remittance;
let keys = 0;

async function file(text: string): Promise<string> {
  const stream = (async function* () {
    yield await Promise.resolve(Buffer.from(`%PDF-1.7 ${text}`));
  })();
  const saved = await saveFile(fund.heart.base, { name: '票据.pdf', purpose: 'receipt', uploadedBy: 'm', stream });
  if (isRefusal(saved)) throw new Error(saved.message);
  return saved.fileId;
}

/** The money of a remittance comes whole. */
async function receive(remittance: Remittance): Promise<Remittance> {
  const { base } = fund.heart;
  const money = { remittance, amountFen: remittance.amountFen, day: '2026-12-03' };
  const [after] = await inTransaction(base, (session) => receiveRemittances(base, [money], session));
  if (!after) throw new Error('nothing received');
  return after;
}

beforeAll(async () => {
  fund = await startFund('receipts');
  await fund.accrue([...(await fund.sell('a1', 2)), ...(await fund.sell('a2', 1))]);
  fund.heart.nowMs = noonOf('2026-12-05');
  const { remittances } = await fund.batch('2026-11');
  const [one, two] = remittances;
  if (!one || !two) throw new Error('two agreements have two remittances');
  [first, second] = [one, two];
  fileId = await file('first');
});
afterAll(() => fund.stop());

function input(more: Partial<RecordReceiptInput> = {}): RecordReceiptInput {
  keys += 1;
  return {
    idempotencyKey: `receipt-${keys}`,
    remittanceId: first._id,
    number: '0012345678',
    checkCode: 'a1b2c3',
    issuedDay: '2026-12-04',
    amountFen: first.amountFen,
    fileId,
    corrects: null,
    ...more,
  };
}

async function recorded(more: Partial<RecordReceiptInput> = {}): Promise<Receipt> {
  const receipt = await recordReceipt(fund.maker, input(more));
  if (isRefusal(receipt)) throw new Error(receipt.message);
  return receipt;
}

async function stateOf(remittance: Remittance): Promise<string> {
  const [now] = await readRemittances(fund.heart.base, { ids: [remittance._id] });
  return now?.state ?? '';
}

describe('what stands on a receipt', () => {
  const remittance = { receivedFen: 100, remittedDay: '2026-12-03' };
  const good = { remittanceId: 'AX', number: '００１２３４ 5678', checkCode: 'Ab12', issuedDay: '2026-12-03' };
  const whole = { ...good, amountFen: 100, fileId: 'f' };
  it('is kept in plain digits', () => {
    expect(checkReceipt(whole, remittance, '2026-12-03')).toMatchObject({ number: '0012345678' });
  });
  it.each([
    [{ number: '12a45678' }, 'number'],
    [{ number: '1234567' }, 'number'],
    [{ checkCode: '=1+1' }, 'checkCode'],
    [{ issuedDay: '2026-12-02' }, 'issuedDay'],
    [{ issuedDay: '2026-12-04' }, 'issuedDay'],
    [{ issuedDay: '2026-02-30' }, 'issuedDay'],
    [{ amountFen: 99 }, 'amountFen'],
    [{ amountFen: 101 }, 'amountFen'],
  ])('is refused with %j', (wrong, path) => {
    expect(checkReceipt({ ...whole, ...wrong }, remittance, '2026-12-03')).toMatchObject({ refused: true, path });
  });
  it('knows every day of the calendar and no other', () => {
    const from = new Date('2000-01-01T00:00:00Z');
    fc.assert(
      fc.property(fc.date({ min: from, max: new Date('2099-12-31T00:00:00Z'), noInvalidDate: true }), (date) => {
        expect(isDay(date.toISOString().slice(0, 10))).toBe(true);
      }),
    );
    for (const text of ['2026-13-01', '2026-04-31', '2025-02-29', '26-01-01', '2026-1-1', '']) {
      expect([text, isDay(text)]).toEqual([text, false]);
    }
  });
});

describe('the receipt of a remittance', () => {
  it('waits for the money', async () => {
    expect(await recordReceipt(fund.maker, input())).toMatchObject({ code: 'NOT_REMITTED' });
    expect(await recordReceipt(fund.maker, input({ remittanceId: 'AX' }))).toMatchObject({
      code: 'REMITTANCE_UNKNOWN',
    });
  });

  it('is recorded by the maker alone', async () => {
    first = await receive(first);
    for (const ctx of [fund.checker, fund.auditor]) {
      expect(await recordReceipt(ctx, input())).toMatchObject({ code: 'NOT_ALLOWED' });
    }
    expect(await recordReceipt(fund.maker, input({ fileId: 'none' }))).toMatchObject({ code: 'FILE_UNKNOWN' });
    expect(await recordReceipt(fund.maker, input({ amountFen: 1 }))).toMatchObject({ code: 'AMOUNT_DIFFERS' });
    expect(await stateOf(first)).toBe('REMITTED');
  });

  it('is recorded once, however often and by however many it is sent', async () => {
    const same = input();
    const others = [1, 2, 3].map(() => input({ number: '0099999999' }));
    const outcomes = await Promise.all([same, same, ...others].map((one) => recordReceipt(fund.maker, one)));
    const stood = outcomes.filter((one) => !isRefusal(one));
    const codes = outcomes.flatMap((one) => (isRefusal(one) ? [one.code] : []));
    expect(new Set(stood.map((one) => (isRefusal(one) ? '' : one._id))).size).toBe(1);
    expect(new Set(codes)).toEqual(new Set(['ALREADY_RECEIPTED']));
    expect(await stateOf(first)).toBe('RECEIPTED');
    const [stored] = await readReceipts(fund.heart.base, {});
    const sent = [same, ...others].find((one) => one.number === stored?.number) ?? same;
    const changed = { ...sent, checkCode: 'other1' };
    // Whichever of them won: its key stands for its content, and the keys of the others for nothing.
    const again = await Promise.all(
      [same, ...others].map((one) => recordReceipt(fund.maker, { ...changed, idempotencyKey: one.idempotencyKey })),
    );
    expect(again.map((one) => (isRefusal(one) ? one.code : '')).sort()).toEqual([
      ...others.map(() => 'ALREADY_RECEIPTED'),
      'KEY_REUSED',
    ]);
  });

  it('is corrected by a new one that names it; the old one is voided and unchanged', async () => {
    const [before] = await readReceipts(fund.heart.base, { state: 'VALID' });
    if (!before) throw new Error('none');
    const corrects = { receiptId: before._id, reason: '校验码录错' };
    const missing = input({ corrects: { ...corrects, reason: ' ' } });
    expect(await recordReceipt(fund.maker, missing)).toMatchObject({ path: 'corrects.reason' });
    const after = await recorded({ number: before.number, checkCode: 'zz9988', corrects });
    expect(after).toMatchObject({ correctsId: before._id, correctionReason: '校验码录错', state: 'VALID' });
    const all = await readReceipts(fund.heart.base, {});
    expect(all.find((one) => one._id === before._id)).toMatchObject({
      ...{ state: 'VOIDED', voidReason: '校验码录错', number: before.number, checkCode: before.checkCode },
    });
    expect((await readReceiptsOf(fund.heart.base, [first._id])).get(first._id)?._id).toBe(after._id);
    const twice = await recordReceipt(fund.maker, input({ corrects }));
    expect(twice).toMatchObject({ code: 'RECEIPT_UNKNOWN' });
    expect(await stateOf(first)).toBe('RECEIPTED');
  });

  it('has a number that no other valid one has', async () => {
    second = await receive(second);
    const [taken] = await readReceipts(fund.heart.base, { state: 'VALID' });
    const more = { remittanceId: second._id, amountFen: second.amountFen };
    const refused = await recordReceipt(fund.maker, input({ ...more, number: taken?.number ?? '' }));
    expect(refused).toMatchObject({ code: 'NUMBER_TAKEN', path: 'number' });
    expect(await stateOf(second)).toBe('REMITTED');
    await recorded({ ...more, number: '0087654321' });
    expect(await stateOf(second)).toBe('RECEIPTED');
  });

  it('may be voided with a reason until it is disclosed; then it is only corrected', async () => {
    const receipt = (await readReceiptsOf(fund.heart.base, [second._id])).get(second._id);
    if (!receipt) throw new Error('none');
    const wanted = { receiptId: receipt._id, reason: '开错单位' };
    expect(await voidReceipt(fund.auditor, wanted)).toMatchObject({ code: 'NOT_ALLOWED' });
    expect(await voidReceipt(fund.maker, { ...wanted, reason: '' })).toMatchObject({ code: 'REASON_INVALID' });
    expect(await voidReceipt(fund.maker, wanted)).toMatchObject({ state: 'VOIDED', voidReason: '开错单位' });
    expect(await voidReceipt(fund.maker, wanted)).toMatchObject({ state: 'VOIDED' });
    expect(await stateOf(second)).toBe('REMITTED');
    const anew = await recorded({ remittanceId: second._id, amountFen: second.amountFen, number: '0087654321' });
    const { base } = fund.heart;
    const mark = { remittanceIds: [second._id], packId: 'p1', at: new Date(base.clock()) };
    await inTransaction(base, (session) => markDisclosed(base, mark, session));
    expect(await voidReceipt(fund.maker, { receiptId: anew._id, reason: '错' })).toMatchObject({ code: 'DISCLOSED' });
    const corrects = { receiptId: anew._id, reason: '号码录错' };
    await recorded({ remittanceId: second._id, amountFen: second.amountFen, number: '0087654322', corrects });
    expect(await stateOf(second)).toBe('DISCLOSED');
  });
});

describe('the picture of a receipt', () => {
  it('is read by the sponsor it was given to, and by no other', async () => {
    const { base } = fund.heart;
    const meta = (await readFiles(base, [fileId])).get(fileId);
    if (!meta) throw new Error('no file');
    const sponsor = (sponsorId: string): Actor => {
      return { kind: 'person', memberId: 's', roles: [{ name: 'sponsor', sponsorId }] };
    };
    expect(await receiptFileReader(base, sponsor(first.sponsorId), meta)).toBe(true);
    expect(await receiptFileReader(base, sponsor('another'), meta)).toBe(false);
    expect(await receiptFileReader(base, personWith(fund.heart, 'fund-maker').actor, meta)).toBe(false);
    expect(await mayReadFile(base, personWith(fund.heart, 'fund-maker').actor, meta)).toBe(true);
    expect(await receiptFileReader(base, sponsor(first.sponsorId), { ...meta, purpose: 'evidence' })).toBe(false);
    expect((await readReceipts(base, { sponsorIds: ['another'] })).length).toBe(0);
  });
});
