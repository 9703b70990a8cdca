import { denyUnless, personOf } from '../../kernel/authority.js';
import { checkReason } from '../../kernel/command-input.js';
import type { Context } from '../../kernel/context.js';
import { isRefusal, type Refusal, refuse } from '../../kernel/refusal.js';
import { projectHash } from './projects.rules.js';
import { changeProject, type Project, readProject } from './projects.store.js';

export interface DecideProjectInput {
  readonly projectId: string;
  /** Of the project as it was seen. */
  readonly contentHash: string;
  readonly approve: boolean;
  /** Asked for when it is given back. */
  readonly reason: string | null;
}

/**
 * Another person than its maker approves a project or gives it back with a reason. Twice gives the same answer. Refusals:
 * `PROJECT_UNKNOWN`, `SAME_PERSON`, `CHANGED_MEANWHILE`, `REASON_INVALID`.
 */
export async function decideProject(ctx: Context, input: DecideProjectInput): Promise<Project | Refusal> {
  const denied = denyUnless(ctx, 'fund-checker');
  if (denied) return denied;
  const reason = input.approve ? null : checkReason(input.reason ?? '');
  if (isRefusal(reason)) return reason;
  const project = await readProject(ctx.base, input.projectId);
  if (!project) return refuse('PROJECT_UNKNOWN', '没有找到这个项目，请刷新后再看。', { path: 'projectId' });
  const decidedBy = personOf(ctx);
  if (project.proposedBy === decidedBy) {
    return refuse('SAME_PERSON', '立项和复核不能是同一个人，请另一位管理员复核。');
  }
  const state = input.approve ? 'APPROVED' : 'REJECTED';
  if (project.state === state && project.decidedBy === decidedBy) return project;
  if (project.state !== 'PROPOSED' || projectHash(project) !== input.contentHash) return changedMeanwhile();
  const change = { state, decidedBy, decidedAt: new Date(ctx.base.clock()), reason } as const;
  return (await changeProject(ctx.base, project, change)) ?? changedMeanwhile();
}

function changedMeanwhile(): Refusal {
  return refuse('CHANGED_MEANWHILE', '这个项目刚刚变动过，和您看到的不一样，请刷新后重新核对。');
}
