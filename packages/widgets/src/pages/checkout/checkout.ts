import { html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { createKeyKeeper, tabStore } from '../../buy/idempotency.js';
import { loadLines } from '../../buy/load-lines.js';
import { buyStyles, thumb, totalsList, troubleText } from '../../buy/parts.js';
import { parcelsOf, totalsOf, type Line, type ParcelOfLines, type Totals, type Wanted } from '../../buy/pricing.js';
import type { BuyFacts } from '../../buy/buy.documents.js';
import { ClientProblem, type Refusal } from '../../client/index.js';
import { MAX_QUANTITY } from '../../cart/cart.js';
import { baseStyles, definePage, emptyState, money, skeleton, taskOf, ZonePage } from '../../kit/index.js';
import { buying, cartTexts, checkout } from '../../texts/checkout.js';
import './address-book.js';
import type { AddressChosen } from './address-book.js';
import { MyAddresses, PlaceOrder, type Address } from './checkout.documents.js';
import { checkoutStyles } from './checkout.styles.js';

type BuyLine = Line & { readonly product: BuyFacts };

/** Where a refusal of the whole is shown; a refusal of one line stands at that line. */
const isAbout = (refusal: Refusal | undefined, line: BuyLine, index: number): boolean =>
  refusal !== undefined &&
  (refusal.productId === line.productId || (refusal.path ?? '').startsWith(`lines.${String(index)}.`));

/** The last look before the order: where to, what, what for, and what it costs. `?buy=<product>&n=<pieces>` skips the cart. */
class CheckoutElement extends ZonePage {
  static override styles = [...baseStyles, buyStyles, checkoutStyles];

  @state() private addresses: readonly Address[] | undefined;
  @state() private addressId: string | undefined;
  @state() private confirmed: ReadonlySet<string> = new Set();
  @state() private refusal: Refusal | undefined;
  /** A sentence at the button: what is missing, or that the answer is unknown. */
  @state() private trouble = '';
  @state() private busy = false;

  private readonly keys = createKeyKeeper('aixin.placing-order', tabStore);

  private readonly load = taskOf(
    this,
    async ([], { signal }) => {
      // Whose cart it is must be known before it is read: a page that was loaded anew knows nobody yet.
      if (!(await this.zone.me())) throw new ClientProblem('signed-out', 'nobody is signed in');
      const [{ me }, lines] = await Promise.all([
        this.zone.client.send(MyAddresses, {}, { signal }),
        loadLines(this.zone.client, this.wanted(), signal),
      ]);
      if (!me) throw new ClientProblem('signed-out', 'nobody is signed in');
      if (!this.addresses) {
        this.addresses = me.addresses;
        this.addressId = (me.addresses.find(({ isDefault }) => isDefault) ?? me.addresses[0])?.id;
      }
      return lines;
    },
    () => [this.route.path] as const,
  );

  private wanted(): readonly Wanted[] {
    const { query } = this.route;
    const productId = query.get('buy');
    if (productId === null) return this.zone.cart.items();
    const quantity = Number(query.get('n') ?? 1);
    return [
      { productId, quantity: Number.isSafeInteger(quantity) && quantity > 0 ? Math.min(quantity, MAX_QUANTITY) : 1 },
    ];
  }

  private readonly onAddress = ({ addresses, chosenId }: AddressChosen): void => {
    this.addresses = addresses;
    this.addressId = chosenId;
    if (this.refusal?.path === 'addressId') this.refusal = undefined;
    this.trouble = '';
  };

  private confirm(productId: string, yes: boolean): void {
    const confirmed = new Set(this.confirmed);
    if (yes) confirmed.add(productId);
    else confirmed.delete(productId);
    this.confirmed = confirmed;
    this.trouble = '';
  }

  /** The first thing that is missing: said at the button, and the focus goes there. */
  private missing(lines: readonly BuyLine[]): { text: string; selector: string } | undefined {
    if (this.addressId === undefined) return { text: checkout.noAddress, selector: 'aixin-address-book' };
    const open = lines.find(({ product }) => product.returnRule === 'EXCLUDED' && !this.confirmed.has(product.id));
    return open
      ? { text: checkout.confirmFirst, selector: `[data-confirm="${CSS.escape(open.productId)}"]` }
      : undefined;
  }

  /** `anyMatch`: the buyer has read that less will be matched than promised, and orders all the same. */
  private async submit(lines: readonly BuyLine[], totals: Totals, anyMatch = false): Promise<void> {
    if (this.busy) return;
    const missing = this.missing(lines);
    this.refusal = undefined;
    this.trouble = missing?.text ?? '';
    if (missing || this.addressId === undefined) {
      const place = this.renderRoot.querySelector<HTMLElement>(missing?.selector ?? '');
      (place?.shadowRoot?.querySelector<HTMLElement>('input') ?? place)?.focus();
      return;
    }
    const wish = {
      addressId: this.addressId,
      expectedTotalFen: totals.totalFen,
      expectedMatchFen: anyMatch ? 0 : totals.promisedFen,
      lines: lines.map(({ productId, quantity }) => ({
        productId,
        quantity,
        exclusionConfirmed: this.confirmed.has(productId),
      })),
    };
    this.busy = true;
    try {
      const input = { ...wish, idempotencyKey: this.keys.keyFor(JSON.stringify(wish)) };
      const { placeOrder } = await this.zone.client.send(PlaceOrder, { input });
      this.keys.settle();
      if (placeOrder.__typename === 'Refusal') this.refuse(placeOrder);
      else this.placed(placeOrder.order.id, lines);
    } catch (reason) {
      if (reason instanceof ClientProblem && reason.kind === 'signed-out') this.zone.signIn();
      this.trouble = reason instanceof ClientProblem && reason.kind === 'offline' ? checkout.unknown : checkout.failed;
    } finally {
      this.busy = false;
    }
  }

  private refuse(refusal: Refusal): void {
    this.refusal = refusal;
    void this.updateComplete.then(() => {
      this.renderRoot.querySelector<HTMLElement>('[data-refusal]')?.focus();
    });
  }

  private placed(orderId: string, lines: readonly BuyLine[]): void {
    if (this.route.query.get('buy') === null) this.zone.cart.remove(lines.map(({ productId }) => productId));
    // The order stands: going back must not offer to place it once more.
    this.zone.navigate(this.zone.href('pay', { orderId }), { replace: true });
  }

  private renderRefusal(refusal: Refusal, more: TemplateResult | typeof nothing = nothing): TemplateResult {
    const lookAgain = { PRICE_CHANGED: checkout.priceNow, PROMISE_GONE: checkout.promiseNow }[refusal.code];
    return html`<div class="note red" role="alert" tabindex="-1" data-refusal>
      <p>${refusal.message}</p>
      ${
        lookAgain
          ? html`<button
              class="text-btn"
              @click=${() => {
                this.refusal = undefined;
                void this.load.run();
              }}
            >
              ${lookAgain}
            </button>`
          : nothing
      }
      ${more}
    </div>`;
  }

  /** Less can be matched than the page said. A sponsor's last yuan must not keep anybody from buying. */
  private renderPromiseGone(refusal: Refusal, lines: readonly BuyLine[], totals: Totals): TemplateResult {
    const anyway = html`<button class="text-btn" @click=${() => void this.submit(lines, totals, true)}>
      ${checkout.promiseAnyway}
    </button>`;
    return this.renderRefusal(refusal, anyway);
  }

  private renderConfirm({ product }: BuyLine): TemplateResult | typeof nothing {
    if (product.returnRule !== 'EXCLUDED') return nothing;
    return html`<div class="note exclusion">
      <p>${product.returnRuleText}</p>
      <label class="check">
        <input
          type="checkbox"
          data-confirm=${product.id}
          .checked=${this.confirmed.has(product.id)}
          @change=${(event: Event) => {
            this.confirm(product.id, (event.target as HTMLInputElement).checked);
          }}
        />
        ${checkout.confirm}
      </label>
    </div>`;
  }

  private renderLine(line: BuyLine, index: number): TemplateResult {
    const { product, quantity } = line;
    const trouble = troubleText(line);
    const refusal = isAbout(this.refusal, line, index) ? this.refusal : undefined;
    return html`<li>
      <div class="line">
        ${thumb(product.picture)}
        <div>
          <div class="apart">
            <h3>${product.title}</h3>
            <span class="num">${money(line.goodsFen)}</span>
          </div>
          <p class="sub small num">${product.specification} · ${buying.each(product.priceFen)} × ${quantity}</p>
          ${trouble ? html`<p class="wrong">${trouble}</p>` : nothing}
        </div>
      </div>
      ${refusal ? this.renderRefusal(refusal) : nothing} ${this.renderConfirm(line)}
    </li>`;
  }

  private renderParcel(parcel: ParcelOfLines, all: readonly BuyLine[]): TemplateResult {
    return html`<section class="card pad">
      <div class="parcel-head">
        <h2>${parcel.supplier.name}</h2>
        <p class="sub small num">${parcel.supplier.countyName} · ${cartTexts.parcel(parcel.postageFen)}</p>
      </div>
      <ul class="lines">
        ${parcel.lines.map((line) => this.renderLine(line, all.indexOf(line)))}
      </ul>
    </section>`;
  }

  private renderSummary(lines: readonly BuyLine[], totals: Totals, broken: boolean): TemplateResult {
    const { refusal } = this;
    const promiseGone = refusal?.code === 'PROMISE_GONE' ? refusal : undefined;
    const elsewhere =
      refusal &&
      !promiseGone &&
      refusal.path !== 'addressId' &&
      !lines.some((line, index) => isAbout(refusal, line, index));
    return html`<aside class="card pad side" aria-label=${buying.total}>
      ${totalsList(totals, promiseGone && this.renderPromiseGone(promiseGone, lines, totals))}
      ${refusal && elsewhere ? this.renderRefusal(refusal) : nothing}
      ${
        broken
          ? html`<p class="note red">${checkout.fixLines}</p>
              <a class="btn ghost wide" href=${this.zone.href('cart')}>${checkout.backToCart}</a>`
          : this.renderSubmit(lines, totals)
      }
      <p class="sub small">${checkout.afterSubmit}</p>
    </aside>`;
  }

  /** What is missing is said right at the button; on a phone both stay in sight above the zone's own bar. */
  private renderSubmit(lines: readonly BuyLine[], totals: Totals): TemplateResult {
    return html`<div class="submit no-print">
      <p class="wrong" role="alert">${this.trouble}</p>
      <button
        class="btn wide"
        aria-disabled=${this.busy ? 'true' : 'false'}
        @click=${() => void this.submit(lines, totals)}
      >
        ${this.busy ? html`<span class="spinner"></span>${checkout.submitting}` : checkout.submit(totals.totalFen)}
      </button>
    </div>`;
  }

  private renderCheckout(loaded: readonly Line[]): TemplateResult {
    this.shown(checkout.title);
    const parcels = parcelsOf(loaded);
    if (parcels.length === 0) {
      const actions = html`<a class="btn ghost" href=${this.zone.href('cart')}>${checkout.backToCart}</a>`;
      return emptyState({ icon: 'basket', title: checkout.nothing, text: checkout.nothingText, actions });
    }
    const lines = parcels.flatMap((parcel) => parcel.lines);
    const broken = lines.some(({ trouble }) => trouble !== undefined);
    return html`<div class="two">
      <div class="stack">
        <section class="card pad box">
          <h2>${checkout.address}</h2>
          ${this.refusal?.path === 'addressId' ? this.renderRefusal(this.refusal) : nothing}
          <aixin-address-book
            .zone=${this.zone}
            .addresses=${this.addresses ?? []}
            .chosenId=${this.addressId}
            @aixin-address-chosen=${this.onAddress}
          ></aixin-address-book>
        </section>
        ${parcels.map((parcel) => this.renderParcel(parcel, lines))}
      </div>
      ${this.renderSummary(lines, totalsOf(parcels), broken)}
    </div>`;
  }

  protected override render(): TemplateResult {
    return html`<h1 tabindex="-1">${checkout.title}</h1>
      ${this.whole(this.load, {
        pending: () => html`<div class="two">${skeleton([160, 200])}${skeleton([260])}</div>`,
        complete: (lines) => this.renderCheckout(lines),
      })}`;
  }
}

definePage('aixin-page-checkout', CheckoutElement);
