import { html, type TemplateResult } from 'lit';
import type { CsvCell } from '../../console/csv.js';
import { count, money, yuan } from '../../kit/money.js';
import { dotted, type Content } from '../../kit/parts.js';
import { branchTexts } from '../../texts/branch.js';
import type { Branch } from './branch.documents.js';

/** The month at a glance, each figure beside that of the month before: no plus, no minus, nobody is pressed. */
export const branchTotals = ({ totals, previous }: Branch): TemplateResult => {
  const { purchaseCount, salesFen, matchedFen, untold, points, buyerCount } = totals;
  const why = untold ? [branchTexts.untold[untold]] : [];
  return html`<div class="totals">
    ${total({
      label: branchTexts.purchases,
      figure: html`${count(purchaseCount)} <small>${branchTexts.purchasesUnit}</small>`,
      notes: buyerCount === null ? [] : [branchTexts.buyers(buyerCount)],
      before: `${count(previous.purchaseCount)} ${branchTexts.purchasesUnit}`,
    })}
    ${total({
      label: branchTexts.sales,
      figure: sum(salesFen),
      notes: why,
      before: sum(previous.salesFen),
    })}
    ${total({
      label: branchTexts.matched,
      figure: sum(matchedFen),
      tone: 'leaf',
      notes: matchedFen !== null ? [] : why.length > 0 ? why : [branchTexts.fewMatched],
      before: sum(previous.matchedFen),
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

/** A sum, or that it is not told. */
export const sum = (fen: number | null): string => (fen === null ? branchTexts.untoldCell : money(fen));

/** The same in a column of yuan. */
export const sumCell = (fen: number | null): string => (fen === null ? branchTexts.untoldCell : yuan(fen));

/** The same in an exported table. */
export const sumCsv = (fen: number | null): CsvCell => (fen === null ? branchTexts.untoldCell : { amountFen: fen });

/** A figure of the history in the unit of its measure. */
export const measureText = (
  measure: 'purchaseCount' | 'salesFen' | 'matchedFen' | 'points',
  value: number | null,
): string => (measure === 'salesFen' || measure === 'matchedFen' ? sum(value) : count(value ?? 0));
