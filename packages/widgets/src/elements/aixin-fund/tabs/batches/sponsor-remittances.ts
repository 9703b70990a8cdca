import { html, type TemplateResult } from 'lit';
import { figureRow } from '../../../../console/figures.js';
import { money } from '../../../../kit/money.js';
import { emptyState } from '../../../../kit/parts.js';
import { batchTexts } from '../../../../texts/fund-batches.js';
import { payToText, remittanceTable } from './batch-tables.js';
import type { PayTo, Remittance } from './batches.documents.js';

/** Each account that still waits for money, as it was frozen with the batch. */
const whereTo = (open: readonly Remittance[]): readonly TemplateResult[] => {
  const accounts = new Map<string, { payTo: PayTo; references: string[] }>();
  for (const { payTo, reference } of open) {
    if (!payTo) continue;
    const known = accounts.get(payTo.number);
    if (known) known.references.push(reference);
    else accounts.set(payTo.number, { payTo, references: [reference] });
  }
  return [...accounts.values()].map(
    ({ payTo, references }) =>
      html`<section class="card pad pay-to">
        <p class="sub">${batchTexts.minePayTo(references.join('、'))}</p>
        <p>${payToText(payTo)}</p>
      </section>`,
  );
};

/** What a sponsor has to remit, what came, what was receipted: its own only. */
export const sponsorRemittances = (
  heading: TemplateResult,
  remittances: readonly Remittance[],
  busy: boolean,
): TemplateResult => {
  const open = remittances.filter(({ state }) => state === 'OPEN');
  const receipted = remittances.filter(({ state }) => state === 'RECEIPTED' || state === 'DISCLOSED');
  const received = (of: readonly Remittance[]): number => of.reduce((sum, each) => sum + each.receivedFen, 0);
  const missing = open.reduce((sum, each) => sum + each.amountFen - each.receivedFen, 0);
  return html`<div class="stack" aria-busy=${busy ? 'true' : 'false'}>
    ${heading}
    ${
      remittances.length === 0
        ? emptyState({ icon: 'record', title: batchTexts.mineEmpty, text: batchTexts.mineEmptyText })
        : html`${figureRow(batchTexts.mineTitle, [
              {
                figure: money(missing),
                label: batchTexts.mineOpen(open.length),
                tone: missing > 0 ? 'gold' : undefined,
              },
              { figure: money(received(remittances)), label: batchTexts.mineReceived },
              { figure: money(received(receipted)), label: batchTexts.mineReceipted, tone: 'leaf' },
            ])}
            ${whereTo(open)}
            <section class="card table-card nowrap">${remittanceTable([...remittances].reverse(), false)}</section>`
    }
  </div>`;
};
