import { html, nothing, type TemplateResult } from 'lit';
import { query, state } from 'lit/decorators.js';
import { createKeyKeeper, tabStore } from '../../buy/idempotency.js';
import { loadLines } from '../../buy/load-lines.js';
import { buyStyles, totalsList } from '../../buy/parts.js';
import { parcelsOf, totalsOf, type Line, type Totals } from '../../buy/pricing.js';
import { ClientProblem, type Refusal } from '../../client/index.js';
import { baseStyles, definePage, skeleton, taskOf, ZonePage } from '../../kit/index.js';
import { buying, checkout } from '../../texts/checkout.js';
import './address-book.js';
import type { AddressBook, AddressChosen, AddressTyped } from './address-book.js';
import { createDraftKeeper, draftAmong, type OpenForm } from './checkout-draft.js';
import { isAbout, parcelCard, type BuyLine } from './checkout-lines.js';
import { askNote, nothingNote, orderedNote, refusalNote, submitBox } from './checkout-parts.js';
import { MyAddresses, type Address } from './checkout.documents.js';
import { checkoutStyles } from './checkout.styles.js';
import { GoodsToOrder } from './goods-to-order.js';
import { place } from './place-order.js';

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
  @state() private form: OpenForm | undefined;
  /** The session ended while something was typed: the way back stands at the button. */
  @state() private signedOut = false;
  /** An address was typed beside a chosen one: which is meant is asked. */
  @state() private asking = false;
  @query('aixin-address-book') private book!: AddressBook | null;

  private memberId = '';

  private readonly drafts = createDraftKeeper(tabStore);
  private readonly keys = createKeyKeeper('aixin.placing-order', tabStore);
  private readonly goods = new GoodsToOrder(this, {
    cart: () => this.zone.cart,
    onChange: () => {
      this.zone.announce(checkout.cartChanged);
      void this.load.run();
    },
  });

  private readonly load = taskOf(
    this,
    async ([], { signal }) => {
      // Whose cart it is must be known before it is read: a page that was loaded anew knows nobody yet.
      if (!(await this.zone.me())) throw new ClientProblem('signed-out', 'nobody is signed in');
      await this.zone.cart.sync();
      const [{ me }, lines] = await Promise.all([
        this.zone.client.send(MyAddresses, {}, { signal }),
        loadLines(this.zone.client, this.goods.read(this.route.query), signal),
      ]);
      if (!me) throw new ClientProblem('signed-out', 'nobody is signed in');
      if (!this.addresses) this.begin(me.id, me.addresses);
      return lines;
    },
    () => [this.route.path] as const,
  );

  /** The addresses of this moment, with what was typed and chosen here before. */
  private begin(memberId: string, addresses: readonly Address[]): void {
    const { addressId, form, confirmed } = draftAmong(this.drafts.read(memberId), addresses);
    Object.assign(this, { memberId, addresses, addressId, form, confirmed: new Set(confirmed) });
  }

  private keep(): void {
    const { addressId, form, confirmed } = this;
    this.drafts.write(this.memberId, { addressId, form, confirmed: [...confirmed] });
  }

  private readonly onAddress = ({ addresses, chosenId }: AddressChosen): void => {
    this.addresses = addresses;
    this.addressId = chosenId;
    if (this.refusal?.path === 'addressId') this.refusal = undefined;
    this.trouble = '';
    this.asking = false;
    this.keep();
  };

  private readonly onTyped = ({ form }: AddressTyped): void => {
    this.form = form;
    this.asking = false;
    this.keep();
  };

  private confirm(productId: string, yes: boolean): void {
    const confirmed = new Set(this.confirmed);
    if (yes) confirmed.add(productId);
    else confirmed.delete(productId);
    this.confirmed = confirmed;
    this.trouble = '';
    this.keep();
  }

  /**
   * The address that was typed is the one that is meant, or the person is asked: never the old one in silence. False where
   * something is still to be done.
   */
  private async settleAddress(): Promise<boolean> {
    if (!this.book?.hasTyped) return true;
    if (this.addressId !== undefined) {
      this.asking = true;
      void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>('[data-ask]')?.focus());
      return false;
    }
    return (await this.book.save()) !== undefined;
  }

  private async useTyped(lines: readonly BuyLine[], totals: Totals): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    const saved = await this.book?.save().finally(() => (this.busy = false));
    this.asking = false;
    if (saved) await this.submit(lines, totals);
  }

  private async dropTyped(lines: readonly BuyLine[], totals: Totals): Promise<void> {
    this.form = undefined;
    this.asking = false;
    this.keep();
    // Only then has the address book let go of it.
    await this.updateComplete;
    await this.submit(lines, totals);
  }

  /** `anyMatch`: the buyer has read that less will be matched than promised, and orders all the same. */
  private async submit(lines: readonly BuyLine[], totals: Totals, anyMatch = false): Promise<void> {
    if (this.busy) return;
    Object.assign(this, { refusal: undefined, trouble: '', signedOut: false, busy: true });
    try {
      if (!(await this.goods.look())) this.trouble = this.goods.orderId === undefined ? checkout.cartChanged : '';
      else if (await this.settleAddress()) await this.order(lines, totals, anyMatch);
    } finally {
      this.busy = false;
    }
  }

  private async order(lines: readonly BuyLine[], totals: Totals, anyMatch: boolean): Promise<void> {
    if (this.addressId === undefined) {
      this.lacks(checkout.noAddress, 'aixin-address-book');
      return;
    }
    const unread = lines.find(({ product }) => product.returnRule === 'EXCLUDED' && !this.confirmed.has(product.id));
    if (unread) {
      this.lacks(checkout.confirmFirst, `[data-confirm="${CSS.escape(unread.productId)}"]`);
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
    const { key } = this.goods;
    const idempotencyKey = key ?? this.keys.keyFor(JSON.stringify(wish));
    const placing = await place(this.zone, { ...wish, idempotencyKey });
    if (key === undefined && (placing.kind === 'placed' || placing.kind === 'refused')) this.keys.settle();
    if (placing.kind === 'placed') this.placed(placing.orderId, lines);
    else if (placing.kind === 'refused') this.refuse(placing.refusal);
    else if (placing.kind === 'signed-out') this.signedOut = true;
    else this.trouble = placing.kind === 'unknown' ? checkout.unknown : checkout.failed;
  }

  /** What is missing is said at the button, and the focus goes where it is. */
  private lacks(text: string, selector: string): void {
    this.trouble = text;
    const place = this.renderRoot.querySelector<HTMLElement>(selector);
    (place?.shadowRoot?.querySelector<HTMLElement>('input') ?? place)?.focus();
  }

  private refuse(refusal: Refusal): void {
    this.refusal = refusal;
    void this.updateComplete.then(() => {
      this.renderRoot.querySelector<HTMLElement>('[data-refusal]')?.focus();
    });
  }

  private placed(orderId: string, lines: readonly BuyLine[]): void {
    this.drafts.forget(this.memberId);
    this.goods.ordered({ orderId, lines });
    // The order stands: going back must not offer to place it once more.
    this.zone.navigate(this.zone.href('pay', { orderId }), { replace: true });
  }

  private renderRefusal(refusal: Refusal, more: TemplateResult | typeof nothing = nothing): TemplateResult {
    const lookAgain = (): void => {
      this.refusal = undefined;
      void this.load.run();
    };
    return refusalNote(refusal, { lookAgain, orders: this.zone.href('orders'), more });
  }

  /** Less can be matched than the page said. A sponsor's last yuan must not keep anybody from buying. */
  private renderPromiseGone(refusal: Refusal, lines: readonly BuyLine[], totals: Totals): TemplateResult {
    const anyway = html`<button class="text-btn" @click=${() => void this.submit(lines, totals, true)}>
      ${checkout.promiseAnyway}
    </button>`;
    return this.renderRefusal(refusal, anyway);
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

  private renderSubmit(lines: readonly BuyLine[], totals: Totals): TemplateResult {
    const chosen = this.addresses?.find(({ id }) => id === this.addressId);
    const ask = {
      onUse: () => void this.useTyped(lines, totals),
      onDrop: () => void this.dropTyped(lines, totals),
    };
    return submitBox({
      above: this.asking && chosen ? askNote(chosen, ask) : nothing,
      trouble: this.trouble,
      signIn: this.signedOut
        ? () => {
            this.zone.signIn();
          }
        : undefined,
      busy: this.busy,
      totalFen: totals.totalFen,
      onSubmit: () => void this.submit(lines, totals),
    });
  }

  private renderCheckout(loaded: readonly Line[]): TemplateResult {
    this.shown(checkout.title);
    const { orderId } = this.goods;
    if (orderId !== undefined) return orderedNote(this.zone, orderId);
    const parcels = parcelsOf(loaded);
    if (parcels.length === 0) return nothingNote(this.zone);
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
            .form=${this.form}
            @aixin-address-typed=${this.onTyped}
            @aixin-address-chosen=${this.onAddress}
          ></aixin-address-book>
        </section>
        ${parcels.map((parcel) =>
          parcelCard(parcel, {
            all: lines,
            confirmed: this.confirmed,
            refusal: this.refusal,
            refusalNote: (refusal) => this.renderRefusal(refusal),
            onConfirm: (productId, yes) => {
              this.confirm(productId, yes);
            },
          }),
        )}
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
