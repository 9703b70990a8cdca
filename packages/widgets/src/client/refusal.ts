import { graphql, type ResultOf } from './graphql.js';

/** An expected refusal, as every command's result may carry it. Spread it on the union: `... on Refusal { ...RefusalFacts }`. */
export const RefusalFacts = graphql(`
  fragment RefusalFacts on Refusal {
    code
    message
    path
    productId
    leftCount
    retryAfterMs
  }
`);

export type Refusal = ResultOf<typeof RefusalFacts>;
