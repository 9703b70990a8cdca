import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { ReceivingRemittance } from '../batches/index.js';
import { certainLines, namedBy } from './certain-lines.rules.js';
import type { ChunkKeys } from './chunks.rules.js';
import { IGNORE_RULES } from './ignore-rules.rules.js';
import { decideLines } from './matching.rules.js';
import { findReferences } from './references.rules.js';

const IDS = ['AX202610-01', 'AX202610-02', 'AX202610-03', 'AX202609-01'];

const remittances = fc
  .tuple(
    ...IDS.map(() =>
      fc.record({
        amountFen: fc.integer({ min: 1, max: 4 }),
        paid: fc.integer({ min: 0, max: 4 }),
        known: fc.boolean(),
      }),
    ),
  )
  .map((all) =>
    all.flatMap(({ amountFen, paid, known }, index): ReceivingRemittance[] => {
      const receivedFen = Math.min(paid, amountFen);
      const state = receivedFen === amountFen ? 'REMITTED' : 'OPEN';
      const sponsor = { agreementId: 'a1' };
      return known
        ? [
            {
              _id: IDS[index]!,
              ...sponsor,
              state,
              amountFen,
              receivedFen,
              spentFen: 0,
            },
          ]
        : [];
    }),
  );
const lines = fc.array(
  fc.record({
    amountFen: fc.integer({ min: -3, max: 5 }).filter((fen) => fen !== 0),
    memo: fc.constantFrom(
      ...IDS,
      `${IDS[0]!} ${IDS[1]!}`,
      `付${IDS[2]!}款`,
      'ax2026 10-02',
      '利息',
      '无',
      'AX202699-01',
    ),
  }),
  { maxLength: 8 },
);

it('the short way matches what the long way matches, and nothing else is decided otherwise for it', () => {
  fc.assert(
    fc.property(remittances, lines, (known, given) => {
      const keys: ChunkKeys = {
        amounts: given.map((one) => one.amountFen),
        days: [['2026-11-01', given.length]],
        references: given.map((one) => findReferences(one.memo).join(' ')),
      };
      const facts = given.map((line, index) => {
        return { lineId: String(index), day: '2026-11-01', ...line, counterparty: '甲', counterpartyAccount: '' };
      });
      const named = new Map(known.map((one) => [one._id, targetOf(one)]));
      const matching = { remittancesByReference: named, openRemittances: [], rules: IGNORE_RULES };
      const long = decideLines(facts, matching);
      const short = certainLines(
        keys,
        namedBy(keys, () => false),
        known,
      );
      for (const { position, remittance } of short) {
        expect(long[position]).toMatchObject({
          state: 'MATCHED',
          parts: [{ remittanceId: remittance._id, amountFen: given[position]!.amountFen }],
        });
      }
      const isShort = new Set(short.map((one) => one.position));
      const rest = facts.filter((_, index) => !isShort.has(index));
      const alone = decideLines(rest, matching);
      rest.forEach((line, index) => expect(alone[index]?.state).toBe(long[Number(line.lineId)]?.state));
      // The plain case is not missed: one reference, one line, the whole amount.
      const timesNamed = (id: string): number => long.filter(({ references }) => references.includes(id)).length;
      const plain = long.filter(({ state, references: [id = '', ...others] }) => {
        return state === 'MATCHED' && others.length === 0 && timesNamed(id) === 1;
      });
      expect(short.length).toBe(plain.length);
    }),
    { numRuns: 500 },
  );
});

function targetOf({ _id, state, amountFen, receivedFen }: ReceivingRemittance) {
  const sponsor = { sponsorKey: 's', payerNames: ['甲'], payerAccounts: [] };
  return { remittanceId: _id, ...sponsor, leftFen: state === 'OPEN' ? amountFen - receivedFen : 0 };
}
