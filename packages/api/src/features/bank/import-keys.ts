import { type Refusal, refuse } from '../../kernel/refusal.js';

const LEAST_KEY = 8;
const MOST_KEY = 100;

/** Null, or why a key cannot name this press of a button. */
export function checkKey(idempotencyKey: string): Refusal | null {
  if (idempotencyKey.length >= LEAST_KEY && idempotencyKey.length <= MOST_KEY) return null;
  return refuse('KEY_INVALID', '提交编号不正确，请刷新页面后重试。', { path: 'idempotencyKey' });
}

export function keyReused(): Refusal {
  return refuse('KEY_REUSED', '这次提交和之前的内容不同，请刷新页面后重新填写。', { path: 'idempotencyKey' });
}
