import { describe, expect, it } from '@jest/globals';
import { standingOf } from './balance-chain.rules.js';
import { shownAccount, shownCounterparty } from './counterparty-name.rules.js';

describe('what the desk says of a counterparty', () => {
  it.each([
    ['王小明', '个人 · 王*'],
    ['欧阳小明', '个人 · 欧*'],
    ['乙公司', '乙公司'],
    ['渝州农商行', '渝州农商行'],
    ['某学校', '某学校'],
    ['结息', '结息'],
    ['ACME Ltd', 'ACME Ltd'],
    ['', ''],
  ])('shows %j as %j', (name, shown) => {
    expect(shownCounterparty(name)).toBe(shown);
  });

  it('shows of an account its last four digits', () => {
    expect(shownAccount('6222 0212 3456 7890')).toBe('尾号 7890');
    expect(shownAccount('123')).toBe('');
  });
});

describe('the chain of balances', () => {
  const span = (fromDay: string, toDay: string, openingFen: number, closingFen: number) => {
    return { fromDay, toDay, openingFen, closingFen };
  };
  const textOf = (...spans: ReturnType<typeof span>[]): string => standingOf({ _id: 'a', name: '专户', spans }).text;

  it('is told whole, with its hole, or not at all', () => {
    expect(textOf(span('2026-11-03', '2026-11-09', 120_455, 532_286))).toBe(
      '余额链已核对：期初 1,204.55 → 期末 5,322.86，无缺行。',
    );
    expect(textOf(span('2026-10-01', '2026-10-31', 0, 100), span('2026-11-05', '2026-11-09', 300, -5))).toBe(
      '余额链有缺口：期初 0.00 → 期末 -0.05，缺 2026-10-31 至 2026-11-05 的对账单。',
    );
    expect(textOf()).toBe('还没有导入过对账单。');
  });
});
