import { html, type TemplateResult } from 'lit';
import { historyChart, sinceFirst } from '../../../../console/history-chart.js';
import { monthText } from '../../../../kit/dates.js';
import { count, money, shortMoney, yuan } from '../../../../kit/money.js';
import { table } from '../../../../kit/parts.js';
import { overviewTexts } from '../../../../texts/fund-overview.js';
import type { Fund, MatchState } from './overview.documents.js';
import { partOf, STANDING_STATES } from './standing.js';

type FundMonth = Fund['history'][number];

export interface FundHistory {
  readonly fund: Fund;
  readonly tableShown: boolean;
  readonly toggleTable: () => void;
  readonly hrefOf: (month: string) => string;
  readonly follow: (month: string) => (event: MouseEvent) => void;
}

const standingOf = (fund: Fund, month: string, state: MatchState): number =>
  fund.standings.find((of) => of.month === month)?.states.find((of) => of.state === state)?.amountFen ?? 0;

const { historyHead: heads } = overviewTexts;

/** The last months, each cut into where its yuan stand now; a bar opens its month. */
export const fundHistory = ({ fund, tableShown, toggleTable, hrefOf, follow }: FundHistory): TemplateResult => {
  const months = sinceFirst(fund.history, (of) => of.count === 0 && of.voidFen === 0);
  const label = overviewTexts.history(months.length);
  return html`<section class="card pad">
    <h2 class="in-card">${label}</h2>
    <ul class="legend small">
      ${STANDING_STATES.map(
        (state) =>
          html`<li>
            <i class="swatch ${partOf(state)}"></i>${fund.totals.find((of) => of.state === state)?.stateText}
          </li>`,
      )}
    </ul>
    ${historyChart({
      label,
      tableShown,
      toggleTable,
      bars: months.map(({ month, amountFen }) => ({
        month,
        value: amountFen,
        figure: shortMoney(amountFen - (amountFen % 100)),
        text: overviewTexts.barText(monthText(month), money(amountFen)),
        href: hrefOf(month),
        go: follow(month),
        current: month === fund.month,
        parts: STANDING_STATES.map((state) => ({ key: partOf(state), value: standingOf(fund, month, state) })),
      })),
      table: table<FundMonth>({
        caption: overviewTexts.historyTable,
        rows: months,
        columns: [
          { head: heads.month, cell: ({ month }) => monthText(month) },
          { head: heads.count, cell: (of) => count(of.count), numeric: true },
          { head: heads.amount, cell: ({ amountFen }) => yuan(amountFen), numeric: true },
          { head: heads.void, cell: ({ voidFen }) => yuan(voidFen), numeric: true },
        ],
      }),
    })}
  </section>`;
};
