import { formatYuan } from '../../kernel/fen.js';
import { type Refusal, refuse } from '../../kernel/refusal.js';

/** What stands on the paper. */
export interface ReceiptContent {
  readonly remittanceId: string;
  /** 票据号码 */
  readonly number: string;
  /** 校验码: with it anybody can ask the treasury whether the receipt is genuine. */
  readonly checkCode: string;
  /** 开票日期, `2026-11-03`. */
  readonly issuedDay: string;
  readonly amountFen: number;
  readonly fileId: string;
}

/** The content as it is kept: full-width digits as plain ones, without blanks; or what is wrong with it. */
export function checkReceipt(
  given: ReceiptContent,
  remittance: { readonly receivedFen: number; readonly remittedDay: string | null },
  today: string,
): ReceiptContent | Refusal {
  const number = plain(given.number);
  if (!/^\d{8,20}$/.test(number)) {
    return refuse('RECEIPT_INVALID', '票据号码应为 8 至 20 位数字，请对照票据右上角重新填写。', { path: 'number' });
  }
  const checkCode = plain(given.checkCode);
  if (!/^[0-9A-Za-z]{4,20}$/.test(checkCode)) {
    return refuse('RECEIPT_INVALID', '校验码应为 4 至 20 位字母或数字，请对照票据重新填写。', { path: 'checkCode' });
  }
  const { issuedDay, amountFen } = given;
  if (!isDay(issuedDay)) {
    return refuse('RECEIPT_INVALID', '请填写开票日期。', { path: 'issuedDay' });
  }
  if (issuedDay > today) {
    return refuse('RECEIPT_INVALID', '开票日期还没有到，请对照票据重新填写。', { path: 'issuedDay' });
  }
  if (remittance.remittedDay !== null && issuedDay < remittance.remittedDay) {
    const message = `开票日期早于到账日期（${remittance.remittedDay}），收到款项后才能开票，请核对。`;
    return refuse('RECEIPT_INVALID', message, { path: 'issuedDay' });
  }
  if (amountFen !== remittance.receivedFen) {
    const message = `票据金额应与到账金额一致：到账 ¥${formatYuan(remittance.receivedFen)}，请核对票据。`;
    return refuse('AMOUNT_DIFFERS', message, { path: 'amountFen' });
  }
  return { ...given, number, checkCode };
}

function plain(text: string): string {
  return text.normalize('NFKC').replace(/\s+/g, '');
}

/** A day that the calendar has, `2026-11-03`. */
export function isDay(text: string): boolean {
  if (!/^20\d\d-\d\d-\d\d$/.test(text)) return false;
  const atMs = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(atMs) && new Date(atMs).toISOString().startsWith(text);
}
