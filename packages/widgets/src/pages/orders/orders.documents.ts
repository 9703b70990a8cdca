import { graphql, type ResultOf } from '../../client/index.js';

/** Own orders, newest first: what a row of the list shows. */
export const OrdersQuery = graphql(`
  query Orders($first: Int!, $after: String, $state: OrderState) {
    me {
      id
      orders(first: $first, after: $after, state: $state) {
        totalCount
        pageInfo {
          hasNextPage
          endCursor
        }
        edges {
          node {
            id
            number
            state
            stateText
            placedAt
            expiresAt
            totalFen
            refundedFen
            canPay
            canConfirmReceipt
            effect {
              points
              matchedFen
            }
            refunds {
              id
              pointsTakenBack
              matchUndoneFen
            }
            parcels {
              id
              supplier {
                id
                name
              }
              lines {
                lineId
                title
                quantity
                picture {
                  url
                  alt
                  background
                }
              }
            }
          }
        }
      }
    }
  }
`);
export type OrderRow = NonNullable<ResultOf<typeof OrdersQuery>['me']>['orders']['edges'][number]['node'];
