import { graphql, RefusalFacts, type ResultOf } from '../../../../client/index.js';

export const ReceiptsQuery = graphql(`
  query Receipts($first: Int!, $after: String) {
    receipts(first: $first, after: $after) {
      pageInfo {
        hasNextPage
        endCursor
      }
      edges {
        node {
          id
          number
          checkCode
          issuedDay
          amountFen
          sponsorName
          agreementNumber
          reference
          state
          recordedAt
          voidReason
          corrects {
            number
          }
          file {
            id
            name
          }
          remittance {
            id
            receivedFen
            remittedDay
          }
        }
      }
    }
  }
`);
export type Receipt = NonNullable<ResultOf<typeof ReceiptsQuery>['receipts']>['edges'][number]['node'];

/** Remittances that came whole and wait for their receipt. */
export const UnreceiptedQuery = graphql(`
  query Unreceipted {
    remittances(states: [REMITTED]) {
      id
      reference
      sponsorName
      agreementNumber
      receivedFen
      remittedDay
    }
  }
`);
export type Unreceipted = ResultOf<typeof UnreceiptedQuery>['remittances'][number];

const ReceiptAnswer = graphql(
  `
    fragment ReceiptAnswer on ReceiptResult {
      __typename
      ... on ReceiptDone {
        receipt {
          number
        }
      }
      ... on Refusal {
        ...RefusalFacts
      }
    }
  `,
  [RefusalFacts],
);

export const RecordReceipt = graphql(
  `
    mutation RecordReceipt($input: RecordReceiptInput!) {
      recordReceipt(input: $input) {
        ...ReceiptAnswer
      }
    }
  `,
  [ReceiptAnswer],
);

export const VoidReceipt = graphql(
  `
    mutation VoidReceipt($input: VoidReceiptInput!) {
      voidReceipt(input: $input) {
        ...ReceiptAnswer
      }
    }
  `,
  [ReceiptAnswer],
);
