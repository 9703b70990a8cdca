import { contentHash } from '../../kernel/canonical.js';
import { type Refusal, refuse } from '../../kernel/refusal.js';

/** Null for a key that can be kept; else the refusal. */
export function checkKey(idempotencyKey: string): Refusal | null {
  if (/^[\x21-\x7e]{8,64}$/.test(idempotencyKey)) return null;
  return refuse('IDEMPOTENCY_KEY_INVALID', '请求编号应为 8 至 64 个字母、数字或符号，请刷新页面后重试。', {
    path: 'idempotencyKey',
  });
}

export function keyReused(): Refusal {
  return refuse('KEY_REUSED', '这次提交和之前的内容不同，请刷新页面后重新操作。', { path: 'idempotencyKey' });
}

/** Whose key it is: two people may choose the same one. */
export function keyOf(memberId: string, idempotencyKey: string): string {
  return contentHash([memberId, idempotencyKey]);
}
