import { describe, expect, it } from '@jest/globals';
import { decideAwards, defaultPolicy, emptyTallies } from './index.js';
import type { AwardDecision, Facts, Policy, Tallies } from './index.js';
import { NOW_MS, line, policyOf, policyWith, purchase, rule, shanghai, version } from './testing/fixtures.js';

function award(input: { policy: Policy; facts?: Facts; tallies?: Tallies; nowMs?: number }): AwardDecision {
  return decideAwards({ facts: purchase(), tallies: emptyTallies, nowMs: NOW_MS, ...input });
}

describe('a purchase under one rule', () => {
  it('earns its points, with rule, version and the sentence why', () => {
    const decision = award({ policy: policyWith(rule()) });
    expect(decision).toEqual({
      awards: [
        {
          ruleId: 'purchase',
          version: '2026-09',
          kind: 'purchase',
          points: 2,
          lineShares: [{ lineId: 'L1', points: 2 }],
          reason: '每笔爱心购 +2（规则 2026-09 版）',
        },
      ],
      declined: [],
      tallies: {
        day: '2026-11-24',
        month: '2026-11',
        kinds: { purchase: { dayPoints: 2, monthPoints: 2 } },
        rules: { purchase: { dayPoints: 2, monthPoints: 2 } },
      },
      points: 2,
      version: '2026-09',
    });
  });

  it('earns the same whatever it costs: points are per purchase, not per yuan', () => {
    const policy = policyWith(rule());
    expect(award({ policy, facts: purchase(line({ amountFen: 1 })) }).points).toBe(2);
    expect(award({ policy, facts: purchase(line({ amountFen: 9_999_999 })) }).points).toBe(2);
  });

  it('shares the points over its lines by what was paid, and leaves out lines that earned nothing', () => {
    const policy = policyWith(rule({ points: 4 }));
    const lines = [
      line({ lineId: 'a', amountFen: 3000 }),
      line({ lineId: 'b', amountFen: 1000 }),
      line({ lineId: 'c', amountFen: 1 }),
    ];
    expect(award({ policy, facts: purchase(...lines) }).awards[0]?.lineShares).toEqual([
      { lineId: 'a', points: 3 },
      { lineId: 'b', points: 1 },
    ]);
  });

  it('is a programming error without lines, with too many, or with impossible figures', () => {
    const policy = policyWith(rule());
    const refused = (facts: Facts) => expect(() => award({ policy, facts }));
    refused({ kind: 'purchase', channel: 'web', lines: [] }).toThrow('a purchase has at least one line');
    refused(purchase(...Array.from({ length: 201 }, () => line()))).toThrow('at most 200 lines, not 201');
    expect(award({ policy, facts: purchase(...Array.from({ length: 200 }, () => line())) }).points).toBe(2);
    refused(purchase(line({ quantity: 0 }))).toThrow('line L1: quantity must be a whole number from 1, not 0');
    refused(purchase(line({ quantity: 1.5 }))).toThrow(RangeError);
    refused(purchase(line({ amountFen: -1 }))).toThrow('line L1: amountFen must be whole fen, not -1');
    refused(purchase(line({ amountFen: 0.5 }))).toThrow(RangeError);
  });
});

describe('other actions', () => {
  const review: Facts = { kind: 'review', channel: 'web', lines: [], countyCode: '500229', productId: 'honey' };

  it('earn by the rules of their kind, and have no lines to share over', () => {
    const policy = policyWith(rule(), rule({ ruleId: 'review', kind: 'review', title: '购买后评价', points: 1 }));
    const { awards } = award({ policy, facts: review });
    expect(awards).toHaveLength(1);
    expect(awards[0]).toMatchObject({ ruleId: 'review', kind: 'review', points: 1, lineShares: [] });
  });

  it('are tested by the county, category and product they are about', () => {
    const about = (when: object) =>
      award({
        policy: policyWith(rule({ ruleId: 'r', kind: 'review', when })),
        facts: { ...review, categoryKey: 'bee' },
      });
    expect(about({ countyCodes: ['500229'], categoryKeys: ['bee'], productIds: ['honey'] }).points).toBe(2);
    expect(about({ countyCodes: ['500101'] }).points).toBe(0);
    expect(about({ categoryKeys: ['tea'] }).points).toBe(0);
    expect(about({ productIds: ['tea'] }).points).toBe(0);
  });

  it('fail a condition on what they do not say', () => {
    const facts: Facts = { kind: 'activity', channel: 'web', lines: [] };
    for (const when of [{ countyCodes: ['500229'] }, { categoryKeys: ['bee'] }, { productIds: ['honey'] }]) {
      const policy = policyWith(rule({ ruleId: 'a', kind: 'activity', when }));
      expect(award({ policy, facts }).declined[0]?.code).toBe('CONDITION');
    }
  });

  it('earn nothing, with the reason, where the version has no rule for them', () => {
    expect(award({ policy: policyWith(rule()), facts: review })).toMatchObject({
      awards: [],
      points: 0,
      version: '2026-09',
      declined: [{ ruleId: '*', version: '2026-09', code: 'NO_RULE', reason: '规则 2026-09 版没有评价积分' }],
    });
  });
});

describe('versions', () => {
  const policy = policyOf(
    version({ version: 'new', effectiveFrom: '2026-12-01', rules: [rule({ points: 3 })] }),
    version({ version: 'old', effectiveFrom: '2026-09-01', rules: [rule({ points: 1 })] }),
    version({ version: 'middle', effectiveFrom: '2026-10-01', rules: [rule({ points: 2 })] }),
  );

  it('hold from the first moment of their day until the next begins, in whatever order they are listed', () => {
    const versionAtTime = (local: string) => award({ policy, nowMs: shanghai(local) }).version;
    expect(versionAtTime('2026-09-01T00:00')).toBe('old');
    expect(award({ policy, nowMs: shanghai('2026-10-01T00:00') - 1 }).version).toBe('old');
    expect(versionAtTime('2026-10-01T00:00')).toBe('middle');
    expect(award({ policy, nowMs: shanghai('2026-12-01T00:00') - 1 }).version).toBe('middle');
    expect(versionAtTime('2026-12-01T00:00')).toBe('new');
    expect(versionAtTime('2036-12-01T00:00')).toBe('new');
  });

  it('give nothing before the first, and say so', () => {
    const decision = award({ policy, nowMs: shanghai('2026-09-01T00:00') - 1 });
    expect(decision).toMatchObject({ awards: [], points: 0, version: null });
    expect(decision.declined).toEqual([
      { ruleId: '*', version: null, code: 'NO_VERSION', reason: '积分规则尚未生效，本次不计分' },
    ]);
  });

  it('keep counting a rule that keeps its id', () => {
    const before = award({ policy, nowMs: shanghai('2026-09-30T10:00') }).tallies;
    expect(before.rules['purchase']?.monthPoints).toBe(1);
    const after = award({
      policy,
      tallies: { ...before, month: '2026-10', day: '2026-10-01' },
      nowMs: shanghai('2026-10-01T10:00'),
    });
    expect(after.tallies.rules['purchase']?.monthPoints).toBe(3);
  });

  it('are all valid in the default policy', () => {
    const decision = award({ policy: policyOf(...defaultPolicy.versions) });
    expect(decision.awards[0]?.reason).toBe('每笔爱心购 +2（规则 2026-09 版）');
    expect(decision.declined[0]?.reason).toBe('不在活动期内（2026-09-21 至 2026-09-27）');
  });
});

describe('multipliers', () => {
  it('multiply, and name themselves in the reason', () => {
    const policy = policyWith(rule({ multipliers: [{ title: '助农周', numerator: 2 }] }));
    expect(award({ policy }).awards[0]).toMatchObject({
      points: 4,
      reason: '每笔爱心购 +4（助农周 ×2，规则 2026-09 版）',
    });
  });

  it('are multiplied together first and rounded down once', () => {
    const half = { title: '折半', numerator: 1, denominator: 2 };
    const policy = policyWith(rule({ points: 3, multipliers: [half, { title: '助农周', numerator: 2 }] }));
    // One rounding: 3 × 1/2 × 2 = 3. Rounding at each step would give 2.
    expect(award({ policy }).awards[0]).toMatchObject({
      points: 3,
      reason: '每笔爱心购 +3（折半 ×1/2，助农周 ×2，规则 2026-09 版）',
    });
    const down = policyWith(rule({ points: 5, multipliers: [{ title: '加半', numerator: 3, denominator: 2 }] }));
    expect(award({ policy: down }).points).toBe(7);
  });

  it('count only while their own condition holds, on the lines that qualified for the rule', () => {
    const double = { title: '城口双倍', numerator: 2, when: { countyCodes: ['500229'] } };
    const policy = policyWith(rule({ when: { categoryKeys: ['tea'] }, multipliers: [double] }));
    const tea = line({ lineId: 'tea', categoryKey: 'tea', countyCode: '500101' });
    expect(award({ policy, facts: purchase(tea, line()) }).awards[0]).toMatchObject({
      points: 2,
      reason: '每笔爱心购 +2（规则 2026-09 版）',
    });
    expect(award({ policy, facts: purchase({ ...tea, countyCode: '500229' }) }).points).toBe(4);
  });

  it('that leave less than one point give none, and say so', () => {
    const policy = policyWith(rule({ points: 1, multipliers: [{ title: '折半', numerator: 1, denominator: 2 }] }));
    expect(award({ policy })).toMatchObject({
      awards: [],
      points: 0,
      tallies: { kinds: {}, rules: {} },
      declined: [{ ruleId: 'purchase', code: 'ROUNDED_TO_ZERO', reason: '按倍数折算后不足 1 分（折半 ×1/2）' }],
    });
    const half = { title: '折半', numerator: 1, denominator: 2 };
    const twice = award({ policy: policyWith(rule({ points: 3, multipliers: [half, half] })) });
    expect(twice.declined[0]?.reason).toBe('按倍数折算后不足 1 分（折半 ×1/2，折半 ×1/2）');
  });
});
