import { html, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { addressChooser } from '../../../../console/chooser.js';
import { GrowingRows } from '../../../../console/growing-rows.js';
import { figureRow } from '../../../../console/figures.js';
import { sortableTable, sortRows, type Sort } from '../../../../console/sortable-table.js';
import { dayText } from '../../../../kit/dates.js';
import { money } from '../../../../kit/money.js';
import { definePage } from '../../../../kit/page.js';
import { billsTexts } from '../../../../texts/fund-bills.js';
import { FundTab } from '../fund-tab.js';
import { billStyles } from './bills.styles.js';
import {
  AskBillBackMutation,
  BillDayQuery,
  BillRowsQuery,
  TakeBillBackMutation,
  type BillDay,
  type BillDayWhole,
  type BillFile,
  type BillRow,
} from './bills.documents.js';
import { rowCells, rowColumns, rowFileHeads } from './day-columns.js';

const ROWS_AT_ONCE = 50;

interface Rows {
  readonly rows: readonly BillRow[];
  readonly next: string | null;
}

/** One day of one provider: its figures, its equation, its files and its lines (`?kind=`, `?match=`). */
export class FundBillDay extends FundTab {
  static override styles = [...FundTab.styles, billStyles];

  /** `WECHAT.2026-11-22` */
  @property() dayId = '';
  @state() private sort: Sort | null = null;
  private readonly address = this.addressOf(['kind', 'match']);

  private get key(): { provider: BillDay['provider']; day: string } {
    const [provider = '', day = ''] = this.dayId.split('.');
    return { provider: provider as BillDay['provider'], day };
  }

  private get filter(): { kind: BillRow['kind'] | null; state: BillRow['state'] | null } {
    return {
      kind: this.address.get('kind') as BillRow['kind'] | null,
      state: this.address.get('match') as BillRow['state'] | null,
    };
  }

  private readonly one = this.reading(
    async (signal) => (await this.client.send(BillDayQuery, this.key, { signal })).billDay,
    () => [this.dayId],
  );

  private readonly listing = this.reading(
    (signal) => this.read(null, signal),
    () => [this.dayId, this.address.get('kind'), this.address.get('match')],
  );

  private readonly growing = new GrowingRows<BillRow, Rows>(this, (after) => this.read(after));

  private async read(after: string | null, signal?: AbortSignal): Promise<Rows> {
    const wish = { ...this.key, ...this.filter, first: ROWS_AT_ONCE, after };
    const found = (await this.client.send(BillRowsQuery, wish, signal ? { signal } : {})).billDay?.rows;
    return {
      rows: found?.edges.map(({ node }) => node) ?? [],
      next: found?.pageInfo.hasNextPage ? found.pageInfo.endCursor : null,
    };
  }

  private exportAll(): Promise<void> {
    const file = { name: billsTexts.csv(this.key.day), head: rowFileHeads, cells: rowCells };
    return this.exportRows<BillRow>(file, (after) => this.read(after));
  }

  protected override content(): TemplateResult {
    return this.whole(this.one, (day) => (day ? this.drawn(day) : html`<p class="note">${billsTexts.empty}</p>`));
  }

  private drawn(day: BillDayWhole): TemplateResult {
    const gapFen = day.ourFen - day.theirFen;
    const feeGap = day.feeFen !== day.ourFeeFen;
    const differences = this.tabLink('differences', { day: day.day });
    return html`<div class="stack">
      ${figureRow(billsTexts.figures, [
        { figure: money(day.theirFen), label: billsTexts.theirs(day.tradeCount, day.refundCount) },
        { figure: money(day.ourFen), label: billsTexts.ours(day.ourCount) },
        { figure: money(gapFen), label: billsTexts.gap, tone: gapFen === 0 ? 'leaf' : 'red', ...differences },
        { figure: money(day.feeFen), label: billsTexts.fee(day.ourFeeFen), tone: feeGap ? 'red' : undefined },
      ])}
      <section class="card pad equation">
        <p>${this.equation(day, gapFen)}</p>
        ${this.uncovered(day)}
        ${
          day.openCount + day.explainedCount + day.resolvedCount > 0
            ? html`<a class="link" href=${differences.href} @click=${differences.go}>${billsTexts.toDifferences}</a>`
            : nothing
        }
      </section>
      ${this.files(day)} ${this.lines()}
    </div>`;
  }

  private equation({ unexplainedFen, listedFen }: BillDayWhole, gapFen: number): string {
    if (unexplainedFen !== 0) return billsTexts.unexplained(unexplainedFen);
    return gapFen === 0 && listedFen === 0 ? billsTexts.equal : billsTexts.equation(gapFen, listedFen);
  }

  private uncovered({ covers, provider }: BillDayWhole): TemplateResult | typeof nothing {
    const wanted = provider === 'WECHAT' ? (['TRADE', 'REFUND', 'FLOW'] as const) : (['TRADE', 'REFUND'] as const);
    const missing = wanted.filter((kind) => !covers.includes(kind)).map((kind) => billsTexts.covers[kind]);
    return missing.length === 0 ? nothing : html`<p class="sub small">${billsTexts.notCovered(missing.join('、'))}</p>`;
  }

  private files({ imports }: BillDayWhole): TemplateResult {
    return html`<section class="card pad">
      <h3 class="in-card">${billsTexts.files}</h3>
      ${imports.length === 0 ? html`<p class="sub small">${billsTexts.noFiles}</p>` : nothing}
      <ul class="files">
        ${imports.map(
          ({ file, rowCount, addedCount, changedCount, ...one }) =>
            html`<li>
              <span>${file?.name ?? ''}</span>
              <span class="sub small num"
                >${billsTexts.fileRows(rowCount, addedCount)}${billsTexts.fileChanged(changedCount)}</span
              >
              ${
                file
                  ? html`<button
                      class="text-btn"
                      aria-label=${billsTexts.download(file.name)}
                      @click=${() => void this.download(`files/${file.id}?download=1`, file.name)}
                    >
                      ${billsTexts.get}
                    </button>`
                  : nothing
              }
              ${this.wayBack({ ...one, file, rowCount, addedCount, changedCount })}
            </li>`,
        )}
      </ul>
    </section>`;
  }

  /** A file that was imported by mistake: one person asks it back, another takes it back. */
  private wayBack(one: BillFile): TemplateResult | typeof nothing {
    const { back } = one;
    const name = one.file?.name ?? '';
    if (back?.doneAt) return html`<span class="sub small">${billsTexts.takenBack(back.reason)}</span>`;
    if (!back) {
      if (!this.rights.maker) return nothing;
      const label = billsTexts.askBackOf(name);
      return html`<button class="text-btn" aria-label=${label} @click=${() => this.askBack(one.id, name)}>
        ${billsTexts.askBack}
      </button>`;
    }
    const waits = html`<span class="sub small">${billsTexts.waitsBack(back.reason)}</span>`;
    if (!this.rights.checker || back.isMine) return waits;
    const label = billsTexts.takeBackOf(name);
    return html`${waits}
      <button class="text-btn" aria-label=${label} @click=${() => this.takeBack(one.id, name, back.reason)}>
        ${billsTexts.takeBack}
      </button>`;
  }

  private askBack(importId: string, name: string): void {
    this.confirm({
      title: billsTexts.askBackTitle,
      text: billsTexts.askBackText(name),
      yes: billsTexts.askBack,
      reason: billsTexts.askBackReason,
      reasonHint: billsTexts.askBackHint,
      act: async (reason) => {
        const input = { importId, reason };
        const done = await this.command({
          name: 'askBack',
          wish: input,
          send: async (idempotencyKey) =>
            (await this.client.send(AskBillBackMutation, { input: { ...input, idempotencyKey } })).askBillBack,
        });
        if (!done) return this.refusalText('askBack');
        this.say(billsTexts.asked);
        return null;
      },
    });
  }

  private takeBack(importId: string, name: string, reason: string): void {
    this.confirm({
      title: billsTexts.takeBackTitle,
      text: billsTexts.takeBackText(name, reason),
      yes: billsTexts.takeBack,
      act: async () => {
        const done = await this.command({
          name: 'takeBack',
          wish: { importId },
          send: async () => (await this.client.send(TakeBillBackMutation, { input: { importId } })).takeBillBack,
        });
        if (!done) return this.refusalText('takeBack');
        this.say(billsTexts.takenBackNow);
        return null;
      },
    });
  }

  private lines(): TemplateResult {
    return html`<section class="card table-card" aria-labelledby="rows">
      <div class="card-head">
        <h3 class="in-card" id="rows">${billsTexts.rows}</h3>
        <span class="sub small">${billsTexts.noBuyer}</span>
        <div class="controls">
          ${addressChooser(this.address, 'kind', {
            ...{ label: billsTexts.filterKind, any: billsTexts.anyKind },
            choices: Object.entries(billsTexts.covers),
          })}
          ${addressChooser(this.address, 'match', {
            ...{ label: billsTexts.filterState, any: billsTexts.anyState },
            choices: Object.entries(billsTexts.states),
          })}
          ${this.tools(() => void this.exportAll())}
        </div>
      </div>
      ${this.whole(this.listing, (first) => this.table(first), [36, 36, 36])}
    </section>`;
  }

  private table(first: Rows): TemplateResult {
    const shown = this.growing.all(first);
    if (shown.rows.length === 0) return html`<p class="none">${billsTexts.noRows}</p>`;
    return html`${sortableTable({
      caption: `${dayText(this.key.day)} ${billsTexts.rows}`,
      columns: rowColumns,
      rows: sortRows(shown.rows, rowColumns, this.sort),
      keyOf: ({ id }) => id,
      sort: this.sort,
      sortBy: (sort) => (this.sort = sort),
    })}
    ${this.growing.foot(first)}`;
  }
}

definePage('aixin-fund-bill-day', FundBillDay);
