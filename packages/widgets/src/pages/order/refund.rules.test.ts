import { describe, expect, it } from '@jest/globals';
import { PAID_ORDER, RECEIVED_ORDER, SHIPPED_ORDER } from '../../../test/fixtures/orders.js';
import type { OrderParts } from './order.documents.js';
import { previewRefund, returnableLines } from './refund.rules.js';

const paid = PAID_ORDER as unknown as OrderParts;
const shipped = SHIPPED_ORDER as unknown as OrderParts;
const received = RECEIVED_ORDER as unknown as OrderParts;

const leftOf = (order: OrderParts) => returnableLines(order).map(({ line, leftCount }) => [line.lineId, leftCount]);

describe('what may still be asked back', () => {
  it('is everything that was bought, where nothing was asked back before', () =>
    expect(leftOf(shipped)).toEqual([
      ['line-honey', 2],
      ['line-orange', 1],
    ]));

  it('is without what was paid back, and with what was turned down', () =>
    expect(leftOf(received)).toEqual([['line-honey', 2]]));

  it('is without what another request already asks for', () => {
    const refunds = received.refunds.map((refund) => ({ ...refund, state: 'REQUESTED' as const }));
    expect(leftOf({ ...received, refunds })).toEqual([['line-honey', 1]]);
  });
});

describe('what a refund would do', () => {
  it('gives all the money back where nothing was sent and all is returned', () => {
    const preview = previewRefund(paid, new Map([['line-honey', 2]]));
    expect(preview).toEqual({
      whole: true,
      goodsFen: 13600,
      allMoneyFen: 13600,
      pointsAtMost: 2,
      undoneFen: 100,
      undoneByPiece: false,
    });
  });

  it('promises only the goods where a parcel is on its way', () => {
    const preview = previewRefund(
      shipped,
      new Map([
        ['line-honey', 2],
        ['line-orange', 1],
      ]),
    );
    expect(preview).toMatchObject({ whole: true, allMoneyFen: null, goodsFen: 19580 });
  });

  it('leaves a yuan per line alone until the last piece of the line is returned', () => {
    expect(previewRefund(shipped, new Map([['line-honey', 1]])).undoneFen).toBe(0);
    expect(previewRefund(shipped, new Map([['line-honey', 2]])).undoneFen).toBe(100);
    expect(previewRefund(shipped, new Map([['line-orange', 1]])).undoneFen).toBe(0);
  });

  it('says that a match by the piece goes with the pieces', () => {
    const promises = shipped.promises.map((promise) => ({ ...promise, unit: 'PIECE' as const }));
    const preview = previewRefund({ ...shipped, promises }, new Map([['line-honey', 1]]));
    expect(preview).toMatchObject({ undoneFen: 0, undoneByPiece: true });
  });

  it('never takes back what an earlier refund took back', () => {
    const preview = previewRefund(received, new Map([['line-honey', 2]]));
    expect(preview).toMatchObject({ whole: true, pointsAtMost: 1 });
  });
});
