import { html, nothing, type TemplateResult } from 'lit';
import { day } from '../../../../kit/dates.js';
import { type Column, table, tag } from '../../../../kit/parts.js';
import { disclosureTexts } from '../../../../texts/disclosure.js';
import { fundDisclosureTexts as texts } from '../../../../texts/fund-disclosure.js';
import type { Published } from './disclosure-desk.documents.js';

/** What is out, the newest first. `correct` is null for who may not. */
export const packsTable = (
  packs: readonly Published[],
  correct: ((pack: Published) => void) | null,
): TemplateResult => {
  const columns: readonly Column<Published>[] = [
    {
      head: texts.heads.period,
      cell: ({ from, until }) => html`<b class="num">${disclosureTexts.period(from, until)}</b>`,
    },
    {
      head: texts.heads.number,
      cell: ({ number, hash }) => html`<abbr class="num" title=${texts.hashOf(hash)}>${number}</abbr>`,
    },
    { head: texts.heads.state, cell: stateOf },
    { head: texts.heads.published, cell: ({ publishedAt }) => html`<span class="num">${day(publishedAt)}</span>` },
    { head: texts.heads.files, cell: filesOf },
    ...(correct
      ? [
          {
            head: texts.heads.actions,
            cell: (pack: Published) =>
              pack.correctedBy
                ? nothing
                : html`<button
                    class="text-btn"
                    aria-label=${texts.correctOf(pack.number)}
                    @click=${() => correct(pack)}
                  >
                    ${texts.correct}
                  </button>`,
          },
        ]
      : []),
  ];
  return html`<div class="nowrap">${table({ caption: texts.list, columns, rows: packs })}</div>`;
};

const stateOf = ({ corrects, correctedBy }: Published): TemplateResult =>
  correctedBy
    ? tag(texts.corrected(correctedBy.number), 'red')
    : html`${tag(texts.holds)} ${corrects ? tag(texts.correction, 'gold') : nothing}`;

const filesOf = ({ number, pdfUrl, xlsxUrl, jsonUrl }: Published): TemplateResult => {
  const file = (kind: string, href: string): TemplateResult =>
    html`<a class="link" href=${href} download aria-label=${texts.fileOf(kind, number)}>${kind}</a>`;
  return html`<span class="files">${file('PDF', pdfUrl)} ${file('XLSX', xlsxUrl)} ${file('JSON', jsonUrl)}</span>`;
};
