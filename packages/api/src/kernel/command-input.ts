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
 * Whether a line holds characters that nobody sees: controls, marks of direction, separators, halves of characters. Such
 * a text reads otherwise than it is, on a page and in what is published.
 */
export function hidesInLine(line: string): boolean {
  return /\p{Cc}|\p{Cf}|\p{Zl}|\p{Zp}|\p{Cs}/u.test(line);
}

/** The same of a text that may have several lines. */
export function hidesCharacters(text: string): boolean {
  return hidesInLine(text.replace(/\n/g, ''));
}

/**
 * Whether a text shows something: blanks of every width, the Hangul fillers and the empty Braille cell alone show nothing,
 * whatever their number.
 */
export function showsSomething(text: string): boolean {
  return /[^\s\p{Z}\p{C}\p{M}\u115f\u1160\u3164\uffa0\u2800]/u.test(text);
}

/** The reason without the blanks around it, or the refusal. `name` is what the person is asked for: 退款原因. */
export function checkReason(reason: string, path = 'reason', name = '理由'): string | Refusal {
  const text = reason.normalize('NFC').replace(/\r\n?/g, '\n').replace(/\t/g, ' ').trim();
  if (text.length > MAX_REASON_LENGTH || text === '') {
    return refuse('REASON_INVALID', `请写明${name}，不超过 ${MAX_REASON_LENGTH} 个字。`, { path });
  }
  if (hidesCharacters(text)) {
    return refuse('REASON_INVALID', `${name}里有不能显示的字符，请重新填写。`, { path });
  }
  if (showsSomething(text)) return text;
  return refuse('REASON_INVALID', `请写明${name}，不能只有空白。`, { path });
}
