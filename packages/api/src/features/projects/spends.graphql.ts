import { builder } from '../../graphql/builder.js';
import { connectionType, pageArgs } from '../../graphql/connection.js';
import { localId } from '../../graphql/global-id.js';
import { decodeCursor, encodeCursor, firstOf, pageOf } from '../../graphql/paging.js';
import { FUND_ROLES, roles } from '../../graphql/readers.js';
import { storedFiles, StoredFileType } from '../files/files.graphql.js';
import type { StoredFile } from '../files/index.js';
import {
  type Beneficiaries,
  readSpend,
  readSpends,
  type Spend,
  SPEND_STATES,
  spendHash,
  type SpendSource,
} from './index.js';
import { projectsById, ProjectType } from './projects.graphql.js';

const fundReaders = roles(...FUND_ROLES);

const SpendStateType = builder.enumType('SpendState', {
  description:
    'WAITING for another person; WITHDRAWN by who recorded it; APPROVED stands in the books; REVERSED was taken back.',
  values: SPEND_STATES,
});

function stateText({ state, correctsId }: Spend): string {
  if (state === 'WAITING') return correctsId === null ? '待复核' : '冲正待复核';
  if (state === 'WITHDRAWN') return '已撤回';
  if (state === 'APPROVED') return correctsId === null ? '已批准' : '已冲正入账';
  return state === 'REJECTED' ? '已退回' : '已被冲正';
}

const BeneficiariesType = builder.objectRef<Beneficiaries>('Beneficiaries').implement({
  description: 'How many of which group were helped; never who.',
  readers: 'parent',
  fields: (t) => ({
    group: t.exposeString('group', { description: 'At most 30 characters.' }),
    count: t.exposeInt('count', { description: 'People.' }),
  }),
});

const SpendSourceType = builder.objectRef<SpendSource>('SpendSource').implement({
  description: 'Whose yuan a spend used.',
  readers: 'parent',
  fields: (t) => ({
    reference: t.exposeString('remittanceId', { description: 'The remittance, `AX202610-01`.' }),
    amountFen: t.expose('amountFen', { type: 'Fen', description: 'Used of it; negative in a reversal.' }),
  }),
});

export const SpendType = builder.objectRef<Spend>('Spend');

builder.node(SpendType, {
  name: 'Spend',
  description: 'A use of money with its evidence, or (amount negative) what takes one back. Never edited.',
  readers: fundReaders,
  id: { resolve: (spend) => spend._id },
  loadOne: (id, { base }) => readSpend(base, id),
  fields: (t) => ({
    project: t.field({
      type: ProjectType,
      nullable: true,
      description: 'What it belongs to.',
      resolve: ({ projectId }, _args, context) => projectsById(context).load(projectId),
    }),
    amountFen: t.expose('amountFen', { type: 'Fen', description: 'Negative for one that takes another back.' }),
    day: t.exposeString('day', { description: 'When the money was spent, `2026-12-03`.' }),
    payee: t.exposeString('payee', { description: 'Who is paid.' }),
    what: t.exposeString('what', { description: 'What it was for.' }),
    evidence: t.field({
      type: [StoredFileType],
      description: 'Its papers.',
      resolve: async ({ fileIds }, _args, context): Promise<StoredFile[]> => {
        const files = await Promise.all(fileIds.map((fileId) => storedFiles(context).load(fileId)));
        return files.filter((file) => file !== null);
      },
    }),
    beneficiaries: t.field({
      type: [BeneficiariesType],
      description: 'Whom it helped, by group.',
      resolve: (spend) => spend.beneficiaries,
    }),
    state: t.expose('state', { type: SpendStateType, description: 'Where it stands.' }),
    stateText: t.string({ description: 'The same in Chinese.', resolve: stateText }),
    corrects: t.field({
      type: SpendType,
      nullable: true,
      description: 'The spend that it takes back.',
      resolve: ({ correctsId }, _args, { base }) => (correctsId === null ? null : readSpend(base, correctsId)),
    }),
    recordedAt: t.expose('recordedAt', { type: 'Instant', description: 'When it was recorded.' }),
    recordedByMe: t.boolean({
      description: 'Whoever recorded it cannot approve it.',
      resolve: (spend, _args, { actor }) => actor.kind === 'person' && actor.memberId === spend.recordedBy,
    }),
    decidedAt: t.expose('decidedAt', { type: 'Instant', nullable: true, description: 'When it was decided.' }),
    reason: t.exposeString('reason', { nullable: true, description: 'Why it was given back, or takes another back.' }),
    sources: t.field({
      type: [SpendSourceType],
      description: 'Whose yuan it used, the oldest first; empty before it is approved.',
      resolve: (spend) => spend.sources,
    }),
    paidFen: t.expose('paidFen', { type: 'Fen', description: 'What the bank’s lines show to have gone out.' }),
    ledgerId: t.exposeString('ledgerId', { nullable: true, description: 'Its transaction in the fund’s books.' }),
    contentHash: t.string({
      description: 'Of all that is decided on: sent with the decision.',
      resolve: (spend) => spendHash(spend),
    }),
  }),
});

const SpendConnection = connectionType<Spend, object>(SpendType, 'Spend', () => ({}));

builder.queryField('spends', (t) =>
  t.field({
    type: SpendConnection,
    nullable: true,
    readers: fundReaders,
    description: 'The latest recorded first, those that take others back among them.',
    args: {
      ...pageArgs(50),
      projectId: t.arg.id({ description: 'Only those of this project.' }),
      states: t.arg({ type: [SpendStateType], description: 'Only those that stand here.' }),
    },
    resolve: async (_root, args, { base }) => {
      const first = firstOf(args, 50);
      const [atMs, spendId] = decodeCursor(args.after) ?? [];
      const found = await readSpends(base, {
        ...(args.projectId ? { projectIds: [localId('Project', args.projectId)] } : {}),
        ...(args.states ? { states: args.states } : {}),
        ...(typeof atMs === 'number' && typeof spendId === 'string' ? { before: { atMs, spendId } } : {}),
        limit: first + 1,
      });
      return pageOf({
        nodes: found.slice(0, first),
        cursorOf: (spend) => encodeCursor(spend.recordedAt.getTime(), spend._id),
        hasNextPage: found.length > first,
        hasPreviousPage: atMs !== undefined,
      });
    },
  }),
);
