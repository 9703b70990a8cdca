import { count } from '../kit/money.js';

/** What both consoles say: the branch's and the fund's. */
export const consoleTexts = {
  month: '月份',
  previousMonth: '上一个月',
  nextMonth: '下一个月',
  export: '导出表格',
  exporting: (rows: number) => `正在取第 ${count(rows)} 条…`,
  exported: (rows: number) => `已导出 ${count(rows)} 条`,
  exportFailed: '没有导出：网络中断了，请再试一次。',
  exportCut: (rows: number) => `只导出了最近 ${count(rows)} 条，请缩小范围再导出其余的。`,
  print: '打印',
  asTable: '用表格看',
  asChart: '收起表格',
} as const;
