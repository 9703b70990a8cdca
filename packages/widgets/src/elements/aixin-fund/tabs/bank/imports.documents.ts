import { graphql, RefusalFacts, type ResultOf } from '../../../../client/index.js';

/** A page of the files that were brought, the newest first. */
export const ImportsQuery = graphql(`
  query BankImports($after: String) {
    bankImports(first: 20, after: $after) {
      edges {
        node {
          importId
          fileName
          state
          stateText
          at
          progress {
            linesPosted
          }
          preview {
            newCount
            fromDay
            toDay
          }
          refusal {
            message
          }
          back {
            reason
            isMine
            waitsFor
          }
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);
export type ImportsPage = ResultOf<typeof ImportsQuery>['bankImports'];
export type KeptImport = ImportsPage['edges'][number]['node'];

const StatementBackAnswer = graphql(
  `
    fragment StatementBackAnswer on StatementResult {
      __typename
      ... on StatementDone {
        statement {
          importId
          state
        }
      }
      ... on Refusal {
        ...RefusalFacts
      }
    }
  `,
  [RefusalFacts],
);

export const AskStatementBack = graphql(
  `
    mutation AskStatementBack($input: AskStatementBackInput!) {
      askStatementBack(input: $input) {
        ...StatementBackAnswer
      }
    }
  `,
  [StatementBackAnswer],
);

export const DeclineStatementBack = graphql(
  `
    mutation DeclineStatementBack($input: StatementBackInput!) {
      declineStatementBack(input: $input) {
        ...StatementBackAnswer
      }
    }
  `,
  [StatementBackAnswer],
);

export const TakeStatementBack = graphql(
  `
    mutation TakeStatementBack($input: StatementBackInput!) {
      takeStatementBack(input: $input) {
        ...StatementBackAnswer
      }
    }
  `,
  [StatementBackAnswer],
);
