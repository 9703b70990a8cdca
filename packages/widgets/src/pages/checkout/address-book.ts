import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { createKeyKeeper, tabStore } from '../../buy/idempotency.js';
import type { Refusal } from '../../client/index.js';
import { baseStyles, definePage, tag, type ZoneHandle } from '../../kit/index.js';
import { checkout } from '../../texts/checkout.js';
import { addressForm, draftOf, missingIn } from './address-form.js';
import { RemoveAddress, SaveAddress, type Address } from './checkout.documents.js';

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

const NOWHERE = { path: null, productId: null, leftCount: null, retryAfterMs: null };
const FAILED: Refusal = { code: 'OFFLINE', message: checkout.failed, ...NOWHERE };

/** The member's own addresses: choose one, add, change, remove. */
export class AddressBook extends LitElement {
  static override styles = [
    ...baseStyles,
    css`
      .addresses {
        display: grid;
        gap: 10px;
      }
      .address {
        display: grid;
        grid-template-columns: minmax(0, 1fr) auto;
        gap: 4px 12px;
        padding: 12px 16px;
        border: 1px solid var(--ax-line);
        border-radius: var(--ax-radius-s);
      }
      .address:has(input:checked) {
        border-color: var(--ax-leaf);
        background: var(--ax-leaf-soft);
      }
      .address-form {
        display: grid;
        grid-template-columns: 1fr 1fr;
        gap: 16px;
      }
      .address-form > .check,
      .address-form > .row,
      .address-form > .note,
      .detail {
        grid-column: 1 / -1;
      }
      .edit {
        padding: 16px;
        border: 1px solid var(--ax-line);
        border-radius: var(--ax-radius-s);
      }
      @media (max-width: 640px) {
        .address,
        .address-form {
          grid-template-columns: minmax(0, 1fr);
        }
      }
    `,
  ];

  @property({ attribute: false }) zone!: ZoneHandle;
  @property({ attribute: false }) addresses: readonly Address[] = [];
  @property({ attribute: false }) chosenId: string | undefined;

  /** The id of the address in the form, 'new', or undefined when no form is open. */
  @state() private editing: string | undefined;
  @state() private refusal: Refusal | undefined;
  @state() private busy = false;

  private readonly keys = createKeyKeeper('aixin.saving-address', tabStore);

  private choose(addresses: readonly Address[], chosenId: string | undefined): void {
    this.addresses = addresses;
    this.chosenId = chosenId;
    this.dispatchEvent(new AddressChosen(addresses, chosenId));
  }

  private open(editing: string | undefined): void {
    this.editing = editing;
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

  private readonly onSave = (event: SubmitEvent): void => {
    event.preventDefault();
    if (event.target instanceof HTMLFormElement) void this.save(event.target);
  };

  private async save(form: HTMLFormElement): Promise<void> {
    const draft = draftOf(form);
    const missing = missingIn(draft);
    if (missing) {
      this.refuse(missing);
      return;
    }
    const before = this.addresses.find(({ id }) => id === this.editing);
    const wish = { ...draft, addressId: before?.id ?? null };
    this.busy = true;
    try {
      const input = { ...wish, idempotencyKey: this.keys.keyFor(JSON.stringify(wish)) };
      const { saveAddress } = await this.zone.client.send(SaveAddress, { input });
      this.keys.settle();
      if (saveAddress.__typename === 'Refusal') {
        this.refuse(saveAddress);
        return;
      }
      this.zone.announce(checkout.savedAddress);
      this.take(saveAddress.address);
    } catch {
      this.refuse(FAILED);
    } finally {
      this.busy = false;
    }
  }

  private take(saved: Address): void {
    const others = this.addresses
      .filter(({ id }) => id !== saved.id)
      .map((address) => (saved.isDefault ? { ...address, isDefault: false } : address));
    this.editing = undefined;
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
      const rest = this.addresses.filter(({ id }) => id !== address.id);
      this.choose(rest, this.chosenId === address.id ? rest[0]?.id : this.chosenId);
      this.zone.announce(checkout.removedAddress);
    } catch {
      this.zone.announce(checkout.failed, { urgent: true });
    }
  }

  private renderForm(address: Address | undefined): TemplateResult {
    const onCancel = (): void => {
      this.open(undefined);
    };
    return html`<div class="edit">
      ${addressForm({
        address,
        refusal: this.refusal,
        busy: this.busy,
        onSave: this.onSave,
        onCancel: this.addresses.length > 0 ? onCancel : undefined,
      })}
    </div>`;
  }

  private renderAddress(address: Address): TemplateResult {
    if (this.editing === address.id) return this.renderForm(address);
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
    if (this.addresses.length === 0) return this.renderForm(undefined);
    return html`<div class="addresses" role="group" aria-label=${checkout.chooseAddress}>
      ${this.addresses.map((address) => this.renderAddress(address))}
      ${
        this.editing === 'new'
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
