import { graphql, RefusalFacts, type ResultOf } from '../../client/index.js';

/** Everything that waits for the operator. */
export const OperatorQuery = graphql(`
  query OperatorDesk {
    me {
      id
      capabilities
    }
    stuckWork {
      queue
      itemId
      orderNumber
      amountFen
      sinceAt
      nextAt
      tryCount
      code
      reason
    }
    refundRequests(first: 50) {
      pageInfo {
        hasNextPage
      }
      edges {
        node {
          id
          state
          stateText
          amountFen
          reason
          failureReason
          requestedAt
          order {
            number
          }
          lines {
            title
            quantity
          }
        }
      }
    }
    outsideRefunds(openOnly: true) {
      outsideId
      orderNumber
      paymentId
      refundId
      amountFen
      seenAt
      order {
        id
        stateText
        parcels {
          id
          lines {
            lineId
            title
            specification
            quantity
            returnedQuantity
          }
        }
      }
    }
  }
`);
export type OperatorDesk = ResultOf<typeof OperatorQuery>;
export type StuckItem = NonNullable<OperatorDesk['stuckWork']>[number];
export type RefundItem = NonNullable<OperatorDesk['refundRequests']>['edges'][number]['node'];
export type OutsideItem = NonNullable<OperatorDesk['outsideRefunds']>[number];

export const TryStuckNow = graphql(
  `
    mutation TryStuckNow($input: TryStuckNowInput!) {
      tryStuckNow(input: $input) {
        __typename
        ... on TryStuckNowDone {
          itemId
        }
        ... on Refusal {
          ...RefusalFacts
        }
      }
    }
  `,
  [RefusalFacts],
);

export const DecideRefund = graphql(
  `
    mutation DecideRefund($input: DecideRefundInput!) {
      decideRefund(input: $input) {
        __typename
        ... on RefundDone {
          refund {
            id
            stateText
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

export const BookOutsideRefund = graphql(
  `
    mutation BookOutsideRefund($input: BookOutsideRefundInput!) {
      bookOutsideRefund(input: $input) {
        __typename
        ... on OutsideRefundDone {
          outsideRefund {
            outsideId
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

export const DecideOutsideRefund = graphql(
  `
    mutation DecideOutsideRefund($input: DecideOutsideRefundInput!) {
      decideOutsideRefund(input: $input) {
        __typename
        ... on OutsideRefundDone {
          outsideRefund {
            outsideId
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
