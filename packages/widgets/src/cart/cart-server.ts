import { ClientProblem, graphql, RefusalFacts, type Client, type ResultOf } from '../client/index.js';
import type { CartServer, ServerCart } from './member-cart.js';

const CartFacts = graphql(`
  fragment CartFacts on Cart {
    revision
    version
    lines {
      productId
      quantity
    }
    ordered {
      version
      orderId
    }
  }
`);

const MyCart = graphql(
  `
    query MyCart {
      me {
        id
        cart {
          ...CartFacts
        }
      }
    }
  `,
  [CartFacts],
);

const ChangeCart = graphql(
  `
    mutation ChangeCart($input: ChangeCartInput!) {
      changeCart(input: $input) {
        __typename
        ... on CartDone {
          cart {
            ...CartFacts
          }
        }
        ... on Refusal {
          ...RefusalFacts
        }
      }
    }
  `,
  [CartFacts, RefusalFacts],
);

/** Refusals that pass by themselves: the change waits and is sent again. */
const PASSING = new Set(['SIGNED_OUT', 'CART_BUSY', 'RATE_LIMITED']);

const cartOf = ({ revision, version, lines, ordered }: ResultOf<typeof CartFacts>): ServerCart => ({
  revision,
  version,
  items: lines,
  ordered: ordered ?? undefined,
});

/** The member's cart on the server; `onRefused` gets the server's sentence where a change is refused for good. */
export const cartServer = (client: Client, onRefused: (message: string) => void): CartServer => ({
  async read() {
    const { me } = await client.send(MyCart, {});
    if (!me) throw new ClientProblem('signed-out', 'nobody is signed in');
    return cartOf(me.cart);
  },
  async change({ key, changes, ordered }, seenVersion) {
    const input = { idempotencyKey: key, seenVersion, changes: [...changes], ordered: ordered ?? null };
    const { changeCart } = await client.send(ChangeCart, { input });
    if (changeCart.__typename !== 'Refusal') return cartOf(changeCart.cart);
    if (PASSING.has(changeCart.code)) throw new ClientProblem('offline', changeCart.message);
    onRefused(changeCart.message);
    return undefined;
  },
});
