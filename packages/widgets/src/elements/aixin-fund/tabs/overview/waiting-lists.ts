import { html, type TemplateResult } from 'lit';
import { code } from '../../../../console/figures.js';
import { when } from '../../../../kit/dates.js';
import { yuan } from '../../../../kit/money.js';
import { table, tag } from '../../../../kit/parts.js';
import { ageingTexts } from '../../../../texts/fund-ageing.js';
import { overviewTexts } from '../../../../texts/fund-overview.js';
import type { WaitingMatch, WaitingRemittance } from './overview.documents.js';

const { matchHeads, remittanceHeads } = ageingTexts;

export const waitingMatches = (rows: readonly WaitingMatch[]): TemplateResult =>
  table<WaitingMatch>({
    caption: ageingTexts.listTable,
    rows,
    columns: [
      { head: matchHeads.time, cell: ({ at }) => html`<time class="num" datetime=${at}>${when(at)}</time>` },
      { head: matchHeads.order, cell: ({ orderNumber }) => code(orderNumber) },
      { head: matchHeads.product, cell: ({ productTitle }) => productTitle ?? overviewTexts.wholeOrder },
      { head: matchHeads.county, cell: ({ countyName }) => countyName },
      { head: matchHeads.sponsor, cell: ({ sponsorName }) => sponsorName },
      { head: matchHeads.agreement, cell: ({ agreementNumber }) => code(agreementNumber) },
      { head: matchHeads.amount, cell: ({ amountFen }) => yuan(amountFen), numeric: true },
    ],
  });

type Link = { readonly href: string; readonly go: (event: MouseEvent) => void };

export const waitingRemittances = (
  rows: readonly WaitingRemittance[],
  batchLink: (number: string) => Link,
): TemplateResult =>
  table<WaitingRemittance>({
    caption: ageingTexts.listTable,
    rows,
    columns: [
      { head: remittanceHeads.reference, cell: ({ reference }) => code(reference) },
      {
        head: remittanceHeads.batch,
        cell: ({ batchNumber }) => {
          const { href, go } = batchLink(batchNumber);
          return html`<a class="link mono" href=${href} @click=${go}>${batchNumber}</a>`;
        },
      },
      { head: remittanceHeads.sponsor, cell: ({ sponsorName }) => sponsorName },
      { head: remittanceHeads.agreement, cell: ({ agreementNumber }) => code(agreementNumber) },
      {
        head: remittanceHeads.since,
        cell: ({ receiptedAt, remittedDay, approvedAt }) =>
          html`<span class="num"
            >${receiptedAt ? when(receiptedAt) : (remittedDay ?? (approvedAt ? when(approvedAt) : ''))}</span
          >`,
      },
      { head: remittanceHeads.amount, cell: ({ amountFen }) => yuan(amountFen), numeric: true },
      { head: remittanceHeads.received, cell: ({ receivedFen }) => yuan(receivedFen), numeric: true },
      { head: remittanceHeads.state, cell: ({ stateText }) => tag(stateText) },
    ],
  });
