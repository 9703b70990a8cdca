import { describe, expect, it } from '@jest/globals';
import { standingOf } from './balance-chain.rules.js';
import { shownAccount, shownCounterparty } from './counterparty-name.rules.js';
import { plainName } from './payers.rules.js';
import { shownMemo } from './shown-memo.rules.js';

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
    ['迪丽热巴·迪力木拉提', '个人 · 迪*'],
    ['迪丽热巴‧迪力木拉提', '个人 · 迪*'],
    ['迪丽热巴•迪力木拉提', '个人 · 迪*'],
    ['阿卜杜热合曼', '个人 · 阿*'],
    ['扎西次仁', '个人 · 扎*'],
    ['才仁卓玛', '个人 · 才*'],
    ['乌兰图雅', '个人 · 乌*'],
    ['司马相如', '个人 · 司*'],
    ['爱新觉罗·启明', '个人 · 爱*'],
    ['刘会芳', '个人 · 刘*'],
    ['王社平', '个人 · 王*'],
    ['林站红', '个人 · 林*'],
    ['张建社', '个人 · 张*'],
    ['周新村', '个人 · 周*'],
    ['李局', '个人 · 李*'],
    ['张三丰某某', '个人 · 张*'],
    ['SMITH JOHN', '个人 · S*'],
    ['Ангела', '个人 · А*'],
    ['张三（个人）', '个人 · 张*'],
    ['张三(个人)', '个人 · 张*'],
    ['张三\u200b', '个人 · 张*'],
    ['\u202e张三', '个人 · 张*'],
    ['张三 李四', '个人 · 张*'],
    ['城口县某某合作社', '城口县某某合作社'],
    ['红旗村委会', '红旗村委会'],
    ['工商银行', '工商银行'],
    ['重庆甲公司（重庆分公司）', '重庆甲公司（重庆分公司）'],
    ['渝北区王小明个体工商户', '渝北区王小明个体工商户'],
    ['重庆大学', '重庆大学'],
    ['县人民医院', '县人民医院'],
    ['某某基金会', '某某基金会'],
    ['市财政局', '市财政局'],
    ['某研究所（普通合伙）', '某研究所（普通合伙）'],
    ['Bank of China', 'Bank of China'],
    ['待清算款项', '待清算款项'],
    ['123456', '123456'],
  ])('shows %j as %j', (name, shown) => {
    expect(shownCounterparty(name)).toBe(shown);
  });

  it('shows of an account its last four digits', () => {
    expect(shownAccount('6222 0212 3456 7890')).toBe('尾号 7890');
    expect(shownAccount('123')).toBe('');
  });
});

describe('what the desk says of a memo', () => {
  it.each([
    ['李华 500229198801012345 捐', '李华 证件号 50**** 捐'],
    ['证500229 19880101 234X', '证证件号 50****'],
    ['电话13812345678，谢谢', '电话138****5678，谢谢'],
    ['+86 138-1234-5678', '138****5678'],
    ['１３８１２３４５６７８', '138****5678'],
    ['卡 6222 0212 3456 7894 转入', '卡 尾号 7894 转入'],
    ['AX202611-01 捐款', 'AX202611-01 捐款'],
    ['流水 20261101123456789', '流水 20261101123456789'],
    ['（全角）捐', '（全角）捐'],
  ])('shows %j as %j', (memo, shown) => {
    expect(shownMemo(memo)).toBe(shown);
  });

  it('knows a payer by whatever dot its bank writes', () => {
    for (const dot of '•‧・∙⋅·･') expect(plainName(`迪丽热巴${dot}迪力\u200b（个人）`)).toBe('迪丽热巴迪力');
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
