import { setTimeout as sleep } from 'node:timers/promises';
import type { Answer, World } from '../world.js';

/** All that a step needs of a world: whom to ask, and where to pay. */
export type Asking = Pick<World, 'ask' | 'provider'>;

/** What a page does with the ids it was given: nothing. Only a test that knows the seed makes one up. */
export function globalId(typeName: string, id: string): string {
  return Buffer.from(`${typeName}:${id}`).toString('base64');
}

/** Far more than a slow and busy machine takes: only what never comes to pass meets it. */
const PATIENCE_MS = 120_000;

export async function until(condition: () => Promise<boolean>): Promise<void> {
  const endMs = performance.now() + PATIENCE_MS;
  while (performance.now() < endMs) {
    if (await condition()) return;
    await sleep(20);
  }
  throw new Error('it did not come to pass within two minutes');
}

let addressCount = 0;

export async function newAddress(world: Asking, who: string): Promise<string> {
  addressCount += 1;
  const { data } = await world.ask(
    who,
    `mutation ($input: SaveAddressInput!) { saveAddress(input: $input) {
    ... on AddressDone { address { id mobile } } ... on Refusal { code message } } }`,
    {
      input: {
        ...{ idempotencyKey: `address-${addressCount}`, recipient: '李春华', mobile: '13812341234' },
        region: '重庆市渝中区',
        detail: '人民路 1 号',
        isDefault: true,
      },
    },
  );
  return data.saveAddress.address.id as string;
}

export async function placing(world: Asking, who: string | null, input: object): Promise<Answer> {
  const { data } = await world.ask(
    who,
    `mutation ($input: PlaceOrderInput!) { placeOrder(input: $input) {
    __typename ... on PlaceOrderDone { order { id number state totalFen } }
    ... on Refusal { code message path productId leftCount retryAfterMs } } }`,
    { input },
  );
  return data.placeOrder;
}

export async function place(world: Asking, who: string, input: object): Promise<{ order: { id: string } }> {
  const placed = (await placing(world, who, input)) as { __typename: string; order: { id: string } };
  if (placed.__typename !== 'PlaceOrderDone') throw new Error(`not placed: ${JSON.stringify(placed)}`);
  return placed;
}

/** Opens the payment, presses the buyer's button at the provider, and waits until the purchase is settled. */
export async function payByScan(world: Asking, who: string, orderId: string): Promise<Answer> {
  const { data } = await world.ask(
    who,
    `mutation ($input: PayOrderInput!) { payOrder(input: $input) {
    __typename ... on PaymentSheet { scene amountFen expiresAt codeUrl qrSvg h5Url pageUrl jsapi { appId } order { id } }
    ... on Refusal { code message } } }`,
    { input: { orderId, scene: 'NATIVE' } },
  );
  const sheet = data.payOrder;
  const pressed = await fetch(`${world.provider.url}/dev/pay`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ code_url: sheet.codeUrl }),
  });
  if (!pressed.ok) throw new Error(`the provider took no payment: ${await pressed.text()}`);
  await until(async () => {
    const { data: now } = await world.ask(
      who,
      'query ($id: ID!) { node(id: $id) { ... on Order { effect { points } } } }',
      { id: orderId },
    );
    return now.node.effect !== null;
  });
  return sheet;
}
