import { isObjectType } from 'graphql';
import { builder } from './builder.js';
import type { GraphqlContext } from './context.js';
import { parseGlobalId } from './global-id.js';
import { rememberNodeType } from './node-types.js';
import type { Readers } from './readers.js';

type LoadOne = (id: string, context: GraphqlContext) => Promise<object | null> | object | null;

/** Read by: each type for itself, so the field counts as nobody's public answer. */
const byType = { name: 'as the type says', allows: () => true };

builder.queryField('node', (t) =>
  t.field({
    type: builder.nodeInterfaceRef(),
    nullable: true,
    readers: byType,
    description:
      'Finds a thing by its id. Null when it is not there or not yours to read: the two cannot be told apart.',
    args: { id: t.arg.id({ required: true, description: 'As the thing itself gave it.' }) },
    resolve: async (_root, args, context, info) => {
      const { typeName, id } = parseGlobalId(args.id);
      const type = info.schema.getType(typeName);
      if (!isObjectType(type) || id === '') return null;
      const loadOne = (type.extensions['pothosOptions'] as { loadOne?: LoadOne } | undefined)?.loadOne;
      const found = loadOne ? await loadOne(id, context) : null;
      if (!found) return null;
      const readers = type.extensions['readers'] as Readers<object> | undefined;
      const allowed = readers === 'public' || (typeof readers === 'object' && readers.allows(context.actor, found));
      if (!allowed) return null;
      rememberNodeType(found, typeName);
      return found;
    },
  }),
);
