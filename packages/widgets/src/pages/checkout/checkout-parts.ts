import { html, nothing, type TemplateResult } from 'lit';
import type { BuyFacts } from '../../buy/buy.documents.js';
import type { Refusal } from '../../client/index.js';
import { emptyState, type ZoneHandle } from '../../kit/index.js';
import { checkout } from '../../texts/checkout.js';
import type { Address } from './checkout.documents.js';

interface RefusalActions {
  /** Asks prices and promises anew. */
  readonly lookAgain: () => void;
  /** Where the member's orders are. */
  readonly orders: string;
  readonly more: TemplateResult | typeof nothing;
}

export const refusalNote = (refusal: Refusal, { lookAgain, orders, more }: RefusalActions): TemplateResult => {
  const again = { PRICE_CHANGED: checkout.priceNow, PROMISE_GONE: checkout.promiseNow }[refusal.code];
  return html`<div class="note red" role="alert" tabindex="-1" data-refusal>
    <p>${refusal.message}</p>
    ${again ? html`<button class="text-btn" @click=${lookAgain}>${again}</button>` : nothing}
    ${refusal.code === 'KEY_REUSED' ? html`<a href=${orders}>${checkout.keyReused}</a>` : nothing} ${more}
  </div>`;
};

interface Confirming {
  readonly checked: boolean;
  readonly onChange: (yes: boolean) => void;
}

/** What is fresh or made to order is bought by somebody who has read that it does not go back. */
export const confirmBox = (product: BuyFacts, { checked, onChange }: Confirming): TemplateResult | typeof nothing => {
  if (product.returnRule !== 'EXCLUDED') return nothing;
  return html`<div class="note exclusion">
    <p>${product.returnRuleText}</p>
    <label class="check">
      <input
        type="checkbox"
        data-confirm=${product.id}
        .checked=${checked}
        @change=${(event: Event) => {
          onChange((event.target as HTMLInputElement).checked);
        }}
      />
      ${checkout.confirm}
    </label>
  </div>`;
};

interface Asked {
  readonly onUse: () => void;
  readonly onDrop: () => void;
}

/** An address was typed and not saved, and another one is chosen. */
export const askNote = (chosen: Address, { onUse, onDrop }: Asked): TemplateResult =>
  html`<div class="note ask" role="group" aria-label=${checkout.askTyped} tabindex="-1" data-ask>
    <p>${checkout.askTyped}</p>
    <button class="btn small wide" @click=${onUse}>${checkout.useTyped}</button>
    <button class="btn ghost small wide" @click=${onDrop}>
      ${checkout.dropTyped(chosen.recipient, chosen.region)}
    </button>
  </div>`;

interface SubmitView {
  /** A question that must be answered first. */
  readonly above: TemplateResult | typeof nothing;
  readonly trouble: string;
  /** Where the session has ended: the way back. */
  readonly signIn: (() => void) | undefined;
  readonly busy: boolean;
  readonly totalFen: number;
  readonly onSubmit: () => void;
}

/** What is missing is said right at the button; on a phone both stay in sight above the zone's own bar. */
export const submitBox = ({ above, trouble, signIn, busy, totalFen, onSubmit }: SubmitView): TemplateResult =>
  html`<div class="submit no-print">
    ${above}
    <p class="wrong" role="alert">${signIn ? checkout.signedOut : trouble}</p>
    ${signIn ? html`<button class="btn ghost wide" @click=${signIn}>${checkout.signInAgain}</button>` : nothing}
    <button class="btn wide" aria-disabled=${busy ? 'true' : 'false'} @click=${onSubmit}>
      ${busy ? html`<span class="spinner"></span>${checkout.submitting}` : checkout.submit(totalFen)}
    </button>
  </div>`;

/** Another tab was quicker with the same cart. */
export const orderedNote = (zone: ZoneHandle, orderId: string): TemplateResult => {
  const actions = html`<a class="btn" href=${zone.href('pay', { orderId })}>${checkout.toOrder}</a>
    <a class="btn ghost" href=${zone.href('cart')}>${checkout.backToCart}</a>`;
  return emptyState({ icon: 'orders', title: checkout.ordered, text: checkout.orderedText, actions });
};

export const nothingNote = (zone: ZoneHandle): TemplateResult => {
  const actions = html`<a class="btn ghost" href=${zone.href('cart')}>${checkout.backToCart}</a>`;
  return emptyState({ icon: 'basket', title: checkout.nothing, text: checkout.nothingText, actions });
};
