import { graphql, type ResultOf } from '../../client/index.js';

/** Who looks at the fund, and what it is called. */
export const FundShellQuery = graphql(`
  query FundShell {
    me {
      id
      capabilities
    }
    fund {
      name
    }
  }
`);
export type FundShell = ResultOf<typeof FundShellQuery>;

/** How much waits for this person in each tab, for its badge: asked with the shell, and again after each change. */
export const FundWaitingQuery = graphql(`
  query FundWaiting {
    fundWaiting {
      agreements
      batches
      bank
      differences
      receipts
      projects
      disclosure
    }
  }
`);
export type FundWaiting = ResultOf<typeof FundWaitingQuery>['fundWaiting'];
