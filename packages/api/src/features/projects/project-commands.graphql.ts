import { builder } from '../../graphql/builder.js';
import { localId } from '../../graphql/global-id.js';
import { resultUnion } from '../../graphql/refusal.graphql.js';
import { isRefusal, type Refusal } from '../../kernel/refusal.js';
import {
  closeProject,
  decideProject,
  decideSpend,
  type Project,
  proposeProject,
  recordSpend,
  reverseSpend,
  type Spend,
  withdrawSpend,
} from './index.js';
import { ProjectType } from './projects.graphql.js';
import { SpendType } from './spends.graphql.js';

const KEY = 'Of this press of the button, 8 to 100 characters.';
const REASON = '1 to 200 characters.';

const ProposeProjectInput = builder.inputType('ProposeProjectInput', {
  description: 'What the money is to be used for.',
  fields: (t) => ({
    idempotencyKey: t.string({ required: true, description: KEY }),
    name: t.string({ required: true, description: '1 to 60 characters.' }),
    purpose: t.string({ required: true, description: '1 to 500 characters.' }),
    countyCode: t.string({ required: true, description: 'GB/T 2260.' }),
    budgetFen: t.field({ type: 'Fen', required: true, description: 'The most that may be spent on it.' }),
  }),
});

const DecideProjectInput = builder.inputType('DecideProjectInput', {
  description: 'A decision on a project as it was seen.',
  fields: (t) => ({
    projectId: t.id({ required: true, description: 'Its id.' }),
    contentHash: t.string({ required: true, description: 'As the project gave it.' }),
    approve: t.boolean({ required: true, description: 'True approves; false gives it back.' }),
    reason: t.string({ description: 'Asked for when it is given back.' }),
  }),
});

const CloseProjectInput = builder.inputType('CloseProjectInput', {
  description: 'A project that is over.',
  fields: (t) => ({
    projectId: t.id({ required: true, description: 'Its id.' }),
    reason: t.string({ required: true, description: REASON }),
  }),
});

const BeneficiariesInput = builder.inputType('BeneficiariesInput', {
  description: 'How many of which group; never who.',
  fields: (t) => ({
    group: t.string({ required: true, description: '1 to 30 characters.' }),
    count: t.int({ required: true, description: 'People, at least one.' }),
  }),
});

const RecordSpendInput = builder.inputType('RecordSpendInput', {
  description: 'A use of money.',
  fields: (t) => ({
    idempotencyKey: t.string({ required: true, description: KEY }),
    projectId: t.id({ required: true, description: 'An approved project.' }),
    amountFen: t.field({ type: 'Fen', required: true, description: 'Above zero, within the budget.' }),
    day: t.string({ required: true, description: '`2026-12-03`, not after today.' }),
    payee: t.string({ required: true, description: '1 to 60 characters.' }),
    what: t.string({ required: true, description: '1 to 200 characters.' }),
    fileIds: t.idList({ required: true, description: '1 to 20 stored files for the purpose `evidence`.' }),
    beneficiaries: t.field({ type: [BeneficiariesInput], required: true, description: 'At most ten groups.' }),
  }),
});

const DecideSpendInput = builder.inputType('DecideSpendInput', {
  description: 'A decision on a spend, or on one that takes another back, as it was seen.',
  fields: (t) => ({
    spendId: t.id({ required: true, description: 'Its id.' }),
    contentHash: t.string({ required: true, description: 'As the spend gave it.' }),
    approve: t.boolean({ required: true, description: 'True approves; false gives it back.' }),
    reason: t.string({ description: 'Asked for when it is given back.' }),
  }),
});

const WithdrawSpendInput = builder.inputType('WithdrawSpendInput', {
  description: 'A spend that nobody has decided yet, as it was seen.',
  fields: (t) => ({
    spendId: t.id({ required: true, description: 'Its id.' }),
    contentHash: t.string({ required: true, description: 'As the spend gave it.' }),
  }),
});

const ReverseSpendInput = builder.inputType('ReverseSpendInput', {
  description: 'A spend that was wrong.',
  fields: (t) => ({
    idempotencyKey: t.string({ required: true, description: KEY }),
    spendId: t.id({ required: true, description: 'An approved spend.' }),
    reason: t.string({ required: true, description: REASON }),
  }),
});

const ProjectResult = resultUnion(
  'ProjectResult',
  builder.objectRef<{ project: Project }>('ProjectDone').implement({
    description: 'The project as it is now.',
    readers: 'parent',
    fields: (t) => ({ project: t.expose('project', { type: ProjectType, description: 'As it is now.' }) }),
  }),
);
const SpendResult = resultUnion(
  'SpendResult',
  builder.objectRef<{ spend: Spend }>('SpendDone').implement({
    description: 'The spend as it is now.',
    readers: 'parent',
    fields: (t) => ({ spend: t.expose('spend', { type: SpendType, description: 'As it is now.' }) }),
  }),
);

const projectDone = (project: Project | Refusal): { project: Project } | Refusal =>
  isRefusal(project) ? project : { project };
const spendDone = (spend: Spend | Refusal): { spend: Spend } | Refusal => (isRefusal(spend) ? spend : { spend });

builder.mutationFields((t) => ({
  proposeProject: t.field({
    type: ProjectResult,
    readers: 'public',
    description:
      'Proposes a project. `fund-maker`. Refusals: TEXT_INVALID, PERSONAL_DATA, PROJECT_INVALID, AMOUNT_INVALID (path ' +
      'names the field), KEY_INVALID, KEY_REUSED.',
    args: { input: t.arg({ type: ProposeProjectInput, required: true, description: 'What for.' }) },
    resolve: async (_root, { input }, context) => projectDone(await proposeProject(context, input)),
  }),
  decideProject: t.field({
    type: ProjectResult,
    readers: 'public',
    description:
      'Approves a project or gives it back. `fund-checker`, never who proposed it. Refusals: PROJECT_UNKNOWN, ' +
      'SAME_PERSON, CHANGED_MEANWHILE, REASON_INVALID.',
    args: { input: t.arg({ type: DecideProjectInput, required: true, description: 'The decision.' }) },
    resolve: async (_root, { input }, context) => {
      const wanted = { ...input, projectId: localId('Project', input.projectId), reason: input.reason ?? null };
      return projectDone(await decideProject(context, wanted));
    },
  }),
  closeProject: t.field({
    type: ProjectResult,
    readers: 'public',
    description:
      'Closes a project. `fund-maker`, `fund-checker`. Refusals: PROJECT_UNKNOWN, NOT_APPROVED, SPENDS_WAIT, ' +
      'REASON_INVALID.',
    args: { input: t.arg({ type: CloseProjectInput, required: true, description: 'Which, and why.' }) },
    resolve: async (_root, { input }, context) =>
      projectDone(await closeProject(context, { ...input, projectId: localId('Project', input.projectId) })),
  }),
}));

builder.mutationFields((t) => ({
  recordSpend: t.field({
    type: SpendResult,
    readers: 'public',
    description:
      'Records a use of money. `fund-maker`. Refusals: PROJECT_UNKNOWN, NOT_APPROVED, BUDGET_SHORT, FILE_UNKNOWN, ' +
      'AMOUNT_INVALID, SPEND_INVALID, TEXT_INVALID, PERSONAL_DATA (path names the field), KEY_INVALID, KEY_REUSED.',
    args: {
      input: t.arg({ type: RecordSpendInput, required: true, description: 'What, to whom, with which papers.' }),
    },
    resolve: async (_root, { input }, context) =>
      spendDone(await recordSpend(context, { ...input, projectId: localId('Project', input.projectId) })),
  }),
  decideSpend: t.field({
    type: SpendResult,
    readers: 'public',
    description:
      'Approves a spend, which posts it to the books, or gives it back. `fund-checker`, never who recorded it. ' +
      'Refusals: SPEND_UNKNOWN, SAME_PERSON, CHANGED_MEANWHILE, REASON_INVALID, NOT_APPROVED, BUDGET_SHORT, FUND_SHORT, ' +
      'SPEND_PAID.',
    args: { input: t.arg({ type: DecideSpendInput, required: true, description: 'The decision.' }) },
    resolve: async (_root, { input }, context) => {
      const wanted = { ...input, spendId: localId('Spend', input.spendId), reason: input.reason ?? null };
      return spendDone(await decideSpend(context, wanted));
    },
  }),
  withdrawSpend: t.field({
    type: SpendResult,
    readers: 'public',
    description:
      'Withdraws what waits for another person; by the `fund-maker` who recorded it. Refusals: SPEND_UNKNOWN, NOT_OWN, ' +
      'CHANGED_MEANWHILE.',
    args: { input: t.arg({ type: WithdrawSpendInput, required: true, description: 'Which.' }) },
    resolve: async (_root, { input }, context) =>
      spendDone(await withdrawSpend(context, { ...input, spendId: localId('Spend', input.spendId) })),
  }),
  reverseSpend: t.field({
    type: SpendResult,
    readers: 'public',
    description:
      'Asks to take a spend back, whole. `fund-maker`; another person decides. Refusals: SPEND_UNKNOWN, NOT_APPROVED, ' +
      'SPEND_PAID, REVERSAL_WAITS, REASON_INVALID, KEY_INVALID, KEY_REUSED.',
    args: { input: t.arg({ type: ReverseSpendInput, required: true, description: 'Which, and why.' }) },
    resolve: async (_root, { input }, context) =>
      spendDone(await reverseSpend(context, { ...input, spendId: localId('Spend', input.spendId) })),
  }),
}));
