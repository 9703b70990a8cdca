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
      standings {
        month
        states {
          state
          amountFen
        }
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

/** What waits for what, over all months, and where the yuan stand. */
export const FundAgeingQuery = graphql(`
  query FundAgeing {
    fund {
      overall {
        state
        stateText
        count
        amountFen
      }
      ageing {
        state
        stateText
        unit
        waitsFor
        draftNumber
        count
        amountFen
        buckets {
          fromDays
          toDays
          count
          amountFen
        }
      }
    }
  }
`);
export type FundAgeing = NonNullable<ResultOf<typeof FundAgeingQuery>['fund']>;
export type AgeingRow = FundAgeing['ageing'][number];

/** The matches behind a figure of the ageing table. */
export const WaitingMatchesQuery = graphql(`
  query WaitingMatches($state: MatchState!, $bucket: Int, $first: Int!, $after: String) {
    fund {
      waitingMatches(state: $state, bucket: $bucket, first: $first, after: $after) {
        pageInfo {
          hasNextPage
          endCursor
        }
        edges {
          node {
            id
            orderNumber
            amountFen
            at
            countyName
            productTitle
            agreementNumber
            sponsorName
          }
        }
      }
    }
  }
`);
type WaitingMatches = NonNullable<ResultOf<typeof WaitingMatchesQuery>['fund']>['waitingMatches'];
export type WaitingMatch = WaitingMatches['edges'][number]['node'];

/** The remittances behind a figure of the ageing table. */
export const WaitingRemittancesQuery = graphql(`
  query WaitingRemittances($state: MatchState!, $bucket: Int) {
    fund {
      waitingRemittances(state: $state, bucket: $bucket) {
        id
        reference
        batchNumber
        agreementNumber
        sponsorName
        amountFen
        receivedFen
        stateText
        approvedAt
        remittedDay
        receiptedAt
      }
    }
  }
`);
export type WaitingRemittance = NonNullable<
  ResultOf<typeof WaitingRemittancesQuery>['fund']
>['waitingRemittances'][number];

/** A month's batch and what the bank says of it, beside all that waits at the desk. */
export const FundRemittedQuery = graphql(`
  query FundRemitted($month: String) {
    bankDesk(month: $month) {
      figures {
        month
        dueFen
        dueCount
        adjustmentCount
        seenFen
        seenCount
        remittanceCount
        matchedFen
        suggestedFen
        suggestedCount
        openInFen
        openCount
      }
    }
  }
`);
export type FundRemitted = ResultOf<typeof FundRemittedQuery>['bankDesk']['figures'];
