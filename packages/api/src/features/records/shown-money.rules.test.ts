import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isClosed, toldOrganisations } from './shown-money.rules.js';

const instant = (text: string): number => Date.parse(`${text}+08:00`);

/** Purchases of one month: who, where in a tree of three levels, how much. */
const purchases = fc.array(
  fc.record({
    member: fc.integer({ min: 0, max: 14 }),
    branch: fc.integer({ min: 0, max: 8 }),
    fen: fc.integer({ min: 1, max: 9 }),
  }),
  { maxLength: 60 },
);

const pathOf = (branch: number): string[] =>
  ['root', `unit-${branch % 3}`, `branch-${branch}`].slice(0, branch === 8 ? 2 : 3);

function organisationsOf(made: readonly { member: number; branch: number; fen: number }[]) {
  const ids = [...new Set(made.flatMap((one) => pathOf(one.branch)))];
  return ids.map((organisationId) => {
    const own = made.filter((one) => pathOf(one.branch).includes(organisationId));
    const path = pathOf(own[0]?.branch ?? 0);
    return {
      organisationId,
      chains: [path.slice(0, path.indexOf(organisationId)).join('/')],
      buyerCount: new Set(own.map((one) => one.member)).size,
      fen: own.reduce((sum, one) => sum + one.fen, 0),
    };
  });
}

describe('whose money is told', () => {
  it('leaves no part of fewer than five buyers between a sum and those told below it', () => {
    fc.assert(
      fc.property(purchases, (made) => {
        const told = toldOrganisations(organisationsOf(made));
        for (const organisationId of told) {
          const rest = made.filter((one) => {
            const path = pathOf(one.branch);
            const below = path.slice(path.indexOf(organisationId) + 1);
            return path.includes(organisationId) && !below.some((id) => told.has(id));
          });
          const buyers = new Set(rest.map((one) => one.member)).size;
          expect(buyers === 0 || buyers >= 5).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });

  const five = { buyerCount: 5, fen: 500 };

  it('tells a branch of five, and not the unit that has two more', () => {
    const told = toldOrganisations([
      { organisationId: 'a', chains: ['u'], ...five },
      { organisationId: 'b', chains: ['u'], buyerCount: 2, fen: 90 },
      { organisationId: 'u', chains: [''], buyerCount: 7, fen: 590 },
    ]);
    expect([...told]).toEqual(['a']);
  });

  it('leaves out what was moved within the month', () => {
    expect(toldOrganisations([{ organisationId: 'a', chains: ['u', 'v'], ...five }]).size).toBe(0);
  });

  it('tells a month from the second day after its end on', () => {
    expect(isClosed('2026-11', instant('2026-12-01T23:59:59'))).toBe(false);
    expect(isClosed('2026-11', instant('2026-12-02T00:00:00'))).toBe(true);
  });
});
