import { count } from '../kit/money.js';

/** The frame of the fund's console: its tabs, and who may see them. */
export const fundShellTexts = {
  title: '基金管理',
  sponsorTitle: '我的配捐',
  tabsLabel: '基金管理的各部分',
  tabs: {
    overview: '总览',
    month: '月结',
    agreements: '协议',
    batches: '批次',
    bank: '对账',
    bills: '支付账单',
    differences: '差异',
    receipts: '票据',
    projects: '使用',
    disclosure: '公示',
  },
  /** A sponsor has no batches of its own: it sees what it has to remit. */
  sponsorTabs: { batches: '汇款' } as Partial<Record<string, string>>,
  roles: { maker: '经办', checker: '复核', auditor: '审计（只读）', sponsor: '配捐方（只读）' },
  waiting: (items: number) => `${count(items)} 项待办`,
  deniedTitle: '这里只对基金管理员和审计开放',
  deniedText: '您现在的角色看不到基金的配捐。如果您负责基金，请联系门户管理员核对。',
} as const;
