import { formatYuan } from '../../kernel/fen.js';
import type { AgreementRow, PackContent } from './pack.types.js';

/** `2026-07` → `2026年7月` */
export function monthText(month: string): string {
  const [year = '', number = ''] = month.split('-');
  return `${year}年${Number(number)}月`;
}

export function unitText(unit: AgreementRow['unit']): string {
  return { line: '每行商品', order: '每个订单', piece: '每件' }[unit];
}

export function yuanText(amountFen: number): string {
  return `${formatYuan(amountFen)} 元`;
}

const BILL_KINDS: Readonly<Record<string, string>> = {
  MISSING_HERE: '账单有、本系统没有',
  MISSING_THERE: '本系统有、账单没有',
  AMOUNT: '支付账单金额不符',
  FEE: '支付账单手续费不符',
  TIMING: '支付账单与本系统记在两天',
};

export function billKindText(kind: string): string {
  return BILL_KINDS[kind] ?? '支付账单差异';
}

/** What came after the disclosure of its own period; null when nothing did. */
export function lateText({ lateReceivedFen, lateSpentFen }: PackContent['fund']): string | null {
  if (lateReceivedFen === 0 && lateSpentFen === 0) return null;
  return `其中补记往期：收到 ${yuanText(lateReceivedFen)}，支出 ${yuanText(lateSpentFen)}。`;
}
