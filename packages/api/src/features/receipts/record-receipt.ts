import { denyUnless, personOf } from '../../kernel/authority.js';
import { contentHash } from '../../kernel/canonical.js';
import { checkReason, keyReused, refuseKey } from '../../kernel/command-input.js';
import type { Base, Context } from '../../kernel/context.js';
import { derivedId } from '../../kernel/ids.js';
import { isRefusal, type Refusal, refuse } from '../../kernel/refusal.js';
import { shanghaiDay } from '../../kernel/shanghai.js';
import { inTransaction, isDuplicateKey, type Session } from '../../kernel/transaction.js';
import { markReceipted, readRemittances, type Remittance } from '../batches/index.js';
import { requireFiles } from '../files/index.js';
import { checkReceipt, type ReceiptContent } from './receipts.rules.js';
import { readReceipt, insertReceipt, markVoided, type Receipt } from './receipts.store.js';

export interface RecordReceiptInput extends ReceiptContent {
  readonly idempotencyKey: string;
  /** The receipt that this one takes the place of, and why; null for the first of a remittance. */
  readonly corrects: { readonly receiptId: string; readonly reason: string } | null;
}

/**
 * Records the receipt that the fund gave for a remittance whose money has come whole. A correction voids the former one
 * and names it; neither is ever edited. Refusals: `KEY_INVALID`, `KEY_REUSED`, `REASON_INVALID`, `REMITTANCE_UNKNOWN`,
 * `NOT_REMITTED`, `ALREADY_RECEIPTED`, `RECEIPT_UNKNOWN`, `RECEIPT_INVALID`, `AMOUNT_DIFFERS`, `FILE_UNKNOWN`,
 * `NUMBER_TAKEN`.
 */
export async function recordReceipt(ctx: Context, input: RecordReceiptInput): Promise<Receipt | Refusal> {
  const denied = denyUnless(ctx, 'fund-maker');
  if (denied) return denied;
  const { idempotencyKey, corrects, ...content } = input;
  const wrongKey = refuseKey(idempotencyKey);
  if (wrongKey) return wrongKey;
  const reason = corrects ? checkReason(corrects.reason, 'corrects.reason') : null;
  if (isRefusal(reason)) return reason;
  const asked: Asked = {
    receiptId: derivedId('receipt', personOf(ctx), idempotencyKey),
    requestHash: contentHash({ content, corrects }),
    content,
    corrects: corrects && reason !== null ? { receiptId: corrects.receiptId, reason } : null,
    by: personOf(ctx),
  };
  const noFile = await requireFiles(ctx.base, { fileIds: [content.fileId], purpose: 'receipt', path: 'fileId' });
  if (noFile) return noFile;
  try {
    return await inTransaction(ctx.base, (session) => record(ctx.base, asked, session));
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
    const before = await readReceipt(ctx.base, asked.receiptId);
    return before ? sameOr(before, asked) : numberTaken();
  }
}

interface Asked {
  readonly receiptId: string;
  readonly requestHash: string;
  readonly content: ReceiptContent;
  readonly corrects: RecordReceiptInput['corrects'];
  readonly by: string;
}

function sameOr(before: Receipt, asked: Asked): Receipt | Refusal {
  return before.requestHash === asked.requestHash ? before : keyReused();
}

function numberTaken(): Refusal {
  const message = '这个票据号码已经登记在另一张汇款单上，请对照票据核对号码。';
  return refuse('NUMBER_TAKEN', message, { path: 'number' });
}

async function record(base: Base, asked: Asked, session: Session): Promise<Receipt | Refusal> {
  const before = await readReceipt(base, asked.receiptId, session);
  if (before) return sameOr(before, asked);
  const [remittance] = await readRemittances(base, { ids: [asked.content.remittanceId] }, session);
  if (!remittance) {
    return refuse('REMITTANCE_UNKNOWN', '没有找到这张汇款单，请刷新后重新选择。', { path: 'remittanceId' });
  }
  const refused = asked.corrects
    ? await refuseFormer(base, { receiptId: asked.corrects.receiptId, remittance }, session)
    : refuseFirst(remittance);
  if (refused) return refused;
  const nowMs = base.clock();
  const content = checkReceipt(asked.content, remittance, shanghaiDay(nowMs));
  if (isRefusal(content)) return content;
  const receipt = newReceipt(asked, { content, remittance, at: new Date(nowMs) });
  if (asked.corrects) {
    const { receiptId, reason } = asked.corrects;
    await markVoided(base, receiptId, { at: receipt.recordedAt, by: asked.by, reason }, session);
  }
  await insertReceipt(base, receipt, session);
  const mark = { remittanceId: remittance._id, receiptId: receipt._id, at: receipt.recordedAt };
  if (!(await markReceipted(base, mark, session))) throw new Error(`remittance ${remittance._id} takes no receipt`);
  return receipt;
}

function refuseFirst({ state }: Remittance): Refusal | null {
  switch (state) {
    case 'REMITTED':
      return null;
    case 'RECEIPTED':
    case 'DISCLOSED':
      return refuse('ALREADY_RECEIPTED', '这张汇款单已经登记过票据；如果登记有误，请在那张票据上点“更正”。');
    default:
      return refuse('NOT_REMITTED', '这张汇款单的款项还没有全部到账，到账核对后才能登记票据。');
  }
}

async function refuseFormer(
  base: Base,
  correction: { readonly receiptId: string; readonly remittance: Remittance },
  session: Session,
): Promise<Refusal | null> {
  const { receiptId, remittance } = correction;
  const former = await readReceipt(base, receiptId, session);
  if (former?.state === 'VALID' && former.remittanceId === remittance._id) return null;
  return refuse('RECEIPT_UNKNOWN', '要更正的票据已经作废，或者不属于这张汇款单，请刷新后再试。', {
    path: 'corrects.receiptId',
  });
}

function newReceipt(
  asked: Asked,
  made: { readonly content: ReceiptContent; readonly remittance: Remittance; readonly at: Date },
): Receipt {
  const { content, remittance, at } = made;
  const { sponsorId, sponsorName, agreementNumber } = remittance;
  return {
    _id: asked.receiptId,
    ...content,
    ...{ sponsorId, sponsorName, agreementNumber },
    state: 'VALID',
    correctsId: asked.corrects?.receiptId ?? null,
    correctionReason: asked.corrects?.reason ?? null,
    recordedBy: asked.by,
    recordedAt: at,
    requestHash: asked.requestHash,
    ...{ voidedAt: null, voidedBy: null, voidReason: null },
    validNumber: content.number,
    validRemittanceId: content.remittanceId,
  };
}
