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

/** How much waits in each tab, for its badge; asked once, and corrected by the tabs themselves. */
export const FundWaitingQuery = graphql(`
  query FundWaiting {
    batches {
      state
      madeByMe
    }
    bankDesk {
      figures {
        suggestedCount
        openCount
      }
    }
    fundDifferences(state: OPEN, first: 1) {
      totalCount
    }
    remittances(states: [REMITTED]) {
      id
    }
  }
`);
