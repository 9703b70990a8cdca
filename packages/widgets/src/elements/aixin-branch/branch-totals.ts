import { html, type TemplateResult } from 'lit';
import { count, money } from '../../kit/money.js';
import { dotted, type Content } from '../../kit/parts.js';
import { branchTexts } from '../../texts/branch.js';
import type { Branch } from './branch.documents.js';

/** The month at a glance, each figure beside that of the month before: no plus, no minus, nobody is pressed. */
export const branchTotals = ({ totals, previous }: Branch): TemplateResult => {
  const { purchaseCount, salesFen, matchedFen, pendingFen, points, buyerCount } = totals;
  return html`<div class="totals">
    ${total({
      label: branchTexts.purchases,
      figure: html`${count(purchaseCount)} <small>${branchTexts.purchasesUnit}</small>`,
      notes: buyerCount === null ? [] : [branchTexts.buyers(buyerCount)],
      before: `${count(previous.purchaseCount)} ${branchTexts.purchasesUnit}`,
    })}
    ${total({ label: branchTexts.sales, figure: money(salesFen), notes: [], before: money(previous.salesFen) })}
    ${total({
      label: branchTexts.matched,
      figure: money(matchedFen),
      tone: 'leaf',
      notes: [pendingFen > 0 ? branchTexts.pending(pendingFen) : branchTexts.settled],
      before: money(previous.matchedFen),
    })}
    ${total({ label: branchTexts.points, figure: count(points), tone: 'gold', notes: [], before: count(previous.points) })}
  </div>`;
};

interface Total {
  readonly label: string;
  readonly figure: Content;
  readonly tone?: 'leaf' | 'gold';
  readonly notes: readonly string[];
  /** The same figure of the month before. */
  readonly before: string;
}

const total = ({ label, figure, tone, notes, before }: Total): TemplateResult =>
  html`<section class="card pad total">
    <h2 class="sub">${label}</h2>
    <p class="big num ${tone ?? ''}">${figure}</p>
    <p class="sub small num">${dotted([...notes, branchTexts.before(before)])}</p>
  </section>`;

/** A figure of the history in the unit of its measure. */
export const measureText = (measure: 'purchaseCount' | 'salesFen' | 'matchedFen' | 'points', value: number): string =>
  measure === 'salesFen' || measure === 'matchedFen' ? money(value) : count(value);
