import { html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import {
  baseStyles,
  dayText,
  definePage,
  dotted,
  emptyState,
  money,
  price,
  skeleton,
  stepper,
  tag,
  taskOf,
  ZonePage,
} from '../../kit/index.js';
import { countyShort } from '../../shop/county-name.js';
import { addToCart, stockText } from '../../shop/product-card.js';
import { common } from '../../texts/common.js';
import { product as text, shop } from '../../texts/shop.js';
import { ProductPage, type ProductFacts } from './product.documents.js';
import { productStyles } from './product.styles.js';

/** One product, told in full before it can be bought: both prices, what comes on top, weight, stock, promise, papers, return. */
class ProductElement extends ZonePage {
  static override styles = [...baseStyles, productStyles];

  @state() private quantity = 1;

  private readonly product = taskOf(
    this,
    async ([id], { signal }) => (await this.zone.client.send(ProductPage, { id }, { signal })).product,
    () => [this.route.params['id'] ?? ''] as const,
  );

  private readonly onAdd = (product: ProductFacts): void => {
    addToCart(this.zone, product, this.quantity);
    this.requestUpdate();
  };

  private renderPromise({ charityItem }: ProductFacts): TemplateResult | typeof nothing {
    if (!charityItem) return nothing;
    const { sponsorName, unitText, validUntil } = charityItem;
    return html`<div class="note leaf promise">
      <p>${tag(text.promiseTitle)} <b class="leaf">${unitText}</b></p>
      <p>${text.promisePlain}</p>
      <p class="sub small">${dotted([text.promiseBy(sponsorName), text.promiseUntil(dayText(validUntil))])}</p>
    </div>`;
  }

  private renderBuy(product: ProductFacts): TemplateResult {
    const max = Math.min(product.stockLeft, product.limitPerPerson ?? product.stockLeft);
    const inCart = this.zone.cart.items().find(({ productId }) => productId === product.id)?.quantity ?? 0;
    if (product.stockLeft === 0) return html`<p class="note">${stockText(product)}</p>`;
    const buyNow = this.zone.href('checkout', {}, { buy: product.id, n: String(this.quantity) });
    return html`<div class="row how-many">
        ${stepper({
          label: text.quantity,
          less: text.less,
          more: text.more,
          value: this.quantity,
          max,
          onChange: (value) => {
            this.quantity = value;
          },
        })}
        <span class="sub small num"
          >${stockText(product) ?? text.stock(product.stockLeft)}${inCart > 0 ? ` · ${shop.inCart(inCart)}` : ''}</span
        >
      </div>
      ${product.limitPerPerson === null ? nothing : html`<p class="sub small">${text.limit(product.limitPerPerson)}</p>`}
      <div class="buy no-print">
        <a class="btn" href=${buyNow}>${text.buyNow}</a>
        <button
          class="btn ghost"
          @click=${() => {
            this.onAdd(product);
          }}
        >
          ${shop.add}
        </button>
      </div>`;
  }

  private renderPrices(product: ProductFacts): TemplateResult {
    return html`<section class="card pad">
      <h2>${text.priceFacts}</h2>
      <dl class="facts num">
        <dt>${text.onlinePrice}</dt>
        <dd>${money(product.priceFen)}</dd>
        <dt>${text.localPrice}</dt>
        <dd>${money(product.localPriceFen)}<br /><span class="sub small">${text.localPriceNote}</span></dd>
        <dt>${text.unitPrice}</dt>
        <dd>${product.unitPriceText}</dd>
        <dt>${text.postage}</dt>
        <dd>
          ${product.postageFen === 0 ? text.free : html`${money(product.postageFen)}<br /><span class="sub small">${text.postageNote}</span>`}
        </dd>
        <dt>${text.packaging}</dt>
        <dd>${product.packagingFen === 0 ? text.noPackaging : money(product.packagingFen)}</dd>
        <dt>${text.netWeight}</dt>
        <dd>${product.netWeightGrams === null ? product.specification : text.grams(product.netWeightGrams)}</dd>
        <dt>${text.supplier}</dt>
        <dd>${product.supplier.name}<span class="sub"> · ${product.supplier.countyName}</span></dd>
      </dl>
    </section>`;
  }

  private renderPapers(product: ProductFacts): TemplateResult {
    return html`<section class="card pad">
      <h2>${text.certificates}</h2>
      <ul class="lines">
        ${product.certificates.map(
          ({ name, number, validUntil }) =>
            html`<li>
              <p>${name}</p>
              <p class="sub small num">
                ${dotted([
                  `${text.number} ${number}`,
                  ...(validUntil === null ? [] : [text.validUntil(dayText(validUntil))]),
                ])}
              </p>
            </li>`,
        )}
        ${
          product.traceCode === null
            ? nothing
            : html`<li>
                <p>${text.trace}</p>
                <p class="sub small num">${product.traceCode}</p>
              </li>`
        }
      </ul>
    </section>`;
  }

  private renderProduct(product: ProductFacts | null): TemplateResult {
    if (!product) {
      this.shown(text.gone);
      const actions = html`<a class="btn" href=${this.zone.href('list')}>${common.home}</a>`;
      return html`<h1 class="sr" tabindex="-1">${text.gone}</h1>
        ${emptyState({ icon: 'basket', title: text.gone, text: text.goneText, actions })}`;
    }
    this.shown(product.title);
    const county = countyShort(product.county.name);
    return html`<nav class="crumbs small sub" aria-label=${common.crumbs}>
        <a class="link" href=${this.zone.href('home')}>${common.navShop}</a> ›
        <a class="link" href=${this.zone.href('list', {}, { county: product.county.code })}>${county}</a> ›
        <a class="link" href=${this.zone.href('list', {}, { category: product.category.key })}
          >${product.category.name}</a
        >
      </nav>
      <div class="top">
        <div class="face card" style="background:${product.picture.background}">
          <img src=${product.picture.url} alt=${product.picture.alt} fetchpriority="high" width="480" height="320" />
        </div>
        <div class="main">
          <h1 tabindex="-1">${product.title}</h1>
          <p class="sub">${product.specification} · ${product.subtitle}</p>
          <p class="sub small num">
            ${
              product.score === null
                ? text.noReviews
                : `${shop.score(product.score)} · ${text.reviews(product.reviewCount)}`
            }
            · ${shop.sold(product.soldCount)}
          </p>
          <div class="money">
            ${price(product.priceFen)}
            <p class="sub small num">
              ${dotted([
                shop.localPrice(product.localPriceFen),
                product.unitPriceText,
                product.postageFen === 0 ? text.free : text.postageAdds(product.postageFen),
                ...(product.packagingFen === 0 ? [] : [text.packagingAdds(product.packagingFen)]),
              ])}
            </p>
          </div>
          ${this.renderPromise(product)} ${this.renderBuy(product)}
        </div>
      </div>
      <div class="more-facts">
        <div>
          <section class="card pad">
            <h2>${text.story}</h2>
            <div class="prose">${product.story.split(/\n+/).map((paragraph) => html`<p>${paragraph}</p>`)}</div>
          </section>
          ${this.renderPapers(product)}
        </div>
        <div>
          ${this.renderPrices(product)}
          <section class="card pad">
            <h2>${text.returns}</h2>
            <p>${tag(text.returnRule[product.returnRule], product.returnRule === 'EXCLUDED' ? 'gold' : 'leaf')}</p>
            <p class="sub" style="margin-top:8px">${product.returnRuleText}</p>
          </section>
        </div>
      </div>`;
  }

  protected override render(): TemplateResult {
    return this.whole(this.product, {
      pending: () => html`<div class="top">${skeleton([380])} ${skeleton([44, 24, 40, 96, 48])}</div>`,
      complete: (product) => this.renderProduct(product),
    });
  }
}

definePage('aixin-page-product', ProductElement);
