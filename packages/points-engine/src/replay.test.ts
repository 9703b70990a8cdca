import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { asIfAlways, decideAwards, emptyTallies, parsePolicy, replay, startReplay, talliesAt } from './index.js';
import type { Facts, HistoryItem, Policy, ReturnPart, Tallies } from './index.js';
import { histories, policies } from './testing/arbitraries.js';
import { NOW_MS, line, policyOf, policyWith, purchase, rule, shanghai, version } from './testing/fixtures.js';

/** What the journal would hold after these actions under a policy. */
function lived(policy: Policy, actions: readonly { memberId: string; facts: Facts; nowMs: number }[]): HistoryItem[] {
  const tallies = new Map<string, Tallies>();
  return actions.map(({ memberId, facts, nowMs }) => {
    const decided = decideAwards({ facts, policy, tallies: tallies.get(memberId) ?? emptyTallies, nowMs });
    tallies.set(memberId, decided.tallies);
    return { memberId, atMs: nowMs, facts, awards: decided.awards };
  });
}

const buys = (...memberIds: string[]) => memberIds.map((memberId) => ({ memberId, facts: purchase(), nowMs: NOW_MS }));
const whole: ReturnPart = { lines: [{ lineId: 'L1', quantity: 1, alreadyReturned: 0 }] };

describe('a replay under another policy', () => {
  const history = lived(policyWith(rule()), buys('zhang', 'li', 'zhang'));

  it('tells the difference per member and rule', () => {
    const other = policyWith(rule({ points: 3 }), rule({ ruleId: 'bonus', points: 1, caps: { perDay: 1 } }));
    expect(replay(history, other)).toEqual({
      itemCount: 3,
      memberCount: 2,
      beforePoints: 6,
      afterPoints: 11,
      differencePoints: 5,
      members: [
        {
          memberId: 'li',
          beforePoints: 2,
          afterPoints: 4,
          differencePoints: 2,
          rules: [
            { ruleId: 'bonus', beforePoints: 0, afterPoints: 1, differencePoints: 1 },
            { ruleId: 'purchase', beforePoints: 2, afterPoints: 3, differencePoints: 1 },
          ],
        },
        {
          memberId: 'zhang',
          beforePoints: 4,
          afterPoints: 7,
          differencePoints: 3,
          rules: [
            { ruleId: 'bonus', beforePoints: 0, afterPoints: 1, differencePoints: 1 },
            { ruleId: 'purchase', beforePoints: 4, afterPoints: 6, differencePoints: 2 },
          ],
        },
      ],
      rules: [
        { ruleId: 'bonus', beforePoints: 0, afterPoints: 2, differencePoints: 2 },
        { ruleId: 'purchase', beforePoints: 6, afterPoints: 9, differencePoints: 3 },
      ],
    });
  });

  it('names a member whose rules differ though the sum is the same, and nobody else', () => {
    const renamed = policyWith(rule({ ruleId: 'buy' }));
    const { members, differencePoints } = replay(history.slice(0, 1), renamed);
    expect(differencePoints).toBe(0);
    expect(members.map((member) => [member.memberId, member.rules.map((item) => item.differencePoints)])).toEqual([
      ['zhang', [2, -2]],
    ]);
    expect(replay(history, policyWith(rule())).members).toEqual([]);
    expect(replay(history, policyWith(rule())).rules).toHaveLength(1);
  });

  it('lists members by id, never by what they earned', () => {
    const many = lived(policyWith(rule()), buys('li', 'zhang', 'zhang', 'chen', 'wang', 'wang', 'wang'));
    const { members } = replay(many, policyWith(rule({ points: 1 })));
    expect(members.map((member) => member.memberId)).toEqual(['chen', 'li', 'wang', 'zhang']);
  });

  it('counts what was taken back, on both sides', () => {
    const returned = history.map((item) => ({ ...item, returns: [whole] }));
    expect(replay(returned, policyWith(rule({ points: 5 })))).toMatchObject({
      beforePoints: 0,
      afterPoints: 0,
      differencePoints: 0,
      members: [],
    });
    const facts = purchase(line({ quantity: 2 }));
    const [item] = lived(policyWith(rule()), [{ memberId: 'li', facts, nowMs: NOW_MS }]);
    expect(replay([{ ...item!, returns: [whole] }], policyWith(rule({ points: 5 })))).toMatchObject({
      beforePoints: 1,
      afterPoints: 3,
    });
  });

  it('counts an action that was withdrawn for the caps, and for nothing else', () => {
    const capped = policyOf(version({ caps: { purchase: { perDay: 3, perMonth: 3 } } }));
    const withdrawn = lived(capped, buys('li', 'li')).map((item, index) => ({ ...item, withdrawn: index === 0 }));
    expect(replay(withdrawn, capped)).toMatchObject({ itemCount: 2, beforePoints: 1, afterPoints: 1, members: [] });
  });

  it('may start in the middle, from the tallies of that moment', () => {
    const capped = policyOf(version({ caps: { purchase: { perDay: 3, perMonth: 3 } } }));
    const all = lived(capped, buys('li', 'li'));
    const { tallies } = decideAwards({ facts: purchase(), policy: capped, tallies: emptyTallies, nowMs: NOW_MS });
    expect(replay(all.slice(1), capped).differencePoints).toBe(1);
    expect(replay(all.slice(1), capped, { talliesBefore: new Map([['li', tallies]]) }).differencePoints).toBe(0);
  });

  it('may be fed item by item, and asked at any time', () => {
    const running = startReplay(policyWith(rule({ points: 1 })));
    expect(running.report()).toMatchObject({
      itemCount: 0,
      memberCount: 0,
      differencePoints: 0,
      members: [],
      rules: [],
    });
    running.add(history[0]!);
    expect(running.report()).toMatchObject({ itemCount: 1, memberCount: 1, differencePoints: -1 });
    for (const item of history.slice(1)) running.add(item);
    expect(running.report()).toEqual(replay(history, policyWith(rule({ points: 1 }))));
  });
});

describe('trying a version before it begins', () => {
  const policy = policyOf(
    version({ version: 'now', rules: [rule()] }),
    version({ version: 'next', effectiveFrom: '2027-01-01', rules: [rule({ points: 5 })] }),
  );

  it('lets that version hold for all of the past', () => {
    const history = lived(policy, [
      { memberId: 'li', facts: purchase(), nowMs: shanghai('2026-08-01T10:00') },
      { memberId: 'li', facts: purchase(), nowMs: NOW_MS },
    ]);
    expect(replay(history, policy).differencePoints).toBe(0);
    expect(replay(history, asIfAlways(policy, 'next'))).toMatchObject({ beforePoints: 2, afterPoints: 10 });
    expect(asIfAlways(policy, 'next').source).toBe(policy.source);
  });

  it('refuses a version that does not exist', () => {
    expect(() => asIfAlways(policy, 'other')).toThrow('the policy has no version other');
  });
});

describe('a replay under the same policy', () => {
  it('finds no difference, whatever happened and whatever was returned', () => {
    const members = fc.array(fc.constantFrom('zhang', 'li', 'wang'), { minLength: 40, maxLength: 40 });
    fc.assert(
      fc.property(policies, histories, members, fc.array(fc.boolean()), (json, steps, memberIds, returned) => {
        const parsed = parsePolicy(json);
        if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
        const actions = steps.map((step, index) => ({ ...step, memberId: memberIds[index] ?? 'li' }));
        const history = lived(parsed.policy, actions).map((item, index) =>
          returned[index]
            ? {
                ...item,
                returns: [
                  { lines: item.facts.lines.map(({ lineId }) => ({ lineId, quantity: 1, alreadyReturned: 0 })) },
                ],
              }
            : item,
        );
        const report = replay(history, parsed.policy);
        expect(report).toMatchObject({ itemCount: steps.length, differencePoints: 0, members: [] });
        expect(report.rules.every((item) => item.differencePoints === 0)).toBe(true);
      }),
    );
  });

  it('starts members it was told nothing of from nothing', () => {
    const start = { talliesBefore: new Map([['wang', talliesAt(emptyTallies, NOW_MS)]]) };
    expect(replay(lived(policyWith(rule()), buys('li')), policyWith(rule()), start).memberCount).toBe(1);
  });
});
