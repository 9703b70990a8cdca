import { graphql, RefusalFacts, type ResultOf } from '../client/index.js';

export const PayableOrder = graphql(`
  fragment PayableOrder on Order {
    id
    number
    state
    stateText
    totalFen
    expiresAt
    canPay
    canCancel
    effect {
      points
    }
    parcels {
      id
      lines {
        lineId
        quantity
        product {
          id
        }
      }
    }
  }
`);

export const OrderToPay = graphql(
  `
    query OrderToPay($id: ID!) {
      node(id: $id) {
        __typename
        ... on Order {
          ...PayableOrder
        }
      }
    }
  `,
  [PayableOrder],
);

export const OpenPayment = graphql(
  `
    mutation OpenPayment($input: PayOrderInput!) {
      payOrder(input: $input) {
        __typename
        ... on PaymentSheet {
          amountFen
          expiresAt
          qrSvg
          h5Url
          pageUrl
          jsapi {
            appId
            timeStamp
            nonceStr
            package
            signType
            paySign
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

export const CancelUnpaid = graphql(
  `
    mutation CancelUnpaid($input: OrderInput!) {
      cancelOrder(input: $input) {
        __typename
        ... on OrderDone {
          order {
            ...PayableOrder
          }
        }
        ... on Refusal {
          ...RefusalFacts
        }
      }
    }
  `,
  [PayableOrder, RefusalFacts],
);

export const OrderChanged = graphql(
  `
    subscription OrderChanged($id: ID!) {
      orderChanged(orderId: $id) {
        ...PayableOrder
      }
    }
  `,
  [PayableOrder],
);

export type Payable = ResultOf<typeof PayableOrder>;
export type PaymentSheet = Extract<ResultOf<typeof OpenPayment>['payOrder'], { __typename: 'PaymentSheet' }>;
