import { graphql, type ResultOf } from '../../client/index.js';
import { MatchParts } from '../order/order.documents.js';

const LoveParts = graphql(`
  fragment LoveParts on Member {
    id
    displayName
    organisation {
      id
      name
    }
    love {
      recordCount
      pointsBalance
      matchedFen
      purchaseCount
      pointsLeftToday
      asOf
    }
  }
`);
export type LoveParts = ResultOf<typeof LoveParts>;

export const RecordsQuery = graphql(
  `
    query LoveRecords($first: Int!, $after: String) {
      me {
        ...LoveParts
        helpRecords(first: $first, after: $after) {
          totalCount
          pageInfo {
            hasNextPage
            endCursor
          }
          edges {
            node {
              id
              kind
              title
              at
              organisationName
              points
              matchedFen
              purchaseFen
              withdrawn
              order {
                id
              }
            }
          }
        }
      }
    }
  `,
  [LoveParts],
);
export type HelpRecord = NonNullable<ResultOf<typeof RecordsQuery>['me']>['helpRecords']['edges'][number]['node'];

export const PointsQuery = graphql(
  `
    query LovePoints($first: Int!, $after: String) {
      me {
        ...LoveParts
        points(first: $first, after: $after) {
          balance
          pageInfo {
            hasNextPage
            endCursor
          }
          edges {
            node {
              id
              at
              points
              balanceAfter
              reason
              version
              kind
            }
          }
        }
      }
    }
  `,
  [LoveParts],
);
export type PointsEntry = NonNullable<ResultOf<typeof PointsQuery>['me']>['points']['edges'][number]['node'];

export const MatchesQuery = graphql(
  `
    query LoveMatches($first: Int!, $after: String) {
      me {
        ...LoveParts
        matches(first: $first, after: $after) {
          totalFen
          pageInfo {
            hasNextPage
            endCursor
          }
          edges {
            node {
              ...MatchParts
            }
          }
        }
      }
    }
  `,
  [LoveParts, MatchParts],
);
