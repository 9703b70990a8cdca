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
