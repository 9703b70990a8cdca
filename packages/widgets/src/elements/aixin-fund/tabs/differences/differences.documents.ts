import { graphql, RefusalFacts, type ResultOf } from '../../../../client/index.js';

/** Differences from everywhere in the fund, the newest days first. */
export const DifferencesQuery = graphql(`
  query FundDifferences(
    $state: FundDifferenceState
    $source: FundDifferenceSource
    $day: String
    $first: Int!
    $after: String
  ) {
    fundDifferences(state: $state, source: $source, day: $day, first: $first, after: $after) {
      totalCount
      pageInfo {
        hasNextPage
        endCursor
      }
      edges {
        node {
          __typename
          id
          source
          day
          text
          ourFen
          theirFen
          state
          stateText
          reason
          ... on BillDifference {
            orderNumber
            explanations {
              at
              reason
            }
          }
        }
      }
    }
  }
`);
export type Differences = NonNullable<ResultOf<typeof DifferencesQuery>['fundDifferences']>;
export type Difference = Differences['edges'][number]['node'];

export const ExplainDifferenceMutation = graphql(
  `
    mutation ExplainDifference($input: ExplainDifferenceInput!) {
      explainDifference(input: $input) {
        __typename
        ... on ExplainDifferenceDone {
          difference {
            id
            state
            reason
          }
        }
        ... on Refusal {
          ...RefusalFacts
        }
      }
    }
  `,
  [RefusalFacts],
);
