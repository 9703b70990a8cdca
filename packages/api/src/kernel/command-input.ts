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

/**
 * Whether a line holds characters that nobody sees: controls, marks of direction, separators. Such a text reads otherwise
 * than it is, on a page and in what is published.
 */
export function hidesInLine(line: string): boolean {
  return /\p{Cc}|\p{Cf}|\p{Zl}|\p{Zp}/u.test(line);
}

/** The same of a text that may have several lines. */
export function hidesCharacters(text: string): boolean {
  return hidesInLine(text.replace(/\n/g, ''));
}

/** The reason without the blanks around it, or the refusal. */
export function checkReason(reason: string, path = 'reason'): string | Refusal {
  const text = reason.normalize('NFC').replace(/\r\n?/g, '\n').replace(/\t/g, ' ').trim();
  if (text.length === 0 || text.length > MAX_REASON_LENGTH) {
    return refuse('REASON_INVALID', `请写明理由，不超过 ${MAX_REASON_LENGTH} 个字。`, { path });
  }
  if (!hidesCharacters(text)) return text;
  return refuse('REASON_INVALID', '理由里有不能显示的字符，请重新填写。', { path });
}
