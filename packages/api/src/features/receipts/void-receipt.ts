import { denyUnless, personOf } from '../../kernel/authority.js';
import { checkReason } from '../../kernel/command-input.js';
import type { Context } from '../../kernel/context.js';
import { isRefusal, type Refusal, refuse } from '../../kernel/refusal.js';
import { inTransaction } from '../../kernel/transaction.js';
import { markReceipted } from '../batches/index.js';
import { readReceipt, markVoided, type Receipt } from './receipts.store.js';

export interface VoidReceiptInput {
  readonly receiptId: string;
  readonly reason: string;
}

/**
 * Voids a receipt that should not be there, without another in its place: the remittance waits for one again. Voiding
 * twice gives the same answer. Refusals: `REASON_INVALID`, `RECEIPT_UNKNOWN`, `DISCLOSED` (what is published can only be
 * corrected by a new receipt).
 */
export async function voidReceipt(ctx: Context, input: VoidReceiptInput): Promise<Receipt | Refusal> {
  const denied = denyUnless(ctx, 'fund-maker');
  if (denied) return denied;
  const reason = checkReason(input.reason);
  if (isRefusal(reason)) return reason;
  const { base } = ctx;
  return inTransaction(base, async (session) => {
    const receipt = await readReceipt(base, input.receiptId, session);
    if (!receipt) return refuse('RECEIPT_UNKNOWN', '没有找到这张票据，请刷新后再试。', { path: 'receiptId' });
    if (receipt.state === 'VOIDED') return receipt;
    const at = new Date(base.clock());
    const mark = { remittanceId: receipt.remittanceId, receiptId: null, at };
    if (!(await markReceipted(base, mark, session))) {
      return refuse('DISCLOSED', '这张票据已经公示，不能只作废；请登记正确的票据来更正它。');
    }
    await markVoided(base, receipt._id, { at, by: personOf(ctx), reason }, session);
    const { validNumber: _number, validRemittanceId: _remittance, ...content } = receipt;
    return { ...content, state: 'VOIDED', voidedAt: at, voidedBy: personOf(ctx), voidReason: reason };
  });
}
