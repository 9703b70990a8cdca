import { type Refusal, refuse } from '../../kernel/refusal.js';
import type { Agreement, AgreementStep } from './agreements.store.js';

/** A draft that went to and fro this often is better written anew; it also bounds the document. */
export const MAX_STEPS = 200;

/** Whether this person's key was used on this agreement before, and for the same. */
export function earlierRun(
  { history }: Pick<Agreement, 'history'>,
  asked: Pick<AgreementStep, 'by' | 'key' | 'keyHash'>,
): 'none' | 'same' | 'other' {
  const run = history.find((step) => step.by === asked.by && step.key === asked.key);
  if (!run) return 'none';
  return run.keyHash === asked.keyHash ? 'same' : 'other';
}

/** Everybody who had a hand in the content: none of them may check it. */
export function makersOf({ history }: Pick<Agreement, 'history'>): string[] {
  const making = history.filter((step) => ['DRAFTED', 'REVISED', 'SUBMITTED'].includes(step.what));
  return [...new Set(making.map((step) => step.by))];
}

/** Refused unless the agreement waits for a check by somebody who did not make it. */
export function refuseCheck(agreement: Agreement, by: string): Refusal | null {
  if (agreement.state !== 'SUBMITTED') return refuse('NOT_SUBMITTED', '这份协议现在不在待复核状态，请刷新后查看。');
  if (!makersOf(agreement).includes(by)) return null;
  return refuse('SAME_PERSON', '制单和复核必须是两个人：您参与了这份协议的起草或提交，请由另一位复核。');
}

/** The wish to end an agreement early that still waits for its second person; null where there is none. */
export function endAskedOf({ state, history }: Pick<Agreement, 'state' | 'history'>): AgreementStep | null {
  const last = history.at(-1);
  return state === 'IN_FORCE' && last?.what === 'END_ASKED' ? last : null;
}

/** The wish to end, where this person may decide it; `reason`: as it was read. */
export function refuseEnd(agreement: Agreement, decision: { by: string; reason: string }): Refusal | null {
  if (agreement.state !== 'IN_FORCE') return notInForce();
  const asked = endAskedOf(agreement);
  if (!asked) return refuse('END_NOT_ASKED', '没有人申请提前终止这份协议，请先由一位经办或复核人写明原因提出申请。');
  if (asked.by === decision.by) {
    return refuse('SAME_PERSON', '提前终止要两个人：申请是您提的，请由另一位复核人决定；您可以撤回申请。');
  }
  if (asked.reason === decision.reason) return null;
  return refuse('CONTENT_CHANGED', '终止原因和您看到的不一样了，请刷新、重新核对后再决定。', { path: 'reason' });
}

export function notInForce(): Refusal {
  return refuse('NOT_IN_FORCE', '只有生效中的协议可以提前终止，请刷新后查看它的状态。');
}
