import { count } from '../kit/money.js';
import { fullDate } from '../kit/dates.js';

/** The files that were brought, and how one that was posted by mistake leaves the books again. */
export const bankImportsTexts = {
  title: '导入记录',
  none: '还没有导入过对账单。',
  more: '更早的导入',
  brought: (at: string) => `${fullDate(at)} 上传`,
  lines: (
    { newCount, fromDay, toDay }: { newCount: number; fromDay: string | null; toDay: string | null },
    posted: number,
  ) => `${fromDay ?? ''} 至 ${toDay ?? ''}，新增 ${count(Math.max(newCount, posted))} 行`,
  asked: (reason: string) => `申请撤回的原因：${reason}`,
  declined: (reason: string) => `曾申请撤回（${reason}），未办理`,
  waits: (sentence: string) => `撤回停在这里：${sentence}处理后会自动继续。`,
  actOf: (act: string, file: string) => `${act}：${file}`,
  ask: '申请撤回',
  askTitle: '申请撤回这份账单？',
  askText: (file: string) =>
    `另一位管理员同意后，“${file}”的全部流水退出账本，自动核对的汇款重新等待到账；账本留下更正记录。之后可以导入正确的文件。`,
  reason: '撤回的原因',
  reasonHint: '例如：导到了别的账户',
  askedNow: '已申请撤回，等另一位管理员同意',
  withdraw: '收回申请',
  take: '同意撤回',
  takeTitle: '同意撤回这份账单？',
  takeText: (file: string, reason: string) => `“${file}”的全部流水将退出账本。申请的原因：${reason}`,
  takenNow: '已同意，正在撤回',
  decline: '不同意',
  declineTitle: '让这份账单留在账本里？',
  declineText: (file: string) => `“${file}”不再等待撤回，账本不变。需要时可以再次申请。`,
  declinedNow: '账单留在账本里',
} as const;
