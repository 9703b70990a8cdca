import { EnvelopArmor } from '@escape.tech/graphql-armor';
import type { GraphQLError } from 'graphql';
import type { Plugin } from 'graphql-yoga';

/** The deepest page asks for the picture of the product of a line of a parcel of an order of a page: 10 levels. */
const DEEPEST = 12;
const MOST_ALIASES = 15;
const MOST_DIRECTIVES = 5;
/** The longest page's operation has about 300 words. */
const MOST_TOKENS = 1_000;

/**
 * What a document may be, before anything is executed. How much it may read is bounded by its complexity and by `first`
 * (builder.ts, paging.ts).
 */
export function documentLimits(): Plugin[] {
  const limit = (message: string) => ({ exposeLimits: false, errorMessage: message, onReject: [markRefused] });
  const { plugins } = new EnvelopArmor({
    blockFieldSuggestion: { enabled: true, mask: '' },
    maxDepth: { n: DEEPEST, flattenFragments: true, ...limit('查询嵌套太深，请分几次查询。') },
    // The library lets `__typename` alias without limit; nothing needs that.
    maxAliases: { n: MOST_ALIASES, allowList: [], ...limit('查询里的别名太多，请分几次查询。') },
    maxDirectives: { n: MOST_DIRECTIVES, ...limit('查询里的指令太多，请减少后再试。') },
    maxTokens: { n: MOST_TOKENS, ...limit('查询太长，请分几次查询。') },
    // Its costs know no arguments; ours do.
    costLimit: { enabled: false },
  }).protect();
  // Typed against its own copy of the plugin's interface; Yoga runs any plugin of envelop.
  return plugins as unknown as Plugin[];
}

function markRefused(_context: unknown, error: GraphQLError): void {
  error.message = error.message.replace(/^Syntax Error: /, '');
  Object.assign(error.extensions, { code: 'QUERY_REFUSED', http: { status: 400 } });
}
