import { denyUnless, personOf } from '../../kernel/authority.js';
import { checkReason, keyReused, refuseKey } from '../../kernel/command-input.js';
import type { Context } from '../../kernel/context.js';
import { isRefusal, type Refusal, refuse } from '../../kernel/refusal.js';
import { findHold } from './back-holds.js';
import type { BankImport } from './bank.store.js';
import { changeImport, findImport } from './imports.store.js';

export interface AskStatementBackInput {
  readonly idempotencyKey: string;
  readonly importId: string;
  readonly reason: string;
}

/**
 * Asks that a statement that was posted by mistake be taken out of the books; another person approves it (rule 22). Nothing
 * changes until then. Refusals: `REASON_INVALID`, `KEY_INVALID`, `KEY_REUSED`, `IMPORT_UNKNOWN`, `NOT_POSTED`,
 * `BACK_ASKED`, and what keeps it in the books: `OVERLAPPED`, `DECIDED`, `RECEIPTED`, `DISCLOSED`, `SPENT`.
 */
export async function askStatementBack(ctx: Context, input: AskStatementBackInput): Promise<BankImport | Refusal> {
  const denied = denyUnless(ctx, 'fund-maker');
  if (denied) return denied;
  const { base } = ctx;
  const { idempotencyKey: key, importId } = input;
  const reason = refuseKey(key) ?? checkReason(input.reason);
  if (isRefusal(reason)) return reason;
  const one = await findImport(base, importId);
  if (!one) return refuse('IMPORT_UNKNOWN', '没有找到这份账单，请刷新页面。', { path: 'importId' });
  if (one.back?.key === key) return one.back.reason === reason ? one : keyReused();
  if (one.state !== 'POSTED') return notPosted(one);
  const held = await findHold(base, one);
  if (held) return held;
  const back = {
    ...{ key, reason, askedBy: personOf(ctx), askedAt: new Date(base.clock()) },
    ...{ declinedBy: null, declinedAt: null, approvedBy: null, approvedAt: null, waitsFor: null, doneAt: null },
  };
  const isAsked = await changeImport(base, one, { state: 'BACK_ASKED', back });
  const now = await findImport(base, importId);
  return now && isAsked ? now : notPosted(now ?? one);
}

function notPosted({ state }: BankImport): Refusal {
  if (state === 'BACK_ASKED' || state === 'TAKING_BACK' || state === 'TAKEN_BACK') {
    return refuse('BACK_ASKED', '这份账单已经有人申请撤回，请刷新页面查看。', { path: 'importId' });
  }
  return refuse('NOT_POSTED', '这份账单还没有入账，不用撤回；不需要时请放弃它。', { path: 'importId' });
}
