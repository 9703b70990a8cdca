import { html, nothing, type TemplateResult } from 'lit';
import { historyChart, sinceFirst } from '../../console/history-chart.js';
import { monthText } from '../../kit/dates.js';
import { count, shortMoney } from '../../kit/money.js';
import { table } from '../../kit/parts.js';
import { branchTexts } from '../../texts/branch.js';
import type { Branch, BranchMonth } from './branch.documents.js';
import { measureText, sumCell } from './branch-totals.js';

export type Measure = 'purchaseCount' | 'salesFen' | 'matchedFen' | 'points';

const MEASURES: readonly { measure: Measure; text: string }[] = [
  { measure: 'purchaseCount', text: branchTexts.purchases },
  { measure: 'salesFen', text: branchTexts.sales },
  { measure: 'matchedFen', text: branchTexts.matched },
  { measure: 'points', text: branchTexts.points },
];

export interface BranchHistory {
  readonly branch: Branch;
  readonly measure: Measure;
  readonly measureBy: (measure: Measure) => void;
  readonly tableShown: boolean;
  readonly toggleTable: () => void;
  readonly hrefOf: (month: string) => string;
  readonly follow: (month: string) => (event: MouseEvent) => void;
}

const isEmpty = ({ purchaseCount, salesFen, matchedFen, points }: BranchMonth): boolean =>
  purchaseCount === 0 && !salesFen && !matchedFen && points === 0;

/** The last months, one measure at a time; a bar opens its month. */
export const branchHistory = (history: BranchHistory): TemplateResult => {
  const { branch, measure, measureBy, tableShown, toggleTable } = history;
  const months = sinceFirst(branch.history, isEmpty);
  const label = branchTexts.history(months.length);
  const name = MEASURES.find((each) => each.measure === measure)?.text ?? '';
  return html`<section class="card pad">
    <div class="apart wrap">
      <h2 class="in-card">${label}</h2>
      <div class="chips no-print" role="group" aria-label=${branchTexts.measure}>
        ${MEASURES.map(
          (each) =>
            html`<button
              class="chip small-chip"
              aria-pressed=${each.measure === measure ? 'true' : 'false'}
              @click=${() => measureBy(each.measure)}
            >
              ${each.text}
            </button>`,
        )}
      </div>
    </div>
    ${historyChart({
      label: `${label} · ${name}`,
      bars: months.map((month) => bar(history, month)),
      table: historyTable(months),
      tableShown,
      toggleTable,
    })}
    ${months.some(({ salesFen }) => salesFen === null) ? html`<p class="sub small">${branchTexts.untoldNote}</p>` : nothing}
  </section>`;
};

const bar = ({ branch, measure, hrefOf, follow }: BranchHistory, of: BranchMonth) => {
  const value = of[measure];
  const isMoney = measure === 'salesFen' || measure === 'matchedFen';
  return {
    month: of.month,
    value: value ?? 0,
    figure: figureOf(value, isMoney),
    text: branchTexts.barText(monthText(of.month), measureText(measure, value)),
    href: hrefOf(of.month),
    go: follow(of.month),
    current: of.month === branch.month,
  };
};

const figureOf = (value: number | null, isMoney: boolean): string => {
  if (value === null) return '—';
  return isMoney ? shortMoney(value - (value % 100)) : count(value);
};

const historyTable = (history: readonly BranchMonth[]): TemplateResult =>
  table<BranchMonth>({
    caption: branchTexts.historyTable,
    rows: history,
    columns: [
      { head: branchTexts.monthHead, cell: ({ month }) => monthText(month) },
      { head: branchTexts.unitsHead.purchases, cell: ({ purchaseCount }) => count(purchaseCount), numeric: true },
      { head: branchTexts.unitsHead.sales, cell: ({ salesFen }) => sumCell(salesFen), numeric: true },
      { head: branchTexts.unitsHead.matched, cell: ({ matchedFen }) => sumCell(matchedFen), numeric: true },
      { head: branchTexts.unitsHead.points, cell: ({ points }) => count(points), numeric: true },
    ],
  });
