import { denyUnless } from '../../kernel/authority.js';
import type { Context } from '../../kernel/context.js';
import { type Refusal, refuse } from '../../kernel/refusal.js';
import { makeDue, type StuckQueue } from './stuck-work.store.js';

/**
 * The operator has mended the cause (filled the account, set the key right) and does not want to wait for the next try.
 * The job takes it within seconds; nothing that was sent is sent anew. Null: it is due now. Refusal: `STUCK_UNKNOWN`.
 */
export async function tryStuckNow(ctx: Context, input: { queue: StuckQueue; itemId: string }): Promise<Refusal | null> {
  const denied = denyUnless(ctx, 'operator');
  if (denied) return denied;
  const isDue = await makeDue(ctx.base, { ...input, nowMs: ctx.base.clock() });
  return isDue ? null : refuse('STUCK_UNKNOWN', '这一项已经不在等待了，请刷新列表。', { path: 'itemId' });
}
