import { type Refusal, refuse } from './refusal.js';

const MAX_REASON_LENGTH = 200;

/** Null for a key that can be kept; else the refusal. */
export function refuseKey(idempotencyKey: string): Refusal | null {
  if (/^[\x21-\x7e]{8,100}$/.test(idempotencyKey)) return null;
  return refuse('KEY_INVALID', '提交编号不正确，请刷新页面后重试。', { path: 'idempotencyKey' });
}

/** The same key came again with something else behind it. */
export function keyReused(): Refusal {
  return refuse('KEY_REUSED', '这次提交和之前的内容不同，请刷新页面后重新操作。', { path: 'idempotencyKey' });
}

/** The reason without the blanks around it, or the refusal. */
export function checkReason(reason: string, path = 'reason'): string | Refusal {
  const text = reason.normalize('NFC').trim();
  if (text.length > 0 && text.length <= MAX_REASON_LENGTH) return text;
  return refuse('REASON_INVALID', `请写明理由，不超过 ${MAX_REASON_LENGTH} 个字。`, { path });
}
