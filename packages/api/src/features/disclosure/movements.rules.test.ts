import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type BookedMoney, causeId, movementsOf } from './movements.rules.js';
import { addDays } from './periods.rules.js';

const booking = fc
  .record({
    id: fc.constantFrom('AX1', 'AX2', 'AX3', 's1', 's2'),
    amountFen: fc.integer({ min: -5_000, max: 9_000 }),
    offset: fc.integer({ min: 0, max: 300 }),
  })
  .map(({ id, amountFen, offset }): BookedMoney => ({
    cause: id.startsWith('s') ? { spendId: id } : { remittanceId: id },
    day: addDays('2026-01-01', offset),
    amountFen,
  }));

const sum = (all: readonly { amountFen: number }[]): number => all.reduce((total, one) => total + one.amountFen, 0);

describe('what a pack tells of the books', () => {
  it('leaves every fen told or left to tell, in whatever order things are booked and packs are made', () => {
    const periods = fc.uniqueArray(fc.integer({ min: 10, max: 320 }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(fc.array(booking, { maxLength: 30 }), periods, fc.array(fc.nat(30)), (all, offsets, cuts) => {
        const told = new Map<string, number>();
        cuts.sort((a, b) => a - b);
        const packs = offsets
          .sort((a, b) => a - b)
          .map((offset, index) => {
            // Some of it is booked only after this pack: it comes late.
            const known = all.slice(0, index === offsets.length - 1 ? all.length : (cuts[index] ?? all.length));
            const moved = movementsOf(known, told, addDays('2026-01-01', offset));
            for (const one of moved.told) told.set(causeId(one), (told.get(causeId(one)) ?? 0) + one.amountFen);
            expect([...told.values()].reduce((total, fen) => total + fen, 0) + moved.leftFen).toBe(sum(known));
            return moved;
          });
        expect(sum(packs.flatMap((pack) => pack.told)) + (packs.at(-1)?.leftFen ?? 0)).toBe(sum(all));
      }),
    );
  });

  const came = (day: string, amountFen: number): BookedMoney => ({ cause: { remittanceId: 'AX1' }, day, amountFen });

  it('tells a late booking once, in the pack after', () => {
    const late = [came('2026-06-20', 500)];
    const { told } = movementsOf(late, new Map(), '2026-09-30');
    expect(told).toEqual([{ cause: { remittanceId: 'AX1' }, day: '2026-06-20', amountFen: 500 }]);
    expect(movementsOf(late, new Map([['AX1', 500]]), '2026-12-31')).toEqual({ told: [], leftFen: 0 });
  });

  it('leaves what came after the last day to the next pack', () => {
    const both = [came('2026-09-30', 300), came('2026-10-01', 200)];
    expect(movementsOf(both, new Map(), '2026-09-30')).toMatchObject({ told: [{ amountFen: 300 }], leftFen: 200 });
  });

  it('tells the rest of a remittance of which a part was told, and no part twice', () => {
    const whole = [came('2026-10-05', 1_000)];
    expect(movementsOf(whole, new Map([['AX1', 400]]), '2026-09-30')).toEqual({ told: [], leftFen: 600 });
    expect(movementsOf(whole, new Map([['AX1', 400]]), '2026-10-31').told).toMatchObject([{ amountFen: 600 }]);
  });

  it('misses nothing that was told before', () => {
    expect(() => movementsOf([], new Map([['AX1', 5]]), '2026-10-31')).toThrow('not booked');
    expect(movementsOf([came('2026-10-31', 0)], new Map([['AX1', 5]]), '2026-10-31').told).toMatchObject([
      { amountFen: -5 },
    ]);
  });

  it('tells a wrong match that was taken back', () => {
    const back = [came('2026-08-01', 1_000), came('2026-10-05', -1_000)];
    expect(movementsOf(back, new Map([['AX1', 1_000]]), '2026-10-31').told).toEqual([
      { cause: { remittanceId: 'AX1' }, day: '2026-10-05', amountFen: -1_000 },
    ]);
  });
});
