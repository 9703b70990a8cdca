import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { followOrder, readOrder } from '../../buy/follow-order.js';
import { CancelUnpaid, OpenPayment, type Payable, type PaymentSheet } from '../../buy/pay.documents.js';
import type { Refusal } from '../../client/index.js';
import { putBackButton } from '../../buy/put-back.js';
import { baseStyles, clock, definePage, emptyState, price, skeleton, taskOf, ZonePage } from '../../kit/index.js';
import { checkout, pay } from '../../texts/checkout.js';
import { common } from '../../texts/common.js';
import { IN_WECHAT, scenes } from './scenes.js';
import { type BridgeEnd, payByBridge } from './wechat-bridge.js';

/** States in which the money is there and the effect is, or will be in a moment, to be seen. */
const SETTLED = new Set<Payable['state']>(['PAID', 'SHIPPED', 'RECEIVED', 'COMPLETED', 'REFUNDED']);

/** A picture from text, as an image: nothing in it can run. */
const asImage = (svg: string): string => `data:image/svg+xml,${encodeURIComponent(svg)}`;

/** Waiting for the money: QR or button, live state, and on to the result by itself. Expiry is told once and calmly. */
class PayElement extends ZonePage {
  static override styles = [
    ...baseStyles,
    css`
      .sheet {
        display: grid;
        grid-template-columns: minmax(0, 1fr) 300px;
        gap: 32px;
        margin-top: 20px;
        padding: 32px;
      }
      .amount .price {
        display: block;
        margin: 4px 0 12px;
        font-size: var(--ax-t34);
      }
      .left {
        display: grid;
        gap: 16px;
        align-content: start;
      }
      .narrow {
        max-width: 800px;
        margin: auto;
      }
      .qr {
        display: grid;
        align-content: start;
        justify-items: center;
        gap: 12px;
      }
      .qr img {
        width: 240px;
        height: 240px;
        padding: 12px;
        background: #fff;
        border: 1px solid var(--ax-line);
        border-radius: var(--ax-radius-s);
      }
      .wait {
        display: flex;
        gap: 10px;
        align-items: center;
        color: var(--ax-leaf);
      }
      .wait.down {
        color: var(--ax-ink-2);
      }
      @media (max-width: 640px) {
        .sheet {
          grid-template-columns: minmax(0, 1fr);
          padding: 20px;
        }
      }
    `,
  ];

  @state() private order: Payable | undefined;
  @state() private sheet: PaymentSheet | undefined;
  @state() private refusal: Refusal | undefined;
  @state() private live = true;
  @state() private busy = false;
  /** How WeChat's own sheet was left; null while it was not opened, and while it is open. */
  @state() private left: BridgeEnd | null = null;
  @state() private byCode = false;

  private following: AbortController | undefined;

  private readonly open = taskOf(
    this,
    async ([orderId], { signal }) => {
      const order = await readOrder(this.zone.client, orderId, signal);
      if (!order) return null;
      this.take(order);
      if (order.canPay) await this.openPayment(orderId, signal);
      return order;
    },
    () => [this.route.params['orderId'] ?? ''] as const,
  );

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.following?.abort();
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('route')) this.follow(this.route.params['orderId'] ?? '');
  }

  private follow(orderId: string): void {
    this.following?.abort();
    this.following = new AbortController();
    void followOrder(this.zone.client, orderId, {
      signal: this.following.signal,
      onOrder: (order) => {
        this.take(order);
      },
      onLive: (live) => {
        this.live = live;
      },
    });
  }

  private async openPayment(orderId: string, signal: AbortSignal): Promise<void> {
    const returnUrl = new URL(this.zone.href('pay', { orderId }), location.href).href;
    for (const scene of scenes(this.byCode)) {
      const input = { orderId, scene, returnUrl };
      const { payOrder } = await this.zone.client.send(OpenPayment, { input }, { signal });
      if (payOrder.__typename === 'Refusal') {
        if (scene === 'JSAPI' && payOrder.code === 'PAYER_UNKNOWN') continue;
        this.refusal = payOrder;
        return;
      }
      this.refusal = undefined;
      this.sheet = payOrder;
      if (payOrder.jsapi) void this.payInWechat(payOrder.jsapi);
      return;
    }
  }

  /** Opens WeChat's sheet: at once, as the buyer came to pay, and again by the button. */
  private async payInWechat(parameters: NonNullable<PaymentSheet['jsapi']>): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.left = null;
    const left = await payByBridge(parameters);
    this.busy = false;
    if (!this.isConnected) return;
    this.left = left;
    if (left.kind === 'ok') await this.check();
  }

  private async payByCode(orderId: string): Promise<void> {
    this.byCode = true;
    this.left = null;
    this.sheet = undefined;
    try {
      await this.openPayment(orderId, new AbortController().signal);
    } catch {
      this.zone.announce(checkout.failed, { urgent: true });
    }
  }

  private take(order: Payable): void {
    this.order = order;
    if (!SETTLED.has(order.state) || !this.isConnected) return;
    this.following?.abort();
    this.zone.announce(pay.paid);
    this.zone.navigate(this.zone.href('result', { orderId: order.id }), { replace: true });
  }

  private async check(): Promise<void> {
    const order = await readOrder(this.zone.client, this.order?.id ?? '').catch(() => null);
    if (order) this.take(order);
    if (order?.canPay) this.zone.announce(pay.waiting);
  }

  private async cancel(orderId: string): Promise<void> {
    this.busy = true;
    try {
      const { cancelOrder } = await this.zone.client.send(CancelUnpaid, { input: { orderId } });
      if (cancelOrder.__typename === 'Refusal') this.refusal = cancelOrder;
      else this.take(cancelOrder.order);
    } catch {
      this.zone.announce(checkout.failed, { urgent: true });
    } finally {
      this.busy = false;
    }
  }

  /** Nothing to pay any more, and nothing was bought: says why, that no money is gone, and the way on. */
  private renderOver(order: Payable): TemplateResult {
    const texts = {
      CANCELLED: { title: pay.cancelled, text: pay.cancelledText },
      EXPIRED: { title: pay.expired, text: pay.expiredText },
      LATE_REFUNDED: { title: pay.late, text: pay.lateText },
    };
    const { title, text } =
      order.state in texts ? texts[order.state as keyof typeof texts] : { title: pay.closed, text: order.stateText };
    this.shown(title);
    const actions = html`${putBackButton(this.zone, order)}
      <a class="btn ghost" href=${this.zone.href('home')}>${pay.again}</a>
      <a class="btn ghost" href=${this.zone.href('order', { id: order.id })}>${pay.seeOrder}</a>`;
    return html`<h1 class="sr" tabindex="-1">${title}</h1>
      ${emptyState({ icon: 'orders', title, text, actions })}`;
  }

  /** WeChat's sheet lies over the page; what stands here is for when it is closed. */
  private renderWechat(order: Payable, jsapi: NonNullable<PaymentSheet['jsapi']>): TemplateResult {
    const { left, busy } = this;
    const texts = { ok: '', cancel: pay.notPaidYet, absent: pay.bridgeAbsent, fail: pay.bridgeFailed };
    return html`${
        left && left.kind !== 'ok'
          ? html`<p class="note ${left.kind === 'cancel' ? '' : 'red'}" role="alert">
              ${texts[left.kind]}${
                left.kind === 'fail' && left.said
                  ? html`<br /><span class="small">${pay.bridgeSaid(left.said)}</span>`
                  : nothing
              }
            </p>`
          : nothing
      }
      <button class="btn wide" ?disabled=${busy} @click=${() => void this.payInWechat(jsapi)}>${pay.byWechat}</button>
      <button class="text-btn" ?disabled=${busy} @click=${() => void this.payByCode(order.id)}>${pay.byCode}</button>`;
  }

  private renderSheet(order: Payable): TemplateResult {
    this.shown(pay.title);
    const { sheet, refusal } = this;
    const url = sheet?.pageUrl ?? sheet?.h5Url;
    return html`<div class="narrow">
      <h1 tabindex="-1">${pay.title}</h1>
      <div class="card sheet">
        <div class="left">
          <p class="amount">
            <span class="sub">${pay.amount}</span>${price(order.totalFen)}<span class="sub small num"
              >${pay.order(order.number)}</span
            >
          </p>
          ${refusal ? html`<p class="note red" role="alert">${refusal.message}</p>` : nothing}
          ${sheet?.jsapi ? this.renderWechat(order, sheet.jsapi) : nothing}
          ${
            url && !sheet?.jsapi
              ? html`<a class="btn wide" href=${url} target="_blank" rel="noopener">${pay.toPay}</a>
                  <p class="sub small">${pay.toPayNote}</p>`
              : nothing
          }
          <p class="wait ${this.live ? '' : 'down'}" role="status">
            <span class="spinner"></span>${this.live ? pay.waiting : pay.offline}
          </p>
          <p class="sub small">${pay.until(clock(order.expiresAt))}</p>
          <div class="row">
            <button class="btn ghost small" @click=${() => void this.check()}>${pay.check}</button>
            ${
              order.canCancel
                ? html`<button class="text-btn" ?disabled=${this.busy} @click=${() => void this.cancel(order.id)}>
                    ${pay.cancel}
                  </button>`
                : nothing
            }
          </div>
        </div>
        ${
          sheet?.qrSvg
            ? html`<figure class="qr">
                <img src=${asImage(sheet.qrSvg)} alt=${pay.qrAlt} />
                <figcaption class="sub">${IN_WECHAT.test(navigator.userAgent) ? pay.pressLong : pay.scan}</figcaption>
              </figure>`
            : nothing
        }
      </div>
    </div>`;
  }

  private renderOrder(order: Payable | null): TemplateResult {
    if (!order) {
      this.shown(common.notFound.title);
      const actions = html`<a class="btn ghost" href=${this.zone.href('orders')}>${common.navOrders}</a>`;
      return html`<h1 class="sr" tabindex="-1">${common.notFound.title}</h1>
        ${emptyState({ icon: 'orders', ...common.notFound, actions })}`;
    }
    return order.canPay ? this.renderSheet(order) : this.renderOver(order);
  }

  protected override render(): TemplateResult {
    return this.whole(this.open, {
      pending: () => skeleton([44, 360]),
      complete: (order) => {
        const latest = this.order ?? order;
        return latest && SETTLED.has(latest.state) ? skeleton([44, 360]) : this.renderOrder(latest);
      },
    });
  }
}

definePage('aixin-page-pay', PayElement);
