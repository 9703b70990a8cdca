import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { defaultPolicy, parsePolicy } from './index.js';
import { policies } from './testing/arbitraries.js';
import { rule, version } from './testing/fixtures.js';

/** Every problem as `path: message`. */
function problems(json: unknown): string[] {
  const parsed = parsePolicy(json);
  return parsed.ok ? [] : parsed.problems.map(({ path, message }) => `${path}: ${message}`);
}

const inVersion = (more: object) => problems({ versions: [{ ...version(), ...more }] });
const inRule = (more: object) => inVersion({ rules: [{ ...rule(), ...more }] });
const inWhen = (when: unknown, more: object = {}) => inRule({ when, ...more });

/** A copy of an object without one of its keys. */
function without(object: object, key: string): object {
  return Object.fromEntries(Object.entries(object).filter(([name]) => name !== key));
}

describe('a policy that is right', () => {
  it('is taken, the default among them, with its versions in order', () => {
    const parsed = parsePolicy({ versions: [...defaultPolicy.versions].reverse() });
    expect(parsed.ok && parsed.policy.versions.map((item) => item.version)).toEqual(['2019-11', '2026-09']);
  });

  it('is taken whatever its rules are', () => {
    fc.assert(fc.property(policies, (json) => expect(problems(json)).toEqual([])));
  });

  it('is copied: nobody changes a policy in use', () => {
    const json = { versions: [version({ rules: [rule()] })] };
    const parsed = parsePolicy(json);
    json.versions.length = 0;
    expect(parsed.ok && parsed.policy.source.versions).toHaveLength(1);
  });
});

describe('a policy that is wrong', () => {
  it('never throws, whatever it is', () => {
    fc.assert(fc.property(fc.anything(), (anything) => expect(parsePolicy(anything).ok).toBe(false)));
    fc.assert(
      fc.property(fc.anything(), (anything) => {
        expect(parsePolicy({ versions: [anything] }).ok).toBe(false);
        expect(inRule({ when: { countyCodes: anything } })).not.toEqual([]);
      }),
    );
  });

  it('has every problem named by its path', () => {
    const json = {
      versions: [
        version(),
        {
          version: '',
          effectiveFrom: '2026-02-30',
          caps: { purchase: { perDay: 0 } },
          rules: [{ ...rule(), points: 2.5 }],
        },
      ],
      more: 1,
    };
    expect(problems(json)).toEqual([
      'more: 没有这一项，请检查拼写',
      'versions[1].version: 必须是1 到 40 位字母、数字、点或短横，如 2026-09',
      'versions[1].effectiveFrom: 必须是存在的日期，如 2026-09-01',
      'versions[1].caps.purchase.perMonth: 缺少这一项',
      'versions[1].caps.purchase.perDay: 必须是 1 到 1000000 的整数',
      'versions[1].rules[0].points: 必须是 1 到 1000 的整数',
    ]);
  });

  it('is reported in part where it is hopeless', () => {
    const rules = Array.from({ length: 150 }, (_, index) => rule({ ruleId: `r${index}`, points: 0 }));
    expect(inVersion({ rules })).toHaveLength(100);
  });

  it('is not an object, or has no versions', () => {
    for (const json of [null, undefined, 1, 'text', [], [version()]])
      expect(problems(json)).toEqual([': 必须是一个对象']);
    expect(problems({})).toEqual(['versions: 缺少这一项']);
    for (const versions of [[], null, 'v', { 0: version() }]) {
      expect(problems({ versions })).toEqual(['versions: 必须是 1 到 500 项的列表']);
    }
    expect(problems({ versions: [1] })).toEqual(['versions[0]: 必须是一个对象']);
  });
});

describe('a version', () => {
  it('needs all its parts', () => {
    for (const key of ['version', 'effectiveFrom', 'rules']) {
      expect(problems({ versions: [without(version(), key)] })).toEqual([`versions[0].${key}: 缺少这一项`]);
    }
    expect(inVersion({ caps: null })).toContain('versions[0].caps: 必须是一个对象');
    expect(problems({ versions: [without(version(), 'caps')] })).toContain('versions[0].caps: 缺少这一项');
    expect(inVersion({ note: 'x' })).toEqual(['versions[0].note: 没有这一项，请检查拼写']);
  });

  it('has a name and a day of its own', () => {
    expect(problems({ versions: [version(), version({ effectiveFrom: '2026-10-01' })] })).toEqual([
      'versions[1].version: 与前面的重复',
    ]);
    expect(problems({ versions: [version(), version({ version: 'other' })] })).toEqual([
      'versions[1].effectiveFrom: 与前面的重复',
    ]);
    for (const name of ['2026 09', '-x', 'a'.repeat(41), '版', 9, ' a', 'a\n']) {
      expect(inVersion({ version: name })).toHaveLength(1);
    }
    for (const name of ['a', 'a'.repeat(40), '2026.9-b', '9']) expect(inVersion({ version: name })).toEqual([]);
    expect(inVersion({ effectiveFrom: 20260901 })).toEqual([
      'versions[0].effectiveFrom: 必须是存在的日期，如 2026-09-01',
    ]);
  });

  it('names both caps of every kind that has a rule', () => {
    expect(inVersion({ caps: {} })).toEqual(['versions[0].rules[0].kind: 请在 caps.purchase 写明每日和每月上限']);
    expect(inVersion({ caps: { purchase: { perDay: 6, perMonth: 5 } } })).toEqual([
      'versions[0].caps.purchase: 每日上限不能大于每月上限',
    ]);
    expect(inVersion({ caps: { purchase: { perDay: 6, perMonth: 6 } } })).toEqual([]);
    expect(inVersion({ caps: { purchase: { perMonth: 6 } } })).toEqual([
      'versions[0].caps.purchase.perDay: 缺少这一项',
    ]);
    expect(inVersion({ caps: { purchase: 6 } })).toEqual(['versions[0].caps.purchase: 必须是一个对象']);
    expect(inVersion({ caps: { purchase: { perDay: 1, perMonth: 1_000_001 } } })).toHaveLength(1);
    expect(inVersion({ caps: { purchase: { perDay: 1, perMonth: 1_000_000 } } })).toEqual([]);
    const caps = { ...version().caps, gift: { perDay: 1, perMonth: 1 } };
    expect(inVersion({ caps })).toEqual(['versions[0].caps.gift: 没有这一项，请检查拼写']);
  });

  it('has at least one rule, and a bounded number', () => {
    expect(inVersion({ rules: [] })).toEqual(['versions[0].rules: 必须是 1 到 200 项的列表']);
    const many = (count: number) => Array.from({ length: count }, (_, index) => rule({ ruleId: `r${index}` }));
    expect(inVersion({ rules: many(200) })).toEqual([]);
    expect(inVersion({ rules: many(201) })).toHaveLength(1);
    expect(inVersion({ rules: ['rule'] })).toEqual(['versions[0].rules[0]: 必须是一个对象']);
  });
});

describe('a rule', () => {
  it('needs an id of its own, a kind, a title and points', () => {
    for (const key of ['ruleId', 'kind', 'title', 'points']) {
      expect(inVersion({ rules: [without(rule(), key)] })).toEqual([`versions[0].rules[0].${key}: 缺少这一项`]);
    }
    expect(inVersion({ rules: [rule(), rule()] })).toEqual(['versions[0].rules[1].ruleId: 与前面的重复']);
    expect(inRule({ kind: 'gift' })).toEqual([
      'versions[0].rules[0].kind: 必须是 purchase、review、recommendation、nomination、activity 之一',
    ]);
    expect(inRule({ perYuan: 1 })).toEqual(['versions[0].rules[0].perYuan: 没有这一项，请检查拼写']);
  });

  it('has an id that can be a key anywhere', () => {
    for (const ruleId of ['a', 'harvest-2026', 'a'.repeat(40)]) expect(inRule({ ruleId })).toEqual([]);
    for (const ruleId of ['', 'A', '2a', 'a.b', '$a', '__proto__', 'a'.repeat(41), 'a\n', ' a']) {
      expect(inRule({ ruleId })).toEqual([
        'versions[0].rules[0].ruleId: 必须是1 到 40 位小写字母、数字或短横，以字母开头',
      ]);
    }
  });

  it('has a title that can be read', () => {
    for (const title of ['购', '每笔 爱心购', '购'.repeat(40)]) expect(inRule({ title })).toEqual([]);
    for (const title of ['', ' ', ' 购', '购 ', '购\n买', '购'.repeat(41)]) {
      expect(inRule({ title })).toEqual(['versions[0].rules[0].title: 必须是1 到 40 个字，前后没有空格']);
    }
  });

  it('gives whole points from 1 to 1000', () => {
    for (const points of [1, 1000]) expect(inRule({ points })).toEqual([]);
    for (const points of [0, -1, 1001, 0.5, '2', Number.NaN, null]) {
      expect(inRule({ points })).toEqual(['versions[0].rules[0].points: 必须是 1 到 1000 的整数']);
    }
  });

  it('may have caps of its own, of the day, of the month or both', () => {
    expect(inRule({ caps: {} })).toEqual([]);
    expect(inRule({ caps: { perDay: 1 } })).toEqual([]);
    expect(inRule({ caps: { perMonth: 1 } })).toEqual([]);
    expect(inRule({ caps: { perDay: 0 } })).toEqual(['versions[0].rules[0].caps.perDay: 必须是 1 到 1000000 的整数']);
    expect(inRule({ caps: { perMonth: 'x' } })).toEqual([
      'versions[0].rules[0].caps.perMonth: 必须是 1 到 1000000 的整数',
    ]);
    expect(inRule({ caps: { perYear: 1 } })).toEqual(['versions[0].rules[0].caps.perYear: 没有这一项，请检查拼写']);
    expect(inRule({ caps: 1 })).toEqual(['versions[0].rules[0].caps: 必须是一个对象']);
  });
});

describe('a multiplier', () => {
  const inMultiplier = (more: object, ofRule: object = {}) =>
    inRule({ multipliers: [{ title: '助农周', numerator: 2, ...more }], ...ofRule });
  const PATH = 'versions[0].rules[0].multipliers';

  it('is a fraction of small whole numbers', () => {
    expect(inMultiplier({ denominator: 100 })).toEqual([]);
    expect(inMultiplier({ numerator: 1, denominator: 1 })).toEqual([]);
    expect(inMultiplier({ numerator: 0 })).toEqual([`${PATH}[0].numerator: 必须是 1 到 100 的整数`]);
    expect(inMultiplier({ numerator: 101 })).toHaveLength(1);
    expect(inMultiplier({ denominator: 0 })).toEqual([`${PATH}[0].denominator: 必须是 1 到 100 的整数`]);
    expect(inMultiplier({ numerator: 1.5 })).toHaveLength(1);
  });

  it('needs a title and a numerator, and checks its condition', () => {
    expect(inRule({ multipliers: [{ numerator: 2 }] })).toEqual([`${PATH}[0].title: 缺少这一项`]);
    expect(inRule({ multipliers: [{ title: '周' }] })).toEqual([`${PATH}[0].numerator: 缺少这一项`]);
    expect(inMultiplier({ title: '' })).toEqual([`${PATH}[0].title: 必须是1 到 40 个字，前后没有空格`]);
    expect(inMultiplier({ when: { weekdays: [8] } })).toEqual([`${PATH}[0].when.weekdays[0]: 必须是 1 到 7 的整数`]);
    expect(inMultiplier({ when: { charityItem: true } }, { kind: 'review' })).toHaveLength(1);
    expect(inMultiplier({ rate: 2 })).toEqual([`${PATH}[0].rate: 没有这一项，请检查拼写`]);
  });

  it('comes in a list of at most four', () => {
    const many = (count: number) => Array.from({ length: count }, () => ({ title: '周', numerator: 2 }));
    expect(inRule({ multipliers: many(4) })).toEqual([]);
    expect(inRule({ multipliers: [] })).toEqual([]);
    expect(inRule({ multipliers: many(5) })).toEqual([`${PATH}: 必须是 0 到 4 项的列表`]);
    expect(inRule({ multipliers: [null] })).toEqual([`${PATH}[0]: 必须是一个对象`]);
  });
});

describe('a condition', () => {
  const PATH = 'versions[0].rules[0].when';

  it('has lists of codes and keys', () => {
    expect(inWhen({ countyCodes: ['500229'], categoryKeys: ['bee'], productIds: ['p-1'], channels: ['web'] })).toEqual(
      [],
    );
    for (const code of ['50022', '5002290', '50022x', 500229, ' 500229']) {
      expect(inWhen({ countyCodes: ['500101', code] })).toEqual([
        `${PATH}.countyCodes[1]: 必须是6 位区县代码，如 500229`,
      ]);
    }
    for (const key of ['categoryKeys', 'productIds', 'channels']) {
      expect(inWhen({ [key]: ['a b'] })).toEqual([`${PATH}.${key}[0]: 必须是1 到 64 个字符，不含空格`]);
      expect(inWhen({ [key]: ['a'.repeat(64)] })).toEqual([]);
      for (const bad of ['', 'a'.repeat(65), ' a', 'a ']) expect(inWhen({ [key]: [bad] })).toHaveLength(1);
      expect(inWhen({ [key]: [] })).toEqual([`${PATH}.${key}: 必须是 1 到 20000 项的列表`]);
    }
  });

  it('has whole amounts in order', () => {
    expect(inWhen({ minimumAmountFen: 0, maximumAmountFen: 10_000_000_000 })).toEqual([]);
    expect(inWhen({ minimumAmountFen: 5, maximumAmountFen: 5 })).toEqual([]);
    expect(inWhen({ minimumAmountFen: 6, maximumAmountFen: 5 })).toEqual([`${PATH}: 最低金额不能大于最高金额`]);
    expect(inWhen({ minimumAmountFen: -1 })).toEqual([`${PATH}.minimumAmountFen: 必须是 0 到 10000000000 的整数`]);
    expect(inWhen({ maximumAmountFen: 10_000_000_001 })).toHaveLength(1);
  });

  it('has a badge that is yes or no', () => {
    expect(inWhen({ charityItem: false })).toEqual([]);
    expect(inWhen({ charityItem: 'yes' })).toEqual([`${PATH}.charityItem: 必须是 true 或 false`]);
  });

  it('has weekdays from Monday to Sunday', () => {
    expect(inWhen({ weekdays: [1, 2, 3, 4, 5, 6, 7] })).toEqual([]);
    for (const day of [0, 8, 1.5, '1']) {
      expect(inWhen({ weekdays: [day] })).toEqual([`${PATH}.weekdays[0]: 必须是 1 到 7 的整数`]);
    }
    expect(inWhen({ weekdays: [] })).toEqual([`${PATH}.weekdays: 必须是 1 到 7 项的列表`]);
    expect(inWhen({ weekdays: [1, 2, 3, 4, 5, 6, 7, 1] })).toHaveLength(1);
  });

  it('has a window of real days in order', () => {
    expect(inWhen({ window: { fromDay: '2026-10-13', throughDay: '2026-10-13' } })).toEqual([]);
    expect(inWhen({ window: { fromDay: '2026-10-14', throughDay: '2026-10-13' } })).toEqual([
      `${PATH}.window: 开始日期不能晚于结束日期`,
    ]);
    expect(inWhen({ window: { fromDay: '2026-02-29', throughDay: '2026-10-13' } })).toEqual([
      `${PATH}.window.fromDay: 必须是存在的日期，如 2026-09-01`,
    ]);
    expect(inWhen({ window: { fromDay: '2026-10-13' } })).toEqual([`${PATH}.window.throughDay: 缺少这一项`]);
    expect(inWhen({ window: { fromDay: '2026-10-13', throughDay: '2026-10-14', until: 1 } })).toEqual([
      `${PATH}.window.until: 没有这一项，请检查拼写`,
    ]);
    expect(inWhen({ window: 'always' })).toEqual([`${PATH}.window: 必须是一个对象`]);
  });

  it('asks for amounts and the badge of purchases only', () => {
    for (const key of ['minimumAmountFen', 'maximumAmountFen']) {
      expect(inWhen({ [key]: 1 }, { kind: 'review' })).toEqual([`${PATH}.${key}: 只能用于购买积分`]);
    }
    expect(inWhen({ charityItem: true }, { kind: 'activity' })).toEqual([`${PATH}.charityItem: 只能用于购买积分`]);
    expect(inWhen({ countyCodes: ['500229'] }, { kind: 'review' })).toEqual([]);
    // Where the kind itself is wrong, that is the one problem.
    expect(inWhen({ charityItem: true }, { kind: 'gift' })).toHaveLength(1);
  });

  it('has no other part: a misspelt one would hold for everyone', () => {
    expect(inWhen({ county: ['500229'] })).toEqual([`${PATH}.county: 没有这一项，请检查拼写`]);
    expect(inWhen(null)).toEqual([`${PATH}: 必须是一个对象`]);
  });
});
