import { html, nothing, type TemplateResult } from 'lit';
import type { CsvCell } from '../../../../console/csv.js';
import type { SortColumn } from '../../../../console/sortable-table.js';
import { yuan } from '../../../../kit/money.js';
import { tag } from '../../../../kit/parts.js';
import { billsTexts } from '../../../../texts/fund-bills.js';
import type { BillDay, BillRow } from './bills.documents.js';

const { heads, rowHeads } = billsTexts;

/** What is wrong stands out; nothing is said twice. */
const gapOf = (fen: number): TemplateResult =>
  fen === 0 ? html`<span class="sub">0.00</span>` : html`<b class="red-text">${yuan(fen)}</b>`;

export const resultOf = ({ openCount, explainedCount }: BillDay): TemplateResult => {
  if (openCount > 0) return tag(billsTexts.open(openCount), 'red');
  return explainedCount > 0 ? tag(billsTexts.explained(explainedCount), 'gold') : tag(billsTexts.agrees, 'leaf');
};

export const dayColumns = (
  linkOf: (day: BillDay) => { href: string; go: (event: MouseEvent) => void },
): readonly SortColumn<BillDay>[] => [
  {
    key: 'day',
    head: heads.day,
    cell: (day) => {
      const { href, go } = linkOf(day);
      return html`<a class="link num" href=${href} @click=${go}>${day.day}</a>`;
    },
    value: ({ day }) => day,
  },
  {
    key: 'state',
    head: heads.state,
    cell: resultOf,
    value: ({ openCount, explainedCount }) => openCount * 1_000 + explainedCount,
  },
  {
    key: 'provider',
    head: heads.provider,
    cell: ({ providerText }) => html`<span class="nowrap">${providerText}</span>`,
    value: ({ providerText }) => providerText,
  },
  {
    key: 'trades',
    head: heads.trades,
    cell: ({ tradeFen, tradeCount }) =>
      html`<span class="nowrap"
        >${yuan(tradeFen)} <span class="sub small">${billsTexts.items(tradeCount)}</span></span
      >`,
    value: ({ tradeFen }) => tradeFen,
    numeric: true,
  },
  {
    key: 'refunds',
    head: heads.refunds,
    cell: ({ refundFen, refundCount }) =>
      html`<span class="nowrap"
        >${yuan(refundFen)} <span class="sub small">${billsTexts.items(refundCount)}</span></span
      >`,
    value: ({ refundFen }) => refundFen,
    numeric: true,
  },
  {
    key: 'theirs',
    head: heads.theirs,
    cell: ({ theirFen }) => yuan(theirFen),
    value: ({ theirFen }) => theirFen,
    numeric: true,
  },
  { key: 'ours', head: heads.ours, cell: ({ ourFen }) => yuan(ourFen), value: ({ ourFen }) => ourFen, numeric: true },
  {
    key: 'gap',
    head: heads.gap,
    cell: ({ ourFen, theirFen }) => gapOf(ourFen - theirFen),
    value: ({ ourFen, theirFen }) => Math.abs(ourFen - theirFen),
    numeric: true,
  },
  {
    key: 'fee',
    head: heads.fee,
    cell: ({ feeFen, ourFeeFen }) =>
      html`${yuan(feeFen)}${feeFen === ourFeeFen ? nothing : html` <b class="red-text small">${yuan(feeFen - ourFeeFen)}</b>`}`,
    value: ({ feeFen }) => feeFen,
    numeric: true,
  },
];

const toneOf = (state: BillRow['state']): 'leaf' | 'red' | 'plain' =>
  state === 'MATCHED' ? 'leaf' : state === 'DIFFERS' ? 'red' : 'plain';

export const rowColumns: readonly SortColumn<BillRow>[] = [
  {
    key: 'at',
    head: rowHeads.at,
    cell: ({ at }) => html`<span class="num">${at.slice(11)}</span>`,
    value: ({ at }) => at,
  },
  {
    key: 'kind',
    head: rowHeads.kind,
    cell: ({ kindText, providerStateText }) =>
      providerStateText === null ? kindText : html`${kindText} <span class="sub small">${providerStateText}</span>`,
    value: ({ kindText }) => kindText,
  },
  {
    key: 'state',
    head: rowHeads.state,
    cell: ({ state, stateText }) => tag(stateText, toneOf(state)),
    value: ({ stateText }) => stateText,
  },
  {
    key: 'amount',
    head: rowHeads.amount,
    cell: ({ amountFen }) => yuan(amountFen),
    value: ({ amountFen }) => amountFen,
    numeric: true,
  },
  { key: 'fee', head: rowHeads.fee, cell: ({ feeFen }) => yuan(feeFen), value: ({ feeFen }) => feeFen, numeric: true },
  {
    key: 'order',
    head: rowHeads.order,
    cell: ({ orderNumber, kind }) =>
      orderNumber === null
        ? html`<span class="sub">${kind === 'FLOW' ? '—' : billsTexts.noOrder}</span>`
        : html`<span class="num mono">${orderNumber}</span>`,
    value: ({ orderNumber }) => orderNumber ?? '',
  },
  {
    key: 'number',
    head: rowHeads.number,
    cell: ({ number }) => html`<span class="num mono small">${number}</span>`,
    value: ({ number }) => number,
  },
];

export const rowFileHeads: readonly string[] = [
  ...[rowHeads.at, rowHeads.kind, rowHeads.order, rowHeads.number, rowHeads.amount, rowHeads.fee, rowHeads.state],
];

/** A line as a row of the exported table. */
export const rowCells = ({
  at,
  kindText,
  providerStateText,
  orderNumber,
  number,
  amountFen,
  feeFen,
  stateText,
}: BillRow): readonly CsvCell[] => [
  ...[at, providerStateText ?? kindText, orderNumber ?? '', number],
  ...[{ amountFen }, { amountFen: feeFen }, stateText],
];
