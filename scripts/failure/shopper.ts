import type { FailureWorld } from './world.js';

export type Refused = { readonly refused: string };

export interface Placed {
  readonly orderId: string;
  readonly totalFen: number;
}

/** A buyer at the zone's front door, as a page would be: GraphQL over HTTP, an answer or an error. */
export interface Shopper {
  place(key: string, lines: readonly { productId: string; quantity: number }[]): Promise<Placed | Refused>;
  /** Opens the payment; gives its number at the provider. */
  openPayment(orderId: string): Promise<string | Refused>;
  cancel(orderId: string): Promise<'done' | Refused>;
  askBack(orderId: string, input: { key: string; quantity: number }): Promise<{ refundId: string } | Refused>;
  look(orderId: string): Promise<{ state: string; settled: boolean; refundStates: readonly string[] }>;
}

/** A persona of the portal, with an address of its own. */
export async function shopperOf(world: FailureWorld, persona: string): Promise<Shopper> {
  const ask = asker(world, persona);
  const saved = await ask('saveAddress', 'SaveAddressInput', '... on AddressDone { address { id } }', {
    ...{ idempotencyKey: 'address-1', recipient: '李春华', mobile: '13812341234', region: '重庆市渝中区' },
    ...{ detail: '人民路 1 号', isDefault: true },
  });
  const addressId = (saved['address'] as { id: string } | undefined)?.id;
  if (addressId === undefined) throw new Error(`no address for ${persona}: ${JSON.stringify(saved)}`);
  return {
    async place(key, lines) {
      const wanted = lines.map(({ productId, quantity }) => ({ productId: globalId('Product', productId), quantity }));
      const input = { idempotencyKey: key, addressId, lines: wanted };
      const answer = await ask(
        'placeOrder',
        'PlaceOrderInput',
        '... on PlaceOrderDone { order { id totalFen } }',
        input,
      );
      if (typeof answer['code'] === 'string') return { refused: answer['code'] };
      const { id, totalFen } = answer['order'] as { id: string; totalFen: number };
      return { orderId: rawId(id), totalFen };
    },
    async openPayment(orderId) {
      const input = { orderId: globalId('Order', orderId), scene: 'NATIVE' };
      const answer = await ask('payOrder', 'PayOrderInput', '... on PaymentSheet { codeUrl }', input);
      return typeof answer['code'] === 'string' ? { refused: answer['code'] } : `${orderId}01`;
    },
    async cancel(orderId) {
      const answer = await ask('cancelOrder', 'OrderInput', '... on OrderDone { order { state } }', {
        orderId: globalId('Order', orderId),
      });
      return typeof answer['code'] === 'string' ? { refused: answer['code'] } : 'done';
    },
    async askBack(orderId, { key, quantity }) {
      const lines = [{ lineId: '1', quantity }];
      const input = { idempotencyKey: key, orderId: globalId('Order', orderId), lines, reason: '不想要了' };
      const answer = await ask('requestRefund', 'RequestRefundInput', '... on RefundDone { refund { id } }', input);
      return typeof answer['code'] === 'string'
        ? { refused: answer['code'] }
        : { refundId: (answer['refund'] as { id: string }).id };
    },
    async look(orderId) {
      const query = 'query ($id: ID!) { node(id: $id) { ... on Order { state effect { points } refunds { state } } } }';
      const { node } = (await post(world, persona, { query, variables: { id: globalId('Order', orderId) } })) as {
        node: Looked | null;
      };
      if (!node) throw new Error(`the order ${orderId} cannot be seen`);
      return { state: node.state, settled: node.effect !== null, refundStates: node.refunds.map((one) => one.state) };
    },
  };
}

interface Looked {
  readonly state: string;
  readonly effect: object | null;
  readonly refunds: readonly { readonly state: string }[];
}

/** The operator's answer to a request for money back. */
export async function approveRefund(world: FailureWorld, refundId: string): Promise<void> {
  await asker(world, 'operator')('decideRefund', 'DecideRefundInput', '... on RefundDone { refund { state } }', {
    ...{ refundId, approve: true, reason: '同意' },
  });
}

export type Ask = (
  field: string,
  type: string,
  part: string,
  input: object,
) => Promise<Readonly<Record<string, unknown>>>;

/** Sends one mutation as a persona; gives the outcome, with `code` where it is a refusal. */
export function asker(world: FailureWorld, persona: string): Ask {
  return async (field, type, part, input) => {
    const query = `mutation ($input: ${type}!) { ${field}(input: $input) { __typename ${part} ... on Refusal { code } } }`;
    const data = (await post(world, persona, { query, variables: { input } })) as Record<
      string,
      Record<string, unknown>
    >;
    return data[field] ?? {};
  };
}

/** No page waits longer than this for an answer. */
const ANSWER_WITHIN_MS = 20_000;

/** Sends one operation as a persona; gives its data or throws. */
export async function post(world: FailureWorld, persona: string, body: object): Promise<unknown> {
  const response = await fetch(`${world.url()}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${await tokenOf(world, persona)}` },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
  });
  const { data, errors } = (await response.json()) as { data?: unknown; errors?: unknown };
  if (errors !== undefined || data === undefined) throw new Error(`the zone did not answer: ${JSON.stringify(errors)}`);
  return data;
}

const tokens = new WeakMap<FailureWorld, Map<string, { token: string; untilMs: number }>>();
const TOKEN_SECONDS = 3_600;

/** A persona's token, of the portal. */
export async function tokenOf(world: FailureWorld, persona: string): Promise<string> {
  const known = tokens.get(world) ?? new Map<string, { token: string; untilMs: number }>();
  tokens.set(world, known);
  const kept = known.get(persona);
  if (kept && kept.untilMs > Date.now()) return kept.token;
  const token = await world.portal.token(persona, TOKEN_SECONDS);
  known.set(persona, { token, untilMs: Date.now() + (TOKEN_SECONDS * 1_000) / 2 });
  return token;
}

function globalId(type: string, id: string): string {
  return Buffer.from(`${type}:${id}`).toString('base64');
}

function rawId(id: string): string {
  return Buffer.from(id, 'base64').toString('utf8').split(':')[1] ?? '';
}
