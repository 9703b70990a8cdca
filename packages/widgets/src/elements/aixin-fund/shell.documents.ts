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
