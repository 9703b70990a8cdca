/** The road to the server: plain fetch, documents typed by the committed schema, live state by server-sent events. */
export { createClient, type Client, type TokenProvider } from './client.js';
export { graphql, type FragmentOf, type ResultOf, type VariablesOf } from './graphql.js';
export { ClientProblem, isAbort, problemKind, stopIfAborted, type ProblemKind } from './problem.js';
export { listenWhileShown, untilShown } from './while-shown.js';
export { RefusalFacts, type Refusal } from './refusal.js';
