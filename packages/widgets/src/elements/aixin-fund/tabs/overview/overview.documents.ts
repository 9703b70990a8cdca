import { graphql, type ResultOf } from '../../../../client/index.js';

const MatchesParts = graphql(`
  fragment FundMatchesParts on FundView {
    matches(first: $first, after: $after, state: $state, agreementId: $agreementId) {
      totalCount
      totalFen
      pageInfo {
        hasNextPage
        endCursor
      }
      edges {
        node {
          id
          orderNumber
          amountFen
          unit
          unitCount
          state
          stateText
          at
          countyName
          productTitle
          agreementNumber
          sponsorName
        }
      }
    }
  }
`);

/** The fund in one month: who gave, where it stands, in which county; never who bought. */
export const FundQuery = graphql(`
  query Fund($month: String) {
    me {
      id
    }
    fund(month: $month) {
      name
      month
      months
      totalFen
      asOf
      totals {
        state
        stateText
        count
        amountFen
      }
      byCounty {
        count
        amountFen
        county {
          code
          name
        }
      }
      history {
        month
        count
        amountFen
        voidFen
      }
      agreements {
        id
        number
        sponsorName
        fundName
        amountFen
        unit
        capFen
        heldFen
        matchedFen
        leftFen
        validFrom
        validUntil
        productCount
        inForce
      }
    }
  }
`);
export type Fund = NonNullable<ResultOf<typeof FundQuery>['fund']>;
export type Agreement = Fund['agreements'][number];

/** A page of the matches, filtered. */
export const FundMatchesQuery = graphql(
  `
    query FundMatches($month: String, $state: MatchState, $agreementId: ID, $first: Int!, $after: String) {
      fund(month: $month) {
        ...FundMatchesParts
      }
    }
  `,
  [MatchesParts],
);
export type FundMatches = NonNullable<ResultOf<typeof FundMatchesQuery>['fund']>['matches'];
export type FundMatch = FundMatches['edges'][number]['node'];
export type MatchState = FundMatch['state'];
