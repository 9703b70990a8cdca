import { sumFen } from '../../../kernel/fen.js';
import type { Actor, Role } from '../../../kernel/authority.js';
import type { Base, Context } from '../../../kernel/context.js';
import { isRefusal } from '../../../kernel/refusal.js';
import { shanghaiDay } from '../../../kernel/shanghai.js';
import { inTransaction } from '../../../kernel/transaction.js';
import { agreementStore } from '../../agreements/index.js';
import { batchStore, remittanceStore } from '../../batches/index.js';
import { postLedger } from '../../ledger/index.js';
import { draftPack, type Pack, publishPack } from '../index.js';
import { addDays } from '../periods.rules.js';

/** A person of the fund, as the portal would say. */
export function personCtx(
  base: Base,
  memberId: string,
  ...names: ('fund-maker' | 'fund-checker' | 'auditor')[]
): Context {
  const roles = names.map((name): Role => ({ name }));
  const actor: Actor = { kind: 'person', memberId, roles };
  return { base, actor, requestId: memberId, log: base.log };
}

export interface BookedRemittance {
  readonly remittanceId: string;
  readonly agreementId: string;
  readonly amountFen: number;
  readonly receivedFen: number;
  readonly remittedDay: string | null;
  readonly receiptedAt: string | null;
}

/** An agreement, written as the agreements' own commands leave it. */
export async function bookAgreement(
  base: Pick<Base, 'db'>,
  agreement: { id: string; number: string; sponsorName: string; uscc: string; publishesName: boolean },
): Promise<void> {
  const { id, uscc, ...rest } = agreement;
  await agreementStore.collection(base).insertOne({
    _id: id,
    ...rest,
    sponsorUscc: uscc,
    fundName: '共产党员一元捐基金',
    state: 'IN_FORCE',
    amountFenPerUnit: 100,
    unit: 'line',
    capFen: 9_000_000,
    monthlyCapFen: null,
    validFrom: new Date('2026-01-01T00:00:00+08:00'),
    validUntil: new Date('2027-01-01T00:00:00+08:00'),
    productIds: [],
    properties: null,
    fileIds: [],
    replacesId: null,
    revision: 1,
    history: [],
  });
}

/** An approved batch with its remittances, and their money in the ledger, as batches and bank leave them. */
export async function bookBatch(
  base: Base,
  batch: { month: string; approvedAt: string; remittances: readonly BookedRemittance[] },
): Promise<void> {
  const { month, remittances } = batch;
  const _id = `B${month.replace('-', '')}`;
  const decidedAt = new Date(batch.approvedAt);
  const amountFen = sumFen(remittances.map((one) => one.amountFen));
  const total = { matchCount: amountFen / 100, matchedFen: amountFen, adjustmentCount: 0, adjustedFen: 0 };
  await batchStore.collection(base).insertOne({
    _id,
    month,
    state: 'APPROVED',
    attempt: 1,
    makeKey: 'k',
    madeBy: 'maker',
    madeAt: decidedAt,
    cutBlock: 1,
    lineCount: amountFen / 100,
    amountFen,
    pageRoots: ['ab'.repeat(32)],
    root: month.replace('-', '').padStart(64, 'a'),
    agreements: [],
    counties: [{ key: '500229', name: '城口', ...total }],
    products: [],
    sums: [],
    contentHash: 'cd'.repeat(32),
    decidedBy: 'checker',
    decidedAt,
    reason: null,
    seal: null,
  });
  await remittanceStore.collection(base).insertMany(
    remittances.map(({ remittanceId, receiptedAt, ...one }) => ({
      _id: remittanceId,
      batchId: _id,
      ...one,
      agreementNumber: '',
      sponsorName: '',
      sponsorId: '',
      linesFen: one.amountFen,
      carriedInFen: 0,
      carriedOutFen: 0,
      spentFen: 0,
      state: receiptedAt ? 'RECEIPTED' : one.remittedDay ? 'REMITTED' : 'OPEN',
      approvedAt: decidedAt,
      remittedAt: one.remittedDay ? new Date(`${one.remittedDay}T12:00:00+08:00`) : null,
      receiptedAt: receiptedAt === null ? null : new Date(receiptedAt),
      receiptId: receiptedAt === null ? null : 'receipt',
      disclosedAt: null,
      packId: null,
    })),
  );
  await bookReceived(base, `batch ${_id}`, sumFen(remittances.map((one) => one.receivedFen)));
}

/** Money of sponsors in the ledger's `fund`. */
export async function bookReceived(base: Base, sourceKey: string, amountFen: number): Promise<void> {
  if (amountFen === 0) return;
  const postings = [
    { account: 'pledged/agreement-1', amountFen },
    { account: 'fund', amountFen: -amountFen },
  ];
  const transaction = { sourceKey, kind: 'match', day: '2026-10-01', postings, refs: {}, by: 'test' } as const;
  await inTransaction(base, (session) => postLedger(base, [transaction], session));
}

/** The month before this one, told by one person and published by another. */
export async function publishLastMonth(base: Base): Promise<Pack> {
  const today = shanghaiDay(base.clock());
  const until = addDays(`${today.slice(0, 7)}-01`, -1);
  const period = { from: `${until.slice(0, 7)}-01`, until };
  const draft = await draftPack(personCtx(base, 'maker', 'fund-maker'), { idempotencyKey: 'last-month', ...period });
  if (isRefusal(draft)) throw new Error(draft.message);
  const seen = { idempotencyKey: 'last-month', packId: draft._id, hash: draft.hash };
  const pack = await publishPack(personCtx(base, 'checker', 'fund-checker'), seen);
  if (isRefusal(pack)) throw new Error(pack.message);
  return pack;
}
