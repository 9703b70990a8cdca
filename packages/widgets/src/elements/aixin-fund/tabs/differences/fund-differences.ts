import { css, html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { addressChooser } from '../../../../console/chooser.js';
import { sortableTable, sortRows, type Sort } from '../../../../console/sortable-table.js';
import { GrowingRows } from '../../../../console/growing-rows.js';
import { definePage } from '../../../../kit/page.js';
import { emptyState } from '../../../../kit/parts.js';
import { differencesTexts } from '../../../../texts/fund-differences.js';
import { FundTab } from '../fund-tab.js';
import { differenceCells, differenceColumns, differenceHeads, saidOf } from './difference-columns.js';
import { DifferencesQuery, ExplainDifferenceMutation, type Difference } from './differences.documents.js';

const ROWS_AT_ONCE = 50;

interface Shown {
  readonly rows: readonly Difference[];
  readonly total: number;
  readonly next: string | null;
}

/** 差异: everything that two sides do not agree on (`?state=`, `?source=`, `?day=`), and what was said about it. */
export class FundDifferences extends FundTab {
  static override styles = [
    ...FundTab.styles,
    css`
      .nowrap {
        white-space: nowrap;
      }
      .table-card .more {
        padding: 12px 16px 16px;
      }
      td .why {
        display: block;
        min-width: 9em;
        max-width: 22em;
        white-space: normal;
      }
      td .what {
        display: block;
        min-width: 12em;
        max-width: 26em;
        white-space: normal;
      }
      /* Nine columns on a desk without scrolling sideways. */
      table.dense {
        font-size: var(--ax-t13);
      }
      table.dense th,
      table.dense td {
        padding-inline: 9px;
      }
      .gap {
        color: var(--ax-red);
      }
    `,
  ];

  @state() private sort: Sort | null = null;
  private readonly address = this.addressOf(['state', 'source', 'day']);

  private readonly listing = this.reading(
    (signal) => this.read(null, signal),
    () => [this.address.get('state'), this.address.get('source'), this.address.get('day')],
  );

  private get filter() {
    return {
      state: this.address.get('state') as Difference['state'] | null,
      source: this.address.get('source') as Difference['source'] | null,
      day: this.address.get('day'),
    };
  }

  private readonly growing = new GrowingRows<Difference, Shown>(this, (after) => this.read(after));

  private async read(after: string | null, signal?: AbortSignal): Promise<Shown> {
    const wish = { ...this.filter, first: ROWS_AT_ONCE, after };
    const found = (await this.client.send(DifferencesQuery, wish, signal ? { signal } : {})).fundDifferences;
    return {
      rows: found?.edges.map(({ node }) => node) ?? [],
      total: found?.totalCount ?? 0,
      next: found?.pageInfo.hasNextPage ? found.pageInfo.endCursor : null,
    };
  }

  private exportAll(): Promise<void> {
    const file = { name: differencesTexts.csv, head: differenceHeads, cells: differenceCells };
    return this.exportRows<Difference>(file, (after) => this.read(after));
  }

  private explain({ id, text }: Difference): void {
    this.confirm({
      title: differencesTexts.explainTitle,
      text: differencesTexts.explainText(text),
      yes: differencesTexts.save,
      reason: differencesTexts.reason,
      reasonHint: differencesTexts.reasonHint,
      act: async (reason) => {
        const input = { differenceId: id, reason };
        const done = await this.command({
          name: 'explain',
          wish: input,
          send: async (idempotencyKey) =>
            (await this.client.send(ExplainDifferenceMutation, { input: { ...input, idempotencyKey } }))
              .explainDifference,
        });
        if (!done) return this.refusalText('explain');
        this.say(differencesTexts.saved);
        return null;
      },
    });
  }

  protected override content(): TemplateResult {
    return html`${this.heading({
      title: differencesTexts.title,
      sub: differencesTexts.sub,
      controls: this.tools(() => void this.exportAll()),
    })}
    ${this.whole(this.listing, (first) => this.card(first), [52, 280])}`;
  }

  private card(first: Shown): TemplateResult {
    const shown = this.growing.all(first);
    const { day } = this.filter;
    return html`<section class="card table-card">
      <div class="card-head">
        <span class="sub small num" role="status">${differencesTexts.summary(shown.total)}</span>
        <div class="controls">
          ${
            day === null
              ? nothing
              : html`<button class="chip" @click=${() => this.address.go({ day: null })}>
                  ${differencesTexts.day(day)} · ${differencesTexts.anyDay}
                </button>`
          }
          ${addressChooser(this.address, 'source', {
            ...{ label: differencesTexts.filterSource, any: differencesTexts.anySource },
            choices: Object.entries(differencesTexts.sources),
          })}
          ${addressChooser(this.address, 'state', {
            ...{ label: differencesTexts.filterState, any: differencesTexts.anyState },
            choices: Object.entries(differencesTexts.states),
          })}
        </div>
      </div>
      ${shown.rows.length === 0 ? this.nothingFound() : this.table(first)}
    </section>`;
  }

  private nothingFound(): TemplateResult {
    const { state: of, source, day } = this.filter;
    if (of !== null || source !== null || day !== null) return html`<p class="none">${differencesTexts.nothing}</p>`;
    return emptyState({ icon: 'check', title: differencesTexts.allGood, text: differencesTexts.allGoodText });
  }

  private table(first: Shown): TemplateResult {
    const shown = this.growing.all(first);
    const columns = differenceColumns((one) => this.reason(one));
    return html`${sortableTable({
      caption: differencesTexts.table,
      columns,
      rows: sortRows(shown.rows, columns, this.sort),
      keyOf: ({ id }) => id,
      sort: this.sort,
      sortBy: (sort) => (this.sort = sort),
    })}
    ${this.growing.foot(first, shown.total)}`;
  }

  private reason(one: Difference): TemplateResult {
    const mayExplain = this.rights.maker && one.state !== 'RESOLVED' && one.source === 'BILL';
    const earlier = saidOf(one) - 1;
    const label = one.reason === null ? differencesTexts.explain : differencesTexts.again;
    return html`${
      one.reason === null
        ? nothing
        : html`<span class="why"
            >${one.reason}${earlier > 0 ? html` <span class="sub small">${differencesTexts.earlier(earlier)}</span>` : nothing}</span
          >`
    }${
      mayExplain
        ? html`<button
            class="text-btn"
            aria-label=${differencesTexts.explainOf(label, one.day, one.text)}
            @click=${() => this.explain(one)}
          >
            ${label}
          </button>`
        : nothing
    }`;
  }
}

definePage('aixin-fund-differences', FundDifferences);
