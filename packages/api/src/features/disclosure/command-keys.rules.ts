import { contentHash } from '../../kernel/canonical.js';

/** Whose key it is: two people may choose the same one. */
export function keyOf(memberId: string, idempotencyKey: string): string {
  return contentHash([memberId, idempotencyKey]);
}
