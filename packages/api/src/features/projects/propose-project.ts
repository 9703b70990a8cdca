import { denyUnless, personOf } from '../../kernel/authority.js';
import { keyReused, refuseKey } from '../../kernel/command-input.js';
import type { Context } from '../../kernel/context.js';
import { derivedId } from '../../kernel/ids.js';
import { isRefusal, type Refusal, refuse } from '../../kernel/refusal.js';
import { isDuplicateKey } from '../../kernel/transaction.js';
import { isCounty } from '../catalogue/index.js';
import { checkProject, projectHash, type ProjectTerms } from './projects.rules.js';
import { insertProject, type Project, readProject } from './projects.store.js';

export interface ProposeProjectInput extends ProjectTerms {
  readonly idempotencyKey: string;
}

/**
 * Proposes a project. Nothing is spent on it before another person approves it. Refusals: `KEY_INVALID`, `KEY_REUSED`,
 * `TEXT_INVALID`, `PROJECT_INVALID`, `AMOUNT_INVALID`, `PERSONAL_DATA` (path names the field).
 */
export async function proposeProject(ctx: Context, input: ProposeProjectInput): Promise<Project | Refusal> {
  const denied = denyUnless(ctx, 'fund-maker');
  if (denied) return denied;
  const { idempotencyKey, ...given } = input;
  const terms = refuseKey(idempotencyKey) ?? checkProject(given);
  if (isRefusal(terms)) return terms;
  if (!(await isCounty(ctx.base, terms.countyCode))) {
    return refuse('PROJECT_INVALID', '没有这个区县，请重新选择项目所在区县。', { path: 'countyCode' });
  }
  const project: Project = {
    _id: derivedId('project', personOf(ctx), idempotencyKey),
    ...terms,
    state: 'PROPOSED',
    proposedBy: personOf(ctx),
    proposedAt: new Date(ctx.base.clock()),
    ...{ decidedBy: null, decidedAt: null, reason: null, closedBy: null, closedAt: null },
    ...{ spentFen: 0, beneficiaryCount: 0 },
  };
  try {
    await insertProject(ctx.base, project);
    return project;
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
    const before = await readProject(ctx.base, project._id);
    const isSame = before !== null && projectHash(before) === projectHash(project);
    return isSame ? before : keyReused();
  }
}
