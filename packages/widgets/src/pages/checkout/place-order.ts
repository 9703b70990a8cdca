import { ClientProblem, type Refusal, type VariablesOf } from '../../client/index.js';
import type { ZoneHandle } from '../../kit/index.js';
import { PlaceOrder } from './checkout.documents.js';

type Wish = VariablesOf<typeof PlaceOrder>['input'];

/** What came of a press on the button. Of `unknown` nobody can say whether the order stands: the same key tells later. */
export type Placing =
  | { readonly kind: 'placed'; readonly orderId: string }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  | { readonly kind: 'signed-out' | 'unknown' | 'failed' };

/** Sends the order, and tells every way in which it can end. */
export async function place(zone: ZoneHandle, wish: Wish): Promise<Placing> {
  try {
    const { placeOrder } = await zone.client.send(PlaceOrder, { input: wish });
    if (placeOrder.__typename !== 'Refusal') return { kind: 'placed', orderId: placeOrder.order.id };
    return placeOrder.code === 'SIGNED_OUT' ? { kind: 'signed-out' } : { kind: 'refused', refusal: placeOrder };
  } catch (reason) {
    if (!(reason instanceof ClientProblem)) return { kind: 'failed' };
    if (reason.kind === 'signed-out') return { kind: 'signed-out' };
    return { kind: reason.kind === 'offline' ? 'unknown' : 'failed' };
  }
}
