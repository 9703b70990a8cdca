import { html, nothing, type TemplateResult } from 'lit';
import { factList } from '../../../../console/figures.js';
import { yuan } from '../../../../kit/money.js';
import { table } from '../../../../kit/parts.js';
import { bankImportTexts as texts } from '../../../../texts/fund-bank-import.js';
import type { Statement } from './import.documents.js';

type Preview = NonNullable<Statement['preview']>;
type Row = Statement['firstLines'][number];

/** What the whole file says, and what would become of it. */
export const importPreview = (statement: Statement, preview: Preview): TemplateResult =>
  html`<div class="preview">
    ${factList([
      [texts.facts.period, preview.fromDay && preview.toDay ? texts.period(preview.fromDay, preview.toDay) : null],
      [texts.facts.credit, texts.items(preview.creditCount, preview.creditFen)],
      [texts.facts.debit, texts.items(preview.debitCount, preview.debitFen)],
      [
        texts.facts.chain,
        preview.openingFen !== null && preview.closingFen !== null
          ? texts.chain(preview.openingFen, preview.closingFen)
          : null,
      ],
      [texts.facts.fresh, html`<b class="leaf num">${preview.newCount}</b>`],
      [texts.facts.known, preview.duplicateCount > 0 ? html`<span class="num">${preview.duplicateCount}</span>` : null],
    ])}
    ${sentences(texts.checks, preview.checks, 'leaf')} ${sentences(texts.problems, preview.problems, '')}
    <h3>${texts.firstRows(statement.firstLines.length)}</h3>
    ${firstRows(statement.firstLines)}
  </div>`;

const sentences = (heading: string, list: readonly string[], tone: string): TemplateResult | typeof nothing =>
  list.length === 0
    ? nothing
    : html`<div class="note ${tone}">
        <b>${heading}</b>
        <ul>
          ${list.map((each) => html`<li>${each}</li>`)}
        </ul>
      </div>`;

const firstRows = (rows: readonly Row[]): TemplateResult =>
  table<Row>({
    caption: texts.firstRows(rows.length),
    rows,
    columns: [
      { head: texts.tableHeads.no, cell: ({ lineNo }) => lineNo, numeric: true },
      { head: texts.tableHeads.day, cell: ({ day }) => html`<span class="num">${day}</span>` },
      { head: texts.tableHeads.who, cell: ({ counterparty }) => counterparty },
      { head: texts.tableHeads.memo, cell: ({ memo }) => html`<span class="mono">${memo}</span>` },
      { head: texts.tableHeads.amount, cell: ({ amountFen }) => yuan(amountFen), numeric: true },
      {
        head: texts.tableHeads.balance,
        cell: ({ balanceFen }) => (balanceFen === null ? '' : yuan(balanceFen)),
        numeric: true,
      },
    ],
  });

/** How far reading or posting is. */
export const importProgress = ({ state, progress, preview }: Statement): TemplateResult => {
  const isPosting = state === 'POSTING';
  const all = preview?.newCount ?? 0;
  const text = isPosting ? texts.posting(progress.linesPosted, all) : texts.reading(progress.linesRead);
  const [done, whole] = isPosting ? [progress.linesPosted, all] : [progress.bytesRead, progress.totalBytes];
  return html`<div class="working">
    <p id="working" role="status">${text}</p>
    <progress max=${Math.max(1, whole)} value=${done} aria-labelledby="working"></progress>
  </div>`;
};

export const accountNote = (account: { postedToDay: string | null; closingFen: number | null }): string =>
  account.postedToDay === null ? texts.accountFirst : texts.accountSince(account.postedToDay, account.closingFen ?? 0);

/** Every row that could not be read, so that one round mends them all; one alone is told by the refusal itself. */
export function strangeRows({ rows, rowCount }: NonNullable<Statement['refusal']>): TemplateResult | typeof nothing {
  if (rowCount < 2) return nothing;
  return html`<section class="strange" aria-label=${texts.strangeRows(rowCount)}>
    <h3>${texts.strangeRows(rowCount)}</h3>
    <ul tabindex="0">
      ${rows.map(({ message }) => html`<li>${message}</li>`)}
    </ul>
    ${rows.length < rowCount ? html`<p class="sub small">${texts.moreStrange(rows.length, rowCount)}</p>` : nothing}
  </section>`;
}
