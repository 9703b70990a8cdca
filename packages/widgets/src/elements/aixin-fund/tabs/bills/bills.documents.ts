import { graphql, RefusalFacts, type ResultOf } from '../../../../client/index.js';

const DayParts = graphql(`
  fragment BillDayParts on BillDay {
    id
    provider
    providerText
    day
    covers
    tradeCount
    tradeFen
    refundCount
    refundFen
    theirFen
    ourCount
    ourFen
    feeFen
    ourFeeFen
    openCount
    explainedCount
    resolvedCount
    listedFen
    unexplainedFen
  }
`);

/** The days with a bill, the newest first. */
export const BillDaysQuery = graphql(
  `
    query BillDays($first: Int!, $after: String) {
      billDays(first: $first, after: $after) {
        pageInfo {
          hasNextPage
          endCursor
        }
        edges {
          node {
            ...BillDayParts
          }
        }
      }
    }
  `,
  [DayParts],
);
export type BillDay = NonNullable<ResultOf<typeof BillDaysQuery>['billDays']>['edges'][number]['node'];

/** One day with its files. */
export const BillDayQuery = graphql(
  `
    query BillDay($provider: BillProvider!, $day: String!) {
      billDay(provider: $provider, day: $day) {
        ...BillDayParts
        imports {
          id
          rowCount
          addedCount
          changedCount
          at
          back {
            reason
            isMine
            doneAt
          }
          file {
            id
            name
          }
        }
      }
    }
  `,
  [DayParts],
);
export type BillDayWhole = NonNullable<ResultOf<typeof BillDayQuery>['billDay']>;
export type BillFile = BillDayWhole['imports'][number];

/** A page of a day's lines. No buyer is in it. */
export const BillRowsQuery = graphql(`
  query BillRows(
    $provider: BillProvider!
    $day: String!
    $kind: BillKind
    $state: BillRowState
    $first: Int!
    $after: String
  ) {
    billDay(provider: $provider, day: $day) {
      rows(kind: $kind, state: $state, first: $first, after: $after) {
        pageInfo {
          hasNextPage
          endCursor
        }
        edges {
          node {
            id
            kind
            kindText
            number
            at
            orderNumber
            amountFen
            feeFen
            state
            stateText
            providerStateText
          }
        }
      }
    }
  }
`);
export type BillRows = NonNullable<ResultOf<typeof BillRowsQuery>['billDay']>['rows'];
export type BillRow = BillRows['edges'][number]['node'];

export const ImportBillMutation = graphql(
  `
    mutation ImportBill($input: ImportBillInput!) {
      importBill(input: $input) {
        __typename
        ... on ImportBillDone {
          isRepeated
          import {
            id
            rowCount
            addedCount
          }
          days {
            id
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

export const FetchBillMutation = graphql(
  `
    mutation FetchBill($input: FetchBillInput!) {
      fetchBill(input: $input) {
        __typename
        ... on FetchBillDone {
          addedCount
          day {
            id
            day
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

export const AskBillBackMutation = graphql(
  `
    mutation AskBillBack($input: AskBillBackInput!) {
      askBillBack(input: $input) {
        __typename
        ... on BillBackDone {
          import {
            id
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

export const TakeBillBackMutation = graphql(
  `
    mutation TakeBillBack($input: TakeBillBackInput!) {
      takeBillBack(input: $input) {
        __typename
        ... on BillBackDone {
          import {
            id
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
