import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decideAwards, emptyTallies, parsePolicy, roomLeft, shanghaiDay, shanghaiMonth, talliesAt } from './index.js';
import type { AwardDecision, Policy, PolicyJson, Tallies } from './index.js';
import { histories, policies } from './testing/arbitraries.js';
import { NOW_MS, policyOf, purchase, rule, shanghai, version } from './testing/fixtures.js';

/** Buys at each of these instants, one after the other. */
function buyAt(policy: Policy, instantsMs: readonly number[], before: Tallies = emptyTallies): AwardDecision[] {
  let tallies = before;
  return instantsMs.map((nowMs) => {
    const decision = decideAwards({ facts: purchase(), policy, tallies, nowMs });
    tallies = decision.tallies;
    return decision;
  });
}

const points = (decisions: readonly AwardDecision[]): number[] => decisions.map((decision) => decision.points);
const capped = (perDay: number, perMonth: number, ...rules: ReturnType<typeof rule>[]): Policy =>
  policyOf(version({ caps: { purchase: { perDay, perMonth } }, rules: rules.length > 0 ? rules : [rule()] }));

describe('the caps of a kind', () => {
  it('stop the day, say so, and open again at midnight in Shanghai', () => {
    const lateMs = shanghai('2026-11-24T23:59');
    const decisions = buyAt(capped(6, 60), [lateMs, lateMs, lateMs, lateMs, shanghai('2026-11-25T00:00')]);
    expect(points(decisions)).toEqual([2, 2, 2, 0, 2]);
    expect(decisions[3]?.declined).toEqual([
      { ruleId: 'purchase', version: '2026-09', code: 'CAPPED', reason: '今日购买积分已达上限 6 分' },
    ]);
    expect(decisions[4]?.tallies.kinds).toEqual({ purchase: { dayPoints: 2, monthPoints: 8 } });
    expect(decisions[4]?.tallies.rules).toEqual({ purchase: { dayPoints: 2, monthPoints: 8 } });
  });

  it('stop the month, and open again with the next', () => {
    const days = ['2026-11-28', '2026-11-29', '2026-11-30', '2026-12-01'];
    const decisions = buyAt(
      capped(2, 4),
      days.map((day) => shanghai(`${day}T12:00`)),
    );
    expect(points(decisions)).toEqual([2, 2, 0, 2]);
    expect(decisions[2]?.declined[0]?.reason).toBe('本月购买积分已达上限 4 分');
    expect(decisions[3]?.tallies).toMatchObject({ month: '2026-12', kinds: { purchase: { monthPoints: 2 } } });
  });

  it('name the month where day and month are used up together', () => {
    expect(buyAt(capped(2, 2), [NOW_MS, NOW_MS])[1]?.declined[0]?.reason).toBe('本月购买积分已达上限 2 分');
  });

  it('cut an award to the room that is left, and say so', () => {
    const decisions = buyAt(capped(3, 60), [NOW_MS, NOW_MS]);
    expect(decisions[1]?.awards[0]).toMatchObject({
      points: 1,
      lineShares: [{ lineId: 'L1', points: 1 }],
      reason: '每笔爱心购 +1（今日购买积分上限 3 分，本次只计 1 分，规则 2026-09 版）',
    });
  });

  it('give what is left to the rule that comes first', () => {
    const policy = capped(3, 60, rule(), rule({ ruleId: 'bonus', title: '加分' }));
    const [decision] = buyAt(policy, [NOW_MS]);
    expect(decision?.awards.map((award) => [award.ruleId, award.points])).toEqual([
      ['purchase', 2],
      ['bonus', 1],
    ]);
    expect(decision?.points).toBe(3);
  });

  it('count all rules of the kind together, for the month as for the day', () => {
    const bonus = rule({ ruleId: 'bonus', title: '加分' });
    const decisions = buyAt(capped(4, 6, rule(), bonus), [NOW_MS, NOW_MS, NOW_MS + 86_400_000]);
    expect(points(decisions)).toEqual([4, 0, 2]);
    expect(decisions[2]?.declined[0]?.reason).toBe('本月购买积分已达上限 6 分');
  });

  it('name the kind in words', () => {
    const caps = { perDay: 1, perMonth: 1 };
    const reasons = (['review', 'recommendation', 'nomination', 'activity'] as const).map((kind) => {
      const policy = policyOf(version({ caps: { [kind]: caps }, rules: [rule({ kind, points: 1 })] }));
      const facts = { kind, channel: 'web', lines: [] };
      const { tallies } = decideAwards({ facts, policy, tallies: emptyTallies, nowMs: NOW_MS });
      return decideAwards({ facts, policy, tallies, nowMs: NOW_MS }).declined[0]?.reason;
    });
    expect(reasons).toEqual(['评价', '推荐', '提名', '活动'].map((name) => `本月${name}积分已达上限 1 分`));
  });

  it('do not stop another kind', () => {
    const caps = { purchase: { perDay: 2, perMonth: 2 }, review: { perDay: 1, perMonth: 1 } };
    const rules = [rule(), rule({ ruleId: 'review', kind: 'review', points: 1 })];
    const policy = policyOf(version({ caps, rules }));
    const [bought] = buyAt(policy, [NOW_MS]);
    const facts = { kind: 'review', channel: 'web', lines: [] } as const;
    expect(decideAwards({ facts, policy, tallies: bought!.tallies, nowMs: NOW_MS }).points).toBe(1);
  });

  it('that were lowered below what was earned already give nothing more', () => {
    const earned = buyAt(capped(6, 60), [NOW_MS, NOW_MS, NOW_MS]).at(-1)!.tallies;
    expect(points(buyAt(capped(4, 60), [NOW_MS], earned))).toEqual([0]);
  });
});

describe('the caps of a rule', () => {
  it('stop the rule and leave the others', () => {
    const bonus = rule({ ruleId: 'bonus', title: '丰收加分', points: 1, caps: { perDay: 1 } });
    const decisions = buyAt(capped(60, 60, rule(), bonus), [NOW_MS, NOW_MS]);
    expect(points(decisions)).toEqual([3, 2]);
    expect(decisions[1]?.declined).toEqual([
      { ruleId: 'bonus', version: '2026-09', code: 'CAPPED', reason: '今日“丰收加分”积分已达上限 1 分' },
    ]);
  });

  it('hold for the month as well', () => {
    const policy = capped(60, 60, rule({ caps: { perMonth: 3 } }));
    const decisions = buyAt(
      policy,
      ['2026-11-24', '2026-11-25', '2026-11-26'].map((day) => shanghai(`${day}T09:00`)),
    );
    expect(points(decisions)).toEqual([2, 1, 0]);
    expect(decisions[2]?.declined[0]?.reason).toBe('本月“每笔爱心购”积分已达上限 3 分');
  });

  it('do not count what other rules gave, for the month or the day', () => {
    const bonus = rule({ ruleId: 'bonus', title: '加分', points: 1, caps: { perDay: 2, perMonth: 3 } });
    const dayMs = 86_400_000;
    const instants = [NOW_MS, NOW_MS, NOW_MS, NOW_MS + dayMs, NOW_MS + dayMs];
    expect(points(buyAt(capped(60, 60, rule(), bonus), instants))).toEqual([3, 3, 2, 3, 2]);
  });

  it('count a rule called like a built-in property as any other', () => {
    expect(
      points(buyAt(capped(60, 60, rule({ ruleId: 'constructor', caps: { perDay: 3 } })), [NOW_MS, NOW_MS])),
    ).toEqual([2, 1]);
  });
});

describe('tallies', () => {
  it('do not change the ones they came from', () => {
    const before: Tallies = Object.freeze({ ...emptyTallies });
    buyAt(capped(6, 60), [NOW_MS, NOW_MS], before);
    expect(before).toEqual({ day: '', month: '', kinds: {}, rules: {} });
  });

  it('never go back: a clock a moment behind at midnight opens no used-up cap', () => {
    const midnightMs = shanghai('2026-12-01T00:00');
    const used = buyAt(capped(2, 2), [midnightMs])[0]!.tallies;
    expect(talliesAt(used, midnightMs - 1)).toBe(used);
    expect(points(buyAt(capped(2, 2), [midnightMs - 1], used))).toEqual([0]);
  });
});

describe('the room that is left', () => {
  const policy = capped(6, 9);
  const left = (tallies: Tallies, nowMs = NOW_MS) => roomLeft({ policy, tallies, kind: 'purchase', nowMs });

  it('is what the caps of the kind still allow, the month before the day', () => {
    const [first, second, third] = buyAt(policy, [NOW_MS, NOW_MS, NOW_MS]);
    expect(left(emptyTallies)).toEqual({ todayPoints: 6, monthPoints: 9 });
    expect(left(first!.tallies)).toEqual({ todayPoints: 4, monthPoints: 7 });
    expect(left(second!.tallies)).toEqual({ todayPoints: 2, monthPoints: 5 });
    expect(left(third!.tallies)).toEqual({ todayPoints: 0, monthPoints: 3 });
    expect(left(third!.tallies, NOW_MS + 86_400_000)).toEqual({ todayPoints: 3, monthPoints: 3 });
  });

  it('is never negative, where caps were lowered', () => {
    const { tallies } = buyAt(
      capped(60, 60),
      Array.from({ length: 6 }, () => NOW_MS),
    ).at(-1)!;
    expect(left(tallies)).toEqual({ todayPoints: 0, monthPoints: 0 });
  });

  it('does not exist where no rule gives anything', () => {
    expect(roomLeft({ policy, tallies: emptyTallies, kind: 'review', nowMs: NOW_MS })).toBeNull();
    const capsOnly = policyOf(
      version({ caps: { purchase: { perDay: 1, perMonth: 1 }, review: { perDay: 1, perMonth: 1 } } }),
    );
    expect(roomLeft({ policy: capsOnly, tallies: emptyTallies, kind: 'review', nowMs: NOW_MS })).toBeNull();
    expect(left(emptyTallies, shanghai('2026-08-01T00:00'))).toBeNull();
  });
});

describe('whatever is done in whatever order', () => {
  const parsed = (json: PolicyJson): Policy => {
    const result = parsePolicy(json);
    if (!result.ok) throw new Error(JSON.stringify(result.problems));
    return result.policy;
  };

  it('no cap is ever exceeded', () => {
    fc.assert(
      fc.property(policies, histories, (json, history) => {
        const policy = parsed(json);
        const earned = new Map<string, number>();
        let tallies = emptyTallies;
        for (const { facts, nowMs } of history) {
          const decision = decideAwards({ facts, policy, tallies, nowMs });
          tallies = decision.tallies;
          for (const { kind, ruleId, version: versionId, points: given } of decision.awards) {
            const inVersion = json.versions.find((candidate) => candidate.version === versionId)!;
            const ofRule = inVersion.rules.find((candidate) => candidate.ruleId === ruleId)?.caps ?? {};
            const ofKind = inVersion.caps[kind]!;
            const limits: [string, number | undefined][] = [
              [`${kind} ${shanghaiDay(nowMs)}`, ofKind.perDay],
              [`${kind} ${shanghaiMonth(nowMs)}`, ofKind.perMonth],
              [`rule ${ruleId} ${shanghaiDay(nowMs)}`, ofRule.perDay],
              [`rule ${ruleId} ${shanghaiMonth(nowMs)}`, ofRule.perMonth],
            ];
            expect(given).toBeGreaterThanOrEqual(1);
            for (const [key, limit] of limits) {
              earned.set(key, (earned.get(key) ?? 0) + given);
              expect(earned.get(key)).toBeLessThanOrEqual(limit ?? Number.MAX_SAFE_INTEGER);
            }
          }
        }
      }),
    );
  });

  it('the same input gives the same decision, and a decision survives its way through JSON', () => {
    fc.assert(
      fc.property(policies, histories, (json, history) => {
        const [policy, again] = [parsed(json), parsed(json)];
        let tallies = emptyTallies;
        for (const { facts, nowMs } of history) {
          const decision = decideAwards({ facts, policy, tallies, nowMs });
          expect(decideAwards({ facts, policy: again, tallies: JSON.parse(JSON.stringify(tallies)), nowMs })).toEqual(
            decision,
          );
          expect(JSON.parse(JSON.stringify(decision))).toEqual(decision);
          expect(decision.points).toBe(decision.awards.reduce((sum, award) => sum + award.points, 0));
          tallies = decision.tallies;
        }
      }),
    );
  });

  it('the shares of an award sum to the award, wherever there are lines', () => {
    fc.assert(
      fc.property(policies, histories, (json, history) => {
        const policy = parsed(json);
        for (const { facts, nowMs } of history) {
          for (const award of decideAwards({ facts, policy, tallies: emptyTallies, nowMs }).awards) {
            const shared = award.lineShares.reduce((sum, share) => sum + share.points, 0);
            expect(shared).toBe(facts.lines.length > 0 ? award.points : 0);
          }
        }
      }),
    );
  });
});
