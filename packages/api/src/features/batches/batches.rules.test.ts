import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { merkleRoot } from '../../kernel/merkle.js';
import type { MatchRecord } from '../charity/index.js';
import type { BatchLine } from './batch-lines.store.js';
import {
  PAGE_LINES,
  afterReceipt,
  batchIdOf,
  createTally,
  draftRemittance,
  lineHash,
  lineOf,
  remittanceIdOf,
} from './batches.rules.js';
import type { Remittance } from './remittances.store.js';

const at = new Date('2026-10-05T04:00:00Z');
const match = (more: Partial<MatchRecord> = {}): MatchRecord => ({
  ...{ _id: 'e1.0', entryId: 'e1', memberId: 'm1', orderId: 'o1', agreementId: 'a1', unit: 'piece', lineId: '1' },
  ...{ productId: 'honey', countyCode: '500229', unitCount: 5, amountFen: 500, undoneFen: 0, state: 'ACCRUED' },
  ...{ at, month: '2026-10', accruedAt: at, accruedMonth: '2026-10', voidAt: null, changedBlock: 1, ...more },
});
const place = (batchId: string, seq = 1) => ({
  batchId,
  seq,
  remittanceId: remittanceIdOf(batchId, 1),
  entryHash: 'h',
});
const names = { agreement: (id: string) => id, county: (id: string) => id, product: (id: string) => id };

describe('the lines of a batch', () => {
  it('take nothing of a yuan that has not accrued, or that was given back before', () => {
    expect(lineOf(match({ accruedAt: null, state: 'PENDING' }), [], place('B202610'))).toBeNull();
    expect(lineOf(match({ undoneFen: 500, state: 'VOID' }), [], place('B202610'))).toBeNull();
  });

  it('take back what was refunded after a batch, and name the line they correct', () => {
    const first = lineOf(match(), [], place('B202610'))!;
    const second = lineOf(match({ undoneFen: 200 }), [first], place('B202611'))!;
    expect(second).toMatchObject({ kind: 'adjustment', amountFen: -200, correctsId: first._id });
  });

  it('end at what is due, whatever the order of accrual, refunds and batches', () => {
    const step = fc.oneof(
      fc.constant('accrue' as const),
      fc.constant('batch' as const),
      fc.integer({ min: 1, max: 5 }).map((pieces) => ({ pieces })),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 50 }), (steps) => {
        let now = match({ accruedAt: null, accruedMonth: null, state: 'PENDING' });
        const lines: BatchLine[] = [];
        const batch = (): void => {
          const line = lineOf(now, lines, place(batchIdOf(`2026-${String(lines.length + 10)}`)));
          if (line) lines.push(line);
          const sumFen = lines.reduce((sum, one) => sum + one.amountFen, 0);
          expect(sumFen).toBe(now.accruedAt ? now.amountFen - now.undoneFen : 0);
        };
        for (const one of steps) {
          if (one === 'batch') batch();
          else if (one === 'accrue') now = { ...now, state: 'ACCRUED', accruedAt: at };
          else now = { ...now, undoneFen: Math.min(500, now.undoneFen + one.pieces * 100) };
        }
        batch();
        expect(lines.filter((line) => line.kind === 'match').length).toBeLessThanOrEqual(1);
        expect(lines.every((line) => line.amountFen !== 0)).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('the tally of a batch', () => {
  const line = (seq: number, amountFen: number): BatchLine => ({
    ...lineOf(match({ _id: `e${seq}.0`, amountFen: Math.abs(amountFen) }), [], place('B202610', seq))!,
    ...{
      amountFen,
      kind: amountFen < 0 ? 'adjustment' : 'match',
      agreementId: `a${seq % 3}`,
      productId: seq % 2 ? 'honey' : null,
    },
  });

  it('gives every fen once by agreement, county, product and sale month', () => {
    const amounts = fc.array(
      fc.integer({ min: -500, max: 500 }).filter((fen) => fen !== 0),
      { minLength: 1, maxLength: 60 },
    );
    fc.assert(
      fc.property(amounts, (all) => {
        const tally = createTally();
        all.forEach((fen, index) => tally.add(line(index + 1, fen)));
        const result = tally.result(names);
        const wanted = all.reduce((sum, fen) => sum + fen, 0);
        expect(result).toMatchObject({ lineCount: all.length, amountFen: wanted });
        for (const totals of [result.agreements, result.counties, result.products]) {
          expect(totals.reduce((sum, one) => sum + one.matchedFen + one.adjustedFen, 0)).toBe(wanted);
        }
        expect(result.sums.reduce((sum, one) => sum + one.amountFen, 0)).toBe(wanted);
      }),
    );
  });

  it('seals pages of 1,024 lines under one root', () => {
    const lines = Array.from({ length: PAGE_LINES + 3 }, (_, index) => line(index + 1, 100));
    const tally = createTally();
    for (const one of lines) tally.add(one);
    const { pageRoots, root } = tally.result(names);
    const hashes = lines.map(lineHash);
    expect(pageRoots).toEqual([merkleRoot(hashes.slice(0, PAGE_LINES)), merkleRoot(hashes.slice(PAGE_LINES))]);
    expect(root).toBe(merkleRoot(pageRoots));
  });
});

describe('a remittance', () => {
  const drafted = (linesFen: number, carriedInFen = 0): Remittance => ({
    ...draftRemittance({
      ...{ _id: 'AX202610-01', batchId: 'B202610', agreementId: 'a1', agreementNumber: '1号' },
      ...{ sponsorName: '甲', sponsorId: 'u', linesFen, carriedInFen },
    }),
    state: 'OPEN',
  });

  it('never asks for less than nothing, and loses no fen on the way to the next', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -900, max: 900 }), { minLength: 1, maxLength: 20 }), (months) => {
        let carriedFen = 0;
        let askedFen = 0;
        for (const linesFen of months) {
          const one = drafted(linesFen, carriedFen);
          expect(one.amountFen).toBeGreaterThanOrEqual(0);
          askedFen += one.amountFen;
          carriedFen = one.carriedOutFen;
        }
        expect(askedFen + carriedFen).toBe(months.reduce((sum, fen) => sum + fen, 0));
      }),
    );
  });

  it('is through when all of it came, and open again when a match is taken back', () => {
    const money = (amountFen: number) => ({ amountFen, day: '2026-11-03', at });
    const half = afterReceipt(drafted(1_000), money(600));
    expect(half).toMatchObject({ state: 'OPEN', receivedFen: 600, remittedDay: null });
    const whole = afterReceipt(half, money(400));
    expect(whole).toMatchObject({ state: 'REMITTED', receivedFen: 1_000, remittedDay: '2026-11-03' });
    expect(afterReceipt(whole, money(-400))).toMatchObject({ state: 'OPEN', receivedFen: 600, remittedDay: null });
    expect(() => afterReceipt(half, money(401))).toThrow('would hold 1001 of 1000');
    expect(() => afterReceipt(half, money(-601))).toThrow('less than was spent');
    expect(() => afterReceipt({ ...whole, state: 'RECEIPTED' }, money(-1))).toThrow('takes no money');
  });
});
