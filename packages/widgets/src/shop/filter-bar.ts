import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { property, query } from 'lit/decorators.js';
import { baseStyles } from '../kit/base.js';
import { icon } from '../kit/icons.js';
import { definePage, type ZoneHandle } from '../kit/page.js';
import { shop } from '../texts/shop.js';
import { countyShort } from './county-name.js';
import { NO_FILTERS, queryOf, SORTS, type Filters, type Sort } from './filters.js';

/** A word is looked for once the fingers rest this long. */
const REST_MS = 300;

/** More chips in a row would be too narrow for the name of a county. */
const CHIPS_IN_A_ROW = 12;

/** As few rows as hold all counties and “all”, which is as wide as two, and as evenly as it goes. */
const columnsFor = (counties: number): number => {
  const cells = counties + 2;
  return Math.ceil(cells / Math.ceil(cells / CHIPS_IN_A_ROW));
};

/**
 * Chips, search, badge and sort above the shelf. It changes nothing by itself: it goes to the list with other filters in the
 * URL, so that the back button, a reload and a sent link all show the same shelf.
 */
export class FilterBar extends LitElement {
  static override styles = [
    ...baseStyles,
    css`
      :host {
        display: block;
      }
      /* Full rows, none with a few left over; where there is less room the row scrolls. */
      @media (min-width: 900px) {
        .chips {
          display: grid;
          grid-template-columns: repeat(var(--columns), minmax(0, 1fr));
          overflow: visible;
        }
        .chips .chip {
          justify-content: center;
          padding-inline: 4px;
        }
        .chips .chip:first-child {
          grid-column: span 2;
        }
      }
      .tools {
        display: grid;
        grid-template-columns: 1fr auto auto auto;
        gap: 12px;
        margin: 16px 0 20px;
      }
      .search {
        position: relative;
      }
      .search svg {
        position: absolute;
        left: 14px;
        top: 50%;
        translate: 0 -50%;
        color: var(--ax-ink-2);
        pointer-events: none;
      }
      .search .input {
        min-height: 44px;
        padding-left: 44px;
        border-color: var(--ax-line);
      }
      .search .input:hover {
        border-color: var(--ax-edge);
      }
      .tools .chip {
        min-height: 44px;
      }
      @media (max-width: 640px) {
        .tools {
          grid-template-columns: auto 1fr 1fr;
          gap: 8px;
        }
        .search {
          grid-column: 1 / -1;
        }
        .chips {
          margin-right: -16px;
          padding-right: 20px;
        }
        select.chip {
          min-width: 0;
        }
      }
    `,
  ];

  @property({ attribute: false }) zone!: ZoneHandle;
  @property({ attribute: false }) filters: Filters = NO_FILTERS;
  @property({ attribute: false }) counties: readonly { code: string; name: string }[] = [];
  @property({ attribute: false }) categories: readonly { key: string; name: string }[] = [];
  /** True on the list: typing searches at once. Elsewhere only Enter leaves the page. */
  @property({ type: Boolean }) live = false;

  @query('input') private input!: HTMLInputElement;
  private timer: ReturnType<typeof setTimeout> | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.timer);
  }

  protected override updated(): void {
    // Whoever is typing keeps the word in hand: an answer to the last letters must not take it away.
    if (this.renderRoot instanceof ShadowRoot && this.renderRoot.activeElement === this.input) return;
    this.input.value = this.filters.text;
  }

  private go(change: Partial<Filters>, replace = false): void {
    clearTimeout(this.timer);
    const text = this.input.value.trim();
    this.zone.navigate(this.zone.href('list', {}, queryOf({ ...this.filters, text, ...change })), { replace });
  }

  private readonly onInput = (): void => {
    clearTimeout(this.timer);
    if (!this.live) return;
    this.timer = setTimeout(() => {
      this.go({}, true);
    }, REST_MS);
  };

  private readonly onSubmit = (event: Event): void => {
    event.preventDefault();
    this.go({}, this.live);
  };

  private renderCounty(code: string | undefined, text: string): TemplateResult {
    const on = this.filters.county === code;
    const href = this.zone.href('list', {}, queryOf({ ...this.filters, county: code }));
    return html`<a class="chip" href=${href} aria-current=${on ? 'true' : nothing}>${text}</a>`;
  }

  private renderSelect(
    label: string,
    options: readonly { value: string; text: string }[],
    value: string,
    onChange: (value: string) => void,
  ): TemplateResult {
    return html`<select
      class="chip ${value === options[0]?.value ? '' : 'on'}"
      aria-label=${label}
      @change=${(event: Event) => {
        onChange((event.target as HTMLSelectElement).value);
      }}
    >
      ${options.map((option) => html`<option value=${option.value} ?selected=${option.value === value}>${option.text}</option>`)}
    </select>`;
  }

  protected override render(): TemplateResult {
    const { filters } = this;
    const categories = [
      { value: '', text: shop.allCategories },
      ...this.categories.map(({ key, name }) => ({ value: key, text: name })),
    ];
    const sorts = SORTS.map((sort) => ({ value: sort, text: shop.sorts[sort] }));
    return html`<form role="search" aria-label=${shop.filters} @submit=${this.onSubmit}>
      <div class="chips" style="--columns:${columnsFor(this.counties.length)}">
        ${this.renderCounty(undefined, shop.allCounties(this.counties.length))}
        ${this.counties.map(({ code, name }) => this.renderCounty(code, countyShort(name)))}
      </div>
      <div class="tools">
        <div class="search">
          ${icon('search', 20)}
          <input
            class="input"
            type="search"
            enterkeyhint="search"
            autocomplete="off"
            aria-label=${shop.searchLabel}
            placeholder=${shop.searchHint}
            @input=${this.onInput}
          />
        </div>
        <button
          class="chip leaf-on"
          type="button"
          aria-pressed=${filters.charityItem ? 'true' : 'false'}
          @click=${() => {
            this.go({ charityItem: !filters.charityItem });
          }}
        >
          ${shop.charityItem}
        </button>
        ${this.renderSelect(shop.category, categories, filters.category ?? '', (value) => {
          this.go({ category: value || undefined });
        })}
        ${this.renderSelect(shop.sort, sorts, filters.sort, (value) => {
          this.go({ sort: value as Sort });
        })}
      </div>
    </form>`;
  }
}

definePage('aixin-filter-bar', FilterBar);
