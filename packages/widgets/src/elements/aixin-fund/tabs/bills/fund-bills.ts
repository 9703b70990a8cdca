import { html, nothing, type TemplateResult } from 'lit';
import { query, state } from 'lit/decorators.js';
import '../../../../console/console-dialog.js';
import { GrowingRows } from '../../../../console/growing-rows.js';
import '../../../../console/file-drop.js';
import type { FilesChanged } from '../../../../console/file-drop.js';
import { sortableTable, sortRows, type Sort } from '../../../../console/sortable-table.js';
import { day, dayText } from '../../../../kit/dates.js';
import { definePage } from '../../../../kit/page.js';
import { emptyState } from '../../../../kit/parts.js';
import { billsTexts } from '../../../../texts/fund-bills.js';
import { FundTab } from '../fund-tab.js';
import './bill-day.js';
import { billStyles } from './bills.styles.js';
import { BillDaysQuery, FetchBillMutation, ImportBillMutation, type BillDay } from './bills.documents.js';
import { dayColumns } from './day-columns.js';

const DAYS_AT_ONCE = 31;

interface Days {
  readonly rows: readonly BillDay[];
  readonly next: string | null;
}

/** The newest day that is over: its bill is the one that is asked for. */
const yesterday = (): string => day(new Date(Date.now() - 86_400_000).toISOString());

/** 支付账单: the days with a bill, and one of them opened (`?bill=WECHAT.2026-11-22`). */
export class FundBills extends FundTab {
  static override styles = [...FundTab.styles, billStyles];

  @state() private taking = false;
  @state() private fileId: string | null = null;
  @state() private sort: Sort | null = null;
  @query('#fetch-day') private fetchDay!: HTMLInputElement | null;
  private readonly address = this.addressOf(['bill', 'kind', 'match']);

  private readonly listing = this.reading((signal) => this.read(null, signal));

  private readonly growing = new GrowingRows<BillDay, Days>(this, (after) => this.read(after));

  private async read(after: string | null, signal?: AbortSignal): Promise<Days> {
    const { billDays } = await this.client.send(
      BillDaysQuery,
      { first: DAYS_AT_ONCE, after },
      signal ? { signal } : {},
    );
    return {
      rows: billDays?.edges.map(({ node }) => node) ?? [],
      next: billDays?.pageInfo.hasNextPage ? billDays.pageInfo.endCursor : null,
    };
  }

  private readonly openDialog = (): void => {
    this.fileId = null;
    this.forget('import');
    this.taking = true;
  };

  private async importFile(event: Event): Promise<void> {
    event.preventDefault();
    const { fileId } = this;
    if (fileId === null) return this.mark('import', 'fileId', billsTexts.fileMissing);
    const input = { fileId };
    const done = await this.command({
      name: 'import',
      wish: input,
      send: async () => (await this.client.send(ImportBillMutation, { input })).importBill,
    });
    if (!done) return;
    this.taking = false;
    const { rowCount, addedCount } = done.import;
    this.say(done.isRepeated ? billsTexts.repeated : billsTexts.imported(rowCount, addedCount));
    const [only, ...others] = done.days;
    if (only && others.length === 0) this.address.go({ bill: only.id });
  }

  private async fetch(event: Event): Promise<void> {
    event.preventDefault();
    const input = { day: this.fetchDay?.value ?? '' };
    const done = await this.command({
      name: 'fetch',
      wish: input,
      send: async () => (await this.client.send(FetchBillMutation, { input })).fetchBill,
    });
    if (!done) return;
    this.say(billsTexts.fetched(dayText(done.day.day), done.addedCount));
    this.address.go({ bill: done.day.id });
  }

  protected override content(): TemplateResult {
    const dayId = this.address.get('bill');
    return html`${this.heading({
      title: billsTexts.title,
      sub: billsTexts.sub,
      controls: this.rights.maker ? this.controls() : nothing,
    })}
    ${this.refusalNote('fetch')} ${dayId === null ? this.all() : this.one(dayId)} ${this.dialog()}`;
  }

  private controls(): TemplateResult {
    return html`<form class="fetch" @submit=${(event: Event) => void this.fetch(event)}>
        <input
          class="input num"
          id="fetch-day"
          type="date"
          aria-label=${billsTexts.fetchDay}
          .value=${yesterday()}
          required
        />
        <button class="btn ghost" ?disabled=${this.isBusy('fetch')} title=${billsTexts.fetch}>
          ${this.isBusy('fetch') ? html`<span class="spinner"></span>` : nothing}${billsTexts.fetchShort}
        </button>
      </form>
      <button class="btn" @click=${this.openDialog}>${billsTexts.take}</button>`;
  }

  private all(): TemplateResult {
    return this.whole(this.listing, (first) => this.days(first), [280]);
  }

  private days(first: Days): TemplateResult {
    const shown = this.growing.all(first);
    if (shown.rows.length === 0) {
      return html`<section class="card pad">
        ${emptyState({ icon: 'file', title: billsTexts.empty, text: billsTexts.emptyText })}
      </section>`;
    }
    const columns = dayColumns(({ id }) => ({
      href: this.address.href({ bill: id }),
      go: this.address.follow({ bill: id }),
    }));
    return html`<section class="card table-card">
      ${sortableTable({
        caption: billsTexts.daysTable,
        columns,
        rows: sortRows(shown.rows, columns, this.sort),
        keyOf: ({ id }) => id,
        sort: this.sort,
        sortBy: (sort) => (this.sort = sort),
      })}
      ${this.growing.foot(first)}
    </section>`;
  }

  private one(dayId: string): TemplateResult {
    const first = this.listing.value;
    const found = first && this.growing.all(first).rows.find(({ id }) => id === dayId);
    const all = { bill: null, kind: null, match: null };
    return html`<p class="back">
        <a class="link" href=${this.address.href(all)} @click=${this.address.follow(all)}>‹ ${billsTexts.back}</a>
        ${found ? html`<b class="num">${billsTexts.dayTitle(dayText(found.day), found.providerText)}</b>` : nothing}
      </p>
      <aixin-fund-bill-day
        .dayId=${dayId}
        .rights=${this.rights}
        .memberId=${this.memberId}
        .endpoint=${this.endpoint}
        .tokenProvider=${this.tokenProvider}
      ></aixin-fund-bill-day>`;
  }

  private dialog(): TemplateResult {
    return html`<aixin-dialog
      heading=${billsTexts.takeTitle}
      ?open=${this.taking}
      @aixin-dialog-close=${() => (this.taking = false)}
    >
      ${
        this.taking
          ? html`<form class="form one" @submit=${(event: Event) => void this.importFile(event)}>
              <aixin-file-drop
                label=${billsTexts.file}
                hint=${billsTexts.fileHint}
                purpose="bill"
                accept=".csv,.zip"
                .road=${this.road}
                .error=${this.fieldError('import', 'fileId')}
                @aixin-files-changed=${({ files }: FilesChanged) => {
                  this.fileId = files[0]?.id ?? null;
                  this.forget('import');
                }}
              ></aixin-file-drop>
              ${this.refusalNote('import', ['fileId'])}
              <div class="answers">
                <button class="btn" ?disabled=${this.isBusy('import')}>${billsTexts.import}</button>
              </div>
            </form>`
          : nothing
      }
    </aixin-dialog>`;
  }
}

definePage('aixin-fund-bills', FundBills);
