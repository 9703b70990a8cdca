import { graphql, type ResultOf } from '../../client/index.js';

/** A yuan and its way. */
export const MatchParts = graphql(`
  fragment MatchParts on Match {
    id
    amountFen
    unit
    unitCount
    state
    stateText
    at
    sponsorName
    fundName
    productTitle
    steps {
      state
      text
      at
      done
    }
  }
`);
export type MatchParts = ResultOf<typeof MatchParts>;

/** What was bought, by parcel, with what it cost apart. */
export const BoughtParts = graphql(`
  fragment BoughtParts on Order {
    id
    number
    state
    stateText
    placedAt
    expiresAt
    paidAt
    receivedAt
    goodsFen
    postageFen
    packagingFen
    totalFen
    refundedFen
    parcels {
      id
      postageFen
      packagingFen
      shippedAt
      express
      supplier {
        id
        name
        countyName
      }
      lines {
        lineId
        title
        specification
        countyName
        quantity
        unitPriceFen
        goodsFen
        returnedQuantity
        traceCode
        returnRule
        product {
          id
        }
        picture {
          url
          alt
          background
        }
      }
    }
  }
`);
export type BoughtParts = ResultOf<typeof BoughtParts>;
export type Parcel = BoughtParts['parcels'][number];
export type OrderLine = Parcel['lines'][number];

/** What a purchase did; null until it is settled. */
export const EffectParts = graphql(
  `
    fragment EffectParts on PurchaseEffect {
      recordOrdinal
      organisationName
      points
      notAwarded
      balanceAfter
      pointsLeftToday
      matchedFen
      settledAt
      awards {
        ruleId
        version
        points
        reason
      }
      matches {
        ...MatchParts
      }
    }
  `,
  [MatchParts],
);
export type EffectParts = ResultOf<typeof EffectParts>;

/** One order in full, as its own page shows it. */
export const OrderParts = graphql(
  `
    fragment OrderParts on Order {
      ...BoughtParts
      canPay
      canCancel
      canConfirmReceipt
      canRequestRefund
      address {
        id
        recipient
        mobile
        region
        detail
      }
      promises {
        agreementId
        sponsorName
        amountFen
        unit
        lineId
      }
      refunds {
        failureReason
        id
        state
        stateText
        amountFen
        reason
        decisionReason
        requestedAt
        doneAt
        pointsTakenBack
        matchUndoneFen
        escalated
        lines {
          lineId
          title
          quantity
          amountFen
        }
      }
      effect {
        ...EffectParts
      }
    }
  `,
  [BoughtParts, EffectParts],
);
export type OrderParts = ResultOf<typeof OrderParts>;
export type Refund = OrderParts['refunds'][number];

export const OrderQuery = graphql(
  `
    query Order($id: ID!) {
      node(id: $id) {
        __typename
        ... on Order {
          ...OrderParts
        }
      }
      me {
        id
      }
    }
  `,
  [OrderParts],
);

export const OrderFollowed = graphql(
  `
    subscription OrderFollowed($id: ID!) {
      orderChanged(orderId: $id) {
        ...OrderParts
      }
    }
  `,
  [OrderParts],
);

export const CancelOrder = graphql(
  `
    mutation CancelOrder($input: OrderInput!) {
      cancelOrder(input: $input) {
        __typename
        ... on OrderDone {
          order {
            ...OrderParts
          }
        }
        ... on Refusal {
          code
          message
        }
      }
    }
  `,
  [OrderParts],
);

export const ConfirmReceipt = graphql(
  `
    mutation ConfirmReceipt($input: OrderInput!) {
      confirmReceipt(input: $input) {
        __typename
        ... on OrderDone {
          order {
            ...OrderParts
          }
        }
        ... on Refusal {
          code
          message
        }
      }
    }
  `,
  [OrderParts],
);

export const RequestRefund = graphql(
  `
    mutation RequestRefund($input: RequestRefundInput!) {
      requestRefund(input: $input) {
        __typename
        ... on RefundDone {
          refund {
            id
            order {
              ...OrderParts
            }
          }
        }
        ... on Refusal {
          code
          message
          path
        }
      }
    }
  `,
  [OrderParts],
);

export const EscalateRefund = graphql(
  `
    mutation EscalateRefund($input: EscalateRefundInput!) {
      escalateRefund(input: $input) {
        __typename
        ... on RefundDone {
          refund {
            id
            order {
              ...OrderParts
            }
          }
        }
        ... on Refusal {
          code
          message
          path
        }
      }
    }
  `,
  [OrderParts],
);
