import { TaskStatus, type Task } from '@lit/task';
import { html, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { ClientProblem, isAbort } from '../../client/index.js';
import { ConsoleElement } from '../../console/console-element.js';
import { PAGE_ROWS, readAllPages } from '../../console/all-pages.js';
import { PageQuery } from '../../console/page-query.js';
import { parseSort, sortRows, sortText, type Sort } from '../../console/sortable-table.js';
import { monthText, when } from '../../kit/dates.js';
import { definePage, taskOf } from '../../kit/page.js';
import { dotted, emptyState, skeleton } from '../../kit/parts.js';
import { common } from '../../texts/common.js';
import { fundTexts } from '../../texts/fund.js';
import { fundAgreements } from './fund-agreements.js';
import { fundCounties } from './fund-counties.js';
import { entryCells, entryColumns, entryHeads, fundEntries } from './fund-entries.js';
import { fundGlance } from './fund-glance.js';
import { fundHistory } from './fund-history.js';
import { FundMatchesQuery, FundQuery, type Fund, type FundMatch, type MatchState } from './fund.documents.js';
import { fundStyles } from './aixin-fund.styles.js';

const ROWS_AT_ONCE = 50;
/** Sorting reads this many rows at most: what a browser still draws at once. */
const SORTED_ROWS_AT_MOST = 2_000;

const STATES: readonly MatchState[] = ['PENDING', 'ACCRUED', 'BATCHED', 'REMITTED', 'RECEIPTED', 'DISCLOSED', 'VOID'];

type Filter = 'month' | 'state' | 'agreement' | 'sort';

/** The rows on the screen, of one month and filter. */
interface Entries {
  readonly rows: readonly FundMatch[];
  readonly next: string | null;
  readonly totalCount: number;
  readonly totalFen: number;
}

/**
 * 配捐总览: the fund's matches of a month, for its administrators and for auditors. A figure opens its entries.
 *
 * What is shown stands in the page's address: `?month=2026-11&state=PENDING&agreement=…&sort=-amount`.
 *
 * @attr endpoint, theme, large-type, @prop tokenProvider, @fires aixin-sign-in - as on every element of the zone
 */
export class AixinFund extends ConsoleElement {
  static override styles = [...ConsoleElement.styles, fundStyles];

  @state() private fund: Fund | undefined;
  @state() private entries: Entries | undefined;
  @state() private loadingMore = false;
  @state() private moreFailed = false;
  @state() private tableShown = false;

  private readonly address = new PageQuery<Filter>(this, ['month', 'state', 'agreement', 'sort']);

  private readonly overview: Task<readonly unknown[], Fund | null> = taskOf(
    this,
    async (_args, { signal }) => {
      const { me, fund } = await this.client.send(FundQuery, { month: this.address.get('month') }, { signal });
      if (!me) throw new ClientProblem('signed-out', 'the fund is shown to its administrators');
      signal.throwIfAborted();
      this.fund = fund ?? undefined;
      return fund;
    },
    () => [this.endpoint, this.tokenProvider, this.address.get('month')] as const,
  );

  private readonly listing: Task<readonly unknown[], Entries> = taskOf(
    this,
    async (_args, { signal }) => {
      const entries = this.sort() ? await this.readSorted(signal) : await this.read(ROWS_AT_ONCE, null, signal);
      signal.throwIfAborted();
      this.moreFailed = false;
      this.entries = entries;
      return entries;
    },
    () =>
      [
        ...[this.endpoint, this.tokenProvider, this.address.get('month')],
        ...[this.state(), this.address.get('agreement'), this.sort() !== null],
      ] as const,
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

  protected override render(): TemplateResult {
    const result = this.overview.render({
      initial: () => this.pending(),
      pending: () => (this.fund ? this.content(this.fund, true) : this.pending()),
      complete: (fund) => (fund ? this.content(fund, false) : this.denied()),
      error: (reason) =>
        isAbort(reason)
          ? this.pending()
          : html`<div class="page">${this.problem(reason, () => void this.overview.run())}</div>`,
    });
    return html`<div role="main">${result}</div>`;
  }

  private pending(): TemplateResult {
    return html`<div class="page">${skeleton([64, 110, 220, 360])}</div>`;
  }

  private denied(): TemplateResult {
    return html`<div class="page">
      ${emptyState({ icon: 'person', title: fundTexts.deniedTitle, text: fundTexts.deniedText })}
    </div>`;
  }

  private content(fund: Fund, busy: boolean): TemplateResult {
    const hrefOf = (change: Partial<Record<Filter, string | null>>): string => this.address.href(change);
    return html`<div class="page" aria-busy=${busy ? 'true' : 'false'}>
      <div class="top">
        <p class="sub">${dotted([fund.name, monthText(fund.month), common.asOf(when(fund.asOf))])}</p>
        <h1>${fundTexts.title}</h1>
        <div class="controls">
          ${this.monthChooser(fund.months, fund.month, (month) => this.address.go({ month }))}
          ${this.tools(() => void this.exportEntries(fund))}
        </div>
        ${this.exportStatus()}
      </div>
      ${fundGlance({ fund, current: this.state(), hrefOf, open: this.openEntries })}
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
      { name: fundTexts.file(fund.month, what.join('')), head: entryHeads, cells: entryCells },
      (after) => this.read(PAGE_ROWS, after),
      (rows) => sortRows(rows, entryColumns, this.sort()),
    );
  }
}

definePage('aixin-fund', AixinFund);
