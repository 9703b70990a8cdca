/**
 * The provider's words for how far a refund is, and what may follow on what: a later download says more than an earlier one,
 * and a word that is final stays. `FAIL` and the two words for a closed refund moved nothing; `CHANGE` left our account and
 * did not reach the buyer.
 */
const RANKS: ReadonlyMap<string, number> = new Map([
  ['PROCESSING', 0],
  ['CHANGE', 1],
  ['ABNORMAL', 1],
  ['SUCCESS', 2],
  ['FAIL', 2],
  ['REFUNDCLOSE', 2],
  ['CLOSED', 2],
]);
const MOVED_NOTHING = new Set(['FAIL', 'REFUNDCLOSE', 'CLOSED']);

const TEXTS: Readonly<Record<string, string>> = {
  PROCESSING: '退款处理中',
  CHANGE: '退款未到买家',
  ABNORMAL: '退款未到买家',
  FAIL: '退款失败',
  REFUNDCLOSE: '退款已关闭',
  CLOSED: '退款已关闭',
};

export function isRefundState(word: string): boolean {
  return RANKS.has(word);
}

/** True where the money never left our account, or came back into it. */
export function movedNothing(word: string): boolean {
  return MOVED_NOTHING.has(word);
}

/** `1`: the second word is the truer one. `-1`: it is of an earlier download. `0`: neither says more. */
export function compareStates(before: string, after: string): -1 | 0 | 1 {
  const [from = 2, to = 2] = [RANKS.get(before), RANKS.get(after)];
  return from === to ? 0 : from < to ? 1 : -1;
}

/** How far a refund is, in Chinese, where a person has to know it; null for one that arrived. */
export function refundStateText(word: string): string | null {
  return TEXTS[word] ?? null;
}
