/**
 * Fields of the consoles' forms: label, control, hint, and what is wrong with it. Template functions, not elements: the
 * controls stand in the form of whoever draws them, so `new FormData(form)` reads them and Enter sends.
 *
 * ```ts
 * html`<form class="form" novalidate @submit=${this.save}>
 *   ${textField({ name: 'number', label: texts.number, value: draft.number, error: this.fieldError('save', 'number') })}
 *   ${yuanField({ name: 'capFen', label: texts.cap, fen: draft.capFen, hint: texts.capHint })}
 *   ${this.refusalNote('save')}
 *   <div class="answers"><button class="btn" ?disabled=${this.isBusy('save')}>${texts.save}</button></div>
 * </form>`
 * ```
 * Read it by `readForm(form)`: texts trimmed, amounts in fen. Styles: `formStyles` (every FundTab has them).
 */
import { html, nothing, type TemplateResult } from 'lit';
import type { Content } from '../kit/parts.js';
import { consoleTexts } from '../texts/console.js';
import { yuanInput } from './yuan-input.js';

export interface Field {
  /** Name in the form, and id of the control: unique in the element that draws it. */
  readonly name: string;
  readonly label: string;
  /** What to type, or what it means; stands below and is read with the field. */
  readonly hint?: Content;
  /** What is wrong with it; the server's own sentence where the server refused it. */
  readonly error?: string | null | undefined;
  readonly required?: boolean;
  readonly disabled?: boolean;
  readonly onInput?: (value: string) => void;
}

type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

const described = ({ name, hint, error }: Field): string | typeof nothing =>
  [hint === undefined ? '' : `${name}-hint`, error ? `${name}-wrong` : ''].filter(Boolean).join(' ') || nothing;

const invalid = ({ error }: Field): 'true' | typeof nothing => (error ? 'true' : nothing);

const onInput =
  ({ onInput: heard }: Field) =>
  (event: Event): void =>
    heard?.((event.target as Control).value);

/** Label above, hint and error below. `required` is said by the control; what may be left out says so in its label. */
const framed = (field: Field, control: TemplateResult): TemplateResult =>
  html`<div class="field">
    <label for=${field.name}
      >${field.label}${
        field.required === false ? html`<span class="sub optional">${consoleTexts.optional}</span>` : nothing
      }</label
    >
    ${control} ${below(field)}
  </div>`;

const below = ({ name, hint, error }: Field): TemplateResult =>
  html`${hint === undefined ? nothing : html`<p class="hint" id="${name}-hint">${hint}</p>`}
  ${error ? html`<p class="wrong" id="${name}-wrong" role="alert">${error}</p>` : nothing}`;

interface TextField extends Field {
  readonly value?: string | null | undefined;
  readonly maxLength?: number;
  readonly placeholder?: string;
}

interface LineField extends TextField {
  readonly type?: 'text' | 'search' | 'date' | 'month';
  /** `numeric` and `decimal` bring the digits of a phone's keyboard. */
  readonly inputMode?: 'text' | 'numeric' | 'decimal';
  readonly min?: string | undefined;
  readonly max?: string | undefined;
  /** Ids, numbers and codes stand in fixed width. */
  readonly mono?: boolean;
}

export const textField = (field: LineField): TemplateResult =>
  framed(
    field,
    html`<input
      class=${field.mono ? 'input mono' : 'input'}
      id=${field.name}
      name=${field.name}
      type=${field.type ?? 'text'}
      inputmode=${field.inputMode ?? nothing}
      autocomplete="off"
      maxlength=${field.maxLength ?? nothing}
      placeholder=${field.placeholder ?? nothing}
      min=${field.min ?? nothing}
      max=${field.max ?? nothing}
      ?required=${field.required !== false}
      ?disabled=${field.disabled ?? false}
      aria-invalid=${invalid(field)}
      aria-describedby=${described(field)}
      .value=${field.value ?? ''}
      @input=${onInput(field)}
    />`,
  );

/** A day in Asia/Shanghai, `2026-11-27`; a month is a `textField` of type `month`. */
export const dateField = (field: Omit<LineField, 'type' | 'inputMode'>): TemplateResult =>
  textField({ ...field, type: 'date' });

interface YuanField extends Field {
  /** The amount in fen; null while there is none. */
  readonly fen?: number | null | undefined;
}

/** An amount in yuan. `readForm` gives it as whole fen. */
export const yuanField = (field: YuanField): TemplateResult =>
  framed(
    field,
    html`<span class="input-group">
      <span class="unit" aria-hidden="true">¥</span>
      <input
        class="input num"
        id=${field.name}
        name=${field.name}
        data-kind="yuan"
        inputmode="decimal"
        autocomplete="off"
        placeholder="0.00"
        ?required=${field.required !== false}
        ?disabled=${field.disabled ?? false}
        aria-invalid=${invalid(field)}
        aria-describedby=${described(field)}
        .value=${yuanInput(field.fen)}
        @input=${onInput(field)}
      />
    </span>`,
  );

export const textArea = (field: TextField & { readonly rows?: number }): TemplateResult =>
  framed(
    field,
    html`<textarea
      class="input"
      id=${field.name}
      name=${field.name}
      rows=${field.rows ?? 3}
      maxlength=${field.maxLength ?? nothing}
      placeholder=${field.placeholder ?? nothing}
      ?required=${field.required !== false}
      ?disabled=${field.disabled ?? false}
      aria-invalid=${invalid(field)}
      aria-describedby=${described(field)}
      .value=${field.value ?? ''}
      @input=${onInput(field)}
    ></textarea>`,
  );

export interface Choice {
  readonly value: string;
  readonly text: string;
  readonly disabled?: boolean;
}

interface SelectField extends Field {
  readonly value?: string | null | undefined;
  readonly choices: readonly Choice[];
  /** The first line, where nothing is chosen yet. */
  readonly placeholder?: string;
}

export const selectField = (field: SelectField): TemplateResult =>
  framed(
    field,
    html`<select
      class="input"
      id=${field.name}
      name=${field.name}
      ?required=${field.required !== false}
      ?disabled=${field.disabled ?? false}
      aria-invalid=${invalid(field)}
      aria-describedby=${described(field)}
      @change=${onInput(field)}
    >
      ${
        field.placeholder === undefined
          ? nothing
          : html`<option value="" ?selected=${!field.value}>${field.placeholder}</option>`
      }
      ${field.choices.map(
        ({ value, text, disabled }) =>
          html`<option value=${value} ?disabled=${disabled ?? false} ?selected=${value === field.value}>
            ${text}
          </option>`,
      )}
    </select>`,
  );

interface CheckField extends Omit<Field, 'onInput'> {
  readonly checked?: boolean;
  readonly onChange?: (checked: boolean) => void;
}

/** `readForm` gives `'on'` where it is ticked, and '' where it is not. */
export const checkField = (field: CheckField): TemplateResult =>
  html`<div class="field">
    <label class="check" for=${field.name}>
      <input
        type="checkbox"
        id=${field.name}
        name=${field.name}
        ?disabled=${field.disabled ?? false}
        aria-invalid=${invalid(field)}
        aria-describedby=${described(field)}
        .checked=${field.checked ?? false}
        @change=${(event: Event) => field.onChange?.((event.target as HTMLInputElement).checked)}
      />
      <span>${field.label}</span>
    </label>
    ${below(field)}
  </div>`;
