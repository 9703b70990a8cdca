import { builder } from '../../graphql/builder.js';
import { connectionType, pageArgs } from '../../graphql/connection.js';
import { decodeCursor, encodeCursor, firstOf, pageOf } from '../../graphql/paging.js';
import { owner } from '../../graphql/readers.js';
import { MemberType } from '../portal/portal.graphql.js';
import { type PointsMovement, readMovement, readPoints } from './index.js';

interface OwnMovement extends PointsMovement {
  readonly memberId: string;
}

const PointsEntryType = builder.objectRef<OwnMovement>('PointsEntry');

builder.node(PointsEntryType, {
  name: 'PointsEntry',
  description:
    'One movement of the love points, with why. Points have no cash value and cannot be given away (rule 4).',
  readers: owner((movement) => movement.memberId),
  id: { resolve: (movement) => movement.id },
  loadOne: (id, { base }) => readMovement(base, id),
  fields: (t) => ({
    at: t.expose('at', { type: 'Instant', description: 'When.' }),
    points: t.exposeInt('points', { description: 'Earned; negative where a refund took them back.' }),
    balanceAfter: t.exposeInt('balanceAfter', { description: 'Running balance. Negative: a debt stays visible.' }),
    reason: t.exposeString('reason', { description: 'Why, in a sentence.' }),
    ruleId: t.exposeString('ruleId', { nullable: true, description: 'The rule that gave them.' }),
    version: t.exposeString('version', {
      nullable: true,
      description: 'Its version: a later one changes nothing here.',
    }),
    kind: t.exposeString('kind', { description: '`purchase` or `refund`.' }),
  }),
});

const PointsConnection = connectionType<OwnMovement, { readonly balance: number }>(PointsEntryType, 'Points', (t) => ({
  balance: t.exposeInt('balance', { description: 'What stands now.' }),
}));

builder.objectField(MemberType, 'points', (t) =>
  t.field({
    type: PointsConnection,
    description: 'Own points, newest movement first. A page ends with a whole purchase, so it may be a little longer.',
    args: pageArgs(20),
    resolve: async ({ memberId }, args, { base }) => {
      const [beforeSeq = null] = decodeCursor(args.after) ?? [];
      const found = await readPoints(base, {
        memberId,
        first: firstOf(args, 20),
        beforeSeq: typeof beforeSeq === 'number' ? beforeSeq : null,
      });
      return {
        ...pageOf({
          nodes: found.movements.map((movement) => ({ ...movement, memberId })),
          cursorOf: (movement) => encodeCursor(movement.seq),
          hasNextPage: found.nextSeq !== null,
          hasPreviousPage: beforeSeq !== null,
        }),
        balance: found.balance,
      };
    },
  }),
);
