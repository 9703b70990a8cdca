import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { TaskStatus } from '@lit/task';
import { ClientProblem } from '../../client/index.js';
import { baseStyles } from '../../kit/base.js';
import { when } from '../../kit/dates.js';
import { money } from '../../kit/money.js';
import { definePage, ZonePage } from '../../kit/page.js';
import { emptyState, loadMore, skeleton } from '../../kit/parts.js';
import { common } from '../../texts/common.js';
import { orderTexts } from '../../texts/order.js';
import { orderPartStyles, gainTags, pieceCount, thumb } from '../order/order.parts.js';
import { OrdersQuery, type OrderRow } from './orders.documents.js';
import { ordersStyles } from './orders.styles.js';
import { PagedRows, type PageWish, type RowsPage } from './paged-rows.js';

type OrderState = OrderRow['state'];

/** Shown of an order's pictures; the rest is told in words. */
const PICTURES_AT_MOST = 4;
const isState = (name: string | null): name is OrderState => name !== null && name in orderTexts.states;

/** 我的订单: own orders, all or of one state (`?state=SHIPPED`). */
class OrdersPage extends ZonePage {
  static override styles = [...baseStyles, orderPartStyles, ordersStyles];

  private readonly list = new PagedRows<OrderRow, null>(this, (wish) => this.read(wish));

  private state(): OrderState | null {
    const wanted = this.route.query.get('state');
    return isState(wanted) ? wanted : null;
  }

  private async read({ first, after, signal }: PageWish): Promise<RowsPage<OrderRow, null>> {
    const variables = { first, after, state: this.state() };
    const { me } = await this.zone.client.send(OrdersQuery, variables, signal ? { signal } : {});
    if (me === null) throw new ClientProblem('signed-out', 'orders belong to a member');
    const { edges, pageInfo, totalCount } = me.orders;
    return {
      head: null,
      rows: edges.map(({ node }) => node),
      next: pageInfo.hasNextPage ? pageInfo.endCursor : null,
      total: totalCount,
    };
  }

  protected override render(): TemplateResult {
    if (this.list.head === null && this.list.task.status !== TaskStatus.ERROR) return this.page();
    return this.whole(this.list.task, {
      pending: () => html`<div class="narrow">${skeleton([48, 40, 170, 170, 170])}</div>`,
      complete: () => this.page(),
    });
  }

  private page(): TemplateResult {
    this.shown(orderTexts.listTitle);
    return html`<div class="narrow">
      <h1 tabindex="-1">${orderTexts.listTitle}</h1>
      ${this.states()} ${this.list.pending ? skeleton([170, 170, 170]) : this.rows()}
    </div>`;
  }

  private states(): TemplateResult {
    const current = this.state();
    const chip = (state: OrderState | null, text: string): TemplateResult =>
      html`<a
        class="chip"
        href=${this.zone.href('orders', {}, state ? { state } : {})}
        aria-current=${state === current ? 'true' : nothing}
        >${text}</a
      >`;
    return html`<nav class="chips" aria-label=${orderTexts.listLabel}>
      ${chip(null, orderTexts.all)}
      ${Object.entries(orderTexts.states).map(([state, text]) => (isState(state) ? chip(state, text) : nothing))}
    </nav>`;
  }

  private rows(): TemplateResult {
    const { rows, total, hasNext, loadingMore, moreFailed } = this.list;
    if (rows.length === 0) return this.empty();
    return html`<ul class="orders">
        ${repeat(
          rows,
          ({ id }) => id,
          (order) => this.row(order),
        )}
      </ul>
      ${moreFailed ? html`<p class="note red" role="alert">${common.problems.offline.text}</p>` : nothing}
      ${loadMore({ shown: rows.length, total, hasNext, loading: loadingMore, load: () => void this.list.more() })}`;
  }

  private row(order: OrderRow): TemplateResult {
    const lines = order.parcels.flatMap((parcel) => parcel.lines);
    const [first] = lines;
    const href = this.zone.href('order', { id: order.id });
    return html`<li class="card pad order">
      <div class="apart">
        <h2><a href=${href}>${order.stateText}</a></h2>
        <span class="sub small num">${order.number}</span>
      </div>
      <div class="goods">
        <span class="pictures">${lines.slice(0, PICTURES_AT_MOST).map(({ picture }) => thumb(picture))}</span>
        <span class="names">
          <b>${first ? orderTexts.and(first.title, lines.length - 1) : nothing}</b>
          <span class="sub small"
            >${pieceCount(order.parcels)} · <time datetime=${order.placedAt}>${when(order.placedAt)}</time></span
          >
          ${this.gains(order)}
        </span>
        <span class="sums num">
          <b>${money(order.totalFen)}</b>
          ${order.refundedFen > 0 ? html`<span class="sub small">${orderTexts.refundedPart(order.refundedFen)}</span>` : nothing}
        </span>
      </div>
      ${this.foot(order, href)}
    </li>`;
  }

  private gains(order: OrderRow): TemplateResult | typeof nothing {
    const tags = gainTags(order);
    return tags.length === 0 ? nothing : html`<span class="row gains">${tags}</span>`;
  }

  /** A button only where something waits for the buyer: the card itself opens the order. */
  private foot(
    { id, number, state, canPay, canConfirmReceipt }: OrderRow,
    href: string,
  ): TemplateResult | typeof nothing {
    const toPay = canPay
      ? html`<a class="btn small" href=${this.zone.href('pay', { orderId: id })}>${orderTexts.pay}</a>`
      : null;
    const toConfirm =
      state === 'SHIPPED' && canConfirmReceipt
        ? html`<a class="btn ghost small" href=${href} aria-label="${orderTexts.confirm} ${number}"
            >${orderTexts.confirm}</a
          >`
        : null;
    return toPay || toConfirm ? html`<div class="foot">${toPay ?? toConfirm}</div>` : nothing;
  }

  private empty(): TemplateResult {
    const state = this.state();
    if (state) {
      const actions = html`<a class="btn ghost" href=${this.zone.href('orders')}>${orderTexts.seeAll}</a>`;
      const title = orderTexts.emptyStateTitle(orderTexts.states[state]);
      return emptyState({ icon: 'orders', title, text: orderTexts.emptyStateText, actions });
    }
    const actions = html`<a class="btn" href=${this.zone.href('home')}>${common.home}</a>`;
    return emptyState({ icon: 'orders', title: orderTexts.emptyTitle, text: orderTexts.emptyText, actions });
  }
}

definePage('aixin-page-orders', OrdersPage);
