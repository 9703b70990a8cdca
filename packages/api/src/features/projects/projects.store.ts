import { Schema } from 'mongoose';
import type { Base } from '../../kernel/context.js';
import { defineStore } from '../../kernel/store.js';
import type { Session } from '../../kernel/transaction.js';
import type { ProjectTerms } from './projects.rules.js';

export const PROJECT_STATES = ['PROPOSED', 'APPROVED', 'REJECTED', 'CLOSED'] as const;

export interface Project extends ProjectTerms {
  readonly _id: string;
  readonly state: (typeof PROJECT_STATES)[number];
  readonly proposedBy: string;
  readonly proposedAt: Date;
  readonly decidedBy: string | null;
  readonly decidedAt: Date | null;
  /** Why it was given back, or closed. */
  readonly reason: string | null;
  readonly closedBy: string | null;
  readonly closedAt: Date | null;
  /** Of approved spends that stand; moves with them in one transaction and never beyond the budget. */
  readonly spentFen: number;
  /** Of the same spends. */
  readonly beneficiaryCount: number;
}

export const projectStore = defineStore<Project>(
  'projects',
  new Schema({
    _id: { type: String, required: true },
    name: { type: String, required: true },
    purpose: { type: String, required: true },
    countyCode: { type: String, required: true },
    budgetFen: { type: Number, required: true },
    state: { type: String, required: true, enum: PROJECT_STATES },
    proposedBy: { type: String, required: true },
    proposedAt: { type: Date, required: true },
    decidedBy: { type: String, default: null },
    decidedAt: { type: Date, default: null },
    reason: { type: String, default: null },
    closedBy: { type: String, default: null },
    closedAt: { type: Date, default: null },
    spentFen: { type: Number, required: true, min: 0 },
    beneficiaryCount: { type: Number, required: true, min: 0 },
  }).index({ proposedAt: -1, _id: -1 }),
);

export async function insertProject(base: Base, project: Project): Promise<void> {
  await projectStore.collection(base).insertOne(project);
}

export async function readProject(base: Base, projectId: string, session?: Session): Promise<Project | null> {
  return projectStore.collection(base).findOne({ _id: projectId }, session ? { session } : {});
}

/** Writes a step if the project still stands where it was read; null when it does not. */
export async function changeProject(
  base: Base,
  from: Pick<Project, '_id' | 'state'>,
  change: Partial<Project>,
  session?: Session,
): Promise<Project | null> {
  return projectStore
    .collection(base)
    .findOneAndUpdate(
      { _id: from._id, state: from.state },
      { $set: change },
      { returnDocument: 'after', ...(session ? { session } : {}) },
    );
}

/** Moves what was spent, negative to take a spend back; the filter is the last wall of the budget. */
export async function moveProjectSpent(
  base: Base,
  move: { readonly projectId: string; readonly amountFen: number; readonly beneficiaryCount: number },
  session: Session,
): Promise<void> {
  const { projectId, amountFen, beneficiaryCount } = move;
  const result = await projectStore.collection(base).updateOne(
    {
      _id: projectId,
      spentFen: { $gte: -amountFen },
      $expr: { $lte: [{ $add: ['$spentFen', amountFen] }, '$budgetFen'] },
    },
    { $inc: { spentFen: amountFen, beneficiaryCount } },
    { session },
  );
  if (result.matchedCount !== 1) throw new Error(`project ${projectId} would spend more than its budget`);
}

/** The most that one read gives: decades of a fund. */
const MAX_PROJECTS = 2_000;

export interface ProjectFilter {
  readonly ids?: readonly string[];
  readonly states?: readonly Project['state'][];
  readonly before?: { readonly atMs: number; readonly projectId: string };
  readonly limit?: number;
}

/** The latest proposed first. */
export async function readProjects(base: Base, filter: ProjectFilter): Promise<Project[]> {
  const { ids, states, before } = filter;
  const at = new Date(before?.atMs ?? 0);
  const query = {
    ...(ids ? { _id: { $in: [...ids] } } : {}),
    ...(states ? { state: { $in: [...states] } } : {}),
    ...(before ? { $or: [{ proposedAt: { $lt: at } }, { proposedAt: at, _id: { $lt: before.projectId } }] } : {}),
  };
  return projectStore
    .collection(base)
    .find(query)
    .sort({ proposedAt: -1, _id: -1 })
    .limit(Math.min(filter.limit ?? MAX_PROJECTS, MAX_PROJECTS))
    .toArray();
}
