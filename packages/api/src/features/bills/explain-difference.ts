import { denyUnless, personOf } from '../../kernel/authority.js';
import type { Context } from '../../kernel/context.js';
import { type Refusal, refuse } from '../../kernel/refusal.js';
import { appendExplanation, type BillDifference, findDifference } from './bill-differences.store.js';

const MAX_REASON_LENGTH = 200;

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
  const reason = input.reason.trim();
  const { idempotencyKey: key } = input;
  if (reason.length === 0 || reason.length > MAX_REASON_LENGTH) {
    return refuse('REASON_INVALID', '请写明差异的原因，不超过 200 个字。', { path: 'reason' });
  }
  if (!/^[\x21-\x7e]{8,100}$/.test(key)) {
    return refuse('KEY_INVALID', '请求编号应为 8 至 100 个字母、数字或符号，请刷新页面后重试。', {
      path: 'idempotencyKey',
    });
  }
  const difference = await findDifference(ctx.base, input.differenceId);
  if (!difference) return refuse('DIFFERENCE_UNKNOWN', '没有找到这项差异，请刷新列表。', { path: 'differenceId' });
  const said = difference.explanations.find((one) => one.key === key);
  if (said) {
    return said.reason === reason
      ? difference
      : refuse('KEY_REUSED', '这次提交和之前的内容不同，请刷新页面后重新填写。', { path: 'idempotencyKey' });
  }
  if (difference.state === 'RESOLVED') {
    return refuse('DIFFERENCE_RESOLVED', '这项差异已经消除，不需要说明。', { path: 'differenceId' });
  }
  const at = new Date(ctx.base.clock());
  const explained = await appendExplanation(ctx.base, difference, { key, reason, by: personOf(ctx), at });
  return explained ?? refuse('DIFFERENCE_CHANGED', '这项差异刚刚有变化，请刷新后再说明。', { path: 'differenceId' });
}
