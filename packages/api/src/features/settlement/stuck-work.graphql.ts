import { builder } from '../../graphql/builder.js';
import { roles } from '../../graphql/readers.js';
import { resultUnion } from '../../graphql/refusal.graphql.js';
import { readStuckWork, STUCK_QUEUES, type StuckWork, tryStuckNow } from './index.js';

const StuckQueueType = builder.enumType('StuckQueue', {
  description:
    'ASK: about a payment. EXPIRY: an order’s holds. COMPLETION: an order after its return window. REFUND: to be sent. ' +
    'STRAY: a payment that goes back.',
  values: STUCK_QUEUES,
});

const StuckWorkType = builder.objectRef<StuckWork>('StuckWork').implement({
  description: 'Something that a job could not do yet, and is tried again by itself unless its code is FAILED.',
  readers: roles('operator'),
  fields: (t) => ({
    queue: t.expose('queue', { type: StuckQueueType, description: 'Which job.' }),
    itemId: t.exposeString('itemId', { description: 'Of the order, refund or payment.' }),
    orderNumber: t.exposeString('orderNumber', { nullable: true, description: 'Of its order, to be read out.' }),
    amountFen: t.expose('amountFen', { type: 'Fen', description: 'What it is about.' }),
    sinceAt: t.field({ type: 'Instant', description: 'Since when.', resolve: ({ tries }) => tries.sinceAt }),
    nextAt: t.field({ type: 'Instant', description: 'Next try.', resolve: ({ tries }) => tries.nextAt }),
    tryCount: t.int({ description: 'Tries in vain.', resolve: ({ tries }) => tries.count }),
    code: t.string({ description: 'Stable, for programs.', resolve: ({ tries }) => tries.code }),
    reason: t.string({
      description: 'Of the last try, in the provider’s words where it has some.',
      resolve: ({ tries }) => tries.reason,
    }),
  }),
});

builder.queryField('stuckWork', (t) =>
  t.field({
    type: [StuckWorkType],
    nullable: true,
    readers: roles('operator'),
    description: 'What the jobs could not move, the longest stuck first; at most 100 of each queue.',
    resolve: (_root, _args, { base }) => readStuckWork(base),
  }),
);

const TryStuckNowInput = builder.inputType('TryStuckNowInput', {
  description: 'What to try at once.',
  fields: (t) => ({
    queue: t.field({ type: StuckQueueType, required: true, description: 'As the list gives it.' }),
    itemId: t.string({ required: true, description: 'As the list gives it.' }),
  }),
});

const TryStuckNowResult = resultUnion(
  'TryStuckNowResult',
  builder.objectRef<{ itemId: string }>('TryStuckNowDone').implement({
    description: 'It is due now; the job takes it within seconds.',
    readers: 'parent',
    fields: (t) => ({ itemId: t.exposeString('itemId', { description: 'What is due.' }) }),
  }),
);

builder.mutationField('tryStuckNow', (t) =>
  t.field({
    type: TryStuckNowResult,
    readers: 'public',
    description: 'The operator lets it be tried at once. Refusals: STUCK_UNKNOWN.',
    args: { input: t.arg({ type: TryStuckNowInput, required: true, description: 'Which.' }) },
    resolve: async (_root, { input }, context) => (await tryStuckNow(context, input)) ?? { itemId: input.itemId },
  }),
);
