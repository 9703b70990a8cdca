import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isRefusal } from '../../kernel/refusal.js';
import { looksPersonal } from './personal-text.rules.js';
import { checkProject, checkSpend, sourcesOf, type SpendTerms } from './projects.rules.js';

describe('a text that names a person by number', () => {
  it.each([
    '联系人 13812341234',
    '电话138 1234 1234',
    '１３８１２３４１２３４',
    '138-1234-1234',
    '138.1234.1234',
    '+86 13812341234',
    '023-63871234',
    '身份证500229199001011234',
    '50022919900101123X',
    '５００２２９１９９００１０１１２３Ｘ',
    '500229 19900101 123x',
    '500229900101123',
  ])('is known: %s', (text) => expect(looksPersonal(text)).toBe(true));
  it.each([
    '2026-11-03 至 2026-12-03',
    '合同编号 20261103001',
    '统一社会信用代码 91500000MA5U8XKQ3L',
    '914403001922038216',
    '金额 138001380.00 元',
    '助学金 12 人，每人 1500 元',
    '2026 年秋季 3 个班 121 人',
    '账号 6222021001116245702',
  ])('is not mistaken: %s', (text) => expect(looksPersonal(text)).toBe(false));
  it('is known wherever it stands, whatever the number is', () => {
    const mobile = fc
      .tuple(fc.constantFrom('3', '5', '8', '9'), fc.stringMatching(/^\d{9}$/))
      .map((two) => `1${two.join('')}`);
    const text = fc.string({ unit: fc.constantFrom('扶', '贫', ' ', '，', '产'), maxLength: 8 });
    fc.assert(
      fc.property(text, mobile, text, (before, number, after) => {
        expect(looksPersonal(`${before}${number}${after}`)).toBe(true);
      }),
    );
  });
});

describe('whose yuan a spend uses', () => {
  const remittance = fc.record({
    _id: fc.uuid(),
    remittedDay: fc.constantFrom(null, '2026-11-01', '2026-11-02', '2026-12-01'),
    receivedFen: fc.nat(1_000),
    share: fc.nat(),
  });
  const remittances = fc
    .uniqueArray(remittance, { selector: (one) => one._id, maxLength: 8 })
    .map((list) => list.map(({ share, ...one }) => ({ ...one, spentFen: share % (one.receivedFen + 1) })));

  it('is as much as asked for, never more of one than it holds, the oldest first', () => {
    fc.assert(
      fc.property(remittances, fc.integer({ min: 1, max: 5_000 }), (list, amountFen) => {
        const unspentFen = list.reduce((sum, one) => sum + one.receivedFen - one.spentFen, 0);
        const sources = sourcesOf(list, amountFen);
        expect(sources === null).toBe(unspentFen < amountFen);
        if (!sources) return;
        expect(sources.reduce((sum, one) => sum + one.amountFen, 0)).toBe(amountFen);
        const used = new Map(sources.map((one) => [one.remittanceId, one.amountFen]));
        expect(used.size).toBe(sources.length);
        for (const one of list) expect(used.get(one._id) ?? 0).toBeLessThanOrEqual(one.receivedFen - one.spentFen);
        const rank = (day: string | null): string => day ?? '9999';
        for (const one of list) {
          const isOpen = (used.get(one._id) ?? 0) < one.receivedFen - one.spentFen;
          if (!isOpen) continue;
          // While one still holds something, nothing of a later one is used.
          for (const other of list)
            if (rank(other.remittedDay) > rank(one.remittedDay)) expect(used.has(other._id)).toBe(false);
        }
      }),
    );
  });

  it('does not depend on the order they are read in', () => {
    fc.assert(
      fc.property(remittances, fc.integer({ min: 1, max: 3_000 }), (list, amountFen) => {
        expect(sourcesOf([...list].reverse(), amountFen)).toEqual(sourcesOf(list, amountFen));
      }),
    );
  });
});

describe('what is written of a project and a spend', () => {
  const project = { name: ' 村小图书角 ', purpose: '为三所村小购置图书', countyCode: '500229', budgetFen: 100 };
  const spend: SpendTerms = {
    ...{ projectId: 'p', amountFen: 100, day: '2026-12-01', payee: '新华书店', what: '图书 300 册' },
    ...{ fileIds: ['f', 'f'], beneficiaries: [{ group: ' 村小学生 ', count: 120 }] },
  };
  it('is kept without blanks around it', () => {
    expect(checkProject(project)).toMatchObject({ name: '村小图书角' });
    expect(checkSpend(spend, '2026-12-01')).toMatchObject({
      ...{ fileIds: ['f'], beneficiaries: [{ group: '村小学生', count: 120 }] },
    });
  });
  it.each([
    [{ name: '' }, 'name'],
    [{ name: '图'.repeat(61) }, 'name'],
    [{ purpose: '请联系 13812341234' }, 'purpose'],
    [{ countyCode: '巫溪' }, 'countyCode'],
    [{ budgetFen: 0 }, 'budgetFen'],
    [{ budgetFen: 0.5 }, 'budgetFen'],
  ])('is refused for a project with %j', (wrong, path) => {
    expect(checkProject({ ...project, ...wrong })).toMatchObject({ refused: true, path });
  });
  it.each([
    [{ amountFen: -1 }, 'amountFen'],
    [{ amountFen: 100_000_000_001 }, 'amountFen'],
    [{ day: '2026-12-02' }, 'day'],
    [{ day: '2026-02-30' }, 'day'],
    [{ payee: '张三 500229199001011234' }, 'payee'],
    [{ what: '\u202e' }, 'what'],
    [{ fileIds: [] }, 'fileIds'],
    [{ beneficiaries: [{ group: '13812341234', count: 1 }] }, 'beneficiaries.0.group'],
    [{ beneficiaries: [{ group: '学生', count: 0 }] }, 'beneficiaries.0.count'],
    [{ beneficiaries: [{ group: '学生', count: 1.5 }] }, 'beneficiaries.0.count'],
    [{ beneficiaries: Array.from({ length: 11 }, () => ({ group: '学生', count: 1 })) }, 'beneficiaries'],
  ])('is refused for a spend with %j', (wrong, path) => {
    const checked = checkSpend({ ...spend, ...wrong }, '2026-12-01');
    expect(isRefusal(checked) && checked.path).toBe(path);
  });
});
