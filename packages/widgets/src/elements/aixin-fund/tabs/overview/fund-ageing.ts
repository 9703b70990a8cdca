import { html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { isAbort } from '../../../../client/index.js';
import { definePage } from '../../../../kit/page.js';
import { money } from '../../../../kit/money.js';
import { loadMore, skeleton } from '../../../../kit/parts.js';
import { ageingTexts } from '../../../../texts/fund-ageing.js';
import { common } from '../../../../texts/common.js';
import { FundTab } from '../fund-tab.js';
import { ageingTable, daysOf } from './ageing-table.js';
import { fundAgeingStyles } from './fund-ageing.styles.js';
import {
  FundAgeingQuery,
  WaitingMatchesQuery,
  WaitingRemittancesQuery,
  type AgeingRow,
  type FundAgeing,
  type MatchState,
  type WaitingMatch,
  type WaitingRemittance,
} from './overview.documents.js';
import { standingBar } from './standing.js';
import { waitingMatches, waitingRemittances } from './waiting-lists.js';

const ROWS_AT_ONCE = 50;

interface Waiting {
  readonly matches: readonly WaitingMatch[];
  readonly remittances: readonly WaitingRemittance[];
  readonly next: string | null;
}

/** Where the money stands, what waits for what, and behind each figure its entries (`?waiting=PENDING.2`). */
export class FundAgeingCard extends FundTab {
  static override styles = [...FundTab.styles, fundAgeingStyles];

  @state() private loadingMore = false;
  @state() private moreFailed = false;
  @state() private more: Waiting | undefined;
  /** The overview's names too: all of them go when a link leads to another tab. */
  private readonly address = this.addressOf(['waiting', 'month', 'state', 'agreement', 'sort']);

  private readonly ageing = this.reading(
    async (signal) => (await this.client.send(FundAgeingQuery, {}, { signal })).fund,
  );

  private readonly listing = this.reading(
    async (signal): Promise<Waiting | null> => {
      const waiting = this.waiting();
      if (!waiting) return null;
      const page = await this.read(waiting, null, signal);
      signal.throwIfAborted();
      this.more = undefined;
      return page;
    },
    () => [this.address.get('waiting')],
  );

  /** `PENDING.2`, or `PENDING` for any age. */
  private waiting(): { state: MatchState; bucket: number | null } | null {
    const [, name, bucket] = /^([A-Z]+)(?:\.([0-3]))?$/.exec(this.address.get('waiting') ?? '') ?? [];
    const row = this.ageing.value?.ageing.find((each) => each.state === name);
    if (name === undefined || (this.ageing.value && !row)) return null;
    return { state: name as MatchState, bucket: bucket === undefined ? null : Number(bucket) };
  }

  private async read(
    { state: of, bucket }: { state: MatchState; bucket: number | null },
    after: string | null,
    signal?: AbortSignal,
  ): Promise<Waiting> {
    const options = signal ? { signal } : {};
    if (of === 'PENDING' || of === 'ACCRUED') {
      const wish = { state: of, bucket, first: ROWS_AT_ONCE, after };
      const found = (await this.client.send(WaitingMatchesQuery, wish, options)).fund?.waitingMatches;
      return {
        matches: found?.edges.map(({ node }) => node) ?? [],
        remittances: [],
        next: found?.pageInfo.hasNextPage ? found.pageInfo.endCursor : null,
      };
    }
    const { fund } = await this.client.send(WaitingRemittancesQuery, { state: of, bucket }, options);
    return { matches: [], remittances: fund?.waitingRemittances ?? [], next: null };
  }

  private async loadMore(shown: Waiting): Promise<void> {
    const waiting = this.waiting();
    if (!waiting || !shown.next || this.loadingMore) return;
    this.loadingMore = true;
    this.moreFailed = false;
    try {
      const page = await this.read(waiting, shown.next);
      this.more = { ...page, matches: [...shown.matches, ...page.matches] };
    } catch (reason) {
      if (!isAbort(reason)) this.moreFailed = true;
    } finally {
      this.loadingMore = false;
    }
  }

  protected override content(): TemplateResult {
    return this.whole(this.ageing, (fund) => (fund ? this.cards(fund) : html``), [110, 300]);
  }

  private cards({ overall, ageing }: FundAgeing): TemplateResult {
    const stands = overall.filter((of) => of.state !== 'VOID').reduce((sum, of) => sum + of.amountFen, 0);
    return html`<div class="stack">
      <section class="card pad">
        <h3 class="in-card">${ageingTexts.where}</h3>
        <p class="sub small whole">${ageingTexts.whereSub(stands)}</p>
        ${standingBar(overall, (of) => (of === 'DISCLOSED' ? this.tabLink('disclosure') : this.linkOf(of, null)))}
      </section>
      <section class="card table-card">
        <div class="card-head">
          <h3 class="in-card">${ageingTexts.title}</h3>
          <span class="sub small">${ageingTexts.sub}</span>
        </div>
        ${ageingTable({ rows: ageing, current: this.address.get('waiting'), linkOf: (of, bucket) => this.linkOf(of, bucket) })}
        ${this.list(ageing)}
      </section>
    </div>`;
  }

  /** Opens the entries below the table; pressed again, they go. */
  private linkOf(of: MatchState, bucket: number | null): { href: string; go: (event: MouseEvent) => void } {
    const waiting = bucket === null ? of : `${of}.${String(bucket)}`;
    const change = { waiting: this.address.get('waiting') === waiting ? null : waiting };
    return {
      href: this.address.href(change),
      go: (event) => {
        this.address.follow(change)(event);
        if (event.defaultPrevented) void this.updateComplete.then(() => this.bringList());
      },
    };
  }

  private bringList(): void {
    const heading = this.renderRoot.querySelector<HTMLElement>('#waiting');
    heading?.focus({ preventScroll: true });
    heading?.scrollIntoView({ block: 'nearest' });
  }

  private list(rows: readonly AgeingRow[]): TemplateResult | typeof nothing {
    const waiting = this.waiting();
    const row = rows.find((each) => each.state === waiting?.state);
    if (!waiting || !row) return nothing;
    const shown = this.more ?? this.listing.value;
    const bucket = waiting.bucket === null ? null : row.buckets[waiting.bucket];
    const total = bucket?.count ?? row.count;
    return html`<section class="waiting" aria-labelledby="waiting">
      <div class="card-head">
        <h4 class="in-card" id="waiting" tabindex="-1">
          ${ageingTexts.list(row.stateText, bucket ? daysOf(bucket) : ageingTexts.allAges)}
        </h4>
        <span class="sub small num"
          >${ageingTexts.items[row.unit](total)} · ${money(bucket?.amountFen ?? row.amountFen)}</span
        >
        <div class="controls">
          <button class="text-btn" @click=${() => this.address.go({ waiting: null })}>${ageingTexts.close}</button>
        </div>
      </div>
      ${this.whole(this.listing, () => (shown ? this.rows(row, shown, total) : skeleton([36, 36, 36])), [36, 36, 36])}
    </section>`;
  }

  private rows({ unit, state: of }: AgeingRow, shown: Waiting, total: number): TemplateResult {
    if (unit === 'REMITTANCE') {
      return waitingRemittances(shown.remittances, (number) => this.tabLink('batches', { batch: number }));
    }
    return html`${waitingMatches(shown.matches)}
    ${of === 'ACCRUED' && !shown.next && shown.matches.length < total ? html`<p class="sub small foot">${ageingTexts.adjustments}</p>` : nothing}
    ${this.moreFailed ? html`<p class="note red foot" role="alert">${common.problems.offline.text}</p>` : nothing}
    ${loadMore({
      shown: shown.matches.length,
      total,
      hasNext: shown.next !== null,
      loading: this.loadingMore,
      load: () => void this.loadMore(shown),
    })}`;
  }
}

definePage('aixin-fund-ageing', FundAgeingCard);
