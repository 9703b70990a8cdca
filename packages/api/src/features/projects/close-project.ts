import { denyUnless, personOf } from '../../kernel/authority.js';
import { checkReason } from '../../kernel/command-input.js';
import type { Context } from '../../kernel/context.js';
import { isRefusal, type Refusal, refuse } from '../../kernel/refusal.js';
import { inTransaction } from '../../kernel/transaction.js';
import { changeProject, type Project, readProject } from './projects.store.js';
import { readSpends } from './spends.store.js';

export interface CloseProjectInput {
  readonly projectId: string;
  readonly reason: string;
}

/**
 * Closes a project: nothing more is spent on it, what is left of its budget is free for others. Twice gives the same
 * answer. Refusals: `REASON_INVALID`, `PROJECT_UNKNOWN`, `NOT_APPROVED`, `SPENDS_WAIT`.
 */
export async function closeProject(ctx: Context, input: CloseProjectInput): Promise<Project | Refusal> {
  const denied = denyUnless(ctx, 'fund-maker', 'fund-checker');
  if (denied) return denied;
  const reason = checkReason(input.reason);
  if (isRefusal(reason)) return reason;
  const { base } = ctx;
  return inTransaction(base, async (session) => {
    const project = await readProject(base, input.projectId, session);
    if (!project) return refuse('PROJECT_UNKNOWN', '没有找到这个项目，请刷新后再看。', { path: 'projectId' });
    if (project.state === 'CLOSED') return project;
    if (project.state !== 'APPROVED') return refuse('NOT_APPROVED', '只有已批准的项目才能结项。');
    const [waiting] = await readSpends(base, { projectIds: [project._id], states: ['WAITING'], limit: 1 }, session);
    if (waiting) return refuse('SPENDS_WAIT', '这个项目还有待复核的支出，请先复核再结项。');
    const change = { state: 'CLOSED', closedBy: personOf(ctx), closedAt: new Date(base.clock()), reason } as const;
    const closed = await changeProject(base, project, change, session);
    if (!closed) throw new Error(`project ${project._id} changed within a transaction that had read it`);
    return closed;
  });
}
