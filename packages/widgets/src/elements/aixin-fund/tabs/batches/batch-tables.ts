import { html, nothing, type TemplateResult } from 'lit';
import { code, shortHash } from '../../../../console/figures.js';
import { day, when } from '../../../../kit/dates.js';
import { count, yuan } from '../../../../kit/money.js';
import { table, tag } from '../../../../kit/parts.js';
import { batchTexts } from '../../../../texts/fund-batches.js';
import type { BatchLine, BatchTotal, PayTo, Remittance } from './batches.documents.js';

const { totalHeads, remittanceHeads, lineHeads } = batchTexts;
const TONES: Partial<Record<Remittance['state'], 'gold' | 'plain'>> = { DRAFT: 'gold', OPEN: 'gold', NONE: 'plain' };

/** Nothing is shown as a dash, so that what is there stands out. */
const orDash = (value: number, text: (value: number) => string): string => (value === 0 ? '–' : text(value));

/** `withSponsor`: left out where all are of one. */
export const remittanceTable = (rows: readonly Remittance[], withSponsor = true): TemplateResult =>
  table<Remittance>({
    caption: batchTexts.remittances,
    rows,
    columns: [
      { head: remittanceHeads.reference, cell: ({ reference }) => code(reference) },
      ...(withSponsor ? [{ head: remittanceHeads.sponsor, cell: ({ sponsorName }: Remittance) => sponsorName }] : []),
      { head: remittanceHeads.agreement, cell: ({ agreementNumber }) => code(agreementNumber) },
      { head: remittanceHeads.lines, cell: ({ linesFen }) => yuan(linesFen), numeric: true },
      { head: remittanceHeads.carried, cell: ({ carriedInFen }) => orDash(carriedInFen, yuan), numeric: true },
      { head: remittanceHeads.amount, cell: ({ amountFen }) => html`<b>${yuan(amountFen)}</b>`, numeric: true },
      { head: remittanceHeads.received, cell: ({ receivedFen }) => orDash(receivedFen, yuan), numeric: true },
      { head: remittanceHeads.state, cell: ({ state, stateText }) => tag(stateText, TONES[state] ?? 'leaf') },
      { head: remittanceHeads.day, cell: ({ remittedDay }) => html`<span class="num">${remittedDay ?? '–'}</span>` },
      {
        head: remittanceHeads.receipt,
        cell: ({ receiptedAt }) => (receiptedAt ? html`<span class="num">${day(receiptedAt)}</span>` : '–'),
      },
    ],
  });

/** What each agreement, county or product has in the batch, and the sum, which the checker compares. */
export const totalsTable = (title: string, rows: readonly BatchTotal[]): TemplateResult => {
  const sum = (key: Exclude<keyof BatchTotal, 'name'>): number => rows.reduce((total, each) => total + each[key], 0);
  const figures = (row: (key: Exclude<keyof BatchTotal, 'name'>) => number): TemplateResult =>
    html`<td class="n">${count(row('matchCount'))}</td>
      <td class="n">${yuan(row('matchedFen'))}</td>
      <td class="n">${orDash(row('adjustmentCount'), count)}</td>
      <td class="n">${orDash(row('adjustedFen'), yuan)}</td>
      <td class="n"><b>${yuan(row('amountFen'))}</b></td>`;
  return html`<section class="card table-card">
    <div class="card-head"><h3 class="in-card">${title}</h3></div>
    <div class="table-scroll" tabindex="0" role="region" aria-label=${title}>
      <table class="dense totals">
        <caption class="sr">
          ${title}
        </caption>
        <thead>
          <tr>
            <th scope="col">${totalHeads.name}</th>
            <th scope="col" class="n">${totalHeads.matches}</th>
            <th scope="col" class="n">${totalHeads.matched}</th>
            <th scope="col" class="n">${totalHeads.adjustments}</th>
            <th scope="col" class="n">${totalHeads.adjusted}</th>
            <th scope="col" class="n">${totalHeads.total}</th>
          </tr>
        </thead>
        <tbody>
          ${rows.map(
            (row) =>
              html`<tr>
                <td>${row.name || batchTexts.wholeOrders}</td>
                ${figures((key) => row[key])}
              </tr>`,
          )}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">${batchTexts.sum}</th>
            ${figures(sum)}
          </tr>
        </tfoot>
      </table>
    </div>
  </section>`;
};

export const linesTable = (rows: readonly BatchLine[]): TemplateResult =>
  table<BatchLine>({
    caption: batchTexts.linesTable,
    rows,
    columns: [
      { head: lineHeads.number, cell: ({ number }) => code(number) },
      { head: lineHeads.at, cell: ({ at }) => html`<time class="num" datetime=${at}>${when(at)}</time>` },
      {
        head: lineHeads.kind,
        cell: ({ isAdjustment }) =>
          isAdjustment ? tag(batchTexts.kindAdjustment, 'gold') : tag(batchTexts.kindMatch, 'plain'),
      },
      { head: lineHeads.reference, cell: ({ reference }) => code(reference) },
      { head: lineHeads.county, cell: ({ countyName }) => countyName },
      {
        head: lineHeads.corrects,
        cell: ({ correctsNumber }) => (correctsNumber === null ? nothing : code(correctsNumber)),
      },
      { head: lineHeads.hash, cell: ({ entryHash }) => shortHash(entryHash) },
      { head: lineHeads.amount, cell: ({ amountFen }) => yuan(amountFen), numeric: true },
    ],
  });

/** Where a sponsor remits to, in one line that can be copied. */
export const payToText = ({ name, bankName, number }: PayTo): TemplateResult =>
  html`${name} · ${bankName} <span class="num">${number}</span>`;
