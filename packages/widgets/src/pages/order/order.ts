import { html, nothing, type TemplateResult } from 'lit';
import { query } from 'lit/decorators.js';
import { putBackButton } from '../../buy/put-back.js';
import { baseStyles } from '../../kit/base.js';
import { clock, when } from '../../kit/dates.js';
import { definePage, ZonePage } from '../../kit/page.js';
import { emptyState, skeleton } from '../../kit/parts.js';
import { orderTexts } from '../../texts/order.js';
import './ask-dialog.js';
import './refund-dialog.js';
import type { AskDialog } from './ask-dialog.js';
import { LiveOrder } from './live-order.js';
import { cancelOrder, confirmReceipt, escalateRefund, requestRefund, type ActionOutcome } from './order-actions.js';
import type { OrderParts, Refund } from './order.documents.js';
import { orderPartStyles } from './order.parts.js';
import { addressCard, costsCard, effectStrip, orderProgress, parcelCard, refundCard } from './order.sections.js';
import { orderStyles } from './order.styles.js';
import type { RefundDialog, RefundWish } from './refund-dialog.js';

const ENDED = new Set(['COMPLETED', 'CANCELLED', 'EXPIRED', 'LATE_REFUNDED', 'REFUNDED']);

/** One order: parcels, costs, what it did, and what its buyer may do with it now. */
class OrderPage extends ZonePage {
  static override styles = [...baseStyles, orderPartStyles, orderStyles];

  @query('aixin-ask-dialog') private asking!: AskDialog;
  @query('aixin-refund-dialog') private refunding!: RefundDialog;
  private refundKey: { wish: string; key: string } | undefined;

  private readonly live = new LiveOrder(this, {
    id: () => this.route.params.id ?? '',
    settled: ({ state }) => ENDED.has(state),
    changed: ({ stateText }) => this.zone.announce(stateText),
  });

  protected override render(): TemplateResult {
    return this.whole(this.live.task, {
      pending: () => html`<div class="narrow">${skeleton([72, 120, 220, 160])}</div>`,
      complete: () => {
        const { order } = this.live;
        this.shown(order ? orderTexts.orderNumber(order.number) : orderTexts.notFoundTitle);
        return html`<div class="narrow">${order ? this.content(order) : this.missing()}</div>`;
      },
    });
  }

  private missing(): TemplateResult {
    return html`<h1 tabindex="-1" class="sr">${orderTexts.notFoundTitle}</h1>
      ${emptyState({
        icon: 'orders',
        title: orderTexts.notFoundTitle,
        text: orderTexts.notFoundText,
        actions: html`<a class="btn ghost" href=${this.zone.href('orders')}>${orderTexts.toOrders}</a>`,
      })}`;
  }

  private content(order: OrderParts): TemplateResult {
    const { parcels, refunds, state } = order;
    const ended = orderTexts.ended[state];
    return html`<p class="sub num">${orderTexts.orderNumber(order.number)} · ${when(order.placedAt)}</p>
      <h1 tabindex="-1">${order.stateText}</h1>
      ${ended ? html`<p class="sub">${ended}</p>` : nothing}
      ${state === 'CANCELLED' || state === 'EXPIRED' ? html`<p class="actions no-print">${putBackButton(this.zone, order)}</p>` : nothing}
      ${order.canPay ? html`<p class="sub">${orderTexts.payBefore(clock(order.expiresAt))}</p>` : nothing}
      ${this.actions(order)}
      ${ended ? nothing : html`<section class="card pad progress">${orderProgress(order)}</section>`}
      ${effectStrip(order, this.zone.href('result', { orderId: order.id }))} ${this.refunds(refunds)}
      <div class="parcels">${parcels.map((parcel, index) => parcelCard(parcel, { index, of: parcels.length }))}</div>
      <div class="two">${costsCard(order)} ${addressCard(order)}</div>
      <aixin-ask-dialog></aixin-ask-dialog>
      <aixin-refund-dialog .send=${(wish: RefundWish) => this.sendRefund(order, wish)}></aixin-refund-dialog>`;
  }

  private refunds(refunds: readonly Refund[]): TemplateResult | typeof nothing {
    if (refunds.length === 0) return nothing;
    return html`<section class="card pad" aria-labelledby="refunds">
      <h2 id="refunds" class="in-card">${orderTexts.refunds}</h2>
      <ul class="lines">
        ${refunds.map((refund) => refundCard(refund, (one) => this.askEscalation(one)))}
      </ul>
    </section>`;
  }

  /** What the server says may be done now, the likely one first; only it is red. */
  private actions(order: OrderParts): TemplateResult | typeof nothing {
    const { canPay, canCancel, canConfirmReceipt, canRequestRefund, state } = order;
    if (!canPay && !canCancel && !canConfirmReceipt && !canRequestRefund) return nothing;
    return html`<div class="actions no-print">
      ${canPay ? html`<a class="btn" href=${this.zone.href('pay', { orderId: order.id })}>${orderTexts.pay}</a>` : nothing}
      ${
        canConfirmReceipt
          ? html`<button class=${state === 'SHIPPED' ? 'btn' : 'btn ghost'} @click=${() => this.askReceipt(order)}>
              ${orderTexts.confirm}
            </button>`
          : nothing
      }
      ${
        canRequestRefund
          ? html`<button class="btn ghost" @click=${() => this.refunding.open(order)}>${orderTexts.refund}</button>`
          : nothing
      }
      ${
        canCancel
          ? html`<button class="btn ghost" @click=${() => this.askCancel(order)}>${orderTexts.cancel}</button>`
          : nothing
      }
    </div>`;
  }

  private askCancel(order: OrderParts): void {
    this.asking.ask({
      title: orderTexts.cancelTitle,
      text: orderTexts.cancelText,
      yes: orderTexts.cancelYes,
      no: orderTexts.keep,
      act: async () => this.took(await cancelOrder(this.zone.client, order.id), orderTexts.cancelled),
    });
  }

  private askReceipt(order: OrderParts): void {
    this.asking.ask({
      title: orderTexts.confirmTitle,
      text: orderTexts.confirmText,
      yes: orderTexts.confirmYes,
      no: orderTexts.notYet,
      act: async () => this.took(await confirmReceipt(this.zone.client, order.id), orderTexts.confirmed),
    });
  }

  private askEscalation(refund: Refund): void {
    this.asking.ask({
      title: orderTexts.escalateTitle,
      text: orderTexts.escalateText,
      yes: orderTexts.escalateYes,
      no: orderTexts.close,
      reason: orderTexts.escalateReason,
      act: async (reason) =>
        this.took(await escalateRefund(this.zone.client, { refundId: refund.id, reason }), orderTexts.escalatedNow),
    });
  }

  private async sendRefund(order: OrderParts, wish: RefundWish): Promise<string | null> {
    const content = JSON.stringify([order.id, wish]);
    // One key for one wish: pressing again after a lost answer is the same request, another choice is a new one.
    if (this.refundKey?.wish !== content) this.refundKey = { wish: content, key: newKey() };
    const input = { ...wish, orderId: order.id, idempotencyKey: this.refundKey.key };
    const refusal = this.took(await requestRefund(this.zone.client, input), orderTexts.requested);
    if (refusal === null) this.refundKey = undefined;
    return refusal;
  }

  private took(outcome: ActionOutcome, said: string): string | null {
    if ('refusal' in outcome) return outcome.refusal;
    this.live.take(outcome.order);
    this.zone.announce(said);
    return null;
  }
}

/** Random enough to be one's own; also where the page is not served over https and `randomUUID` is missing. */
const newKey = (): string =>
  [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');

definePage('aixin-page-order', OrderPage);
