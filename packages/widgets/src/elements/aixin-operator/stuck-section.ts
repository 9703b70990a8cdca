import { html, nothing, type TemplateResult } from 'lit';
import { when } from '../../kit/dates.js';
import { money } from '../../kit/money.js';
import { dotted, tag } from '../../kit/parts.js';
import { operatorTexts } from '../../texts/operator.js';
import type { StuckItem } from './operator.documents.js';

const { stuck: texts } = operatorTexts;
/** The server's own bound for one queue: where it is reached there may be more. */
const MOST_OF_A_QUEUE = 100;

/** What the jobs could not move: age, tries, the provider's words in full, and the button to try at once. */
export const stuckSection = (view: {
  readonly items: readonly StuckItem[];
  readonly busy: (item: StuckItem) => boolean;
  readonly again: (item: StuckItem) => void;
}): TemplateResult => {
  const { items } = view;
  const isCut = Object.keys(texts.queues).some(
    (queue) => items.filter((item) => item.queue === queue).length >= MOST_OF_A_QUEUE,
  );
  return html`<section class="card" aria-labelledby="stuck">
    <h2 class="in-card" id="stuck">${texts.title}<span class="count num">${items.length}</span></h2>
    <p class="sub small">${texts.sub}</p>
    <ul class="items">
      ${items.map((item) => row(item, view))}
    </ul>
    ${isCut ? html`<p class="sub small">${texts.more}</p>` : nothing}
  </section>`;
};

const row = (
  item: StuckItem,
  { busy, again }: { busy: (item: StuckItem) => boolean; again: (item: StuckItem) => void },
): TemplateResult => {
  const what = texts.queues[item.queue];
  const order = operatorTexts.order(item.orderNumber);
  const isEnded = item.code === 'FAILED';
  const next = isEnded ? tag(texts.ended, 'red') : texts.next(when(item.nextAt));
  return html`<li>
    <div class="what">
      <p><b>${what}</b> <span class="num">${order}</span></p>
      <p class="said">${item.reason}<span class="sub code">${item.code}</span></p>
      <p class="sub small">${dotted([texts.since(Date.now() - Date.parse(item.sinceAt), item.tryCount), next])}</p>
    </div>
    <b class="num amount">${money(item.amountFen)}</b>
    <div class="answers">
      <button
        class="btn ghost"
        aria-label=${texts.againOf(what, order)}
        ?disabled=${busy(item)}
        @click=${() => again(item)}
      >
        ${texts.again}
      </button>
    </div>
  </li>`;
};
