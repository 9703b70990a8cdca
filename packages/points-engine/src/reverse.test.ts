import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decide, emptyTallies, parsePolicy, reverse, withdraw } from './index.js';
import type { Decision, FactLine, MatchTerms, ReversibleDecision, Reversal, ReturnPart } from './index.js';
import { matchTerms, policies, purchases, returnsOfAll } from './testing/arbitraries.js';
import { NOW_MS, line, policyWith, purchase, rule, shanghai, terms } from './testing/fixtures.js';

function bought(input: { lines: FactLine[]; points?: number; agreements?: MatchTerms[] }): Decision {
  const { lines, points = 2, agreements = [] } = input;
  const policy = policyWith(rule({ points }));
  return decide({ facts: purchase(...lines), policy, terms: agreements, tallies: emptyTallies, nowMs: NOW_MS });
}

const two = [line({ lineId: 'a', quantity: 3, amountFen: 7500 }), line({ lineId: 'b', amountFen: 2500 })];
const part = (lineId: string, quantity: number, alreadyReturned = 0): ReturnPart => ({
  lines: [{ lineId, quantity, alreadyReturned }],
});

describe('the points of a returned part', () => {
  it('are what exactly that line earned', () => {
    const decision = bought({ lines: two, points: 4 });
    expect(reverse(decision, part('b', 1))).toEqual({
      awards: [
        {
          ruleId: 'purchase',
          version: '2026-09',
          kind: 'purchase',
          points: 1,
          lineShares: [{ lineId: 'b', points: 1 }],
          reason: '退货，收回当时所得 1 分（规则 2026-09 版）',
        },
      ],
      matches: [],
      points: 1,
      matchedFen: 0,
    });
    expect(reverse(decision, part('a', 3)).points).toBe(3);
  });

  it('are counted on for each piece, so that pieces sum to the line', () => {
    const decision = bought({ lines: [line({ lineId: 'a', quantity: 3 })] });
    const taken = [0, 1, 2].map((already) => reverse(decision, part('a', 1, already)).points);
    expect(taken).toEqual([0, 1, 1]);
    expect(reverse(decision, part('a', 1)).awards).toEqual([]);
  });

  it('are none where nothing is returned', () => {
    expect(reverse(bought({ lines: two }), { lines: [] })).toEqual({
      awards: [],
      matches: [],
      points: 0,
      matchedFen: 0,
    });
    expect(reverse(bought({ lines: two }), part('a', 0, 1)).points).toBe(0);
  });
});

describe('the match of a returned part', () => {
  const matched = (unit: MatchTerms['unit'], more: Partial<MatchTerms> = {}) =>
    bought({ lines: two, agreements: [terms({ unit, ...more })] });
  const undone = (decision: ReversibleDecision, returned: ReturnPart) =>
    reverse(decision, returned).matches.map(({ lineId, unitCount, amountFen }) => [lineId, unitCount, amountFen]);

  it('per line, goes when the last piece of the line goes', () => {
    expect(undone(matched('line'), part('a', 2))).toEqual([]);
    expect(undone(matched('line'), part('a', 1, 2))).toEqual([['a', 1, 100]]);
    expect(reverse(matched('line'), part('a', 3))).toMatchObject({
      matchedFen: 100,
      matches: [{ agreementId: 'agreement-1', unit: 'line', reason: '该订单行已全部退货，配捐撤销' }],
    });
    // The line was gone before: nothing is undone twice.
    expect(undone(matched('line'), part('a', 0, 3))).toEqual([]);
  });

  it('per piece, goes with each piece', () => {
    const decision = matched('piece');
    expect(undone(decision, part('a', 2))).toEqual([['a', 2, 200]]);
    expect(undone(decision, part('a', 1, 2))).toEqual([['a', 1, 100]]);
    expect(reverse(decision, part('b', 1)).matches[0]?.reason).toBe('退货商品的配捐撤销');
  });

  it('per piece, stays with the pieces that are kept where not all were matched', () => {
    const decision = matched('piece', { leftFen: 200, productIds: ['honey'] });
    expect(decision.matches.map((item) => item.unitCount)).toEqual([2]);
    expect([0, 1, 2].map((already) => reverse(decision, part('a', 1, already)).matchedFen)).toEqual([0, 100, 100]);
  });

  it('per order, goes with the last of all lines', () => {
    const decision = matched('order');
    expect(undone(decision, part('a', 3))).toEqual([]);
    expect(undone(decision, { ...part('b', 1), returnedBefore: { a: 2 } })).toEqual([]);
    expect(undone(decision, { ...part('b', 1), returnedBefore: { a: 3 } })).toEqual([[null, 1, 100]]);
    expect(undone(decision, { lines: [...part('a', 3).lines, ...part('b', 1).lines] })).toEqual([[null, 1, 100]]);
    expect(reverse(decision, { ...part('b', 1), returnedBefore: { a: 3 } }).matches[0]?.reason).toBe(
      '该订单的配捐商品已全部退货，配捐撤销',
    );
    expect(undone(decision, { ...part('b', 0, 1), returnedBefore: { a: 3 } })).toEqual([]);
  });

  it('per order, goes with the last line that made it one of the agreement', () => {
    const lines = [
      line({ lineId: 'a' }),
      line({ lineId: 'b', productId: 'tea' }),
      line({ lineId: 'c', productId: 'tea' }),
    ];
    const decision = bought({ lines, agreements: [terms({ unit: 'order', productIds: ['tea'] })] });
    expect(undone(decision, { ...part('a', 1), returnedBefore: { b: 1 } })).toEqual([]);
    expect(undone(decision, { ...part('c', 1), returnedBefore: { b: 1 } })).toEqual([[null, 1, 100]]);
  });
});

describe('a return that cannot be', () => {
  const decision = bought({ lines: two, agreements: [terms()] });
  const refused = (returned: ReturnPart, of: ReversibleDecision = decision) => expect(() => reverse(of, returned));

  it('is a programming error', () => {
    refused(part('z', 1)).toThrow('line z is unknown');
    refused({ lines: [], returnedBefore: { z: 1 } }).toThrow('line z is unknown');
    refused({ lines: [...part('a', 1).lines, ...part('a', 1).lines] }).toThrow('line a is twice in the part');
    refused(part('a', 4)).toThrow('line a: 0 returned before and 4 with this part, of 3 bought');
    refused(part('a', 2, 2)).toThrow(RangeError);
    refused(part('a', -1, 2)).toThrow(RangeError);
    refused(part('a', 1, -1)).toThrow(RangeError);
    refused(part('a', 0.5)).toThrow(RangeError);
    refused(part('a', 0.5, 0.5)).toThrow(RangeError);
    refused({ lines: [], returnedBefore: { a: 4 } }).toThrow(RangeError);
    refused({ ...part('a', 1, 1), returnedBefore: { a: 2 } }).toThrow(
      'line a: alreadyReturned and returnedBefore differ',
    );
    expect(reverse(decision, { ...part('a', 1, 2), returnedBefore: { a: 2 } }).matchedFen).toBe(100);
  });

  it('is one too where the decision does not fit its own lines', () => {
    refused({ lines: [] }, { ...decision, lines: [...decision.lines, ...decision.lines] }).toThrow(
      'line a is twice in the decision',
    );
    refused({ lines: [] }, { ...decision, lines: decision.lines.slice(0, 1) }).toThrow('the decision has no line b');
    const [match] = decision.matches;
    const broken = { ...decision, awards: [], matches: [{ ...match!, lineId: null }] };
    refused({ lines: [] }, broken).toThrow('the decision has no line null');
  });
});

describe('an action taken back as a whole', () => {
  it('gives back all it earned, without lines as well', () => {
    const policy = policyWith(rule({ ruleId: 'review', kind: 'review', points: 1 }));
    const facts = { kind: 'review', channel: 'web', lines: [] } as const;
    const decision = decide({ facts, policy, terms: [], tallies: emptyTallies, nowMs: NOW_MS });
    expect(reverse(decision, { lines: [] }).points).toBe(0);
    expect(withdraw(decision)).toEqual({
      awards: [
        {
          ruleId: 'review',
          version: '2026-09',
          kind: 'review',
          points: 1,
          lineShares: [],
          reason: '记录撤销，收回当时所得 1 分（规则 2026-09 版）',
        },
      ],
      matches: [],
      points: 1,
      matchedFen: 0,
    });
  });

  it('gives back its matches', () => {
    expect(withdraw(bought({ lines: two, agreements: [terms()] })).matches).toEqual(
      ['a', 'b'].map((lineId) => ({
        agreementId: 'agreement-1',
        unit: 'line',
        lineId,
        unitCount: 1,
        amountFen: 100,
        reason: '记录撤销，配捐一并撤销',
      })),
    );
  });
});

describe('any purchase returned piece by piece, in any order and any handfuls', () => {
  const sums = (reversals: readonly Reversal[]) => {
    const byKey = new Map<string, number>();
    const add = (key: string, value: number) => byKey.set(key, (byKey.get(key) ?? 0) + value);
    for (const { awards, matches } of reversals) {
      for (const award of awards) add(`award ${award.ruleId}`, award.points);
      for (const award of awards)
        for (const share of award.lineShares) add(`share ${award.ruleId} ${share.lineId}`, share.points);
      for (const match of matches) add(`match ${match.agreementId} ${match.unit} ${match.lineId}`, match.amountFen);
      for (const match of matches) add(`units ${match.agreementId} ${match.unit} ${match.lineId}`, match.unitCount);
    }
    return new Map([...byKey].sort());
  };

  const scenario = fc
    .record({ facts: purchases, json: policies, agreements: matchTerms })
    .chain(({ facts, json, agreements }) => {
      const parsed = parsePolicy(json);
      if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
      const decision = decide({
        facts,
        policy: parsed.policy,
        terms: agreements,
        tallies: emptyTallies,
        nowMs: shanghai('2026-11-30T10:00'),
      });
      return fc.record({ decision: fc.constant(decision), parts: returnsOfAll(facts) });
    });

  it('gives back exactly the whole, never less than nothing and never too much', () => {
    fc.assert(
      fc.property(scenario, ({ decision, parts }) => {
        const returnedBefore: Record<string, number> = {};
        const reversals = parts.map((lines) => {
          const reversal = reverse(decision, {
            lines: lines.map((item) => ({ ...item, alreadyReturned: returnedBefore[item.lineId] ?? 0 })),
            returnedBefore: { ...returnedBefore },
          });
          for (const { lineId, quantity } of lines) returnedBefore[lineId] = (returnedBefore[lineId] ?? 0) + quantity;
          return reversal;
        });
        const whole = sums([withdraw(decision)]);
        expect(sums(reversals)).toEqual(whole);
        expect(reversals.reduce((sum, item) => sum + item.points, 0)).toBe(decision.points);
        expect(reversals.reduce((sum, item) => sum + item.matchedFen, 0)).toBe(decision.matchedFen);
        for (const { awards, matches } of reversals) {
          expect(awards.every((item) => item.points > 0)).toBe(true);
          expect(matches.every((item) => item.unitCount > 0 && item.amountFen > 0)).toBe(true);
        }
      }),
    );
  });

  it('gives back the same at once', () => {
    fc.assert(
      fc.property(scenario, ({ decision }) => {
        const lines = decision.lines.map((item) => ({ ...item, alreadyReturned: 0 }));
        expect(sums([reverse(decision, { lines })])).toEqual(sums([withdraw(decision)]));
      }),
    );
  });
});
