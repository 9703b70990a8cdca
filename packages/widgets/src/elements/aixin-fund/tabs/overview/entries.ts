import { html, nothing, type TemplateResult } from 'lit';
import { chooser } from '../../../../console/chooser.js';
import type { CsvCell } from '../../../../console/csv.js';
import { sortableTable, type Sort, type SortColumn } from '../../../../console/sortable-table.js';
import { fullDate, when } from '../../../../kit/dates.js';
import { yuan } from '../../../../kit/money.js';
import { loadMore, skeleton, tag } from '../../../../kit/parts.js';
import { common } from '../../../../texts/common.js';
import { overviewTexts } from '../../../../texts/fund-overview.js';
import type { Fund, FundMatch, MatchState } from './overview.documents.js';

export interface FundEntries {
  readonly fund: Fund;
  readonly state: MatchState | null;
  readonly agreementId: string | null;
  readonly filter: (change: { state?: string | null; agreement?: string | null }) => void;
  /** Undefined before the first answer. */
  readonly rows: readonly FundMatch[] | undefined;
  readonly total: { readonly totalCount: number; readonly totalFen: number };
  readonly busy: boolean;
  readonly problem: TemplateResult | null;
  readonly sort: Sort | null;
  readonly sortBy: (sort: Sort) => void;
  /** How many rows were sorted where there are more than that; null where all were. */
  readonly sortCut: number | null;
  readonly more: { hasNext: boolean; loading: boolean; failed: boolean; load: () => void };
}

const { heads } = overviewTexts;
const unitText = ({ unit, unitCount }: FundMatch): string =>
  overviewTexts.unitCount(overviewTexts.unit[unit], unitCount);
const tone = (state: MatchState): 'leaf' | 'gold' | 'plain' | 'red' =>
  state === 'VOID' ? 'plain' : state === 'PENDING' ? 'gold' : 'leaf';

export const entryColumns: readonly SortColumn<FundMatch>[] = [
  {
    key: 'time',
    head: heads.time,
    cell: ({ at }) => html`<time class="num" datetime=${at}>${when(at)}</time>`,
    value: ({ at }) => at,
  },
  {
    key: 'order',
    head: heads.order,
    cell: ({ orderNumber }) => html`<span class="num mono">${orderNumber}</span>`,
    value: ({ orderNumber }) => orderNumber,
  },
  {
    key: 'product',
    head: heads.product,
    cell: ({ productTitle }) => productTitle ?? html`<span class="sub">${overviewTexts.wholeOrder}</span>`,
    value: ({ productTitle }) => productTitle ?? '',
  },
  { key: 'county', head: heads.county, cell: ({ countyName }) => countyName, value: ({ countyName }) => countyName },
  {
    key: 'sponsor',
    head: heads.sponsor,
    cell: ({ sponsorName }) => sponsorName,
    value: ({ sponsorName }) => sponsorName,
  },
  {
    key: 'agreement',
    head: heads.agreement,
    cell: ({ agreementNumber }) => html`<span class="num mono">${agreementNumber}</span>`,
    value: ({ agreementNumber }) => agreementNumber,
  },
  { key: 'unit', head: heads.unit, cell: unitText },
  {
    key: 'amount',
    head: heads.amount,
    // What stands of a match that was undone is nothing; the state beside it says why.
    cell: ({ state, amountFen }) => (state === 'VOID' ? '—' : yuan(amountFen)),
    value: ({ amountFen }) => amountFen,
    numeric: true,
  },
  {
    key: 'state',
    head: heads.state,
    cell: ({ state, stateText }) => tag(stateText, tone(state)),
    value: ({ stateText }) => stateText,
  },
];

export const entryHeads: readonly string[] = [
  ...[heads.time, heads.order, heads.product, heads.county, heads.sponsor],
  ...[heads.agreement, heads.unit, heads.amount, heads.state],
];

/** An entry as a row of the exported table. */
export const entryCells = (entry: FundMatch): readonly CsvCell[] => [
  fullDate(entry.at),
  entry.orderNumber,
  entry.productTitle ?? overviewTexts.wholeOrder,
  entry.countyName,
  entry.sponsorName,
  entry.agreementNumber,
  unitText(entry),
  { amountFen: entry.amountFen },
  entry.stateText,
];

/** The matches themselves: filtered, sorted, summed. No buyer is among them. */
export const fundEntries = (entries: FundEntries): TemplateResult => {
  const { rows, total, problem, busy } = entries;
  return html`<section class="card entries" aria-labelledby="entries">
    <div class="entries-top">
      <h2 id="entries" class="in-card" tabindex="-1">${overviewTexts.entries}</h2>
      <span class="sub small num" role="status">
        ${rows && !problem ? overviewTexts.entriesSummary(total.totalCount, total.totalFen) : nothing}
      </span>
      ${filters(entries)}
    </div>
    <div class=${busy ? 'busy' : ''}>
      ${problem ?? (rows ? list(entries, rows) : html`<div class="pad">${skeleton([36, 36, 36, 36, 36, 36])}</div>`)}
    </div>
    <p class="sub small no-buyer">${overviewTexts.noBuyer}</p>
  </section>`;
};

const filters = ({ fund, state, agreementId, filter }: FundEntries): TemplateResult => {
  const agreements = fund.agreements.map(({ id, number, sponsorName }) => [id, `${number} ${sponsorName}`] as const);
  return html`<div class="controls">
    ${chooser({
      ...{ label: overviewTexts.filterState, any: overviewTexts.anyState, chosen: state },
      choices: fund.totals.map((each) => [each.state, each.stateText]),
      choose: (value) => filter({ state: value }),
    })}
    ${chooser({
      ...{ label: overviewTexts.filterAgreement, any: overviewTexts.anyAgreement, chosen: agreementId },
      choices: agreements,
      choose: (value) => filter({ agreement: value }),
    })}
    ${
      state !== null || agreementId !== null
        ? html`<button class="text-btn" @click=${() => filter({ state: null, agreement: null })}>
            ${overviewTexts.clear}
          </button>`
        : nothing
    }
  </div>`;
};

const list = (entries: FundEntries, rows: readonly FundMatch[]): TemplateResult => {
  const { sort, sortBy, sortCut, more, total, state, agreementId } = entries;
  if (rows.length === 0) {
    const filtered = state !== null || agreementId !== null;
    return html`<div class="none pad">
      <p>${overviewTexts.entriesEmpty}</p>
      <p class="sub small">${filtered ? overviewTexts.entriesEmptyText : overviewTexts.monthEmptyText}</p>
    </div>`;
  }
  return html`${sortableTable({
    caption: overviewTexts.entriesTable,
    columns: entryColumns,
    rows,
    keyOf: ({ id }) => id,
    sort,
    sortBy,
    rowClass: (row) => (row.state === 'VOID' ? 'void' : ''),
  })}
  ${sortCut === null ? nothing : html`<p class="note sort-cut">${overviewTexts.sortCut(sortCut)}</p>`}
  ${more.failed ? html`<p class="note red" role="alert">${common.problems.offline.text}</p>` : nothing}
  ${loadMore({ shown: rows.length, total: total.totalCount, hasNext: more.hasNext, loading: more.loading, load: more.load })}`;
};
