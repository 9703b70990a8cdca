import { denyUnless, personOf } from '../../kernel/authority.js';
import { checkReason } from '../../kernel/command-input.js';
import type { Base, Context } from '../../kernel/context.js';
import { sumFen } from '../../kernel/fen.js';
import { isRefusal, type Refusal, refuse } from '../../kernel/refusal.js';
import { shanghaiDay } from '../../kernel/shanghai.js';
import { inTransaction, type Session } from '../../kernel/transaction.js';
import { moveSpent, readRemittances } from '../batches/index.js';
import { postLedger, readLedgerBalances, reversed } from '../ledger/index.js';
import { budgetShort, fundShort, peopleOf, sourcesOf, spendHash, type SpendSource } from './projects.rules.js';
import { moveProjectSpent, readProject } from './projects.store.js';
import { changeSpend, readSpend, type Spend } from './spends.store.js';

export interface DecideSpendInput {
  readonly spendId: string;
  /** Of the spend as it was seen. */
  readonly contentHash: string;
  readonly approve: boolean;
  /** Asked for when it is given back. */
  readonly reason: string | null;
}

/**
 * Another person than who recorded it approves a spend or gives it back. An approval is one transaction: the oldest
 * unspent yuan are used, project and books move; two at once come one after the other, and the second finds what is left.
 * Refusals: `SPEND_UNKNOWN`, `SAME_PERSON`, `CHANGED_MEANWHILE`, `REASON_INVALID`, `NOT_APPROVED`, `BUDGET_SHORT`,
 * `FUND_SHORT`, `SPEND_PAID`.
 */
export async function decideSpend(ctx: Context, input: DecideSpendInput): Promise<Spend | Refusal> {
  const denied = denyUnless(ctx, 'fund-checker');
  if (denied) return denied;
  const reason = input.approve ? null : checkReason(input.reason ?? '');
  if (isRefusal(reason)) return reason;
  const { base } = ctx;
  const decidedBy = personOf(ctx);
  return inTransaction(base, async (session) => {
    const spend = await readSpend(base, input.spendId, session);
    if (!spend) return refuse('SPEND_UNKNOWN', '没有找到这笔支出，请刷新后再看。', { path: 'spendId' });
    if (spend.recordedBy === decidedBy) {
      return refuse('SAME_PERSON', '登记和复核不能是同一个人，请另一位管理员复核。');
    }
    if (spend.state === (input.approve ? 'APPROVED' : 'REJECTED') && spend.decidedBy === decidedBy) return spend;
    if (spend.state !== 'WAITING' || spendHash(spend) !== input.contentHash) {
      return refuse('CHANGED_MEANWHILE', '这笔支出刚刚变动过，和您看到的不一样，请刷新后重新核对。');
    }
    const decision = { decidedBy, decidedAt: new Date(base.clock()) };
    const outcome = reason === null ? await approve(base, { spend, decidedBy }, session) : rejection(spend, reason);
    if (isRefusal(outcome)) return outcome;
    const change = { ...decision, ...outcome };
    await changeSpend(base, spend, change, session);
    return { ...spend, ...change };
  });
}

type Outcome = Pick<Spend, 'state' | 'reason' | 'sources' | 'ledgerId'>;

/** A reversal keeps why it was asked for before why it was given back. */
function rejection(spend: Spend, reason: string): Outcome {
  const said = spend.reason === null ? reason : `${spend.reason}；退回：${reason}`;
  return { state: 'REJECTED', reason: said, sources: [], ledgerId: null };
}

interface Deciding {
  readonly spend: Spend;
  readonly decidedBy: string;
}

async function approve(base: Base, deciding: Deciding, session: Session): Promise<Outcome | Refusal> {
  const { spend } = deciding;
  return spend.correctsId === null
    ? await spendMoney(base, deciding, session)
    : await takeBack(base, { ...deciding, correctsId: spend.correctsId }, session);
}

async function spendMoney(base: Base, { spend, decidedBy }: Deciding, session: Session): Promise<Outcome | Refusal> {
  const project = await readProject(base, spend.projectId, session);
  if (project?.state !== 'APPROVED') return refuse('NOT_APPROVED', '这个项目已经结项，不能再批准支出。');
  const overBudget = budgetShort(project, spend.amountFen);
  if (overBudget) return overBudget;
  const availableFen = 0 - ((await readLedgerBalances(base, ['fund'], session)).get('fund') ?? 0);
  const unspent = await readRemittances(base, { unspent: true }, session);
  const sources = availableFen < spend.amountFen ? null : sourcesOf(unspent, spend.amountFen);
  if (!sources) return fundShort(availableFen, spend.amountFen);
  const postings = [
    { account: 'fund', amountFen: spend.amountFen },
    { account: 'payable', amountFen: 0 - spend.amountFen },
  ];
  await move(base, { spend, sources }, session);
  const [posted] = await postLedger(base, [{ ...about(base, spend, decidedBy), kind: 'spend', postings }], session);
  return { state: 'APPROVED', reason: spend.reason, sources, ledgerId: posted?._id ?? null };
}

async function takeBack(
  base: Base,
  { spend, decidedBy, correctsId }: Deciding & { readonly correctsId: string },
  session: Session,
): Promise<Outcome | Refusal> {
  const first = await readSpend(base, correctsId, session);
  if (first?.state !== 'APPROVED' || first.ledgerId === null) {
    return refuse('CHANGED_MEANWHILE', '要冲正的支出刚刚变动过，请刷新后重新核对。');
  }
  if (first.paidFen !== 0) {
    return refuse('SPEND_PAID', '这笔支出已经和银行流水核对，请先在对账台撤销那一条核对。');
  }
  const sources = first.sources.map((one) => ({ ...one, amountFen: 0 - one.amountFen }));
  const postings = reversed([
    { account: 'fund', amountFen: first.amountFen },
    { account: 'payable', amountFen: 0 - first.amountFen },
  ]);
  await move(base, { spend, sources }, session);
  const correction = { ...about(base, spend, decidedBy), kind: 'correction', correctsId: first.ledgerId } as const;
  const [posted] = await postLedger(base, [{ ...correction, postings }], session);
  await changeSpend(base, first, { state: 'REVERSED' }, session);
  return { state: 'APPROVED', reason: spend.reason, sources, ledgerId: posted?._id ?? null };
}

async function move(
  base: Base,
  { spend, sources }: { readonly spend: Spend; readonly sources: readonly SpendSource[] },
  session: Session,
): Promise<void> {
  const { projectId, amountFen } = spend;
  if (sumFen(sources.map((one) => one.amountFen)) !== amountFen)
    throw new Error(`spend ${spend._id} has other sources`);
  const people = peopleOf(spend.beneficiaries);
  await moveSpent(base, sources, session);
  await moveProjectSpent(
    base,
    { projectId, amountFen, beneficiaryCount: amountFen < 0 ? 0 - people : people },
    session,
  );
}

function about(base: Base, spend: Spend, by: string) {
  const { _id: spendId, projectId } = spend;
  return { sourceKey: `spend:${spendId}`, day: shanghaiDay(base.clock()), refs: { spendId, projectId }, by };
}
