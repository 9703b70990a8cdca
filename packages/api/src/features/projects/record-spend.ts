import { denyUnless, personOf } from '../../kernel/authority.js';
import { keyReused, refuseKey } from '../../kernel/command-input.js';
import type { Context } from '../../kernel/context.js';
import { derivedId } from '../../kernel/ids.js';
import { isRefusal, type Refusal, refuse } from '../../kernel/refusal.js';
import { shanghaiDay } from '../../kernel/shanghai.js';
import { isDuplicateKey } from '../../kernel/transaction.js';
import { requireFiles } from '../files/index.js';
import { budgetShort, checkSpend, spendHash, type SpendTerms } from './projects.rules.js';
import { readProject } from './projects.store.js';
import { insertSpend, readSpend, type Spend } from './spends.store.js';

export interface RecordSpendInput extends SpendTerms {
  readonly idempotencyKey: string;
}

/**
 * Records a use of money with its evidence. It stands in the books once another person has approved it. Refusals:
 * `KEY_INVALID`, `KEY_REUSED`, `AMOUNT_INVALID`, `SPEND_INVALID`, `TEXT_INVALID`, `PERSONAL_DATA` (path names the field),
 * `FILE_UNKNOWN`, `PROJECT_UNKNOWN`, `NOT_APPROVED`, `BUDGET_SHORT`.
 */
export async function recordSpend(ctx: Context, input: RecordSpendInput): Promise<Spend | Refusal> {
  const denied = denyUnless(ctx, 'fund-maker');
  if (denied) return denied;
  const { base } = ctx;
  const { idempotencyKey, ...given } = input;
  const nowMs = base.clock();
  const terms = refuseKey(idempotencyKey) ?? checkSpend(given, shanghaiDay(nowMs));
  if (isRefusal(terms)) return terms;
  const spend: Spend = {
    _id: derivedId('spend', personOf(ctx), idempotencyKey),
    ...terms,
    state: 'WAITING',
    correctsId: null,
    recordedBy: personOf(ctx),
    recordedAt: new Date(nowMs),
    ...{ decidedBy: null, decidedAt: null, reason: null },
    ...{ sources: [], ledgerId: null, paidFen: 0 },
  };
  const before = await readSpend(base, spend._id);
  if (before) return spendHash(before) === spendHash(spend) ? before : keyReused();
  const refused =
    (await requireFiles(base, { fileIds: terms.fileIds, purpose: 'evidence', path: 'fileIds' })) ??
    (await refuseProject(ctx, terms));
  if (refused) return refused;
  try {
    await insertSpend(base, spend);
    return spend;
  } catch (error) {
    // The same press twice at once: the other one was first.
    const first = isDuplicateKey(error) ? await readSpend(base, spend._id) : null;
    if (!first) throw error;
    return spendHash(first) === spendHash(spend) ? first : keyReused();
  }
}

async function refuseProject({ base }: Context, { projectId, amountFen }: SpendTerms): Promise<Refusal | null> {
  const project = await readProject(base, projectId);
  if (!project) return refuse('PROJECT_UNKNOWN', '没有找到这个项目，请重新选择。', { path: 'projectId' });
  if (project.state !== 'APPROVED') {
    return refuse('NOT_APPROVED', '这个项目还没有批准或已经结项，不能登记支出。', { path: 'projectId' });
  }
  return budgetShort(project, amountFen);
}
