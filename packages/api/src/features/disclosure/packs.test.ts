import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Heart, startHeart } from '../../../test/heart.js';
import { sha256 } from '../../kernel/canonical.js';
import { isRefusal, type Refusal } from '../../kernel/refusal.js';
import { remittanceStore } from '../batches/index.js';
import {
  correctPack,
  draftPack,
  type Pack,
  type PackContent,
  packHeadStore,
  packStore,
  publishPack,
  readPublishedHeads,
  withdrawDraft,
} from './index.js';
import { bookAgreement, bookBatch, bookReceived, personCtx } from './testing/fund-books.js';

const SHY = { name: '不愿具名的山城公司', uscc: '91500000MA5U00002X', number: 'JX-2026-02' };
let heart: Heart;
let count = 0;
const maker = () => personCtx(heart.base, 'person-1', 'fund-maker', 'fund-checker');
const maker2 = () => personCtx(heart.base, 'person-3', 'fund-maker');
const checker = () => personCtx(heart.base, 'person-2', 'fund-checker');
const key = (): string => `key-${String((count += 1)).padStart(6, '0')}`;

beforeAll(async () => {
  heart = await startHeart('disclosure');
  heart.nowMs = Date.parse('2026-10-10T10:00:00+08:00');
  const { base } = heart;
  const shy = { sponsorName: SHY.name, uscc: SHY.uscc, number: SHY.number, publishesName: false };
  await bookAgreement(base, {
    ...{ id: 'agreement-1', number: 'JX-2026-01', sponsorName: '渝州配捐企业', uscc: '91500000MA5U00001X' },
    publishesName: true,
  });
  await bookAgreement(base, { id: 'agreement-2', ...shy });
  await bookBatch(base, {
    month: '2026-07',
    approvedAt: '2026-08-03T10:00:00+08:00',
    remittances: [
      {
        ...{ remittanceId: 'AX202607-01', agreementId: 'agreement-1', amountFen: 200_000, receivedFen: 200_000 },
        ...{ remittedDay: '2026-08-10', receiptedAt: '2026-08-12T10:00:00+08:00' },
      },
      {
        ...{ remittanceId: 'AX202607-02', agreementId: 'agreement-2', amountFen: 100_000, receivedFen: 100_000 },
        ...{ remittedDay: '2026-08-11', receiptedAt: null },
      },
    ],
  });
  await bookBatch(base, {
    month: '2026-08',
    approvedAt: '2026-09-02T10:00:00+08:00',
    remittances: [
      {
        ...{ remittanceId: 'AX202608-01', agreementId: 'agreement-1', amountFen: 120_000, receivedFen: 120_000 },
        ...{ remittedDay: '2026-10-03', receiptedAt: null },
      },
    ],
  });
});
afterAll(() => heart.stop());

const codeOf = (value: Pack | Refusal): string => (isRefusal(value) ? value.code : value.state);
const contentOf = (pack: Pack): PackContent => JSON.parse(pack.json) as PackContent;

async function drafted(input = { from: '2026-07-01', until: '2026-09-30' }): Promise<Pack> {
  const pack = await draftPack(maker(), { idempotencyKey: key(), ...input });
  if (isRefusal(pack)) throw new Error(pack.code);
  return pack;
}
const publish = (pack: Pack, ctx = checker(), idempotencyKey = key()) =>
  publishPack(ctx, { idempotencyKey, packId: pack._id, hash: pack.hash });
const stateOf = async (id: string): Promise<unknown[]> => {
  const found = await remittanceStore.collection(heart.base).findOne({ _id: id });
  return [found?.state, found?.packId];
};

describe('a draft', () => {
  it('tells what the books say to the fen, and leaves what came after its last day', async () => {
    const pack = await drafted();
    const content = contentOf(pack);
    expect(pack.faults).toEqual([]);
    expect(content.fund).toMatchObject({ openingFen: 0, receivedFen: 300_000, spentFen: 0, closingFen: 300_000 });
    expect(content.discloses).toEqual(['AX202607-01']);
    expect(content.open.withoutReceipt.map((one) => one.remittanceId)).toEqual(['AX202607-02']);
    expect(content.heads.ledger?.seq).toBe(2);
    expect(sha256(pack.json)).toBe(pack.hash);
  });

  it('holds no byte of the donor who refused', async () => {
    const { json } = await drafted();
    for (const secret of [SHY.name, SHY.uscc, SHY.number, 'agreement-2']) expect(json).not.toContain(secret);
    expect(json).toContain('未公开');
  });

  it('made again from the same books is the same bytes, by whomever; the same key gives the same draft', async () => {
    const first = await drafted();
    const period = { from: '2026-07-01', until: '2026-09-30' };
    const idempotencyKey = key();
    const second = await draftPack(maker2(), { idempotencyKey, ...period });
    expect([isRefusal(second), (second as Pack).json]).toEqual([false, first.json]);
    const again = await draftPack(maker2(), { idempotencyKey, ...period });
    expect((again as Pack).draftedAt).toEqual((second as Pack).draftedAt);
    expect(codeOf(await draftPack(maker2(), { idempotencyKey, from: '2026-07-01', until: '2026-08-31' }))).toBe(
      'KEY_REUSED',
    );
    expect(await packStore.collection(heart.base).countDocuments()).toBe(1);
  });

  it('of other days takes the place of the one before', async () => {
    await drafted({ from: '2026-07-01', until: '2026-08-31' });
    expect((await packStore.collection(heart.base).find().toArray()).map((one) => one._id)).toEqual([
      'GS20260701-20260831',
    ]);
  });

  it('is put away as it was seen, and made again it is the same', async () => {
    const pack = await drafted();
    const seen = { packId: pack._id, hash: pack.hash };
    expect(await withdrawDraft(personCtx(heart.base, 'person-9', 'auditor'), seen)).toMatchObject({
      code: 'NOT_ALLOWED',
    });
    expect(await withdrawDraft(checker(), { ...seen, hash: 'another' })).toMatchObject({ code: 'PACK_CHANGED' });
    expect(await withdrawDraft(checker(), seen)).toEqual({ _id: pack._id });
    expect(await withdrawDraft(maker(), seen)).toMatchObject({ code: 'PACK_UNKNOWN' });
    expect((await drafted()).json).toBe(pack.json);
  });

  it('is made by a maker alone, of days that are over', async () => {
    const input = { idempotencyKey: key(), from: '2026-07-01', until: '2026-09-30' };
    expect(codeOf(await draftPack(checker(), input))).toBe('NOT_ALLOWED');
    expect(codeOf(await draftPack(personCtx(heart.base, 'x', 'auditor'), input))).toBe('NOT_ALLOWED');
    expect(codeOf(await draftPack(maker(), { ...input, until: '2026-10-10' }))).toBe('PERIOD_NOT_OVER');
    expect(codeOf(await draftPack(maker(), { ...input, idempotencyKey: 'x' }))).toBe('KEY_INVALID');
  });
});

describe('publishing', () => {
  it('is for another person than the maker, who names what was seen', async () => {
    const pack = await drafted();
    expect(codeOf(await publish(pack, maker()))).toBe('SAME_PERSON');
    expect(codeOf(await publish(pack, maker2()))).toBe('NOT_ALLOWED');
    expect(codeOf(await publish({ ...pack, hash: 'f'.repeat(64) }))).toBe('PACK_CHANGED');
    expect(codeOf(await publish({ ...pack, _id: 'GS1' }))).toBe('PACK_UNKNOWN');
    expect(await stateOf('AX202607-01')).toEqual(['RECEIPTED', null]);
  });

  it('is refused when the books moved on, or do not agree with the ledger', async () => {
    const pack = await drafted();
    await bookReceived(heart.base, 'stray', 1);
    expect(codeOf(await publish(pack))).toBe('PACK_BLOCKED');
    expect((await drafted()).faults.map((fault) => fault.code)).toEqual(['BOOKS_DIFFER']);
    await bookReceived(heart.base, 'stray back', -1);
    const good = await drafted();
    await remittanceStore
      .collection(heart.base)
      .updateOne({ _id: 'AX202607-02' }, { $set: { remittedDay: '2026-08-13' } });
    expect(codeOf(await publish(good))).toBe('PACK_OUTDATED');
  });

  it('by two at once: one wins, the other is told, nothing is half', async () => {
    const pack = await drafted();
    const other = personCtx(heart.base, 'person-4', 'fund-checker');
    const outcomes = await Promise.all([publish(pack), publish(pack, other)]);
    expect(outcomes.map(codeOf).sort()).toEqual([expect.stringMatching(/PACK_(PUBLISHED|OUTDATED)/), 'PUBLISHED']);
    expect(await stateOf('AX202607-01')).toEqual(['DISCLOSED', pack._id]);
    expect(await stateOf('AX202607-02')).toEqual(['REMITTED', null]);
    const head = await packHeadStore.collection(heart.base).findOne({ _id: 'packs' });
    expect(head).toEqual({ _id: 'packs', seq: 1, packId: pack._id, hash: pack.hash });
  });

  it('sent again with the same key gives the same pack; with another it is told', async () => {
    await remittanceStore
      .collection(heart.base)
      .updateOne({ _id: 'AX202608-01' }, { $set: { state: 'RECEIPTED', receiptedAt: new Date(heart.nowMs) } });
    heart.nowMs = Date.parse('2026-11-02T10:00:00+08:00');
    const pack = await drafted({ from: '2026-10-01', until: '2026-10-31' });
    expect(contentOf(pack)).toMatchObject({
      prev: { packId: 'GS20260701-20260930' },
      fund: { openingFen: 300_000, receivedFen: 120_000, closingFen: 420_000 },
      discloses: ['AX202608-01'],
      batches: [{ batchId: 'B202608', isNew: false }],
    });
    const idempotencyKey = key();
    const [first, again] = [
      await publish(pack, checker(), idempotencyKey),
      await publish(pack, checker(), idempotencyKey),
    ];
    expect([first, again].map(codeOf)).toEqual(['PUBLISHED', 'PUBLISHED']);
    expect(codeOf(await publish(pack))).toBe('PACK_PUBLISHED');
    const other = await correctPack(maker(), { idempotencyKey: key(), packId: pack._id, reason: '核对' });
    expect(codeOf(await publish(other as Pack, checker(), idempotencyKey))).toBe('KEY_REUSED');
    expect((await readPublishedHeads(heart.base)).map((one) => [one.seq, one.prevHash === ''])).toEqual([
      [2, false],
      [1, true],
    ]);
  });
});

describe('a correction', () => {
  const correct = (packId: string, reason = '捐赠人要求不公开名称', idempotencyKey = key()) =>
    correctPack(maker(), { idempotencyKey, packId, reason });

  it('is a new pack with a reason, of the same money; the old one stays as it was', async () => {
    const { base } = heart;
    const before = await packStore.collection(base).findOne({ _id: 'GS20260701-20260930' });
    await base.db.collection('agreements').updateOne({ number: 'JX-2026-01' }, { $set: { publishesName: false } });
    expect(codeOf(await correct('GS20260701-20260930', ' '))).toBe('REASON_INVALID');
    expect(codeOf(await correct('GS1'))).toBe('PACK_UNKNOWN');
    const draft = await correct('GS20260701-20260930');
    if (isRefusal(draft)) throw new Error(draft.code);
    const content = contentOf(draft);
    expect(draft._id).toBe('GS20260701-20260930-G1');
    expect(content.fund).toEqual(contentOf(before!).fund);
    expect(content.discloses).toEqual(['AX202607-01']);
    expect(draft.json).not.toContain('渝州配捐企业');
    expect(content.corrects).toEqual({ packId: before?._id, hash: before?.hash, reason: '捐赠人要求不公开名称' });
    expect(codeOf(await publish(draft))).toBe('PUBLISHED');
    expect(await packStore.collection(base).findOne({ _id: 'GS20260701-20260930' })).toEqual(before);
    expect(await stateOf('AX202607-01')).toEqual(['DISCLOSED', 'GS20260701-20260930']);
  });

  it('of a corrected pack is refused: the correction is what holds', async () => {
    expect(codeOf(await correct('GS20260701-20260930'))).toBe('PACK_CORRECTED');
    const second = await correct('GS20260701-20260930-G1', '再更正一次');
    expect((second as Pack)._id).toBe('GS20260701-20260930-G2');
  });

  it('of the newest period takes over what was booked late', async () => {
    await remittanceStore
      .collection(heart.base)
      .updateOne(
        { _id: 'AX202607-02' },
        { $set: { state: 'RECEIPTED', receiptedAt: new Date('2026-10-20T10:00:00+08:00') } },
      );
    const draft = await correct('GS20261001-20261031', '补记票据');
    if (isRefusal(draft)) throw new Error(draft.code);
    expect(contentOf(draft).discloses).toEqual(['AX202607-02', 'AX202608-01']);
    expect(codeOf(await publish(draft))).toBe('PUBLISHED');
    expect(await stateOf('AX202607-02')).toEqual(['DISCLOSED', 'GS20261001-20261031-G1']);
  });

  it('is followed by the next period without a gap', async () => {
    heart.nowMs = Date.parse('2026-12-02T10:00:00+08:00');
    const next = contentOf(await drafted({ from: '2026-11-01', until: '2026-11-30' }));
    expect(next.fund).toMatchObject({ openingFen: 420_000, receivedFen: 0, closingFen: 420_000 });
  });
});
