import { html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { stopIfAborted } from '../../../../client/index.js';
import { PAGE_ROWS } from '../../../../console/all-pages.js';
import { figureRow, keyHint } from '../../../../console/figures.js';
import { money } from '../../../../kit/money.js';
import { definePage } from '../../../../kit/page.js';
import { fundBankTexts as texts } from '../../../../texts/fund-bank.js';
import {
  BankDeskQuery,
  BankLinesQuery,
  type BankDesk,
  type BankLine,
  type BankLineState,
  type LineTotal,
} from './bank.documents.js';
import { type DialogHost, openImport, openImports } from './bank-dialogs.js';
import { deskPanel } from './desk-panel.js';
import { daysOf, monthChooser } from './desk-months.js';
import { deskTable } from './desk-table.js';
import { DeskTab } from './desk-tab.js';
import { keysDialog } from './keys-dialog.js';
import { lineCells, workbookPath } from './export-cells.js';
import { fundBankStyles } from './fund-bank.styles.js';

const STATES: readonly BankLineState[] = ['SUGGESTED', 'OPEN', 'MATCHED', 'IGNORED'];
const SEARCH_AFTER_MS = 250;

interface Listing {
  readonly lines: readonly BankLine[];
  readonly totals: readonly LineTotal[];
  readonly hasMore: boolean;
}

/**
 * 对账台: every line of the bank with what explains it. A line is selected, its suggestion read and answered by key; the next
 * one that waits is selected then. What is on its way is shown as such, and comes back with its reason where it was refused.
 *
 * What is shown stands in the address: `?month=2026-10&state=OPEN&text=…`.
 */
export class FundBank extends DeskTab {
  static override styles = [...DeskTab.styles, fundBankStyles];

  @state() private limit = PAGE_ROWS;
  @state() private helpShown = false;
  private searching: ReturnType<typeof setTimeout> | undefined;

  private readonly address = this.addressOf<'month' | 'state' | 'text'>(['month', 'state', 'text']);

  private readonly desk = this.reading(
    async (signal) =>
      (await this.client.send(BankDeskQuery, { month: this.address.get('month') }, { signal })).bankDesk,
    () => [this.address.get('month')],
  );

  private readonly listing = this.reading(
    (signal) => this.readLines(signal),
    () => [this.shownState(), this.address.get('text'), this.address.get('month'), this.limit],
  );

  private shownState(): BankLineState | null {
    return STATES.find((each) => each === this.address.get('state')) ?? null;
  }

  private async page(after: string | null, signal?: AbortSignal) {
    const state = this.shownState();
    const filter = {
      states: state ? [state] : null,
      text: this.address.get('text'),
      ...daysOf(this.address.get('month')),
    };
    const asked = { ...filter, first: PAGE_ROWS, after };
    return (await this.client.send(BankLinesQuery, asked, signal ? { signal } : {})).bankDesk.lines;
  }

  private async readLines(signal: AbortSignal): Promise<Listing> {
    const lines: BankLine[] = [];
    let after: string | null = null;
    for (;;) {
      const page: Awaited<ReturnType<FundBank['page']>> = await this.page(after, signal);
      lines.push(...page.edges.map(({ node }) => node));
      after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
      if (after !== null && lines.length < this.limit) continue;
      stopIfAborted(signal);
      this.changed = new Map();
      return { lines, totals: page.totals, hasMore: after !== null };
    }
  }

  protected override shownLines(): readonly BankLine[] {
    return (this.listing.value?.lines ?? []).map((line) => this.changed.get(line.id) ?? line);
  }

  protected override targets(): BankDesk | undefined {
    return this.desk.value;
  }

  protected override showHelp(): void {
    this.helpShown = true;
  }

  protected override content(): TemplateResult {
    return this.whole(this.desk, (desk, busy) => this.drawn(desk, busy));
  }

  private drawn(desk: BankDesk, busy: boolean): TemplateResult {
    return html`<div aria-busy=${busy ? 'true' : 'false'}>
      ${this.heading({
        title: texts.title,
        controls: html`${monthChooser(desk, this.address)} ${this.tools(() => void this.exportLines())}
          <button class="chip" @click=${() => void this.exportWorkbook()}>${texts.exportXlsx}</button>
          ${
            this.rights.maker
              ? html`<button class="btn ghost" @click=${() => void openImport(this.host())}>${texts.import}</button>`
              : nothing
          }
          <button class="chip" @click=${() => void openImports(this.host(), this.rights)}>${texts.imports}</button>
          <button class="chip" @click=${() => this.showHelp()}>${texts.help} ${keyHint('?')}</button>`,
      })}
      ${this.figureRow(desk)} ${this.whole(this.listing, (listing) => this.listed(desk, listing), [44, 360])}
      ${keysDialog(this.helpShown, () => (this.helpShown = false))}
    </div>`;
  }

  private figureRow({ figures }: BankDesk): TemplateResult {
    const opens = (state: BankLineState) => ({
      href: this.address.href({ state }),
      go: this.address.follow({ state }),
      current: this.shownState() === state,
    });
    return figureRow(texts.figures, [
      {
        figure: money(figures.dueFen),
        label: figures.month ? texts.due(figures.dueCount, figures.adjustmentCount) : texts.noBatch,
      },
      { figure: money(figures.seenFen), label: texts.seen(figures.seenCount) },
      { figure: money(figures.matchedFen), label: texts.matched, tone: 'leaf', ...opens('MATCHED') },
      { figure: money(figures.suggestedFen), label: texts.suggested, tone: 'gold', ...opens('SUGGESTED') },
      ...(figures.suggestedOutFen === 0
        ? []
        : [{ figure: money(figures.suggestedOutFen), label: texts.suggestedOut, ...opens('SUGGESTED') }]),
      {
        figure: money(figures.unknownFen),
        label: texts.unknown,
        ...(figures.unknownFen === 0 ? {} : { tone: 'red' as const }),
      },
    ]);
  }

  private listed(desk: BankDesk, { totals, hasMore }: Listing): TemplateResult {
    const lines = this.shownLines();
    const line = this.selected();
    const all = totals.reduce((sum, { count }) => sum + count, 0);
    const chains = desk.chains.map(({ name, text }) => (desk.chains.length > 1 ? `${name}：${text}` : text));
    return html`${this.filters(totals, all)}
      <div class="two" @keydown=${this.onKey}>
        <div class="card table-card">
          ${
            lines.length === 0
              ? this.none(all)
              : deskTable({
                  lines,
                  selectedId: line?.id ?? null,
                  pending: this.pending,
                  namesAccount: desk.chains.length > 1,
                  select: (each) => this.choose(each),
                })
          }
          ${hasMore ? this.more(lines.length, totals) : nothing}
        </div>
        ${deskPanel({
          line,
          busy: line ? this.pending.has(line.id) : false,
          refusal: line ? this.refusalNote(`desk:${line.id}`) : nothing,
          mayMatch: this.rights.maker,
          chains,
          accept: (each) => void this.accept(each),
          split: (each) => this.split(each),
          ignore: (each) => this.ignore(each),
          undo: (each) => this.undo(each),
        })}
      </div>
      <p class="sub small chain-below">${chains.join(' ')}</p>`;
  }

  private filters(totals: readonly LineTotal[], all: number): TemplateResult {
    const current = this.shownState();
    const chip = (state: BankLineState | null, text: string): TemplateResult =>
      html`<button
        class="chip"
        aria-pressed=${state === current ? 'true' : 'false'}
        @click=${() => this.address.go({ state })}
      >
        ${text}
      </button>`;
    return html`<div class="bar">
      <div class="chips" role="group" aria-label=${texts.filters}>
        ${chip(null, texts.filter(texts.all, all))}
        ${totals.map(({ state, stateText, count }) => chip(state, texts.filter(stateText, count)))}
      </div>
      <div class="search">
        <input
          class="input"
          id="search"
          type="search"
          aria-label=${texts.search}
          placeholder=${texts.search}
          .value=${this.address.get('text') ?? ''}
          @input=${this.onSearch}
          @keydown=${(event: KeyboardEvent) => (event.key === 'Escape' ? this.select(this.selected()) : undefined)}
        />${keyHint(texts.searchKey)}
      </div>
    </div>`;
  }

  private readonly onSearch = (event: Event): void => {
    const text = (event.target as HTMLInputElement).value.trim();
    clearTimeout(this.searching);
    this.searching = setTimeout(() => this.address.go({ text: text || null }), SEARCH_AFTER_MS);
  };

  private none(all: number): TemplateResult {
    const isFiltered = all > 0 || this.address.get('text') !== null || this.address.get('month') !== null;
    return html`<div class="none">
      <p>${isFiltered ? texts.emptyFiltered : texts.empty}</p>
      <p class="sub small">${isFiltered ? texts.emptyFilteredText : texts.emptyText}</p>
      ${
        isFiltered
          ? html`<button class="text-btn" @click=${() => this.address.go({ state: null, text: null, month: null })}>
              ${texts.clear}
            </button>`
          : nothing
      }
    </div>`;
  }

  private more(shown: number, totals: readonly LineTotal[]): TemplateResult {
    const state = this.shownState();
    const all = totals.filter((each) => state === null || each.state === state);
    return html`<div class="none">
      <p class="sub small" role="status">
        ${texts.shown(
          shown,
          all.reduce((sum, { count }) => sum + count, 0),
        )}
      </p>
      <button class="btn ghost small" @click=${() => (this.limit += PAGE_ROWS)}>${texts.more}</button>
    </div>`;
  }

  private host(): DialogHost {
    const { renderRoot: root, road } = this;
    return { root, road, reload: () => void this.reload() };
  }

  /** All of the filter, made by the server: no bound but the workbook's own. */
  private exportWorkbook(): Promise<void> {
    const [state, text, month] = [this.shownState(), this.address.get('text'), this.address.get('month')];
    return this.download(workbookPath({ state, text, month }), `${texts.file(month)}.xlsx`);
  }

  private exportLines(): Promise<void> {
    return this.exportRows<BankLine>(
      { name: `${texts.file(this.address.get('month'))}.csv`, head: texts.exportHeads, cells: lineCells },
      async (after) => {
        const { edges, pageInfo } = await this.page(after);
        return { rows: edges.map(({ node }) => node), next: pageInfo.hasNextPage ? pageInfo.endCursor : null };
      },
    );
  }
}

definePage('aixin-fund-bank', FundBank);
