import { count, money } from '../kit/money.js';

/** What waits for what, and where the money stands. */
export const ageingTexts = {
  title: '在等什么，等了多久',
  sub: '全部月份；点开任何一个数，就是它的明细',
  table: '各状态的等待时间',
  where: '钱在哪里',
  whereSub: (fen: number) => `自始至今配捐 ${money(fen)}，不含已撤销`,
  heads: { state: '状态', waitsFor: '在等什么', total: '合计' },
  days: (from: number, to: number | null) =>
    to === null ? `${count(from - 1)} 天以上` : `${count(from)}–${count(to)} 天`,
  items: { MATCH: (items: number) => `${count(items)} 笔`, REMITTANCE: (items: number) => `${count(items)} 笔汇款` },
  cell: (state: string, days: string) => `${state}，${days}，查看明细：`,
  allAges: '不限时间',
  nothing: '没有在等的：每一元都已经公示。',
  list: (state: string, days: string) => `${state} · ${days}`,
  close: '收起明细',
  listTable: '等待明细表',
  matchHeads: {
    time: '时间',
    order: '订单号',
    product: '商品',
    county: '区县',
    sponsor: '配捐方',
    agreement: '协议',
    amount: '金额（元）',
  },
  remittanceHeads: {
    reference: '汇款编号',
    batch: '批次',
    sponsor: '配捐方',
    agreement: '协议',
    since: '从何时起',
    amount: '应汇（元）',
    received: '已到账（元）',
    state: '状态',
  },
  adjustments: '合计里还有退货后待冲减的部分，列入下一批时逐笔写明。',
  glance: (month: string) => `${month}批次与银行`,
  due: (month: string, items: number, refunds: number) => {
    const number = String(Number(month.slice(-2)));
    return refunds > 0
      ? `${number} 月应汇（${count(items)} 笔 − 退款 ${count(refunds)}）`
      : `${number} 月应汇（${count(items)} 笔）`;
  },
  seen: (items: number, all: number) => `已汇出 · ${count(items)} / ${count(all)} 笔汇款`,
  matched: '银行已核对',
  suggested: (items: number) => (items > 0 ? `待您确认 · ${count(items)} 行` : '待您确认'),
  open: (items: number) => (items > 0 ? `去处待定 · ${count(items)} 行` : '去处待定'),
} as const;
