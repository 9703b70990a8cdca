import { html, nothing, type TemplateResult } from 'lit';
import { fullDate, when } from '../../kit/dates.js';
import { icon } from '../../kit/icons.js';
import { money } from '../../kit/money.js';
import { tag, way } from '../../kit/parts.js';
import { orderTexts } from '../../texts/order.js';
import type { OrderParts, Parcel, Refund } from './order.documents.js';
import { costRow, gainTags, orderLine, parcelCosts } from './order.parts.js';
import { lastOf } from '../../kit/lists.js';

const RECEIVED = new Set(['RECEIVED', 'COMPLETED']);

/** Where the order stands, from placing it to the end of the return window. */
export const orderProgress = (order: OrderParts): TemplateResult => {
  const { parcels, state, placedAt, paidAt, receivedAt } = order;
  const sent = parcels.filter(({ shippedAt }) => shippedAt !== null);
  // A supplier who forgot to note the dispatch does not leave a gap: what was received has been sent.
  const allSent = sent.length === parcels.length || RECEIVED.has(state);
  const partly = sent.length > 0 && !allSent;
  const { steps } = orderTexts;
  return way(
    [
      { text: steps.placed, at: placedAt, done: true },
      { text: steps.paid, at: paidAt, done: paidAt !== null },
      {
        text: partly ? orderTexts.shippedSome(sent.length, parcels.length) : steps.shipped,
        at: lastOf(sent)?.shippedAt ?? null,
        done: allSent,
      },
      { text: steps.received, at: receivedAt, done: RECEIVED.has(state) },
      { text: steps.completed, done: state === 'COMPLETED' },
    ],
    orderTexts.progress,
  );
};

export const parcelCard = (parcel: Parcel, position: { index: number; of: number }): TemplateResult =>
  html`<section class="card pad parcel">
    <header class="apart">
      <h2 class="in-card">${orderTexts.parcel(position.index + 1, position.of)} · ${parcel.supplier.name}</h2>
      <span class="sub small">${parcel.supplier.countyName}</span>
    </header>
    <p class=${parcel.shippedAt ? 'express' : 'express sub'}>
      ${icon('truck', 20)}
      <span>
        ${
          parcel.shippedAt
            ? html`${orderTexts.shipped(when(parcel.shippedAt))}${
                parcel.express ? html` · <span class="num copyable">${parcel.express}</span>` : nothing
              }`
            : orderTexts.notShipped
        }
      </span>
    </p>
    <ul class="lines">
      ${parcel.lines.map((line) => orderLine(line, parcel))}
    </ul>
  </section>`;

export const costsCard = (order: OrderParts): TemplateResult =>
  html`<section class="card pad">
    <h2 class="in-card">${orderTexts.costs}</h2>
    <ul class="lines slim">
      ${costRow(orderTexts.goods, order.goodsFen)} ${parcelCosts(order.parcels)}
      ${costRow(orderTexts.total, order.totalFen, true)}
      ${order.refundedFen > 0 ? costRow(orderTexts.refunded, -order.refundedFen) : nothing}
    </ul>
  </section>`;

export const addressCard = ({ address, placedAt, paidAt, receivedAt }: OrderParts): TemplateResult =>
  html`<section class="card pad">
    ${
      address
        ? html`<h2 class="in-card">${orderTexts.address}</h2>
            <p>${address.recipient} <span class="num sub">${address.mobile}</span></p>
            <p class="sub">${address.region} ${address.detail}</p>`
        : nothing
    }
    <dl class="facts small dates">
      <dt>${orderTexts.placedAt}</dt>
      <dd class="num">${fullDate(placedAt)}</dd>
      ${
        paidAt
          ? html`<dt>${orderTexts.paidAt}</dt>
              <dd class="num">${fullDate(paidAt)}</dd>`
          : nothing
      }
      ${
        receivedAt
          ? html`<dt>${orderTexts.receivedAt}</dt>
              <dd class="num">${fullDate(receivedAt)}</dd>`
          : nothing
      }
    </dl>
  </section>`;

/** What the purchase did, in a line that leads to the whole; before payment, what was promised. */
export const effectStrip = (order: OrderParts, href: string): TemplateResult | typeof nothing => {
  const { effect, promises } = order;
  if (effect) {
    return html`<a class="card strip" href=${href}>
      <span class="row">
        ${gainTags(order)}
        <span>${orderTexts.effectLink}</span>
      </span>
      ${icon('next', 18)}
    </a>`;
  }
  if (promises.length === 0 || order.state !== 'PLACED') return nothing;
  return html`<section class="note leaf">
    <h2 class="in-card">${orderTexts.promised}</h2>
    <ul>
      ${promises.map(
        ({ sponsorName, amountFen, unit }) =>
          html`<li>${orderTexts.promise(sponsorName, amountFen, orderTexts.unit[unit])}</li>`,
      )}
    </ul>
  </section>`;
};

const TONES = {
  REQUESTED: 'gold',
  APPROVED: 'gold',
  SENT: 'gold',
  DONE: 'leaf',
  REJECTED: 'red',
  FAILED: 'red',
} as const;

/** One request for a refund: what for, how it was decided and why, what it took back. */
export const refundCard = (refund: Refund, escalate: (refund: Refund) => void): TemplateResult => {
  const { state, stateText, amountFen, lines, reason, decisionReason, requestedAt, doneAt, escalated, failureReason } =
    refund;
  const taken = state === 'DONE' ? orderTexts.refundNote(refund.pointsTakenBack, refund.matchUndoneFen) : '';
  return html`<li class="refund">
    <div class="apart">
      <p class="row">${tag(stateText, TONES[state])} ${escalated ? tag(orderTexts.escalated, 'plain') : nothing}</p>
      <b class="num">${money(amountFen)}</b>
    </div>
    <p>${lines.map(({ title, quantity }) => `${title} ${orderTexts.times(quantity)}`).join('，')}</p>
    ${failureReason ? html`<p class="note red">${orderTexts.refundFailed(failureReason)}</p>` : nothing}
    <dl class="facts small">
      <dt>${orderTexts.reason}</dt>
      <dd>${reason}</dd>
      ${
        decisionReason
          ? html`<dt>${orderTexts.decision}</dt>
              <dd>${decisionReason}</dd>`
          : nothing
      }
    </dl>
    <p class="sub small num">
      ${[orderTexts.asked(when(requestedAt)), doneAt ? orderTexts.done(when(doneAt)) : '', taken].filter(Boolean).join(' · ')}
    </p>
    ${
      state === 'REJECTED' && !escalated
        ? html`<button class="btn ghost small" @click=${() => escalate(refund)}>${orderTexts.escalate}</button>`
        : nothing
    }
  </li>`;
};
