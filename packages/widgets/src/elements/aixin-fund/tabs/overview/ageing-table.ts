import { html, nothing, type TemplateResult } from 'lit';
import { yuan } from '../../../../kit/money.js';
import { tag } from '../../../../kit/parts.js';
import { ageingTexts } from '../../../../texts/fund-ageing.js';
import type { AgeingRow, MatchState } from './overview.documents.js';

type Bucket = AgeingRow['buckets'][number];

export interface AgeingTable {
  readonly rows: readonly AgeingRow[];
  /** What is opened: `PENDING.2`. */
  readonly current: string | null;
  readonly linkOf: (state: MatchState, bucket: number | null) => { href: string; go: (event: MouseEvent) => void };
}

export const daysOf = ({ fromDays, toDays }: Bucket): string => ageingTexts.days(fromDays, toDays);

/** State by age: what waits for what. A figure opens its entries; the older it is, the warmer it looks. */
export const ageingTable = (table: AgeingTable): TemplateResult => {
  const { rows } = table;
  const { heads } = ageingTexts;
  return html`<div class="table-scroll" tabindex="0" role="region" aria-label=${ageingTexts.table}>
    <table class="dense ageing">
      <caption class="sr">
        ${ageingTexts.table}
      </caption>
      <thead>
        <tr>
          <th scope="col">${heads.state}</th>
          <th scope="col">${heads.waitsFor}</th>
          ${rows[0]?.buckets.map((bucket) => html`<th scope="col" class="n">${daysOf(bucket)}</th>`)}
          <th scope="col" class="n">${heads.total}</th>
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (row) =>
            html`<tr>
              <th scope="row">
                ${tag(row.stateText, row.count === 0 ? 'plain' : row.state === 'PENDING' ? 'gold' : 'leaf')}
                <span class="sub for-phone">${row.waitsFor}</span>
              </th>
              <td class="for">${row.waitsFor}</td>
              ${row.buckets.map((bucket, index) => cell(table, row, { ...bucket, index, days: daysOf(bucket) }))}
              ${cell(table, row, { ...row, index: null, days: ageingTexts.allAges })}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
};

interface Cell {
  readonly index: number | null;
  readonly days: string;
  readonly count: number;
  readonly amountFen: number;
}

/** From the third age on somebody should look; from the fourth on something is stuck. */
const AGE_TONES = ['', '', 'gold', 'red'];

const cell = (
  { current, linkOf }: AgeingTable,
  row: AgeingRow,
  { index, days, count, amountFen }: Cell,
): TemplateResult => {
  if (count === 0) return html`<td class="n sub">–</td>`;
  const { href, go } = linkOf(row.state, index);
  const opened = current === (index === null ? row.state : `${row.state}.${String(index)}`);
  const tone = index === null ? 'whole' : (AGE_TONES[index] ?? '');
  return html`<td class="n">
    <a class="cell ${tone}" href=${href} aria-current=${opened ? 'true' : nothing} @click=${go}
      ><span class="sr">${ageingTexts.cell(row.stateText, days)}</span><b>${yuan(amountFen)}</b
      ><span class="small">${ageingTexts.items[row.unit](count)}</span></a
    >
  </td>`;
};
