import { builder } from '../../graphql/builder.js';
import { connectionType, pageArgs } from '../../graphql/connection.js';
import { localId } from '../../graphql/global-id.js';
import { decodeCursor, encodeCursor, firstOf, pageOf } from '../../graphql/paging.js';
import { FUND_ROLES, roles } from '../../graphql/readers.js';
import { resultUnion } from '../../graphql/refusal.graphql.js';
import { isRefusal, type Refusal } from '../../kernel/refusal.js';
import { catalogue } from '../catalogue/index.js';
import { personNames } from '../portal/person-names.graphql.js';
import {
  approveBatch,
  type Batch,
  BATCH_STATES,
  type BatchLine,
  type BatchTotal,
  makeBatch,
  readBatch,
  readBatches,
  readBatchLines,
  readRemittances,
  rejectBatch,
  REMITTANCE_STATES,
  totalFen,
} from './index.js';
import { RemittanceType, PayToType } from './remittances.graphql.js';

const fundReaders = roles(...FUND_ROLES);

const BatchStateType = builder.enumType('BatchState', {
  description: 'BUILDING, then DRAFT for the checker, then APPROVED for ever; REJECTED ones may be made again.',
  values: BATCH_STATES,
});

const STATE_TEXTS: Readonly<Record<Batch['state'], string>> = {
  BUILDING: '制作中',
  DRAFT: '待复核',
  APPROVED: '已复核',
  REJECTED: '已退回',
};

const BatchTotalType = builder.objectRef<BatchTotal>('BatchTotal').implement({
  description: 'What one agreement, county or product has in a batch.',
  readers: 'parent',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'As it was called when the batch was made.' }),
    matchCount: t.exposeInt('matchCount', { description: 'Matches taken for the first time.' }),
    matchedFen: t.expose('matchedFen', { type: 'Fen', description: 'Their sum.' }),
    adjustmentCount: t.exposeInt('adjustmentCount', { description: 'Matches refunded after an earlier batch.' }),
    adjustedFen: t.expose('adjustedFen', { type: 'Fen', description: 'Zero or negative.' }),
    amountFen: t.field({ type: 'Fen', description: 'Both together.', resolve: (total) => totalFen(total) }),
  }),
});

const BatchLineType = builder.objectRef<BatchLine>('BatchLine').implement({
  description: 'What a batch takes of one match. No buyer is in it.',
  readers: 'parent',
  fields: (t) => ({
    number: t.exposeString('_id', { description: '`B202610.0000001`' }),
    isAdjustment: t.boolean({
      description: 'It changes what an earlier batch took.',
      resolve: ({ kind }) => kind === 'adjustment',
    }),
    correctsNumber: t.exposeString('correctsId', { nullable: true, description: 'The line it corrects.' }),
    reference: t.exposeString('remittanceId', { description: 'Its remittance, `AX202610-01`.' }),
    countyCode: t.exposeString('countyCode', { description: 'GB/T 2260.' }),
    countyName: t.string({
      description: 'Where the goods come from, as it is called today.',
      resolve: ({ countyCode }, _args, { base }) => catalogue(base).county(countyCode)?.name ?? '',
    }),
    at: t.expose('at', { type: 'Instant', description: 'When the sale was settled.' }),
    amountFen: t.expose('amountFen', { type: 'Fen', description: 'Negative for what is taken back.' }),
    entryHash: t.exposeString('entryHash', { description: 'Hash of the sale’s journal entry, hex.' }),
  }),
});

const BatchLineConnection = connectionType<BatchLine, object>(BatchLineType, 'BatchLine', () => ({}));

export const BatchType = builder.objectRef<Batch>('Batch');

builder.node(BatchType, {
  name: 'Batch',
  description: 'A month’s accrued yuan, to be remitted: made by one person, approved by another (rule 7).',
  readers: fundReaders,
  id: { resolve: (batch) => batch._id },
  loadOne: (id, { base }) => readBatch(base, id),
  fields: (t) => ({
    number: t.exposeString('_id', { description: '`B202610`' }),
    month: t.exposeString('month', { description: '`2026-10`, in Asia/Shanghai.' }),
    state: t.expose('state', { type: BatchStateType, description: 'Where it stands.' }),
    stateText: t.string({ description: 'The same in Chinese.', resolve: ({ state }) => STATE_TEXTS[state] }),
    madeAt: t.expose('madeAt', { type: 'Instant', description: 'When it was made.' }),
    madeByMe: t.boolean({
      description: 'Whoever made it cannot approve it.',
      resolve: (batch, _args, { actor }) => actor.kind === 'person' && actor.memberId === batch.madeBy,
    }),
    madeByName: t.string({
      description: 'Who made it, as the portal’s directory writes it; empty where it does not know the person.',
      resolve: async (batch, _args, context) => (await personNames(context).load(batch.madeBy)) ?? '',
    }),
    decidedByName: t.string({
      description: 'Who decided it; empty before, or where the directory does not know the person.',
      resolve: async ({ decidedBy }, _args, context) =>
        decidedBy === null ? '' : ((await personNames(context).load(decidedBy)) ?? ''),
    }),
    payTo: t.field({
      type: PayToType,
      nullable: true,
      description: 'The account to which its sponsors remit, frozen with it.',
      resolve: ({ payTo }) => payTo ?? null,
    }),
    decidedAt: t.expose('decidedAt', { type: 'Instant', nullable: true, description: 'When it was decided.' }),
    reason: t.exposeString('reason', { nullable: true, description: 'Why it was sent back.' }),
    lineCount: t.exposeInt('lineCount', { description: 'Lines.' }),
    amountFen: t.expose('amountFen', { type: 'Fen', description: 'Sum of all lines.' }),
    root: t.exposeString('root', { description: 'Merkle root over its lines, hex.' }),
    contentHash: t.exposeString('contentHash', { description: 'Of all that is seen here: sent with the decision.' }),
    agreements: t.field({ type: [BatchTotalType], description: 'By agreement.', resolve: (one) => one.agreements }),
    counties: t.field({ type: [BatchTotalType], description: 'By county.', resolve: (one) => one.counties }),
    products: t.field({ type: [BatchTotalType], description: 'By product.', resolve: (one) => one.products }),
    remittances: t.field({
      type: [RemittanceType],
      description: 'One for each sponsor.',
      resolve: (batch, _args, { base }) => readRemittances(base, { batchId: batch._id, states: REMITTANCE_STATES }),
    }),
    lines: t.field({
      type: BatchLineConnection,
      description: 'Its lines in order.',
      args: {
        ...pageArgs(50),
        adjustmentsOnly: t.arg.boolean({ description: 'Only what is taken back.' }),
        agreementId: t.arg.id({ description: 'Only those of this agreement.' }),
      },
      resolve: async (batch, args, { base }) => {
        const first = firstOf(args, 50);
        const [seq] = decodeCursor(args.after) ?? [];
        const found = await readBatchLines(base, {
          batchId: batch._id,
          afterSeq: typeof seq === 'number' ? seq : 0,
          limit: first + 1,
          ...(args.adjustmentsOnly ? { kind: 'adjustment' as const } : {}),
          ...(args.agreementId ? { agreementId: localId('Agreement', args.agreementId) } : {}),
        });
        return pageOf({
          nodes: found.slice(0, first),
          cursorOf: (line) => encodeCursor(line.seq),
          hasNextPage: found.length > first,
          hasPreviousPage: seq !== undefined,
        });
      },
    }),
  }),
});

builder.queryField('batches', (t) =>
  t.field({
    type: [BatchType],
    readers: fundReaders,
    description: 'All monthly batches, the newest first.',
    resolve: (_root, _args, { base }) => readBatches(base),
  }),
);

builder.queryField('batch', (t) =>
  t.field({
    type: BatchType,
    nullable: true,
    readers: fundReaders,
    description: 'One monthly batch by its number; null when there is none.',
    args: { number: t.arg.string({ required: true, description: '`B202610`' }) },
    resolve: (_root, { number }, { base }) => readBatch(base, number),
  }),
);

const MakeBatchInput = builder.inputType('MakeBatchInput', {
  description: 'A month to be remitted.',
  fields: (t) => ({
    idempotencyKey: t.string({ required: true, description: 'Of this press of the button, 8 to 100 characters.' }),
    month: t.string({ required: true, description: '`2026-10`, over by now in Asia/Shanghai.' }),
  }),
});

const DecideBatchInput = builder.inputType('DecideBatchInput', {
  description: 'A decision on a draft as it was seen.',
  fields: (t) => ({
    batchId: t.id({ required: true, description: 'Its id.' }),
    contentHash: t.string({
      required: true,
      description: 'As the draft gave it: another draft is not decided unseen.',
    }),
  }),
});

const RejectBatchInput = builder.inputType('RejectBatchInput', {
  description: 'A draft that goes back.',
  fields: (t) => ({
    batchId: t.id({ required: true, description: 'Its id.' }),
    contentHash: t.string({ required: true, description: 'As the draft gave it.' }),
    reason: t.string({ required: true, description: '1 to 200 characters.' }),
  }),
});

const BatchDoneType = builder.objectRef<{ batch: Batch }>('BatchDone').implement({
  description: 'The batch as it is now.',
  readers: 'parent',
  fields: (t) => ({ batch: t.expose('batch', { type: BatchType, description: 'As it is now.' }) }),
});
const BatchResult = resultUnion('BatchResult', BatchDoneType);
const done = (batch: Batch | Refusal): { batch: Batch } | Refusal => (isRefusal(batch) ? batch : { batch });

builder.mutationFields((t) => ({
  makeBatch: t.field({
    type: BatchResult,
    readers: 'public',
    description: 'Makes the draft of a month’s batch. `fund-maker`.',
    args: { input: t.arg({ type: MakeBatchInput, required: true, description: 'Which month.' }) },
    resolve: async (_root, { input }, context) => done(await makeBatch(context, input)),
  }),
  approveBatch: t.field({
    type: BatchResult,
    readers: 'public',
    description: 'Approves a draft: frozen, owed, to be remitted. `fund-checker`, never the maker.',
    args: { input: t.arg({ type: DecideBatchInput, required: true, description: 'Which draft.' }) },
    resolve: async (_root, { input }, context) =>
      done(await approveBatch(context, { ...input, batchId: localId('Batch', input.batchId) })),
  }),
  rejectBatch: t.field({
    type: BatchResult,
    readers: 'public',
    description: 'Sends a draft back, with the reason. `fund-checker`, or its maker.',
    args: { input: t.arg({ type: RejectBatchInput, required: true, description: 'Which draft, and why.' }) },
    resolve: async (_root, { input }, context) =>
      done(await rejectBatch(context, { ...input, batchId: localId('Batch', input.batchId) })),
  }),
}));
