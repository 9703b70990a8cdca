import { describe, expect, it } from '@jest/globals';
import { decideAwards, emptyTallies } from './index.js';
import type { AwardDecision, ConditionJson, FactLine, Facts } from './index.js';
import { NOW_MS, line, policyWith, purchase, rule, shanghai } from './testing/fixtures.js';

function under(when: ConditionJson, input: { facts?: Facts; nowMs?: number } = {}): AwardDecision {
  const { facts = purchase(), nowMs = NOW_MS } = input;
  return decideAwards({ facts, policy: policyWith(rule({ when })), tallies: emptyTallies, nowMs });
}

const sharers = (when: ConditionJson, lines: FactLine[]) =>
  under(when, { facts: purchase(...lines) }).awards[0]?.lineShares.map((share) => share.lineId);

describe('a condition on lines', () => {
  const lines = [
    line({ lineId: 'honey', amountFen: 5000, charityItem: true }),
    line({ lineId: 'tea', amountFen: 5000, countyCode: '500101', categoryKey: 'tea', productId: 'tea' }),
  ];

  it('gives the award to the lines that fit, and to them alone', () => {
    expect(sharers({}, lines)).toEqual(['honey', 'tea']);
    expect(sharers({ countyCodes: ['500101'] }, lines)).toEqual(['tea']);
    expect(sharers({ categoryKeys: ['bee', 'egg'] }, lines)).toEqual(['honey']);
    expect(sharers({ productIds: ['tea'] }, lines)).toEqual(['tea']);
    expect(sharers({ charityItem: true }, lines)).toEqual(['honey']);
    expect(sharers({ charityItem: false }, lines)).toEqual(['tea']);
  });

  it('asks one line to fit in every respect', () => {
    expect(under({ countyCodes: ['500101'], categoryKeys: ['bee'] }, { facts: purchase(...lines) }).points).toBe(0);
    expect(sharers({ countyCodes: ['500229'], categoryKeys: ['bee'], productIds: ['honey'] }, lines)).toEqual([
      'honey',
    ]);
  });

  it('says what was asked for where no line fits', () => {
    const all = { countyCodes: ['500101'], categoryKeys: ['egg'], productIds: ['egg'], charityItem: true };
    expect(under(all).declined).toEqual([
      {
        ruleId: 'purchase',
        version: '2026-09',
        code: 'CONDITION',
        reason: '没有符合条件的商品（指定区县、指定品类、指定商品、公益宝贝）',
      },
    ]);
    const charityLine = purchase(line({ charityItem: true }));
    expect(under({ charityItem: false }, { facts: charityLine }).declined[0]?.reason).toBe(
      '没有符合条件的商品（非公益宝贝）',
    );
  });
});

describe('a condition on the amount', () => {
  const paying = (...amountsFen: number[]) =>
    purchase(...amountsFen.map((amountFen, index) => line({ lineId: `L${index}`, amountFen })));

  it('includes both limits', () => {
    const when = { minimumAmountFen: 5000, maximumAmountFen: 9000 };
    expect(under(when, { facts: paying(4999) }).declined[0]).toMatchObject({
      code: 'BELOW_MINIMUM',
      reason: '符合条件的金额不足 50.00 元',
    });
    expect(under(when, { facts: paying(5000) }).points).toBe(2);
    expect(under(when, { facts: paying(9000) }).points).toBe(2);
    expect(under(when, { facts: paying(9001) }).declined[0]).toMatchObject({
      code: 'ABOVE_MAXIMUM',
      reason: '符合条件的金额超过 90.00 元',
    });
  });

  it('may name one limit only', () => {
    expect(under({ minimumAmountFen: 5000 }, { facts: paying(4999) }).points).toBe(0);
    expect(under({ minimumAmountFen: 5000 }, { facts: paying(5_000_000) }).points).toBe(2);
    expect(under({ maximumAmountFen: 5 }, { facts: paying(6) }).declined[0]?.reason).toBe('符合条件的金额超过 0.05 元');
    expect(under({ maximumAmountFen: 5 }, { facts: paying(0) }).points).toBe(2);
  });

  it('adds the qualifying lines, and no others', () => {
    expect(under({ minimumAmountFen: 5000 }, { facts: paying(2000, 3000) }).points).toBe(2);
    const tea = line({ lineId: 'tea', categoryKey: 'tea', amountFen: 2000 });
    const when = { minimumAmountFen: 5000, categoryKeys: ['tea'] };
    expect(under(when, { facts: purchase(tea, line({ amountFen: 9000 })) }).declined[0]?.code).toBe('BELOW_MINIMUM');
  });
});

describe('a condition on the moment', () => {
  it('opens a campaign on its first midnight and closes it after its last day', () => {
    const when = { window: { fromDay: '2026-10-13', throughDay: '2026-10-19' } };
    const at = (nowMs: number) => under(when, { nowMs });
    expect(at(shanghai('2026-10-13T00:00') - 1).declined[0]).toMatchObject({
      code: 'OUTSIDE_TERM',
      reason: '不在活动期内（2026-10-13 至 2026-10-19）',
    });
    expect(at(shanghai('2026-10-13T00:00')).points).toBe(2);
    expect(at(shanghai('2026-10-20T00:00') - 1).points).toBe(2);
    expect(at(shanghai('2026-10-20T00:00')).declined[0]?.code).toBe('OUTSIDE_TERM');
  });

  it('holds on the weekdays of Shanghai', () => {
    const when = { weekdays: [6, 7] };
    expect(under(when, { nowMs: shanghai('2026-11-28T00:00') }).points).toBe(2);
    expect(under(when, { nowMs: shanghai('2026-11-29T23:59') }).points).toBe(2);
    expect(under(when, { nowMs: shanghai('2026-11-30T00:00') }).declined[0]).toMatchObject({
      code: 'CONDITION',
      reason: '只在周六、周日有效',
    });
    expect(under({ weekdays: [1, 2, 3, 4, 5] }, { nowMs: shanghai('2026-11-28T09:00') }).declined[0]?.reason).toBe(
      '只在周一、周二、周三、周四、周五有效',
    );
  });

  it('names the window before the weekday before the channel before the lines', () => {
    const when = {
      window: { fromDay: '2026-11-24', throughDay: '2026-11-24' },
      weekdays: [2],
      channels: ['offline'],
      countyCodes: ['500101'],
    };
    expect(under(when, { nowMs: NOW_MS + 86_400_000 }).declined[0]?.code).toBe('OUTSIDE_TERM');
    expect(under({ ...when, weekdays: [3] }).declined[0]?.reason).toBe('只在周三有效');
    expect(under(when).declined[0]?.reason).toBe('不适用于本次的下单渠道');
  });
});

describe('a condition on the channel', () => {
  it('holds on its channels only', () => {
    expect(under({ channels: ['wechat', 'web'] }).points).toBe(2);
    expect(under({ channels: ['wechat'] }).declined[0]).toMatchObject({
      code: 'CONDITION',
      reason: '不适用于本次的下单渠道',
    });
  });
});
