import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { merkleRoot } from '../../kernel/merkle.js';
import { faultsOf, packContent, sealContent } from './disclosure.rules.js';
import type { DisclosureFacts, FundMovement } from './facts.types.js';
import { causeId } from './movements.rules.js';
import { addDays } from './periods.rules.js';
import { factsFixture, OPEN_DONOR, SHY_DONOR } from './testing/facts-fixture.js';

const codesOf = (facts: DisclosureFacts): string[] => faultsOf(facts, packContent(facts)).map((fault) => fault.code);

/** Movements of the quarter and late ones from before it, of the fixture's remittances and spends. */
const movement = fc
  .record({
    amountFen: fc.integer({ min: 1, max: 9_000_000 }),
    isSpend: fc.boolean(),
    isTakenBack: fc.boolean(),
    day: fc.integer({ min: -40, max: 91 }).map((count) => addDays('2026-07-01', count)),
    remittanceId: fc.constantFrom('AX202607-01', 'AX202607-02', 'AX202608-01'),
  })
  .map(({ amountFen, isSpend, isTakenBack, day, remittanceId }): FundMovement => ({
    day,
    amountFen: isSpend === isTakenBack ? amountFen : -amountFen,
    cause: isSpend ? { spendId: 'spend-1' } : { remittanceId },
  }));
/** At most one for each remittance and spend, as a pack has them. */
const movements = fc.uniqueArray(movement, { selector: causeId, maxLength: 4 });

/** The same facts with every list in another order. */
function shuffled(facts: DisclosureFacts, seed: number): DisclosureFacts {
  const mix = <T>(list: readonly T[]): T[] =>
    list
      .map((one, index) => ({ one, at: ((index + 1) * 7_919 * (seed + 1)) % 104_729 }))
      .sort((a, b) => a.at - b.at)
      .map(({ one }) => one);
  const entries = Object.entries(facts).map(([key, value]) => [key, Array.isArray(value) ? mix(value) : value]);
  return Object.fromEntries(entries) as DisclosureFacts;
}

describe('what a pack says', () => {
  it('closes to the fen: opening + received − spent, by month, by donor, by project', () => {
    fc.assert(
      fc.property(movements, fc.nat(9_000_000), (all, openingFen) => {
        const { fund, months, received, donors, projects } = packContent(factsFixture({ movements: all, openingFen }));
        const sum = (amounts: readonly number[]): number => amounts.reduce((total, one) => total + one, 0);
        expect(fund.closingFen).toBe(openingFen + sum(all.map((one) => one.amountFen)));
        expect(fund.openingFen + fund.receivedFen - fund.spentFen).toBe(fund.closingFen);
        expect(sum(months.map((one) => one.receivedFen - one.spentFen))).toBe(fund.receivedFen - fund.spentFen);
        expect(sum(received.map((one) => one.amountFen))).toBe(fund.receivedFen);
        expect(sum(donors.map((one) => one.receivedFen))).toBe(fund.receivedFen);
        expect(sum(projects.map((one) => one.spentFen))).toBe(fund.spentFen);
      }),
    );
  });

  it('is the same bytes for the same facts, in whatever order they were read', () => {
    fc.assert(
      fc.property(movements, fc.nat(10_000), (all, seed) => {
        const facts = factsFixture({ movements: all });
        expect(sealContent(packContent(shuffled(facts, seed)))).toEqual(sealContent(packContent(facts)));
      }),
    );
  });

  it('names late money as late: of this pack, but not of this period', () => {
    const late: FundMovement = { day: '2026-06-30', amountFen: 700, cause: { remittanceId: 'AX202607-01' } };
    const { fund, months } = packContent(factsFixture({ movements: [late] }));
    expect(fund).toMatchObject({ receivedFen: 700, lateReceivedFen: 700, lateSpentFen: 0 });
    expect(months[0]).toEqual({ month: '2026-06', batchedFen: 0, receivedFen: 700, spentFen: 0 });
  });

  it('discloses what has its receipt, and lists what has not', () => {
    const { discloses, open } = packContent(factsFixture());
    expect(discloses).toEqual(['AX202607-01']);
    expect(open.withoutReceipt).toEqual([
      { remittanceId: 'AX202607-02', receivedDay: '2026-08-11', amountFen: 100_000 },
    ]);
    expect(open.unpaid).toEqual([
      { remittanceId: 'AX202608-01', approvedDay: '2026-09-02', amountFen: 120_000, missingFen: 70_000 },
    ]);
  });

  it('leaves a receipt given after the period to the next pack', () => {
    const facts = factsFixture();
    const remittances = facts.remittances.map((one) =>
      one.receiptDay === null ? one : { ...one, receiptDay: '2026-10-01' },
    );
    expect(packContent(factsFixture({ remittances })).discloses).toEqual([]);
  });

  it('keeps in a correction what the corrected pack had disclosed', () => {
    const corrects = { packId: 'GS20260701-20260930', hash: 'h', reason: '项目名称写错' };
    const facts = factsFixture();
    const remittances = facts.remittances.map((one) =>
      one.state === 'RECEIPTED' ? { ...one, state: 'DISCLOSED' as const, packId: corrects.packId } : one,
    );
    const earlierPackIds = [corrects.packId];
    expect(packContent(factsFixture({ remittances, corrects, earlierPackIds })).discloses).toEqual(['AX202607-01']);
    expect(packContent(factsFixture({ remittances })).discloses).toEqual([]);
  });

  it('proves the yuan of its batches by one root over theirs', () => {
    const { yuan, batches } = packContent(factsFixture());
    expect(yuan).toEqual({ count: 4_200, amountFen: 420_000, root: merkleRoot(batches.map((one) => one.root)) });
  });

  it('brings an earlier batch along when its money comes in this period, without counting it as new', () => {
    const facts = factsFixture();
    const batches = facts.batches.map((one) =>
      one.batchId === 'B202607' ? { ...one, approvedDay: '2026-06-30' } : one,
    );
    const { batches: rows, counties, months } = packContent(factsFixture({ batches }));
    expect(rows.map((row) => [row.batchId, row.isNew])).toEqual([
      ['B202607', false],
      ['B202608', true],
    ]);
    expect(counties).toEqual([{ code: '500235', name: '云阳', lineCount: 1_200, amountFen: 120_000 }]);
    expect(months.reduce((sum, one) => sum + one.batchedFen, 0)).toBe(120_000);
  });

  it('counts back the people of a spend that was taken back', () => {
    const facts = factsFixture();
    const back: FundMovement = { day: '2026-09-21', amountFen: 180_000, cause: { spendId: 'spend-1' } };
    const [project] = packContent(factsFixture({ movements: [...facts.movements.slice(0, 3), back] })).projects;
    expect(project).toMatchObject({ spentFen: -180_000, beneficiaryCount: -320 });
  });
});

describe('a donor who refuses publication', () => {
  const name = fc.stringMatching(/^[渝州山城公司集团]{4,12}$/);

  it('is in no byte of the pack: not the name, not the code, not the number', () => {
    fc.assert(
      fc.property(movements, name, fc.stringMatching(/^91[0-9A-HJ-NP-Z]{16}$/), (all, shyName, uscc) => {
        const shy = { ...SHY_DONOR, sponsorName: `${shyName}甲`, sponsorUscc: uscc, number: `密-${uscc.slice(4, 10)}` };
        const content = packContent(factsFixture({ movements: all, agreements: [OPEN_DONOR, shy] }));
        const { json } = sealContent(content);
        for (const secret of [shy.sponsorName, shy.sponsorUscc, shy.number, shy.agreementId]) {
          expect(json).not.toContain(secret);
        }
        expect(json).toContain('未公开');
      }),
    );
  });

  it('stands as one row, however many refuse', () => {
    const facts = factsFixture();
    const agreements = facts.agreements.map((one) => ({ ...one, refusesPublication: true }));
    const { donors, received, agreements: shown } = packContent(factsFixture({ agreements }));
    expect(donors).toEqual([{ donor: '未公开', remittanceCount: 3, receivedFen: 350_000 }]);
    expect(received.every((row) => row.donor === '未公开' && row.agreementNumber === null)).toBe(true);
    expect(shown.map((row) => row.number)).toEqual([null, null]);
  });

  it('keeps a pack from being published when a text names it', () => {
    const named = (change: object): string[] => {
      const facts = factsFixture();
      return codesOf(factsFixture({ projects: facts.projects.map((one) => ({ ...one, ...change })) }));
    };
    expect(named({})).toEqual([]);
    expect(named({ purpose: `由${SHY_DONOR.sponsorName}捐建` })).toEqual(['DONOR_NAMED']);
    expect(named({ name: `${SHY_DONOR.number} 饮水工程` })).toEqual(['DONOR_NAMED']);
    expect(named({ name: `${OPEN_DONOR.sponsorName}饮水工程` })).toEqual([]);
    const corrects = { packId: 'p', hash: 'h', reason: `${SHY_DONOR.sponsorName}要求改写` };
    expect(codesOf(factsFixture({ corrects }))).toEqual(['DONOR_NAMED']);
  });
});

describe('books that do not agree', () => {
  it('are found to the fen', () => {
    expect(codesOf(factsFixture())).toEqual([]);
    expect(codesOf(factsFixture({ ledgerClosingFen: 170_001 }))).toEqual(['BOOKS_DIFFER']);
  });

  it('are found when the fund would be below zero, whatever the ledger says', () => {
    expect(codesOf(factsFixture({ openingFen: -170_001, ledgerClosingFen: -1 }))).toEqual(['FUND_NEGATIVE']);
  });
});
