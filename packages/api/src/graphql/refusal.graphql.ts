import type { ObjectRef } from '@pothos/core';
import { isRefusal, type Refusal } from '../kernel/refusal.js';
import { builder } from './builder.js';
import { globalId } from './global-id.js';

function detail(refusal: Refusal, name: string): string | number | boolean | null {
  return refusal.details?.[name] ?? null;
}

function numberDetail(refusal: Refusal, name: string): number | null {
  const value = detail(refusal, name);
  return typeof value === 'number' ? value : null;
}

export const RefusalType = builder.objectRef<Refusal>('Refusal').implement({
  description: 'An expected refusal: data, in plain Chinese, that says what to do.',
  readers: 'parent',
  fields: (t) => ({
    code: t.exposeString('code', { description: 'Stable, upper snake case, for programs: `SOLD_OUT`.' }),
    message: t.exposeString('message', { description: 'One sentence in Chinese: what is wrong and what to do.' }),
    path: t.string({
      nullable: true,
      description: 'Where in the input the trouble is, as `lines.3.quantity`; null when it is not at one place.',
      resolve: (refusal) => refusal.path ?? null,
    }),
    productId: t.id({
      nullable: true,
      description: 'The product it is about, when it is about one.',
      resolve: (refusal) => {
        const productId = detail(refusal, 'productId');
        return typeof productId === 'string' ? globalId('Product', productId) : null;
      },
    }),
    leftCount: t.int({
      nullable: true,
      description: 'How many pieces can still be had, when that is the trouble.',
      resolve: (refusal) => numberDetail(refusal, 'leftCount'),
    }),
    retryAfterMs: t.int({
      nullable: true,
      description: 'Milliseconds after which it makes sense to try again.',
      resolve: (refusal) => numberDetail(refusal, 'retryAfterMs'),
    }),
  }),
});

/** The union of a command's two outcomes: the thing done, or a refusal. */
export function resultUnion<Done extends object>(
  name: string,
  done: ObjectRef<typeof builder.$inferSchemaTypes, Done>,
) {
  return builder.unionType(name, {
    description: 'What was done, or why not.',
    types: [done, RefusalType],
    resolveType: (value) => (isRefusal(value) ? RefusalType : done),
  });
}
