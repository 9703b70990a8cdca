import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { textField } from '../../../../console/forms.js';
import { icon } from '../../../../kit/icons.js';
import { dotted } from '../../../../kit/parts.js';
import { agreementTexts as texts } from '../../../../texts/fund-agreements.js';
import type { FoundProduct, Places } from './agreements.documents.js';
import type { FormSeed, Named } from './form-seed.js';

type Chosen = Pick<FormSeed, 'products' | 'suppliers' | 'countyCodes' | 'categoryKeys'>;

interface ScopeFields {
  readonly places: Places;
  readonly chosen: Chosen;
  /** Null: nothing was looked for. */
  readonly found: readonly FoundProduct[] | null;
  readonly error: string | null;
  readonly find: (text: string) => void;
  readonly choose: (change: Partial<Chosen>) => void;
}

/** Which products: listed one by one, and those of some counties, categories and suppliers. */
export const scopeFields = (fields: ScopeFields): TemplateResult => {
  const { places, chosen, error, choose } = fields;
  return html`<fieldset>
    <legend>${texts.sectionScope}</legend>
    <p class="sub small wide">${texts.scopeHint}</p>
    ${options({
      label: texts.counties,
      all: places.counties.map(({ code, name }) => ({ id: code, name })),
      on: chosen.countyCodes,
      change: (countyCodes) => choose({ countyCodes }),
    })}
    ${options({
      label: texts.categories,
      all: places.categories.map(({ key, name }) => ({ id: key, name })),
      on: chosen.categoryKeys,
      change: (categoryKeys) => choose({ categoryKeys }),
    })}
    ${chosenLists(fields)}
    <div class="wide">
      ${textField({
        ...{ name: 'find', label: texts.findProducts, hint: texts.findHint, type: 'search', required: false, error },
        onInput: fields.find,
      })}
    </div>
    ${results(fields)}
  </fieldset>`;
};

interface Options {
  readonly label: string;
  readonly all: readonly Named[];
  readonly on: readonly string[];
  readonly change: (on: readonly string[]) => void;
}

const options = ({ label, all, on, change }: Options): TemplateResult =>
  html`<div class="field wide" role="group" aria-label=${label}>
    <span class="label">${label}</span>
    <div class="options">
      ${all.map(
        ({ id, name }) =>
          html`<button
            type="button"
            class="chip leaf-on"
            aria-pressed=${on.includes(id) ? 'true' : 'false'}
            @click=${() => change(on.includes(id) ? on.filter((each) => each !== id) : [...on, id])}
          >
            ${name}
          </button>`,
      )}
    </div>
  </div>`;

const results = ({ found, chosen, choose }: ScopeFields): TemplateResult | typeof nothing => {
  if (found === null) return nothing;
  if (found.length === 0) return html`<p class="sub wide" role="status">${texts.notFound}</p>`;
  const add = (to: 'products' | 'suppliers', one: Named): void => choose({ [to]: [...chosen[to], one] });
  return html`<ul class="found wide" aria-label=${texts.found}>
    ${repeat(
      found,
      ({ id }) => id,
      ({ id, title, county, supplier }) =>
        html`<li>
          <span class="what">${title}<br /><span class="sub small">${dotted([county.name, supplier.name])}</span></span>
          <button
            type="button"
            class="chip"
            aria-label=${texts.addProduct(title)}
            ?disabled=${isIn(chosen.products, id)}
            @click=${() => add('products', { id, name: title })}
          >
            ${isIn(chosen.products, id) ? texts.added : texts.asProduct}
          </button>
          <button
            type="button"
            class="chip"
            aria-label=${texts.addSupplier(supplier.name)}
            ?disabled=${isIn(chosen.suppliers, supplier.id)}
            @click=${() => add('suppliers', supplier)}
          >
            ${isIn(chosen.suppliers, supplier.id) ? texts.added : texts.asSupplier}
          </button>
        </li>`,
    )}
  </ul>`;
};

const isIn = (all: readonly Named[], id: string): boolean => all.some((each) => each.id === id);

const chosenLists = ({ chosen, choose }: ScopeFields): TemplateResult =>
  html`${(
    [
      ['products', texts.chosen],
      ['suppliers', texts.suppliers],
    ] as const
  ).map(([of, label]) =>
    chosen[of].length === 0
      ? nothing
      : html`<div class="field wide">
          <span class="label">${label} <span class="num">${chosen[of].length}</span></span>
          <ul class="chosen-list">
            ${chosen[of].map(
              ({ id, name }) =>
                html`<li>
                  ${name}
                  <button
                    type="button"
                    aria-label=${texts.remove(name)}
                    @click=${() => choose({ [of]: chosen[of].filter((each) => each.id !== id) })}
                  >
                    ${icon('cross', 16)}
                  </button>
                </li>`,
            )}
          </ul>
        </div>`,
  )}`;
