import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decide, decideMatches, emptyTallies } from './index.js';
import type { FactLine, MatchDecision, MatchTerms } from './index.js';
import { matchTerms, purchases } from './testing/arbitraries.js';
import { NOW_MS, line, policyWith, purchase, rule, terms } from './testing/fixtures.js';

function match(agreements: MatchTerms[], ...lines: FactLine[]): MatchDecision {
  return decideMatches({ facts: purchase(...lines), terms: agreements, nowMs: NOW_MS });
}

const two = [line({ lineId: 'a', quantity: 3 }), line({ lineId: 'b', productId: 'tea', quantity: 2 })];

describe('the unit of an agreement', () => {
  it('is a line: each line once, however many pieces', () => {
    expect(match([terms()], ...two)).toEqual({
      matches: [
        {
          agreementId: 'agreement-1',
          unit: 'line',
          lineId: 'a',
          unitCount: 1,
          amountFen: 100,
          reason: '每个订单行由配捐方捐出 1.00 元',
        },
        {
          agreementId: 'agreement-1',
          unit: 'line',
          lineId: 'b',
          unitCount: 1,
          amountFen: 100,
          reason: '每个订单行由配捐方捐出 1.00 元',
        },
      ],
      declined: [],
    });
  });

  it('is an order: once for all its lines', () => {
    expect(match([terms({ unit: 'order', amountFenPerUnit: 150 })], ...two).matches).toEqual([
      {
        agreementId: 'agreement-1',
        unit: 'order',
        lineId: null,
        unitCount: 1,
        amountFen: 150,
        reason: '每笔订单由配捐方捐出 1.50 元',
      },
    ]);
  });

  it('is an order: with the lines that made it one, where not all did', () => {
    expect(match([terms({ unit: 'order', productIds: ['tea'] })], ...two).matches[0]).toMatchObject({ lineIds: ['b'] });
  });

  it('is a piece: each piece of each line', () => {
    const { matches } = match([terms({ unit: 'piece' })], ...two);
    expect(matches.map(({ lineId, unitCount, amountFen }) => [lineId, unitCount, amountFen])).toEqual([
      ['a', 3, 300],
      ['b', 2, 200],
    ]);
    expect(matches[0]?.reason).toBe('每件商品由配捐方捐出 1.00 元，共 3 件');
  });
});

describe('what an agreement covers', () => {
  const covered = (more: Partial<MatchTerms>) => match([terms(more)], ...two).matches.map((item) => item.lineId);

  it('is its products, as a list or a set, or all', () => {
    expect(covered({})).toEqual(['a', 'b']);
    expect(covered({ productIds: ['tea', 'egg'] })).toEqual(['b']);
    expect(covered({ productIds: new Set(['honey']) })).toEqual(['a']);
  });

  it('may be narrowed to counties, categories and badged lines', () => {
    const lines = [
      line({ lineId: 'a', charityItem: true }),
      line({ lineId: 'b', countyCode: '500101', categoryKey: 'tea' }),
    ];
    const narrowed = (more: Partial<MatchTerms>) => match([terms(more)], ...lines).matches.map((item) => item.lineId);
    expect(narrowed({ countyCodes: ['500101'] })).toEqual(['b']);
    expect(narrowed({ categoryKeys: ['bee'] })).toEqual(['a']);
    expect(narrowed({ charityItemsOnly: true })).toEqual(['a']);
    expect(narrowed({ charityItemsOnly: false })).toEqual(['a', 'b']);
    expect(narrowed({ countyCodes: ['500101'], categoryKeys: ['bee'] })).toEqual([]);
  });

  it('is said where no line is among it, once for the agreement', () => {
    expect(match([terms({ productIds: ['egg'] })], ...two).declined).toEqual([
      { agreementId: 'agreement-1', lineId: null, code: 'CONDITION', unitCount: 0, reason: '没有配捐协议内的商品' },
    ]);
  });

  it('is nothing but purchases', () => {
    const facts = { kind: 'review', channel: 'web', lines: two } as const;
    expect(decideMatches({ facts, terms: [terms()], nowMs: NOW_MS })).toEqual({ matches: [], declined: [] });
  });
});

describe('the term of an agreement', () => {
  it('includes its first instant and excludes its end', () => {
    const at = (nowMs: number) =>
      decideMatches({ facts: purchase(), terms: [terms({ fromMs: 1000, untilMs: 2000 })], nowMs });
    expect(at(999).declined).toEqual([
      {
        agreementId: 'agreement-1',
        lineId: null,
        code: 'OUTSIDE_TERM',
        unitCount: 0,
        reason: '不在配捐协议的有效期内',
      },
    ]);
    expect(at(999).matches).toEqual([]);
    expect(at(1000).matches).toHaveLength(1);
    expect(at(1999).matches).toHaveLength(1);
    expect(at(2000).matches).toEqual([]);
  });
});

describe('the least amount', () => {
  const declinedWith = (more: Partial<MatchTerms>, ...lines: FactLine[]) => match([terms(more)], ...lines).declined[0];

  it('is asked of each line', () => {
    const lines = [line({ lineId: 'a', amountFen: 999 }), line({ lineId: 'b', amountFen: 1000 })];
    const { matches, declined } = match([terms({ minimumAmountFen: 1000 })], ...lines);
    expect(matches.map((item) => item.lineId)).toEqual(['b']);
    expect(declined).toEqual([
      {
        agreementId: 'agreement-1',
        lineId: 'a',
        code: 'BELOW_MINIMUM',
        unitCount: 1,
        reason: '未达到配捐起点：每个订单行 10.00 元',
      },
    ]);
  });

  it('is asked of the covered lines of an order together', () => {
    const lines = [line({ lineId: 'a', amountFen: 600 }), line({ lineId: 'b', amountFen: 600, productId: 'tea' })];
    const whole = { unit: 'order', minimumAmountFen: 1000 } as const;
    expect(declinedWith(whole, ...lines)).toBeUndefined();
    expect(declinedWith({ ...whole, productIds: ['tea'] }, ...lines)?.code).toBe('BELOW_MINIMUM');
  });

  it('is asked of one piece, without rounding its price', () => {
    const piece = { unit: 'piece', minimumAmountFen: 334 } as const;
    expect(declinedWith(piece, line({ quantity: 3, amountFen: 1001 }))).toMatchObject({ unitCount: 3 });
    expect(declinedWith(piece, line({ quantity: 3, amountFen: 1002 }))).toBeUndefined();
  });
});

describe('the yuan that are left', () => {
  it('go to the lines in order, whole units only', () => {
    const { matches, declined } = match([terms({ leftFen: 199 })], ...two);
    expect(matches.map((item) => item.lineId)).toEqual(['a']);
    expect(declined).toEqual([
      {
        agreementId: 'agreement-1',
        lineId: 'b',
        code: 'CAPPED',
        unitCount: 1,
        reason: '配捐额度只剩 0.99 元，不足再配一份 1.00 元',
      },
    ]);
    expect(match([terms({ leftFen: 200 })], ...two).declined).toEqual([]);
  });

  it('match as many pieces as they pay for, and say how many not', () => {
    const { matches, declined } = match([terms({ unit: 'piece', leftFen: 450 })], ...two);
    expect(matches.map((item) => [item.lineId, item.unitCount])).toEqual([
      ['a', 3],
      ['b', 1],
    ]);
    expect(declined).toMatchObject([
      { lineId: 'b', code: 'CAPPED', unitCount: 1, reason: '配捐额度只剩 0.50 元，不足再配一份 1.00 元' },
    ]);
  });

  it('may be none, or overdrawn by a correction: then nothing is matched', () => {
    for (const leftFen of [0, -500]) {
      const { matches, declined } = match([terms({ leftFen })], line());
      expect(matches).toEqual([]);
      expect(declined[0]).toMatchObject({ code: 'CAPPED', reason: '配捐额度只剩 0.00 元，不足再配一份 1.00 元' });
    }
  });

  it('are counted for each agreement by itself', () => {
    const agreements = [terms({ leftFen: 100 }), terms({ agreementId: 'agreement-2', leftFen: 100 })];
    expect(match(agreements, ...two).matches.map((item) => [item.agreementId, item.lineId])).toEqual([
      ['agreement-1', 'a'],
      ['agreement-2', 'a'],
    ]);
  });

  it('are never exceeded, and each match is a whole number of units', () => {
    fc.assert(
      fc.property(purchases, matchTerms, (facts, agreements) => {
        for (const agreement of agreements) {
          const { matches, declined } = decideMatches({ facts, terms: [agreement], nowMs: NOW_MS });
          const givenFen = matches.reduce((sum, item) => sum + item.amountFen, 0);
          expect(givenFen).toBeLessThanOrEqual(agreement.leftFen);
          for (const item of matches) expect(item.amountFen).toBe(item.unitCount * agreement.amountFenPerUnit);
          // Nothing that could be paid for is refused for want of yuan.
          const refused = declined.some((item) => item.code === 'CAPPED');
          if (refused) expect(agreement.leftFen - givenFen).toBeLessThan(agreement.amountFenPerUnit);
        }
      }),
    );
  });
});

describe('terms that no agreement can have', () => {
  it('are a programming error', () => {
    const refused = (more: Partial<MatchTerms>) => expect(() => match([terms(more)], line()));
    refused({ amountFenPerUnit: 0 }).toThrow('agreement agreement-1: amountFenPerUnit must be whole fen from 1, not 0');
    expect(match([terms({ amountFenPerUnit: 1 })], line()).matches[0]?.amountFen).toBe(1);
    refused({ amountFenPerUnit: 0.5 }).toThrow(RangeError);
    refused({ minimumAmountFen: -1 }).toThrow('agreement agreement-1: minimumAmountFen must be whole fen, not -1');
    refused({ minimumAmountFen: 1.5 }).toThrow(RangeError);
    refused({ leftFen: 0.5 }).toThrow('agreement agreement-1: leftFen must be whole fen');
  });

  it('are not hidden by facts that no order can have', () => {
    expect(() => match([], line({ quantity: 0 }))).toThrow(RangeError);
  });
});

describe('points and matches together', () => {
  it('make one decision that a journal entry can keep', () => {
    const decision = decide({
      facts: purchase(...two),
      policy: policyWith(rule()),
      terms: [terms({ leftFen: 100 })],
      tallies: emptyTallies,
      nowMs: NOW_MS,
    });
    expect(decision).toMatchObject({ points: 2, matchedFen: 100, version: '2026-09', declined: [] });
    expect(decision.lines).toEqual([
      { lineId: 'a', quantity: 3 },
      { lineId: 'b', quantity: 2 },
    ]);
    expect(decision.declinedMatches).toMatchObject([{ lineId: 'b', code: 'CAPPED' }]);
    expect(decision.tallies.kinds.purchase?.dayPoints).toBe(2);
    expect(JSON.parse(JSON.stringify(decision))).toEqual(decision);
  });
});
