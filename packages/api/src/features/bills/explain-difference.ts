import { denyUnless, personOf } from '../../kernel/authority.js';
import { checkReason, keyReused, refuseKey } from '../../kernel/command-input.js';
import type { Context } from '../../kernel/context.js';
import { type Refusal, isRefusal, refuse } from '../../kernel/refusal.js';
import { appendExplanation, type BillDifference, findDifference } from './bill-differences.store.js';

export interface ExplainDifferenceInput {
  readonly idempotencyKey: string;
  readonly differenceId: string;
  readonly reason: string;
}

/**
 * Says why there is a difference. It stays listed with its figures; what was said before stays below it. Refusals:
 * `REASON_INVALID`, `KEY_INVALID`, `DIFFERENCE_UNKNOWN`, `DIFFERENCE_RESOLVED`, `KEY_REUSED`, `DIFFERENCE_CHANGED`.
 */
export async function explainDifference(
  ctx: Context,
  input: ExplainDifferenceInput,
): Promise<BillDifference | Refusal> {
  const denied = denyUnless(ctx, 'fund-maker');
  if (denied) return denied;
  const { idempotencyKey: key } = input;
  const reason = refuseKey(key) ?? checkReason(input.reason);
  if (isRefusal(reason)) return reason;
  const difference = await findDifference(ctx.base, input.differenceId);
  if (!difference) return refuse('DIFFERENCE_UNKNOWN', '没有找到这项差异，请刷新列表。', { path: 'differenceId' });
  const said = difference.explanations.find((one) => one.key === key);
  if (said) return said.reason === reason ? difference : keyReused();
  if (difference.state === 'RESOLVED') {
    return refuse('DIFFERENCE_RESOLVED', '这项差异已经消除，不需要说明。', { path: 'differenceId' });
  }
  const at = new Date(ctx.base.clock());
  const explained = await appendExplanation(ctx.base, difference, { key, reason, by: personOf(ctx), at });
  return explained ?? refuse('DIFFERENCE_CHANGED', '这项差异刚刚有变化，请刷新后再说明。', { path: 'differenceId' });
}
