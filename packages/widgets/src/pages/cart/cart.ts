import { html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import type { CartItem } from '../../cart/cart.js';
import { buyStyles, thumb, totalsList, troubleText } from '../../buy/parts.js';
import { loadLines } from '../../buy/load-lines.js';
import { lineOf, parcelsOf, totalsOf, type Line, type ParcelOfLines } from '../../buy/pricing.js';
import { baseStyles, definePage, emptyState, money, skeleton, stepper, taskOf, ZonePage } from '../../kit/index.js';
import { common } from '../../texts/common.js';
import { buying, cartTexts } from '../../texts/checkout.js';
import { product as productTexts } from '../../texts/shop.js';

/** What the member wants to buy, at today's prices, by supplier as it will travel. */
class CartElement extends ZonePage {
  static override styles = [...baseStyles, buyStyles];

  /** What was taken out last, until something else is done: one press brings it back. */
  @state() private removed: (CartItem & { readonly title: string }) | undefined;

  private stopListening: (() => void) | undefined;

  private readonly lines = taskOf(
    this,
    ([ids], { signal }) =>
      loadLines(
        this.zone.client,
        ids
          .split(' ')
          .filter(Boolean)
          .map((productId) => ({ productId, quantity: 1 })),
        signal,
      ),
    // Only what is in it is asked for anew; a changed quantity is reckoned here.
    () =>
      [
        this.zone.cart
          .items()
          .map(({ productId }) => productId)
          .join(' '),
      ] as const,
  );

  override connectedCallback(): void {
    super.connectedCallback();
    this.stopListening = this.zone.cart.subscribe(() => {
      this.requestUpdate();
    });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.stopListening?.();
  }

  /** The facts last asked for, with the quantities of this moment. */
  private current(known: readonly Line[]): Line[] {
    const facts = new Map(known.map((line) => [line.productId, line.product]));
    return this.zone.cart
      .items()
      .filter(({ productId }) => facts.has(productId))
      .map((item) => lineOf(item, facts.get(item.productId) ?? null));
  }

  private takeOut({ productId, quantity, product }: Line): void {
    const title = product?.title ?? cartTexts.unavailable;
    this.zone.cart.remove([productId]);
    this.removed = { productId, quantity, title };
    this.zone.announce(cartTexts.removed(title));
    // The pressed button is gone with its line; the focus must not fall back to the top of the document.
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>('.undo')?.focus());
  }

  private bringBack(item: CartItem & { readonly title: string }): void {
    this.removed = undefined;
    this.zone.cart.putBack([item]);
    this.zone.announce(cartTexts.broughtBack(item.title));
    this.renderRoot.querySelector<HTMLElement>('h1')?.focus();
  }

  private renderUndo(): TemplateResult | typeof nothing {
    const { removed } = this;
    if (!removed) return nothing;
    return html`<p class="note apart">
      <span>${cartTexts.removed(removed.title)}</span>
      <button
        class="text-btn undo"
        @click=${() => {
          this.bringBack(removed);
        }}
      >
        ${cartTexts.undo}
      </button>
    </p>`;
  }

  private renderLine(line: Line): TemplateResult {
    const { product, quantity, max } = line;
    const title = product?.title ?? cartTexts.unavailable;
    const trouble = troubleText(line);
    return html`<li class="line">
      ${product ? thumb(product.picture) : html`<span class="thumb bone"></span>`}
      <div>
        <div class="apart">
          <h3>${product ? html`<a href=${this.zone.href('product', { id: product.id })}>${title}</a>` : title}</h3>
          <span class="num">${product && max > 0 ? money(line.goodsFen) : nothing}</span>
        </div>
        ${
          product
            ? html`<p class="sub small num">${product.specification} · ${buying.each(product.priceFen)}</p>`
            : nothing
        }
        ${trouble ? html`<p class="wrong">${trouble}</p>` : nothing}
        <div class="bottom">
          ${
            max > 0
              ? stepper({
                  label: cartTexts.quantityOf(title),
                  less: productTexts.less,
                  more: productTexts.more,
                  value: quantity,
                  max,
                  onChange: (value) => {
                    this.zone.cart.set(line.productId, value);
                    this.zone.announce(cartTexts.changed(title, value));
                  },
                })
              : html`<span></span>`
          }
          <button
            class="text-btn"
            aria-label=${cartTexts.removeNamed(title)}
            @click=${() => {
              this.takeOut(line);
            }}
          >
            ${cartTexts.remove}
          </button>
        </div>
      </div>
    </li>`;
  }

  private renderParcel(parcel: ParcelOfLines): TemplateResult {
    return html`<section class="card pad">
      <div class="parcel-head">
        <h2>${parcel.supplier.name}</h2>
        <p class="sub small num">${parcel.supplier.countyName} · ${cartTexts.parcel(parcel.postageFen)}</p>
      </div>
      <ul class="lines">
        ${parcel.lines.map((line) => this.renderLine(line))}
      </ul>
    </section>`;
  }

  private renderCart(lines: readonly Line[]): TemplateResult {
    this.shown(cartTexts.title);
    if (lines.length === 0) {
      const actions = html`<a class="btn" href=${this.zone.href('home')}>${common.home}</a>`;
      return html`${this.renderUndo()}
      ${emptyState({ icon: 'basket', title: cartTexts.empty, text: cartTexts.emptyText, actions })}`;
    }
    const parcels = parcelsOf(lines);
    const unavailable = lines.filter(({ max }) => max === 0);
    const ready = parcels.length > 0 && lines.every(({ trouble, max }) => trouble === undefined || max === 0);
    return html`<div class="two">
      <div class="stack">
        ${this.renderUndo()} ${parcels.map((parcel) => this.renderParcel(parcel))}
        ${
          unavailable.length > 0
            ? html`<section class="card pad">
                <div class="parcel-head"><h2>${cartTexts.unavailable}</h2></div>
                <ul class="lines">
                  ${unavailable.map((line) => this.renderLine(line))}
                </ul>
              </section>`
            : nothing
        }
      </div>
      ${
        parcels.length === 0
          ? nothing
          : html`<aside class="card pad side" aria-label=${buying.total}>
              ${totalsList(totalsOf(parcels))}
              ${
                ready
                  ? html`<a class="btn wide" href=${this.zone.href('checkout')}>${cartTexts.toCheckout}</a>`
                  : html`<p class="note red" role="status">${cartTexts.fixFirst}</p>`
              }
              <p class="sub small">${cartTexts.repriced}</p>
            </aside>`
      }
    </div>`;
  }

  protected override render(): TemplateResult {
    const known = this.lines.value;
    return html`<h1 tabindex="-1">${cartTexts.title}</h1>
      ${this.whole(this.lines, {
        // A line taken out re-asks the rest; what is known stays on the screen meanwhile.
        pending: () =>
          known
            ? this.renderCart(this.current(known))
            : html`<div class="two">${skeleton([160, 160])}${skeleton([240])}</div>`,
        complete: (lines) => this.renderCart(this.current(lines)),
      })}`;
  }
}

definePage('aixin-page-cart', CartElement);
