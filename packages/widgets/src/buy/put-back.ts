import { html, nothing, type TemplateResult } from 'lit';
import type { ZoneHandle } from '../kit/page.js';
import { pay } from '../texts/checkout.js';

interface Ended {
  readonly parcels: readonly {
    readonly lines: readonly { readonly quantity: number; readonly product: { readonly id: string } | null }[];
  }[];
}

/** One press brings what an order held back into the cart, and there; what is no longer on the shelf stays out. */
export const putBackButton = (zone: ZoneHandle, order: Ended): TemplateResult | typeof nothing => {
  const items = order.parcels.flatMap(({ lines }) =>
    lines.flatMap(({ product, quantity }) => (product ? [{ productId: product.id, quantity }] : [])),
  );
  if (items.length === 0) return nothing;
  const onPress = (): void => {
    zone.cart.putBack(items);
    zone.announce(pay.putBackDone);
    zone.navigate(zone.href('cart'));
  };
  return html`<button class="btn" @click=${onPress}>${pay.putBack}</button>`;
};
