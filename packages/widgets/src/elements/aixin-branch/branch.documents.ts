import { graphql, type ResultOf } from '../../client/index.js';

const RecordsParts = graphql(`
  fragment BranchRecordsParts on Branch {
    records(first: $first, after: $after) {
      totalCount
      pageInfo {
        hasNextPage
        endCursor
      }
      edges {
        node {
          id
          memberName
          kind
          text
          day
          points
          withdrawn
        }
      }
    }
  }
`);

/** A branch in one month. There is no basket in it, because the contract has none. */
export const BranchQuery = graphql(
  `
    query Branch($organisationId: ID, $month: String, $first: Int!, $after: String) {
      me {
        id
      }
      branch(organisationId: $organisationId, month: $month) {
        month
        months
        memberCount
        asOf
        organisation {
          id
          name
          level
          ancestors {
            id
            name
          }
        }
        totals {
          purchaseCount
          salesFen
          matchedFen
          untold
          points
          buyerCount
        }
        previous {
          purchaseCount
          salesFen
          matchedFen
          untold
          points
        }
        history {
          month
          purchaseCount
          salesFen
          matchedFen
          points
        }
        units {
          purchaseCount
          salesFen
          matchedFen
          points
          organisation {
            id
            name
            level
          }
        }
        ...BranchRecordsParts
      }
    }
  `,
  [RecordsParts],
);
export type Branch = NonNullable<ResultOf<typeof BranchQuery>['branch']>;
export type BranchRecord = Branch['records']['edges'][number]['node'];
export type BranchMonth = Branch['history'][number];
export type BranchUnit = Branch['units'][number];

export const MoreBranchRecords = graphql(
  `
    query MoreBranchRecords($organisationId: ID, $month: String, $first: Int!, $after: String) {
      branch(organisationId: $organisationId, month: $month) {
        ...BranchRecordsParts
      }
    }
  `,
  [RecordsParts],
);
