import { denyUnless, personOf } from '../../kernel/authority.js';
import { checkReason, keyReused, refuseKey } from '../../kernel/command-input.js';
import type { Context } from '../../kernel/context.js';
import { derivedId } from '../../kernel/ids.js';
import { isRefusal, type Refusal, refuse } from '../../kernel/refusal.js';
import { shanghaiDay } from '../../kernel/shanghai.js';
import { isDuplicateKey } from '../../kernel/transaction.js';
import { insertSpend, readSpend, type Spend } from './spends.store.js';

export interface ReverseSpendInput {
  readonly idempotencyKey: string;
  readonly spendId: string;
  readonly reason: string;
}

/**
 * Asks to take a spend back, whole: a record with the negative amount that names it and waits for another person. The
 * right spend is then recorded anew. Refusals: `KEY_INVALID`, `KEY_REUSED`, `REASON_INVALID`, `SPEND_UNKNOWN`,
 * `NOT_APPROVED`, `SPEND_PAID` (the bank's line is unmatched first), `REVERSAL_WAITS`.
 */
export async function reverseSpend(ctx: Context, input: ReverseSpendInput): Promise<Spend | Refusal> {
  const denied = denyUnless(ctx, 'fund-maker');
  if (denied) return denied;
  const { base } = ctx;
  const reason = refuseKey(input.idempotencyKey) ?? checkReason(input.reason);
  if (isRefusal(reason)) return reason;
  const reversalId = derivedId('reversal', personOf(ctx), input.idempotencyKey);
  const before = await readSpend(base, reversalId);
  if (before) return before.correctsId === input.spendId && before.reason === reason ? before : keyReused();
  const spend = await readSpend(base, input.spendId);
  const refused = refuseReversal(spend);
  if (!spend || refused) return refused ?? spendUnknown();
  const nowMs = base.clock();
  const { takesBackId: _none, ...terms } = spend;
  const reversal: Spend = {
    ...terms,
    _id: reversalId,
    amountFen: 0 - spend.amountFen,
    day: shanghaiDay(nowMs),
    state: 'WAITING',
    correctsId: spend._id,
    takesBackId: spend._id,
    recordedBy: personOf(ctx),
    recordedAt: new Date(nowMs),
    ...{ decidedBy: null, decidedAt: null, reason },
    ...{ sources: [], ledgerId: null, paidFen: 0 },
  };
  try {
    await insertSpend(base, reversal);
    return reversal;
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
    return (await readSpend(base, reversalId)) ?? reversalWaits();
  }
}

function spendUnknown(): Refusal {
  return refuse('SPEND_UNKNOWN', '没有找到这笔支出，请刷新后再看。', { path: 'spendId' });
}

function reversalWaits(): Refusal {
  return refuse('REVERSAL_WAITS', '这笔支出已经有一份冲正在办理，请先复核它。');
}

function refuseReversal(spend: Spend | null): Refusal | null {
  if (!spend) return spendUnknown();
  if (spend.state !== 'APPROVED' || spend.correctsId !== null) {
    return refuse('NOT_APPROVED', '只有已批准、没有冲正过的支出才能冲正。');
  }
  if (spend.paidFen === 0) return null;
  return refuse('SPEND_PAID', '这笔支出已经和银行流水核对；如果确实有误，请先在对账台撤销那一条核对，再冲正。');
}
