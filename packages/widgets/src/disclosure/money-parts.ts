import { html, nothing, svg, type TemplateResult } from 'lit';
import { bars, figureRow } from '../console/figures.js';
import { monthText } from '../kit/dates.js';
import { count, money, shortMoney } from '../kit/money.js';
import { table } from '../kit/parts.js';
import { disclosureTexts as texts } from '../texts/disclosure.js';
import type { Content } from './disclosure.documents.js';

const helped = ({ projects }: Content): number => projects.reduce((sum, project) => sum + project.beneficiaryCount, 0);

/** What came, what went, what is left: the equation below it says that nothing is missing. */
export const moneyFigures = (content: Content): TemplateResult => {
  const { openingFen, receivedFen, spentFen, closingFen, lateReceivedFen, lateSpentFen } = content;
  return html`${figureRow(texts.figures, [
      { figure: money(receivedFen), label: texts.received, tone: 'leaf' },
      { figure: money(spentFen), label: texts.spent, tone: 'red' },
      { figure: money(closingFen), label: texts.closing },
      { figure: count(helped(content)), label: texts.helped, tone: 'gold' },
    ])}
    <p class="equation sub small num">${texts.equation(openingFen, receivedFen, spentFen, closingFen)}</p>
    ${
      lateReceivedFen === 0 && lateSpentFen === 0
        ? nothing
        : html`<p class="sub small">${texts.late(lateReceivedFen, lateSpentFen)}</p>`
    }`;
};

interface Stage {
  readonly name: string;
  readonly amountFen: number;
  readonly note: string;
}

/** The way of the money as bars under each other: what was promised, what came, what was receipted, what helped. */
export const flowSection = (content: Content): TemplateResult => {
  const { months, received, projects, receivedFen, spentFen, counties } = content;
  const lines = counties.reduce((sum, county) => sum + county.lineCount, 0);
  const spending = projects.filter((project) => project.spentFen !== 0).length;
  const receipted = received.filter((row) => row.receiptDay !== null);
  const stages: readonly Stage[] = [
    {
      name: texts.batched,
      amountFen: months.reduce((sum, month) => sum + month.batchedFen, 0),
      note: texts.batchedNote(lines),
    },
    { name: texts.received, amountFen: receivedFen, note: texts.receivedNote(received.length) },
    {
      name: texts.receipted,
      amountFen: receipted.reduce((sum, row) => sum + row.amountFen, 0),
      note: texts.receiptedNote,
    },
    { name: texts.spent, amountFen: spentFen, note: texts.spentNote(spending) },
  ];
  const highest = stages.reduce((most, stage) => Math.max(most, stage.amountFen), 1);
  return html`<section>
    <h2>${texts.flow}</h2>
    <ol class="card pad stages" aria-label=${texts.flowLabel}>
      ${stages.map(
        ({ name, amountFen, note }, index) =>
          html`<li>
            <span class="name">${name}</span>
            <b class="big num">${money(amountFen)}</b>
            <svg class="stage-bar" aria-hidden="true">
              ${svg`<rect class="step-${index + 1}" width="${(Math.max(0, amountFen) / highest) * 100}%" height="100%" rx="5" />`}
            </svg>
            <span class="sub small">${note}</span>
          </li>`,
      )}
    </ol>
  </section>`;
};

const PLOT_PX = 120;
const TOP_PX = 20;
const KINDS = [
  { key: 'batched', name: texts.monthKinds.batched, of: (row: Month) => row.batchedFen },
  { key: 'received', name: texts.monthKinds.received, of: (row: Month) => row.receivedFen },
  { key: 'spent', name: texts.monthKinds.spent, of: (row: Month) => row.spentFen },
] as const;
type Month = Content['months'][number];

/** Three bars a month. Drawn, never counted with; the table below says the same in figures. */
export const monthsSection = ({ months }: Content): TemplateResult => {
  const highest = months.reduce((most, row) => Math.max(most, ...KINDS.map(({ of }) => of(row))), 1);
  const slot = 100 / Math.max(1, months.length);
  const said = months.map((row) =>
    texts.monthsText(monthText(row.month), money(row.batchedFen), money(row.receivedFen), money(row.spentFen)),
  );
  return html`<section class="card pad">
    <h2 class="in-card">${texts.months}</h2>
    <svg class="months-chart" role="img" aria-label=${said.join('；')} width="100%" height=${TOP_PX + PLOT_PX + 28}>
      <line class="floor" x1="0" x2="100%" y1=${TOP_PX + PLOT_PX} y2=${TOP_PX + PLOT_PX} />
      ${months.map((row, index) => monthBars(row, { left: index * slot, slot, highest }))}
    </svg>
    <ul class="legend small" aria-hidden="true">
      ${KINDS.map(({ key, name }) => html`<li><i class="swatch ${key}"></i>${name}</li>`)}
    </ul>
    ${table<Month>({
      caption: texts.months,
      columns: [
        { head: texts.month, cell: (row) => monthText(row.month) },
        ...KINDS.map(({ name, of }) => ({ head: name, numeric: true, cell: (row: Month) => money(of(row)) })),
      ],
      rows: months,
    })}
  </section>`;
};

const monthBars = (row: Month, at: { left: number; slot: number; highest: number }) => {
  const { left, slot, highest } = at;
  const width = Math.min(slot / 4.5, 8);
  const start = left + slot / 2 - (width * KINDS.length) / 2;
  return svg`<g>
    ${KINDS.map(({ key, of }, index) => {
      const value = of(row);
      const height = Math.max(value > 0 ? 2 : 0, (Math.max(0, value) / highest) * PLOT_PX);
      const x = start + index * width;
      return svg`<rect class=${key} x="${x}%" width="${width * 0.86}%" y=${TOP_PX + PLOT_PX - height} height=${height} rx="3" />`;
    })}
    <text class="label" x="${left + slot / 2}%" y=${TOP_PX + PLOT_PX + 20}>${String(Number(row.month.slice(5)))} 月</text>
  </g>`;
};

export const countiesSection = ({ counties }: Content): TemplateResult =>
  html`<section class="card pad">
    <h2 class="in-card">${texts.counties}</h2>
    <p class="sub small">${texts.countiesSub}</p>
    ${bars(
      counties.map(({ name, amountFen, lineCount }) => ({
        name,
        value: amountFen,
        figure: shortMoney(amountFen),
        note: texts.lines(lineCount),
      })),
    )}
  </section>`;

export const donorsSection = ({ donors }: Content): TemplateResult =>
  html`<section class="card pad">
    <h2 class="in-card">${texts.donors}</h2>
    <p class="sub small">${texts.donorsSub}</p>
    ${
      donors.length === 0
        ? html`<p class="none sub">${texts.noDonors}</p>`
        : html`<ul class="donors">
            ${donors.map(
              ({ donor, receivedFen, remittanceCount }) =>
                html`<li>
                  <span class="name">${donor}</span>
                  <b class="num">${money(receivedFen)}</b>
                  <span class="sub small">${texts.remittances(remittanceCount)}</span>
                </li>`,
            )}
          </ul>`
    }
  </section>`;
