import { builder } from '../../graphql/builder.js';
import type { StatementBack } from './index.js';

export const StatementBackType = builder.objectRef<StatementBack>('StatementBack').implement({
  description:
    'How a statement that was posted by mistake leaves the books: asked for by one person, approved by another.',
  readers: 'parent',
  fields: (t) => ({
    reason: t.exposeString('reason', { description: 'Why, in the words of who asked.' }),
    askedAt: t.expose('askedAt', { type: 'Instant', description: 'When it was asked for.' }),
    isMine: t.boolean({
      description: 'The reader asked for it, and so cannot approve it.',
      resolve: ({ askedBy }, _args, { actor }) => actor.kind === 'person' && actor.memberId === askedBy,
    }),
    declinedAt: t.expose('declinedAt', {
      type: 'Instant',
      nullable: true,
      description: 'When somebody let the statement stand.',
    }),
    approvedAt: t.expose('approvedAt', {
      type: 'Instant',
      nullable: true,
      description: 'When another person approved.',
    }),
    waitsFor: t.exposeString('waitsFor', {
      nullable: true,
      description: 'In Chinese: what came between once it was under way, and what to do.',
    }),
    doneAt: t.expose('doneAt', {
      type: 'Instant',
      nullable: true,
      description: 'When none of its lines stood any more.',
    }),
  }),
});
