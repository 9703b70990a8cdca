import { GrowingRows } from '../../../../console/growing-rows.js';
import { html, nothing, type TemplateResult } from 'lit';
import { definePage } from '../../../../kit/page.js';
import { money } from '../../../../kit/money.js';
import { skeleton } from '../../../../kit/parts.js';
import { ageingTexts } from '../../../../texts/fund-ageing.js';
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
  readonly rows: readonly WaitingMatch[];
  readonly remittances: readonly WaitingRemittance[];
  readonly next: string | null;
}

/** For a list that was closed meanwhile. */
const NOTHING: Waiting = { rows: [], remittances: [], next: null };

/** Where the money stands, what waits for what, and behind each figure its entries (`?waiting=PENDING.2`). */
export class FundAgeingCard extends FundTab {
  static override styles = [...FundTab.styles, fundAgeingStyles];

  /** The overview's names too: all of them go when a link leads to another tab. */
  private readonly address = this.addressOf(['waiting', 'month', 'state', 'agreement', 'sort']);

  private readonly ageing = this.reading(
    async (signal) => (await this.client.send(FundAgeingQuery, {}, { signal })).fund,
  );

  private readonly listing = this.reading(
    async (signal): Promise<Waiting | null> => {
      const waiting = this.waiting();
      if (!waiting) return null;
      return this.read(waiting, null, signal);
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

  private readonly growing = new GrowingRows<WaitingMatch, Waiting>(this, async (after) => {
    const waiting = this.waiting();
    return waiting ? this.read(waiting, after) : NOTHING;
  });

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
        rows: found?.edges.map(({ node }) => node) ?? [],
        remittances: [],
        next: found?.pageInfo.hasNextPage ? found.pageInfo.endCursor : null,
      };
    }
    const { fund } = await this.client.send(WaitingRemittancesQuery, { state: of, bucket }, options);
    return { rows: [], remittances: fund?.waitingRemittances ?? [], next: null };
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
    const first = this.listing.value;
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
      ${this.whole(this.listing, () => (first ? this.rows(row, first, total) : skeleton([36, 36, 36])), [36, 36, 36])}
    </section>`;
  }

  private rows({ unit, state: of }: AgeingRow, first: Waiting, total: number): TemplateResult {
    const shown = this.growing.all(first);
    if (unit === 'REMITTANCE') {
      return waitingRemittances(shown.remittances, (number) => this.tabLink('batches', { batch: number }));
    }
    return html`${waitingMatches(shown.rows)}
    ${of === 'ACCRUED' && !shown.next && shown.rows.length < total ? html`<p class="sub small foot">${ageingTexts.adjustments}</p>` : nothing}
    ${this.growing.foot(first, total)}`;
  }
}

definePage('aixin-fund-ageing', FundAgeingCard);
