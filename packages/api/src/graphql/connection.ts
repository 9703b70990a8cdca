import type { FieldMap, InterfaceRef, ObjectRef } from '@pothos/core';
import { builder } from './builder.js';
import type { Page } from './paging.js';

type Types = typeof builder.$inferSchemaTypes;

/** A Relay connection `<name>Connection` with its edge type, and whatever the whole list tells beside its page. */
export function connectionType<Shape extends object, Extra extends object>(
  node: ObjectRef<Types, Shape> | InterfaceRef<Types, Shape>,
  name: string,
  extra: (t: PothosSchemaTypes.ObjectFieldBuilder<Types, Page<Shape> & Extra>) => FieldMap,
): ObjectRef<Types, Page<Shape> & Extra> {
  const edge = builder.objectRef<{ readonly cursor: string; readonly node: Shape }>(`${name}Edge`).implement({
    description: 'An entry and its place in the list.',
    readers: 'parent',
    fields: (t) => ({
      cursor: t.string({ description: 'Give it as `after` to read on from here.', resolve: (one) => one.cursor }),
      node: t.field({ type: node, description: 'The entry itself.', resolve: (one) => one.node as never }),
    }),
  });
  return builder.objectRef<Page<Shape> & Extra>(`${name}Connection`).implement({
    description: 'A page of a list.',
    readers: 'parent',
    fields: (t) => ({
      edges: t.field({
        type: [edge],
        description: 'The entries of this page, in order.',
        resolve: (page) => page.edges,
      }),
      pageInfo: t.field({
        type: builder.pageInfoRef(),
        description: 'Where this page stands.',
        resolve: (page) => page.pageInfo,
      }),
      ...extra(t),
    }),
  });
}

/** `first` and `after`, the same everywhere. */
export function pageArgs(usualFirst: number) {
  return builder.args((t) => ({
    first: t.int({ defaultValue: usualFirst, description: 'How many, 1 to 100.' }),
    after: t.string({ description: 'Read on after this cursor.' }),
  }));
}
