import { html, type TemplateResult } from 'lit';
import { count, money, shortMoney } from '../../kit/money.js';
import type { Content } from '../../kit/parts.js';
import { branchTexts } from '../../texts/branch.js';
import type { Branch } from './branch.documents.js';

/** The month at a glance, each figure beside the month before. */
export const branchTotals = ({ totals, previous }: Branch): TemplateResult => {
  const { purchaseCount, salesFen, matchedFen, pendingFen, points, buyerCount } = totals;
  const purchases = branchTexts.compared(purchaseCount - previous.purchaseCount);
  return html`<div class="totals">
    ${total({
      label: branchTexts.purchases,
      figure: html`${count(purchaseCount)} <small>${branchTexts.purchasesUnit}</small>`,
      notes: [purchases, ...(buyerCount === null ? [] : [branchTexts.buyers(buyerCount)])],
    })}
    ${total({
      label: branchTexts.sales,
      figure: shortMoney(salesFen),
      notes: [branchTexts.comparedMoney(salesFen - previous.salesFen)],
    })}
    ${total({
      label: branchTexts.matched,
      figure: shortMoney(matchedFen),
      tone: 'leaf',
      notes: [
        branchTexts.comparedMoney(matchedFen - previous.matchedFen),
        pendingFen > 0 ? branchTexts.pending(pendingFen) : branchTexts.settled,
      ],
    })}
    ${total({
      label: branchTexts.points,
      figure: count(points),
      tone: 'gold',
      notes: [branchTexts.compared(points - previous.points)],
    })}
  </div>`;
};

interface Total {
  readonly label: string;
  readonly figure: Content;
  readonly tone?: 'leaf' | 'gold';
  readonly notes: readonly string[];
}

const total = ({ label, figure, tone, notes }: Total): TemplateResult =>
  html`<section class="card pad total">
    <h2 class="sub">${label}</h2>
    <p class="big num ${tone ?? ''}">${figure}</p>
    <p class="sub small num">${notes.join(' · ')}</p>
  </section>`;

/** A figure of the history in the unit of its measure. */
export const measureText = (measure: 'purchaseCount' | 'salesFen' | 'matchedFen' | 'points', value: number): string =>
  measure === 'salesFen' || measure === 'matchedFen' ? money(value) : count(value);
