import type { initGraphQLTada } from 'gql.tada';
import type { introspection } from './schema.js';

export type { FragmentOf, ResultOf, VariablesOf } from 'gql.tada';

/** What `graphql()` gives at run time: the text to send. Its types (result, variables) come from the committed schema. */
export interface Operation {
  readonly text: string;
}

type Typed = initGraphQLTada<{
  introspection: introspection;
  disableMasking: true;
  scalars: { ID: string; Fen: number; Instant: string };
}>;

/**
 * Writes a GraphQL document that the compiler checks against the schema. The types are gql.tada's; its run time would parse
 * the text in the browser only for us to print it again, so ours just joins the text with that of the fragments it uses.
 */
export const graphql = ((text: string, fragments: readonly unknown[] = []): Operation => {
  const texts = new Set<string>();
  for (const fragment of fragments) texts.add((fragment as Operation).text);
  return { text: [text, ...texts].join('\n') };
}) as unknown as Typed;
