import { html, nothing, type TemplateResult } from 'lit';
import { shortHash } from '../console/figures.js';
import { monthText } from '../kit/dates.js';
import { count, money } from '../kit/money.js';
import { table, tag } from '../kit/parts.js';
import { disclosureTexts as texts } from '../texts/disclosure.js';
import type { Content } from './disclosure.documents.js';

/** Eight characters at a time: what people compare by eye. */
const ROOT_PART = 8;

export const rootView = (root: string): TemplateResult => {
  const parts = Array.from({ length: Math.ceil(root.length / ROOT_PART) }, (_, at) =>
    root.slice(at * ROOT_PART, (at + 1) * ROOT_PART),
  );
  return html`<p class="root mono">${parts.map((part) => html`<span>${part}</span>`)}</p>`;
};

export const receivedSection = ({ received }: Content): TemplateResult =>
  received.length === 0
    ? html`${nothing}`
    : html`<section>
        <h2>${texts.receivedRows}</h2>
        <div class="card">
          ${table<Content['received'][number]>({
            caption: texts.receivedRows,
            columns: [
              { head: texts.reference, cell: ({ reference }) => html`<span class="num nowrap">${reference}</span>` },
              { head: texts.donor, cell: ({ donor }) => donor },
              { head: texts.receivedDay, cell: ({ day }) => html`<span class="num nowrap">${day}</span>` },
              {
                head: texts.receipt,
                cell: ({ receiptDay }) =>
                  receiptDay === null
                    ? tag(texts.receiptOpen, 'gold')
                    : html`<span class="nowrap">${texts.receiptGiven(receiptDay)}</span>`,
              },
              { head: texts.amount, numeric: true, cell: ({ amountFen }) => money(amountFen) },
            ],
            rows: received,
          })}
        </div>
      </section>`;

export const batchesSection = ({ batches }: Content): TemplateResult =>
  batches.length === 0
    ? html`${nothing}`
    : html`<section>
        <h2>${texts.batches}</h2>
        <div class="card">
          ${table<Content['batches'][number]>({
            caption: texts.batches,
            columns: [
              {
                head: texts.batch,
                cell: ({ number, isNew }) =>
                  html`<span class="num nowrap">${number}</span> ${isNew ? nothing : tag(texts.earlier, 'plain')}`,
              },
              { head: texts.month, cell: ({ month }) => html`<span class="nowrap">${monthText(month)}</span>` },
              { head: texts.approved, cell: ({ approvedDay }) => html`<span class="num nowrap">${approvedDay}</span>` },
              { head: texts.lineCount, numeric: true, cell: ({ lineCount }) => count(lineCount) },
              { head: texts.amount, numeric: true, cell: ({ amountFen }) => money(amountFen) },
              { head: texts.batchRoot, cell: ({ root }) => shortHash(root) },
            ],
            rows: batches,
          })}
        </div>
      </section>`;
