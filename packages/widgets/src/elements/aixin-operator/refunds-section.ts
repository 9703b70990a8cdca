import { html, nothing, type TemplateResult } from 'lit';
import { when } from '../../kit/dates.js';
import { money } from '../../kit/money.js';
import { tag } from '../../kit/parts.js';
import { operatorTexts } from '../../texts/operator.js';
import type { RefundItem } from './operator.documents.js';

const { refunds: texts } = operatorTexts;

type Decide = (item: RefundItem, approve: boolean) => void;

/** Refunds that wait for the operator's decision; of one that failed the provider's words in full. */
export const refundsSection = (view: {
  readonly items: readonly RefundItem[];
  readonly hasMore: boolean;
  readonly decide: Decide;
}): TemplateResult =>
  html`<section class="card" aria-labelledby="refunds">
    <h2 class="in-card" id="refunds">${texts.title}<span class="count num">${view.items.length}</span></h2>
    <p class="sub small">${texts.sub}</p>
    <ul class="items">
      ${view.items.map((item) => row(item, view.decide))}
    </ul>
    ${view.hasMore ? html`<p class="sub small">${texts.more}</p>` : nothing}
  </section>`;

const row = (item: RefundItem, decide: Decide): TemplateResult => {
  const { state, stateText, amountFen, reason, failureReason, requestedAt, lines } = item;
  const order = operatorTexts.order(item.order.number);
  const isFailed = state === 'FAILED';
  const yes = isFailed ? texts.resend : texts.approve;
  return html`<li>
    <div class="what">
      <p>${tag(stateText, isFailed ? 'red' : 'gold')} <b class="num">${order}</b></p>
      <p>${operatorTexts.goods(lines)}</p>
      ${failureReason ? html`<p class="said red">${texts.provider(failureReason)}</p>` : nothing}
      <p class="sub">${texts.buyer(reason)}</p>
      <p class="sub small">${operatorTexts.asked(when(requestedAt))}${isFailed ? html`，${texts.failed}` : nothing}</p>
    </div>
    <b class="num amount">${money(amountFen)}</b>
    <div class="answers">
      <button class="btn ghost" aria-label=${texts.of(yes, order, amountFen)} @click=${() => decide(item, true)}>
        ${yes}
      </button>
      <button
        class="btn ghost"
        aria-label=${texts.of(texts.reject, order, amountFen)}
        @click=${() => decide(item, false)}
      >
        ${texts.reject}
      </button>
    </div>
  </li>`;
};
