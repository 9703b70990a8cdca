import { graphql, RefusalFacts, type ResultOf } from '../../client/index.js';

export const AddressFacts = graphql(`
  fragment AddressFacts on Address {
    id
    recipient
    mobile
    region
    detail
    isDefault
  }
`);

export const MyAddresses = graphql(
  `
    query MyAddresses {
      me {
        id
        addresses {
          ...AddressFacts
        }
      }
    }
  `,
  [AddressFacts],
);

export const SaveAddress = graphql(
  `
    mutation SaveAddress($input: SaveAddressInput!) {
      saveAddress(input: $input) {
        __typename
        ... on AddressDone {
          address {
            ...AddressFacts
          }
        }
        ... on Refusal {
          ...RefusalFacts
        }
      }
    }
  `,
  [AddressFacts, RefusalFacts],
);

export const RemoveAddress = graphql(
  `
    mutation RemoveAddress($input: RemoveAddressInput!) {
      removeAddress(input: $input) {
        __typename
        ... on RemoveAddressDone {
          removedId
          undo
        }
        ... on Refusal {
          ...RefusalFacts
        }
      }
    }
  `,
  [RefusalFacts],
);

export const RestoreAddress = graphql(
  `
    mutation RestoreAddress($input: RestoreAddressInput!) {
      restoreAddress(input: $input) {
        __typename
        ... on AddressDone {
          address {
            ...AddressFacts
          }
        }
        ... on Refusal {
          ...RefusalFacts
        }
      }
    }
  `,
  [AddressFacts, RefusalFacts],
);

export const PlaceOrder = graphql(
  `
    mutation PlaceOrder($input: PlaceOrderInput!) {
      placeOrder(input: $input) {
        __typename
        ... on PlaceOrderDone {
          order {
            id
            totalFen
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

export type Address = ResultOf<typeof AddressFacts>;
