import { html, nothing, type TemplateResult } from 'lit';
import type { Refusal } from '../../client/index.js';
import { checkout } from '../../texts/checkout.js';
import { lastOf } from '../../kit/lists.js';
import type { AddressFields } from './checkout-draft.js';

const FIELDS = [
  { name: 'recipient', autocomplete: 'name', hint: undefined },
  { name: 'mobile', autocomplete: 'tel-national', hint: checkout.mobileHint },
  { name: 'region', autocomplete: 'address-level2', hint: checkout.regionHint },
  { name: 'detail', autocomplete: 'street-address', hint: undefined },
] as const;

/** What stands in the form, as it was typed. */
export const fieldsIn = (form: HTMLFormElement): AddressFields => {
  const data = new FormData(form);
  const text = (name: string): string => {
    const value = data.get(name);
    return typeof value === 'string' ? value : '';
  };
  return {
    recipient: text('recipient'),
    mobile: text('mobile'),
    region: text('region'),
    detail: text('detail'),
    isDefault: data.get('isDefault') !== null,
  };
};

/** What is missing, in the shape of the server's own refusal, so that both are shown in the same way. */
export const missingIn = (fields: AddressFields): Refusal | undefined => {
  const missing = FIELDS.find(({ name }) => fields[name].trim() === '');
  if (!missing) return undefined;
  const nowhere = { productId: null, leftCount: null, retryAfterMs: null };
  return { code: 'ADDRESS_INVALID', message: checkout.required, path: missing.name, ...nowhere };
};

interface AddressForm {
  /** What the fields show: what was typed, or the address to change; undefined for a new one. */
  readonly fields: AddressFields | undefined;
  readonly refusal: Refusal | undefined;
  readonly busy: boolean;
  readonly onInput: (event: Event) => void;
  readonly onPaste: (event: ClipboardEvent) => void;
  readonly onSave: (event: SubmitEvent) => void;
  readonly onCancel: (() => void) | undefined;
  readonly onSignIn: () => void;
}

const isAbout = (refusal: Refusal | undefined, name: string): boolean =>
  lastOf(refusal?.path?.split('.') ?? []) === name;

/** The form of one address. The masked number may stay as it is shown: the server keeps the one it knows. */
export const addressForm = (form: AddressForm): TemplateResult => {
  const { fields, refusal, busy, onInput, onPaste, onSave, onCancel, onSignIn } = form;
  return html`<form class="address-form" novalidate @submit=${onSave} @input=${onInput} @paste=${onPaste}>
    ${FIELDS.map(({ name, autocomplete, hint }) => {
      const wrong = isAbout(refusal, name);
      return html`<div class="field ${name}">
        <label for=${name}>${checkout[name]}</label>
        <input
          class="input"
          id=${name}
          name=${name}
          autocomplete=${autocomplete}
          inputmode=${name === 'mobile' ? 'tel' : 'text'}
          required
          .value=${fields?.[name] ?? ''}
          aria-invalid=${wrong ? 'true' : 'false'}
          aria-describedby=${wrong ? `${name}-wrong` : hint ? `${name}-hint` : nothing}
        />
        ${wrong ? html`<p class="wrong" id="${name}-wrong">${refusal?.message}</p>` : nothing}
        ${hint && !wrong ? html`<p class="hint" id="${name}-hint">${hint}</p>` : nothing}
      </div>`;
    })}
    <label class="check"
      ><input type="checkbox" name="isDefault" .checked=${fields?.isDefault ?? false} />${checkout.makeDefault}</label
    >
    ${
      refusal && !FIELDS.some(({ name }) => isAbout(refusal, name))
        ? html`<div class="note red" role="alert">
            <p>${refusal.message}</p>
            ${
              refusal.code === 'SIGNED_OUT'
                ? html`<button type="button" class="text-btn" @click=${onSignIn}>${checkout.signInAgain}</button>`
                : nothing
            }
          </div>`
        : nothing
    }
    <div class="row">
      <button class="btn small" ?disabled=${busy}>${checkout.saveAddress}</button>
      ${onCancel ? html`<button class="btn ghost small" type="button" @click=${onCancel}>${checkout.cancel}</button>` : nothing}
    </div>
  </form>`;
};
