import { builder } from '../../graphql/builder.js';
import { connectionType, pageArgs } from '../../graphql/connection.js';
import { localId } from '../../graphql/global-id.js';
import { requestLoader } from '../../graphql/loader.js';
import { decodeCursor, encodeCursor, firstOf, pageOf } from '../../graphql/paging.js';
import { FUND_ROLES, roles } from '../../graphql/readers.js';
import { RemittanceType } from '../batches/remittances.graphql.js';
import { type CatalogueCounty, catalogue } from '../catalogue/index.js';
import { CountyType } from '../catalogue/product-parts.graphql.js';
import {
  type FundUse,
  type Project,
  PROJECT_STATES,
  projectHash,
  projectsOfRemittances,
  readFundUse,
  readProject,
  readProjects,
  type RemittanceUse,
} from './index.js';

const fundReaders = roles(...FUND_ROLES);

const ProjectStateType = builder.enumType('ProjectState', {
  description: 'PROPOSED by one, APPROVED or REJECTED by another, CLOSED when it is over.',
  values: PROJECT_STATES,
});

const STATE_TEXTS: Readonly<Record<Project['state'], string>> = {
  PROPOSED: '待复核',
  APPROVED: '进行中',
  REJECTED: '已退回',
  CLOSED: '已结项',
};

export const ProjectType = builder.objectRef<Project>('Project');

builder.node(ProjectType, {
  name: 'Project',
  description: 'What the fund’s money is used for: a purpose, a county, a budget that is never exceeded.',
  readers: fundReaders,
  id: { resolve: (project) => project._id },
  loadOne: (id, { base }) => readProject(base, id),
  fields: (t) => ({
    name: t.exposeString('name', { description: 'At most 60 characters.' }),
    purpose: t.exposeString('purpose', { description: 'At most 500 characters.' }),
    countyCode: t.exposeString('countyCode', { description: 'GB/T 2260.' }),
    county: t.field({
      type: CountyType,
      nullable: true,
      description: 'Where; null where the shelf no longer knows the county.',
      resolve: ({ countyCode }, _args, { base }): CatalogueCounty | null => catalogue(base).county(countyCode) ?? null,
    }),
    budgetFen: t.expose('budgetFen', { type: 'Fen', description: 'The most that is spent on it.' }),
    spentFen: t.expose('spentFen', { type: 'Fen', description: 'Of approved spends that stand.' }),
    beneficiaryCount: t.exposeInt('beneficiaryCount', { description: 'People whom those spends helped.' }),
    state: t.expose('state', { type: ProjectStateType, description: 'Where it stands.' }),
    stateText: t.string({ description: 'The same in Chinese.', resolve: ({ state }) => STATE_TEXTS[state] }),
    proposedAt: t.expose('proposedAt', { type: 'Instant', description: 'When it was proposed.' }),
    proposedByMe: t.boolean({
      description: 'Whoever proposed it cannot approve it.',
      resolve: (project, _args, { actor }) => actor.kind === 'person' && actor.memberId === project.proposedBy,
    }),
    decidedAt: t.expose('decidedAt', { type: 'Instant', nullable: true, description: 'When it was decided.' }),
    closedAt: t.expose('closedAt', { type: 'Instant', nullable: true, description: 'When it was closed.' }),
    reason: t.exposeString('reason', { nullable: true, description: 'Why it was given back, or closed.' }),
    contentHash: t.string({
      description: 'Of all that is decided on: sent with the decision.',
      resolve: (project) => projectHash(project),
    }),
  }),
});

/** Spends name their project: one read for a page of them. */
export const projectsById = requestLoader<Project>(
  async (base, ids) => new Map((await readProjects(base, { ids })).map((one) => [one._id, one])),
);

const ProjectConnection = connectionType<Project, object>(ProjectType, 'Project', () => ({}));

const FundUseType = builder.objectRef<FundUse>('FundUse').implement({
  description: 'What can still be spent, and what waits.',
  readers: fundReaders,
  fields: (t) => ({
    availableFen: t.expose('availableFen', { type: 'Fen', description: 'Received and not yet spent.' }),
    payableFen: t.expose('payableFen', { type: 'Fen', description: 'Spent, and not yet seen leaving the bank.' }),
    waitingCount: t.exposeInt('waitingCount', { description: 'Spends that wait for a checker.' }),
    waitingFen: t.expose('waitingFen', { type: 'Fen', description: 'Their sum.' }),
  }),
});

builder.queryFields((t) => ({
  projects: t.field({
    type: ProjectConnection,
    nullable: true,
    readers: fundReaders,
    description: 'The latest proposed first.',
    args: { ...pageArgs(50), states: t.arg({ type: [ProjectStateType], description: 'Only those that stand here.' }) },
    resolve: async (_root, args, { base }) => {
      const first = firstOf(args, 50);
      const [atMs, projectId] = decodeCursor(args.after) ?? [];
      const found = await readProjects(base, {
        ...(args.states ? { states: args.states } : {}),
        ...(typeof atMs === 'number' && typeof projectId === 'string' ? { before: { atMs, projectId } } : {}),
        limit: first + 1,
      });
      return pageOf({
        nodes: found.slice(0, first),
        cursorOf: (project) => encodeCursor(project.proposedAt.getTime(), project._id),
        hasNextPage: found.length > first,
        hasPreviousPage: atMs !== undefined,
      });
    },
  }),
  project: t.field({
    type: ProjectType,
    nullable: true,
    readers: fundReaders,
    description: 'One project; null when there is none.',
    args: { projectId: t.arg.id({ required: true, description: 'Its id.' }) },
    resolve: (_root, { projectId }, { base }) => readProject(base, localId('Project', projectId)),
  }),
  fundUse: t.field({
    type: FundUseType,
    nullable: true,
    readers: fundReaders,
    description: 'What can be spent now.',
    resolve: (_root, _args, { base }) => readFundUse(base),
  }),
}));

export const RemittanceUseType = builder.objectRef<RemittanceUse>('RemittanceUse').implement({
  description: 'A part of a remittance’s yuan and the project it went to. No beneficiary is in it.',
  readers: 'parent',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'The project’s.' }),
    purpose: t.exposeString('purpose', { description: 'The project’s.' }),
    countyCode: t.exposeString('countyCode', { description: 'GB/T 2260.' }),
    amountFen: t.expose('amountFen', { type: 'Fen', description: 'Used of this remittance.' }),
    lastDay: t.exposeString('lastDay', { description: 'Of the latest spend, `2026-12-03`.' }),
  }),
});

/** Others join it too: a member’s yuan tells where its remittance went. */
export const usesOfRemittances = requestLoader<readonly RemittanceUse[]>(projectsOfRemittances);

builder.objectField(RemittanceType, 'uses', (t) =>
  t.field({
    type: [RemittanceUseType],
    description: 'Which projects its yuan went to.',
    resolve: async (remittance, _args, context) => (await usesOfRemittances(context).load(remittance._id)) ?? [],
  }),
);
