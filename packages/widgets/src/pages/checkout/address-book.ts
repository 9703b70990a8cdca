import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { createKeyKeeper, tabStore } from '../../buy/idempotency.js';
import { ClientProblem, type Refusal } from '../../client/index.js';
import { baseStyles, definePage, tag, type ZoneHandle } from '../../kit/index.js';
import { checkout } from '../../texts/checkout.js';
import { addressBookStyles } from './address-book.styles.js';
import { addressForm, fieldsIn, missingIn } from './address-form.js';
import { isTyped, type OpenForm } from './checkout-draft.js';
import { RemoveAddress, RestoreAddress, SaveAddress, type Address } from './checkout.documents.js';
import { partAddress } from './pasted-address.js';

export class AddressChosen extends Event {
  static readonly type = 'aixin-address-chosen';
  readonly addresses: readonly Address[];
  readonly chosenId: string | undefined;

  constructor(addresses: readonly Address[], chosenId: string | undefined) {
    super(AddressChosen.type);
    this.addresses = addresses;
    this.chosenId = chosenId;
  }
}

/** A form was opened, typed in, or closed (undefined). */
export class AddressTyped extends Event {
  static readonly type = 'aixin-address-typed';
  readonly form: OpenForm | undefined;

  constructor(form: OpenForm | undefined) {
    super(AddressTyped.type);
    this.form = form;
  }
}

const NOWHERE = { path: null, productId: null, leftCount: null, retryAfterMs: null };
const OFFLINE: Refusal = { code: 'OFFLINE', message: checkout.saveFailed, ...NOWHERE };
const SIGNED_OUT: Refusal = { code: 'SIGNED_OUT', message: checkout.signedOut, ...NOWHERE };

const why = (reason: unknown): Refusal =>
  reason instanceof ClientProblem && reason.kind === 'signed-out' ? SIGNED_OUT : OFFLINE;

/** The member's own addresses: choose one, add, change, remove and take the removal back. */
export class AddressBook extends LitElement {
  static override styles = [...baseStyles, addressBookStyles];

  @property({ attribute: false }) zone!: ZoneHandle;
  @property({ attribute: false }) addresses: readonly Address[] = [];
  @property({ attribute: false }) chosenId: string | undefined;

  /** The form that is open, with what was typed in it; undefined when none is. */
  @property({ attribute: false }) form: OpenForm | undefined;

  /** What gives the address back that was removed last. */
  @state() private undo: { readonly text: string; readonly recipient: string } | undefined;
  @state() private refusal: Refusal | undefined;
  @state() private busy = false;

  private readonly keys = createKeyKeeper('aixin.saving-address', tabStore);

  private choose(addresses: readonly Address[], chosenId: string | undefined): void {
    this.addresses = addresses;
    this.chosenId = chosenId;
    this.dispatchEvent(new AddressChosen(addresses, chosenId));
  }

  private type(form: OpenForm | undefined): void {
    this.form = form;
    this.dispatchEvent(new AddressTyped(form));
  }

  private open(editing: string | undefined): void {
    this.type(editing === undefined ? undefined : { editing });
    this.refusal = undefined;
    void this.updateComplete.then(() => {
      this.renderRoot.querySelector<HTMLElement>(editing === undefined ? '.add-address' : '#recipient')?.focus();
    });
  }

  private refuse(refusal: Refusal): void {
    this.refusal = refusal;
    void this.updateComplete.then(() => {
      this.renderRoot.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
    });
  }

  private readonly onInput = (event: Event): void => {
    const { currentTarget: form } = event;
    if (form instanceof HTMLFormElement) this.type({ editing: this.form?.editing ?? 'new', typed: fieldsIn(form) });
  };

  /** A whole line `张三 138… 重庆市…` in any field fills them all, where its parts can be told apart for sure. */
  private readonly onPaste = (event: ClipboardEvent): void => {
    const parted = partAddress(event.clipboardData?.getData('text/plain') ?? '');
    const { currentTarget: form } = event;
    if (!parted || !(form instanceof HTMLFormElement)) return;
    event.preventDefault();
    this.type({ editing: this.form?.editing ?? 'new', typed: { ...fieldsIn(form), ...parted } });
    this.zone.announce(checkout.parted);
  };

  private readonly onSave = (event: SubmitEvent): void => {
    event.preventDefault();
    void this.save();
  };

  /** Saves what stands in the open form, and chooses it. Undefined where it was refused: the form says why. */
  async save(): Promise<Address | undefined> {
    const element = this.renderRoot.querySelector('form');
    if (!element || this.busy) return undefined;
    const fields = fieldsIn(element);
    const missing = missingIn(fields);
    if (missing) {
      this.refuse(missing);
      return undefined;
    }
    const wish = { ...fields, addressId: this.addresses.find(({ id }) => id === this.form?.editing)?.id ?? null };
    this.busy = true;
    try {
      const input = { ...wish, idempotencyKey: this.keys.keyFor(JSON.stringify(wish)) };
      const { saveAddress } = await this.zone.client.send(SaveAddress, { input });
      this.keys.settle();
      if (saveAddress.__typename === 'Refusal') {
        this.refuse(saveAddress.code === 'SIGNED_OUT' ? SIGNED_OUT : saveAddress);
        return undefined;
      }
      this.zone.announce(checkout.savedAddress);
      this.take(saveAddress.address);
      return saveAddress.address;
    } catch (reason) {
      this.refuse(why(reason));
      return undefined;
    } finally {
      this.busy = false;
    }
  }

  private take(saved: Address): void {
    const others = this.addresses
      .filter(({ id }) => id !== saved.id)
      .map((address) => (saved.isDefault ? { ...address, isDefault: false } : address));
    this.type(undefined);
    this.refusal = undefined;
    this.choose([saved, ...others], saved.id);
  }

  private async delete(address: Address): Promise<void> {
    try {
      const { removeAddress } = await this.zone.client.send(RemoveAddress, { input: { addressId: address.id } });
      if (removeAddress.__typename === 'Refusal') {
        this.refuse(removeAddress);
        return;
      }
      const { undo } = removeAddress;
      this.undo = undo === null ? undefined : { text: undo, recipient: address.recipient };
      const rest = this.addresses.filter(({ id }) => id !== address.id);
      // Never another address in silence: where the chosen one goes, the person chooses anew.
      this.choose(rest, this.chosenId === address.id ? undefined : this.chosenId);
      this.zone.announce(checkout.removedAddress);
      void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>('.undo')?.focus());
    } catch {
      this.zone.announce(checkout.saveFailed, { urgent: true });
    }
  }

  private async restore(undo: string): Promise<void> {
    try {
      const { restoreAddress } = await this.zone.client.send(RestoreAddress, { input: { undo } });
      if (restoreAddress.__typename === 'Refusal') {
        this.zone.announce(restoreAddress.message, { urgent: true });
        return;
      }
      this.undo = undefined;
      const { address } = restoreAddress;
      this.choose([address, ...this.addresses.filter(({ id }) => id !== address.id)], this.chosenId ?? address.id);
      this.zone.announce(checkout.restoredAddress);
    } catch {
      this.zone.announce(checkout.saveFailed, { urgent: true });
    }
  }

  private renderUndo(): TemplateResult | typeof nothing {
    const { undo } = this;
    if (!undo) return nothing;
    return html`<p class="note apart removed">
      <span>${checkout.removedNamed(undo.recipient)}</span>
      <button class="text-btn undo" @click=${() => void this.restore(undo.text)}>${checkout.undo}</button>
    </p>`;
  }

  /** Whether an address stands in the form that is nowhere yet. */
  get hasTyped(): boolean {
    return this.form !== undefined && isTyped(this.form);
  }

  private renderForm(address: Address | undefined): TemplateResult {
    const onCancel = (): void => {
      this.open(undefined);
    };
    return html`<div class="edit">
      ${addressForm({
        fields: this.form?.typed ?? address,
        refusal: this.refusal,
        busy: this.busy,
        onInput: this.onInput,
        onPaste: this.onPaste,
        onSave: this.onSave,
        onCancel: this.addresses.length > 0 ? onCancel : undefined,
        onSignIn: () => {
          this.zone.signIn();
        },
      })}
    </div>`;
  }

  private renderAddress(address: Address): TemplateResult {
    if (this.form?.editing === address.id) return this.renderForm(address);
    const { id, recipient, mobile, region, detail, isDefault } = address;
    return html`<div class="address">
      <label class="check">
        <input
          type="radio"
          name="address"
          .checked=${id === this.chosenId}
          @change=${() => {
            this.choose(this.addresses, id);
          }}
        />
        <span>
          <b>${recipient}</b>
          <span class="num">${mobile}</span> ${isDefault ? tag(checkout.defaultAddress, 'plain') : nothing}<br />
          <span class="sub">${region} ${detail}</span>
        </span>
      </label>
      <span>
        <button
          class="text-btn"
          aria-label=${checkout.editNamed(recipient)}
          @click=${() => {
            this.open(id);
          }}
        >
          ${checkout.editAddress}
        </button>
        <button
          class="text-btn"
          aria-label=${checkout.removeNamed(recipient)}
          @click=${() => void this.delete(address)}
        >
          ${checkout.removeAddress}
        </button>
      </span>
    </div>`;
  }

  protected override render(): TemplateResult {
    if (this.addresses.length === 0) return html`${this.renderUndo()} ${this.renderForm(undefined)}`;
    return html`${this.renderUndo()}
      <div class="addresses" role="group" aria-label=${checkout.chooseAddress}>
        ${this.addresses.map((address) => this.renderAddress(address))}
        ${
          this.form?.editing === 'new'
            ? this.renderForm(undefined)
            : html`<p>
                <button
                  class="btn ghost small add-address"
                  @click=${() => {
                    this.open('new');
                  }}
                >
                  ${checkout.addAddress}
                </button>
              </p>`
        }
      </div>`;
  }
}

definePage('aixin-address-book', AddressBook);
