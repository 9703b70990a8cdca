import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  type Opened,
  REFUSED_FORGERIES,
  delayPastExpiry,
  duplicateAndReorder,
  entryCountOf,
  forge,
  neverTold,
  openOrder,
  settled,
  stateOf,
} from './notices.js';
import { startWorld, type FailureWorld } from './world.js';

describe('notices that do not come as they should', () => {
  let world: FailureWorld;
  beforeAll(async () => {
    world = await startWorld({ name: 'notices' });
  });
  afterAll(() => world.stop());

  it('settle each purchase once, when they are duplicated and reordered', async () => {
    expect(await duplicateAndReorder(world, 9)).toEqual(Array(9).fill(1));
  });

  describe('forged', () => {
    let order: Opened;
    beforeAll(async () => {
      order = await openOrder(world, 'member#5');
    });

    it.each(REFUSED_FORGERIES)('by its %s: refused, and nothing is written', async (kind) => {
      const { status, body, untouched } = await forge(world, order, kind);
      expect({ kind, status, untouched }).toEqual({ kind, status: status === 400 ? 400 : 401, untouched: true });
      expect(JSON.parse(body)).toMatchObject({ code: 'FAIL' });
      expect([await stateOf(world, order), await entryCountOf(world, order)]).toEqual(['PLACED', 0]);
    });

    it('and the genuine one settles it after all', async () => {
      world.provider.pay(order.paymentId);
      await settled(world, [order]);
      expect(await entryCountOf(world, order)).toBe(1);
    });
  });

  it('are not needed: the zone asks about a payment that nobody told it of', async () => {
    await world.restart({ ASK_AFTER_MS: '1000' });
    expect(await neverTold(world)).toBe(1);
  });

  it('settle after expiry when the goods are there, and give the money back when they are not', async () => {
    await world.restart({ HOLD_MS: '12000' });
    expect(await delayPastExpiry(world)).toEqual({
      toldLate: { state: 'PAID' },
      paidLate: { state: 'PAID' },
      soldMeanwhile: { state: 'LATE_REFUNDED' },
      strayStates: ['DONE'],
    });
  });

  it('leave every invariant standing', async () => {
    const verdict = await world.verdict();
    expect(verdict.violations).toEqual([]);
    expect(verdict.entryCount).toBe(world.acknowledged.size);
  });
});
