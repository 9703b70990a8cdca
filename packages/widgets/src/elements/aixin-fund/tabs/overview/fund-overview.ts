import { TaskStatus } from '@lit/task';
import { html, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { isAbort, stopIfAborted } from '../../../../client/index.js';
import { PAGE_ROWS, readAllPages } from '../../../../console/all-pages.js';
import { parseSort, sortRows, sortText, type Sort } from '../../../../console/sortable-table.js';
import { monthText, when } from '../../../../kit/dates.js';
import { definePage } from '../../../../kit/page.js';
import { dotted } from '../../../../kit/parts.js';
import { common } from '../../../../texts/common.js';
import { overviewTexts } from '../../../../texts/fund-overview.js';
import { fundAgreements } from './agreements.js';
import { fundCounties } from './counties.js';
import { entryCells, entryColumns, entryHeads, fundEntries } from './entries.js';
import { fundGlance } from './glance.js';
import { fundHistory } from './history.js';
import { remittedRow } from './remitted.js';
import './fund-ageing.js';
import {
  FundMatchesQuery,
  FundQuery,
  FundRemittedQuery,
  type Fund,
  type FundMatch,
  type MatchState,
} from './overview.documents.js';
import { capBarStyles } from '../cap-bar.js';
import { FundTab } from '../fund-tab.js';
import { fundStyles } from './fund-overview.styles.js';

const ROWS_AT_ONCE = 50;
/** Sorting reads this many rows at most: what a browser still draws at once. */
const SORTED_ROWS_AT_MOST = 2_000;

const STATES: readonly MatchState[] = ['PENDING', 'ACCRUED', 'BATCHED', 'REMITTED', 'RECEIPTED', 'DISCLOSED', 'VOID'];

/** `waiting` is the ageing card's, which stands in this tab. */
type Filter = 'month' | 'state' | 'agreement' | 'sort' | 'waiting';

/** The rows on the screen, of one month and filter. */
interface Entries {
  readonly rows: readonly FundMatch[];
  readonly next: string | null;
  readonly totalCount: number;
  readonly totalFen: number;
}

/**
 * 配捐总览: the fund's matches of a month. A figure opens its entries.
 *
 * What is shown stands in the page's address: `?month=2026-11&state=PENDING&agreement=…&sort=-amount`.
 */
export class FundOverview extends FundTab {
  static override styles = [...FundTab.styles, capBarStyles, fundStyles];

  @state() private entries: Entries | undefined;
  @state() private loadingMore = false;
  @state() private moreFailed = false;
  @state() private tableShown = false;

  private readonly address = this.addressOf<Filter>(['month', 'state', 'agreement', 'sort', 'waiting']);

  private readonly overview = this.reading(
    async (signal) => (await this.client.send(FundQuery, { month: this.address.get('month') }, { signal })).fund,
    () => [this.address.get('month')],
  );

  private readonly remitted = this.reading(
    async (signal) =>
      (await this.client.send(FundRemittedQuery, { month: this.address.get('month') }, { signal })).bankDesk.figures,
    () => [this.address.get('month')],
  );

  private readonly listing = this.reading(
    async (signal) => {
      const entries = this.sort() ? await this.readSorted(signal) : await this.read(ROWS_AT_ONCE, null, signal);
      stopIfAborted(signal);
      this.moreFailed = false;
      this.entries = entries;
      return entries;
    },
    () => [this.address.get('month'), this.state(), this.address.get('agreement'), this.sort() !== null],
  );

  private state(): MatchState | null {
    return STATES.find((each) => each === this.address.get('state')) ?? null;
  }

  private sort(): Sort | null {
    const sort = parseSort(this.address.get('sort'));
    return entryColumns.some(({ key, value }) => key === sort?.key && value) ? sort : null;
  }

  private async read(first: number, after: string | null, signal?: AbortSignal): Promise<Entries> {
    const filter = {
      month: this.address.get('month'),
      state: this.state(),
      agreementId: this.address.get('agreement'),
    };
    const { fund } = await this.client.send(FundMatchesQuery, { ...filter, first, after }, signal ? { signal } : {});
    const matches = fund?.matches;
    return {
      rows: matches?.edges.map(({ node }) => node) ?? [],
      next: matches?.pageInfo.hasNextPage ? matches.pageInfo.endCursor : null,
      totalCount: matches?.totalCount ?? 0,
      totalFen: matches?.totalFen ?? 0,
    };
  }

  /** The server gives matches newest first; another order needs all of them here. */
  private async readSorted(signal: AbortSignal): Promise<Entries> {
    let last: Entries | undefined;
    const { rows } = await readAllPages(async (after) => (last = await this.read(PAGE_ROWS, after, signal)), {
      maxRows: SORTED_ROWS_AT_MOST,
    });
    return { rows, next: last?.next ?? null, totalCount: last?.totalCount ?? 0, totalFen: last?.totalFen ?? 0 };
  }

  private async more(): Promise<void> {
    const { entries } = this;
    if (!entries?.next || this.loadingMore) return;
    this.loadingMore = true;
    this.moreFailed = false;
    try {
      const page = await this.read(ROWS_AT_ONCE, entries.next);
      // Another filter may have been chosen while these were on their way.
      if (this.entries === entries) this.entries = { ...page, rows: [...entries.rows, ...page.rows] };
    } catch (reason) {
      if (!isAbort(reason)) this.moreFailed = true;
    } finally {
      this.loadingMore = false;
    }
  }

  /** Filters the entries and brings them into sight: the figure that was pressed is explained below. */
  private readonly openEntries = (change: Partial<Record<Filter, string | null>>) => (event: MouseEvent) => {
    this.address.follow(change)(event);
    if (!event.defaultPrevented) return;
    const heading = this.renderRoot.querySelector<HTMLElement>('#entries');
    heading?.focus({ preventScroll: true });
    heading?.scrollIntoView({ block: 'start' });
  };

  protected override content(): TemplateResult {
    return this.whole(this.overview, (fund, busy) => (fund ? this.month(fund, busy) : html``), [64, 110, 220, 360]);
  }

  private month(fund: Fund, busy: boolean): TemplateResult {
    const hrefOf = (change: Partial<Record<Filter, string | null>>): string => this.address.href(change);
    return html`<div aria-busy=${busy ? 'true' : 'false'}>
      ${this.heading({
        title: overviewTexts.title,
        sub: dotted([monthText(fund.month), common.asOf(when(fund.asOf))]),
        controls: html`${this.monthChooser(fund.months, fund.month, (month) => this.address.go({ month }))}
        ${this.tools(() => void this.exportEntries(fund))}`,
      })}
      ${fundGlance({ fund, current: this.state(), hrefOf, open: this.openEntries })} ${this.remittances()}
      <aixin-fund-ageing
        .endpoint=${this.endpoint}
        .tokenProvider=${this.tokenProvider}
        .rights=${this.rights}
      ></aixin-fund-ageing>
      <div class="columns">
        <div class="column">
          ${fundAgreements({ fund, current: this.address.get('agreement'), hrefOf, open: this.openEntries })}
          ${fundHistory({
            fund,
            tableShown: this.tableShown,
            toggleTable: () => (this.tableShown = !this.tableShown),
            hrefOf: (month) => hrefOf({ month }),
            follow: (month) => this.address.follow({ month }),
          })}
        </div>
        ${fundCounties(fund)}
      </div>
      ${this.entriesSection(fund)}
    </div>`;
  }

  /** Nothing of it before the first batch: the states above say all there is. */
  private remittances(): TemplateResult | null {
    const { value } = this.remitted;
    return value ? remittedRow(value, (tab, names) => this.tabLink(tab, names)) : null;
  }

  private entriesSection(fund: Fund): TemplateResult {
    const { entries } = this;
    const failed = this.listing.status === TaskStatus.ERROR && !isAbort(this.listing.error);
    const sort = this.sort();
    return fundEntries({
      fund,
      state: this.state(),
      agreementId: this.address.get('agreement'),
      filter: (change) => this.address.go(change),
      rows: entries ? sortRows(entries.rows, entryColumns, sort) : undefined,
      total: entries ?? { totalCount: 0, totalFen: 0 },
      busy: this.listing.status === TaskStatus.PENDING,
      problem: failed ? this.problem(this.listing.error, () => void this.listing.run()) : null,
      sort,
      sortBy: (next) => this.address.go({ sort: sortText(next) }),
      sortCut: sort !== null && entries !== undefined && entries.next !== null ? entries.rows.length : null,
      more: {
        hasNext: entries !== undefined && entries.next !== null && sort === null,
        loading: this.loadingMore,
        failed: this.moreFailed,
        load: () => void this.more(),
      },
    });
  }

  private exportEntries(fund: Fund): Promise<void> {
    const agreement = fund.agreements.find(({ id }) => id === this.address.get('agreement'));
    const stateText = fund.totals.find(({ state }) => state === this.state())?.stateText;
    const what = [stateText, agreement?.number].filter(Boolean).map((word) => `-${String(word)}`);
    return this.exportRows<FundMatch>(
      { name: overviewTexts.file(fund.month, what.join('')), head: entryHeads, cells: entryCells },
      (after) => this.read(PAGE_ROWS, after),
      (rows) => sortRows(rows, entryColumns, this.sort()),
    );
  }
}

definePage('aixin-fund-overview', FundOverview);
