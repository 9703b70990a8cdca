import { html, nothing, type TemplateResult } from 'lit';
import { baseStyles } from '../../kit/base.js';
import { day } from '../../kit/dates.js';
import { icon } from '../../kit/icons.js';
import { money } from '../../kit/money.js';
import { definePage, ZonePage } from '../../kit/page.js';
import { dotted, emptyState, skeleton, tag, way } from '../../kit/parts.js';
import { orderTexts, resultTexts } from '../../texts/order.js';
import { LiveOrder } from '../order/live-order.js';
import type { EffectParts, MatchParts, OrderParts } from '../order/order.documents.js';
import { costRow, goodsText, matchesByState, orderLine, orderPartStyles, parcelCosts } from '../order/order.parts.js';
import { effectCards } from './effect-cards.js';
import { resultStyles } from './result.styles.js';

/** 您的这次购买: what one purchase did, to the record, to the points and to the matched yuan. */
class ResultPage extends ZonePage {
  static override styles = [...baseStyles, orderPartStyles, resultStyles];

  private readonly live = new LiveOrder(this, {
    id: () => this.route.params.orderId ?? '',
    settled: (order) => order.effect !== null || order.state in resultTexts.stopped,
    changed: () => this.zone.announce(this.heading()),
  });

  private heading(): string {
    const { order } = this.live;
    if (!order) return orderTexts.notFoundTitle;
    if (order.effect) return resultTexts.title;
    return (
      resultTexts.stopped[order.state]?.title ?? (order.paidAt ? resultTexts.settlingTitle : resultTexts.waitingTitle)
    );
  }

  protected override render(): TemplateResult {
    return this.whole(this.live.task, {
      pending: () => html`<div class="narrow">${skeleton([72, 200, 160, 200])}</div>`,
      complete: () => {
        this.shown(resultTexts.pageTitle);
        return html`<div class="narrow">${this.content()}</div>`;
      },
    });
  }

  private content(): TemplateResult {
    const { order } = this.live;
    if (!order) return this.missing();
    return order.effect ? this.done(order, order.effect) : this.waiting(order);
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

  private waiting(order: OrderParts): TemplateResult {
    const stopped = resultTexts.stopped[order.state];
    const text = stopped?.text ?? (order.paidAt ? resultTexts.settlingText : resultTexts.waitingText);
    return html`<div class="head">
        <span class=${stopped ? 'seal plain' : 'seal waiting'}>${icon(stopped ? 'orders' : 'coin', 26)}</span>
        <div>
          <h1 tabindex="-1">${this.heading()}</h1>
          <p class="sub">${this.summary(order)}</p>
        </div>
      </div>
      <section class="card pad">
        <p>${text}</p>
        ${stopped ? nothing : this.waitingSteps(order)}
        ${this.live.slow ? html`<p class="note slow" role="status">${resultTexts.slowText}</p>` : nothing}
      </section>
      <div class="actions">
        ${
          this.live.slow
            ? html`<button class="btn ghost" @click=${() => this.live.refresh()}>${resultTexts.refresh}</button>`
            : nothing
        }
        ${
          order.canPay
            ? html`<a class="btn ghost" href=${this.zone.href('pay', { orderId: order.id })}
                >${resultTexts.backToPay}</a
              >`
            : nothing
        }
        <a class="btn ghost" href=${this.zone.href('order', { id: order.id })}>${orderTexts.seeOrder}</a>
        <a class="btn ghost" href=${this.zone.href('home')}>${resultTexts.goOn}</a>
      </div>`;
  }

  private waitingSteps(order: OrderParts): TemplateResult {
    return way(
      [
        { text: orderTexts.steps.placed, at: order.placedAt, done: true },
        { text: orderTexts.steps.paid, at: order.paidAt, done: order.paidAt !== null },
        { text: resultTexts.record, done: false },
        { text: resultTexts.points, done: false },
        { text: resultTexts.match, done: false },
      ],
      orderTexts.progress,
    );
  }

  private summary(order: OrderParts): TemplateResult {
    const { number, totalFen, postageFen } = order;
    return dotted([resultTexts.orderNumber(number), goodsText(order), resultTexts.cost(totalFen, postageFen)]);
  }

  private done(order: OrderParts, effect: EffectParts): TemplateResult {
    const today = day(effect.settledAt) === day(new Date().toISOString());
    return html`<div class="head">
        <span class="seal">${icon('check', 28)}</span>
        <div>
          <h1 tabindex="-1">${resultTexts.title}</h1>
          <p class="sub">${this.summary(order)}</p>
        </div>
      </div>
      ${effectCards({ effect, today, href: (tab) => this.zone.href('love', {}, { tab }) })} ${this.takenBack(order)}
      ${effect.matches.length > 0 ? this.ways(effect.matches) : nothing}
      <h2>${resultTexts.bought}</h2>
      <ul class="card pad lines tight">
        ${order.parcels.flatMap((parcel) => parcel.lines.map((line) => orderLine(line, parcel)))}
        ${parcelCosts(order.parcels)} ${costRow(resultTexts.total, order.totalFen, true)}
      </ul>
      <div class="actions">
        <a class="btn" href=${this.zone.href('order', { id: order.id })}>${resultTexts.seeOrder}</a>
        <a class="btn ghost" href=${this.zone.href('home')}>${resultTexts.goOn}</a>
      </div>`;
  }

  /** What later refunds took back is told where the gain is told: the page must not promise what is gone. */
  private takenBack(order: OrderParts): TemplateResult | typeof nothing {
    const done = order.refunds.filter(({ state }) => state === 'DONE');
    if (done.length === 0) return nothing;
    const sum = (pick: (refund: (typeof done)[number]) => number): number =>
      done.reduce((all, one) => all + pick(one), 0);
    const gone = orderTexts.refundNote(
      sum(({ pointsTakenBack }) => pointsTakenBack),
      sum(({ matchUndoneFen }) => matchUndoneFen),
    );
    return html`<p class="note after">${resultTexts.refundedSince(order.refundedFen, gone)}</p>`;
  }

  private ways(matches: readonly MatchParts[]): TemplateResult {
    const totalFen = matches.reduce((sum, { amountFen }) => sum + amountFen, 0);
    return html`<h2>${resultTexts.way(totalFen)}</h2>
      <section class="card pad">
        <p class="sub">${resultTexts.wayText}</p>
        ${matchesByState(matches).map((group) => this.way(group))}
      </section>`;
  }

  private way(group: readonly MatchParts[]): TemplateResult | typeof nothing {
    const [first] = group;
    if (!first) return nothing;
    const amountFen = group.reduce((sum, match) => sum + match.amountFen, 0);
    const names = [
      ...new Set(group.map(({ productTitle, sponsorName }) => resultTexts.wayOf(productTitle, sponsorName))),
    ];
    return html`<div class="one-way">
      <p class="small">
        ${first.state === 'VOID' ? tag(first.stateText, 'plain') : html`<b class="leaf num">${money(amountFen)}</b>`}
        <span class="sub">${names.join('；')}</span>
      </p>
      ${way(first.steps, resultTexts.wayLabel(amountFen))}
    </div>`;
  }
}

definePage('aixin-page-result', ResultPage);
