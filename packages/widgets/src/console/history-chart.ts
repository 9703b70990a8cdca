import { css, html, nothing, svg, type TemplateResult } from 'lit';
import { consoleTexts } from '../texts/console.js';
import type { Content } from '../kit/parts.js';

/** One month of a history. */
export interface Bar {
  /** `2026-11` */
  readonly month: string;
  /** What the bar's height stands for; whole fen or a count. */
  readonly value: number;
  /** Above the bar, short: "31", "¥2,846". */
  readonly figure: string;
  /** What a screen reader says for the bar, in full. */
  readonly text: string;
  readonly href: string;
  readonly go: (event: MouseEvent) => void;
  readonly current: boolean;
  /** What the value is made of, from the floor up; `key` is a colour of `figureStyles`. Absent: one bar. */
  readonly parts?: readonly { readonly key: string; readonly value: number }[];
}

export interface HistoryChart {
  readonly label: string;
  readonly bars: readonly Bar[];
  /** The same figures as a table, for those who read figures better than bars. */
  readonly table: Content;
  readonly tableShown: boolean;
  readonly toggleTable: () => void;
}

const PLOT_PX = 132;
const TOP_PX = 22;
const FOOT_PX = 28;
/** More bars than this leave no room for each to carry its figure, and the word 月, on a phone. */
const ROOMY_UP_TO = 8;
/** A year: more is in the export, and in the month chooser. */
const MONTHS_AT_MOST = 12;
/** A history of two months is drawn with bars, not with blocks. */
const SLOTS_AT_LEAST = 6;

/** The last months, from the first one with anything in it on; of a history without anything, the last month. */
export const sinceFirst = <Month>(history: readonly Month[], isEmpty: (month: Month) => boolean): readonly Month[] => {
  const first = history.findIndex((month) => !isEmpty(month));
  return history.slice(first === -1 ? -1 : first).slice(-MONTHS_AT_MOST);
};

/** Bars by month, each a link to its month. The height is drawn, never counted with. */
export const historyChart = (chart: HistoryChart): TemplateResult => {
  const { label, table, tableShown, toggleTable } = chart;
  const { bars } = chart;
  const highest = bars.reduce((most, { value }) => Math.max(most, value), 1);
  const slot = 100 / Math.max(SLOTS_AT_LEAST, bars.length);
  return html`<figure class="chart">
    <svg role="group" aria-label=${label} width="100%" height=${TOP_PX + PLOT_PX + FOOT_PX}>
      <line class="floor" x1="0" x2="100%" y1=${TOP_PX + PLOT_PX} y2=${TOP_PX + PLOT_PX} />
      ${bars.map((bar, index) => drawn({ bar, left: index * slot, slot, highest, roomy: bars.length <= ROOMY_UP_TO }))}
    </svg>
    <button class="text-btn no-print" aria-expanded=${tableShown ? 'true' : 'false'} @click=${toggleTable}>
      ${tableShown ? consoleTexts.asChart : consoleTexts.asTable}
    </button>
    <div class=${tableShown ? 'as-table' : 'as-table closed'}>${table}</div>
  </figure>`;
};

interface Drawn {
  readonly bar: Bar;
  readonly left: number;
  readonly slot: number;
  readonly highest: number;
  readonly roomy: boolean;
}

/** "11 月"; where it is narrow "11", and "27/1" where a year begins. */
const labelOf = ({ bar, roomy }: Drawn): string => {
  const [year = '', month = ''] = bar.month.split('-');
  const number = String(Number(month));
  if (roomy) return `${number} 月`;
  return month === '01' ? `${year.slice(2)}/${number}` : number;
};

const drawn = (of: Drawn) => {
  const { bar, left, slot, highest, roomy } = of;
  // Two pixels are left for a month without anything, so that it is seen and can be pressed.
  const height = Math.max(2, (Math.max(0, bar.value) / highest) * PLOT_PX);
  const middle = `${String(left + slot / 2)}%`;
  const top = TOP_PX + PLOT_PX - height;
  const shown = roomy || bar.current;
  // The texts stand beside the link, not in it: its name says the same in full.
  return svg`<g class=${bar.current ? 'bar on' : 'bar'}>
    <a href=${bar.href} aria-label=${bar.text} aria-current=${bar.current ? 'true' : nothing} @click=${bar.go}>
      <rect class="reach" x="${left}%" width="${slot}%" y="0" height=${TOP_PX + PLOT_PX + FOOT_PX} />
      ${bar.parts ? stacked(of, bar.parts) : svg`<rect class="fill" x="${left + slot * 0.13}%" width="${slot * 0.74}%" y=${top} height=${height} rx="5" />`}
    </a>
    ${shown ? svg`<text class="figure" x=${middle} y=${top - 7} aria-hidden="true">${bar.figure}</text>` : nothing}
    <text class="label" x=${middle} y=${TOP_PX + PLOT_PX + 20} aria-hidden="true">${labelOf(of)}</text>
  </g>`;
};

/** The parts of a bar, each as high as it counts, one on the other. */
const stacked = ({ left, slot, highest }: Drawn, parts: NonNullable<Bar['parts']>) => {
  let floor = TOP_PX + PLOT_PX;
  return parts.map(({ key, value }) => {
    const height = (Math.max(0, value) / highest) * PLOT_PX;
    floor -= height;
    return svg`<rect class="part ${key}" x="${left + slot * 0.13}%" width="${slot * 0.74}%" y=${floor} height=${height} />`;
  });
};

export const historyChartStyles = css`
  .chart {
    margin-top: 12px;
  }
  .chart svg {
    overflow: visible;
  }
  .chart .floor {
    stroke: var(--ax-line);
  }
  .chart .reach {
    fill: transparent;
  }
  .chart .fill {
    fill: var(--ax-leaf-soft);
    stroke: color-mix(in srgb, var(--ax-leaf) 28%, transparent);
    transition: fill 0.15s;
  }
  .chart .bar a {
    cursor: pointer;
    outline: none;
  }
  .chart .bar:hover .fill {
    fill: color-mix(in srgb, var(--ax-leaf) 30%, var(--ax-leaf-soft));
  }
  .chart .bar.on .fill {
    fill: var(--ax-leaf-fill);
    stroke: none;
  }
  .chart .part {
    stroke: var(--ax-card);
    stroke-width: 1;
  }
  .chart .bar:hover .part {
    filter: brightness(1.06);
  }
  .chart a:focus-visible .reach {
    stroke: var(--ax-leaf);
    stroke-width: 3;
  }
  .chart text {
    pointer-events: none;
    text-anchor: middle;
    font-size: var(--ax-t13);
    fill: var(--ax-ink-2);
    font-variant-numeric: tabular-nums;
  }
  .chart .on text {
    fill: var(--ax-ink);
    font-weight: 600;
  }
  .chart .text-btn {
    margin-left: -8px;
  }
  .chart .as-table.closed {
    display: none;
  }
  @media print {
    .chart .as-table.closed {
      display: block;
    }
    .chart .part {
      print-color-adjust: exact;
    }
  }
`;
