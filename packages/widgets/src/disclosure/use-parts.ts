import { html, nothing, svg, type TemplateResult } from 'lit';
import { dayText, monthText } from '../kit/dates.js';
import { money } from '../kit/money.js';
import { table } from '../kit/parts.js';
import { disclosureTexts as texts } from '../texts/disclosure.js';
import type { Content } from './disclosure.documents.js';

type Project = Content['projects'][number];
type Spend = Project['spends'][number];

/** What became of the money: each project with how far it has come. */
export const projectsSection = ({ projects }: Content): TemplateResult =>
  html`<section>
    <h2>${texts.projects}</h2>
    ${
      projects.length === 0
        ? html`<p class="card pad sub">${texts.noProjects}</p>`
        : html`<ul class="projects">
            ${projects.map((project) => html`<li class="card pad">${projectOf(project)}</li>`)}
          </ul>`
    }
  </section>`;

const projectOf = (project: Project): TemplateResult => {
  const { name, purpose, budgetFen, spentFen, spentTotalFen, beneficiaryCount, beneficiaryTotal, spends } = project;
  const share = percentOf(spentTotalFen, budgetFen);
  return html`<h3>${name}</h3>
    <p class="sub purpose">${purpose}</p>
    <p class="now"><span class="sub small">${texts.thisPeriod}</span> <b class="big num red">${money(spentFen)}</b></p>
    <svg class="bar-track" role="img" aria-label=${texts.budgetLabel(String(share))}>
      ${svg`<rect class="spent" width="${share}%" height="100%" />`}
    </svg>
    <p class="sub small">${texts.budget(money(spentTotalFen), money(budgetFen))}</p>
    <p class="small leaf">${texts.people(beneficiaryCount, beneficiaryTotal)}</p>
    ${
      spends.length === 0
        ? nothing
        : html`<details>
            <summary class="small">${texts.spends(spends.length)}</summary>
            ${spendsTable(name, spends)}
          </details>`
    }`;
};

/** For a bar's length: whole percent, 0 to 100. */
const percentOf = (part: number, whole: number): number =>
  whole > 0 ? Math.min(100, Math.max(0, Math.trunc((part * 100) / whole))) : 0;

const spendsTable = (name: string, spends: readonly Spend[]): TemplateResult =>
  table<Spend>({
    caption: texts.spendsOf(name),
    columns: [
      { head: texts.day, cell: ({ day }) => html`<span class="num nowrap">${day}</span>` },
      { head: texts.what, cell: ({ what }) => what },
      {
        head: texts.evidence,
        cell: ({ evidence }) =>
          html`<abbr title=${evidence.map((hash) => `SHA-256 ${hash}`).join('\n')}
            >${texts.evidenceCount(evidence.length)}</abbr
          >`,
      },
      { head: texts.amount, numeric: true, cell: ({ amountFen }) => money(amountFen) },
    ],
    rows: spends,
  });

interface OpenItem {
  readonly text: string;
  readonly amount: string;
}

/** What does not close yet. Said, not hidden. */
export const openSection = (content: Content): TemplateResult => {
  const { openLines, unpaid, withoutReceipt, openBills } = content;
  const items: readonly OpenItem[] = [
    ...openLines.map((row) => ({
      text: texts.openLines(monthText(row.month), row.count),
      amount: texts.openLinesAmount(row.creditFen, row.debitFen),
    })),
    ...unpaid.map((row) => ({ text: texts.unpaid(row.reference, row.approvedDay), amount: money(row.missingFen) })),
    ...withoutReceipt.map((row) => ({
      text: texts.withoutReceipt(row.reference, row.receivedDay),
      amount: money(row.amountFen),
    })),
    ...openBills.map((row) => ({ text: texts.bills(row.kind, row.count), amount: money(row.amountFen) })),
  ];
  return html`<section>
    <h2>${texts.open}</h2>
    <div class="card pad">
      <p class="sub small">${items.length === 0 ? texts.noOpen : texts.openSub}</p>
      ${
        items.length === 0
          ? nothing
          : html`<ul class="lines open">
              ${items.map(({ text, amount }) => html`<li class="apart"><span>${text}</span><b class="num">${amount}</b></li>`)}
            </ul>`
      }
    </div>
  </section>`;
};

export const agreementsSection = ({ agreements }: Content): TemplateResult =>
  html`<section>
    <h2>${texts.agreements}</h2>
    <div class="card">
      ${table<Content['agreements'][number]>({
        caption: texts.agreements,
        columns: [
          { head: texts.agreement, cell: ({ number }) => number ?? texts.hidden },
          { head: texts.donor, cell: ({ donor }) => donor },
          {
            head: texts.promise,
            cell: ({ unit, amountFenPerUnit }) => texts.promiseText(texts.unit[unit] ?? unit, money(amountFenPerUnit)),
          },
          {
            head: texts.term,
            cell: ({ validFrom, validUntil }) => texts.period(dayText(validFrom), dayText(validUntil)),
          },
          { head: texts.cap, numeric: true, cell: ({ capFen }) => money(capFen) },
        ],
        rows: agreements,
      })}
    </div>
  </section>`;
