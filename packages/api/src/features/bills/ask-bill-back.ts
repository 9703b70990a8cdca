import { denyUnless, personOf } from '../../kernel/authority.js';
import { checkReason, keyReused, refuseKey } from '../../kernel/command-input.js';
import type { Context } from '../../kernel/context.js';
import { isRefusal, type Refusal, refuse } from '../../kernel/refusal.js';
import { askBack, type BillImport, findImport } from './bill-imports.store.js';

export interface AskBillBackInput {
  readonly idempotencyKey: string;
  readonly importId: string;
  readonly reason: string;
}

/**
 * Asks that a bill that was imported by mistake be taken back; another person does it (rule 22). Nothing changes until then.
 * Refusals: `REASON_INVALID`, `KEY_INVALID`, `KEY_REUSED`, `BILL_UNKNOWN`, `BILL_ASKED_BACK`.
 */
export async function askBillBack(ctx: Context, input: AskBillBackInput): Promise<BillImport | Refusal> {
  const denied = denyUnless(ctx, 'fund-maker');
  if (denied) return denied;
  const { idempotencyKey: key, importId } = input;
  const reason = refuseKey(key) ?? checkReason(input.reason);
  if (isRefusal(reason)) return reason;
  const asked = await askBack(ctx.base, importId, {
    ...{ key, reason, askedBy: personOf(ctx), askedAt: new Date(ctx.base.clock()) },
    ...{ approvedBy: null, approvedAt: null, doneAt: null },
  });
  if (asked) return asked;
  const found = await findImport(ctx.base, importId);
  if (!found) return refuse('BILL_UNKNOWN', '没有找到这份账单，请刷新页面。', { path: 'importId' });
  if (found.back?.key === key) return found.back.reason === reason ? found : keyReused();
  return refuse('BILL_ASKED_BACK', '这份账单已经有人申请撤回，请刷新页面查看。', { path: 'importId' });
}
