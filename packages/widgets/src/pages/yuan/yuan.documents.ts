import { graphql, type ResultOf } from '../../client/index.js';

export const YuanQuery = graphql(`
  query Yuan($id: ID!) {
    node(id: $id) {
      __typename
      ... on Match {
        id
        amountFen
        undoneFen
        state
        stateText
        at
        sponsorName
        fundName
        productTitle
        batchId
        steps {
          state
          text
          at
          done
        }
        uses {
          name
          purpose
          amountFen
          lastDay
        }
      }
    }
  }
`);
export type Yuan = Extract<NonNullable<ResultOf<typeof YuanQuery>['node']>, { __typename: 'Match' }>;

/** Asked only when it is wanted: making it reads a page of the batch. */
export const YuanProofQuery = graphql(`
  query YuanProof($id: ID!) {
    node(id: $id) {
      __typename
      ... on Match {
        proof {
          __typename
          ... on YuanProof {
            fileName
            text
          }
          ... on Refusal {
            code
            message
          }
        }
      }
    }
  }
`);
