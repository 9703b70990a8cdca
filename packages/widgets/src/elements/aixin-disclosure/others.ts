import { html, nothing, type TemplateResult } from 'lit';
import type { Listed } from '../../disclosure/disclosure.documents.js';
import { day } from '../../kit/dates.js';
import { table, tag } from '../../kit/parts.js';
import { disclosureTexts as texts } from '../../texts/disclosure.js';

interface Others {
  readonly all: readonly Listed[];
  /** Number of the one that is shown. */
  readonly current: string | null;
  readonly feedUrl: string;
  readonly href: (id: string) => string;
  readonly follow: (id: string) => (event: MouseEvent) => void;
}

/** All disclosures that there are, and what was corrected. */
export const othersSection = (others: Others): TemplateResult => {
  const { all, current, href, follow } = others;
  if (all.length === 0) return html`${nothing}`;
  return html`<section class="no-print">
      <h2>${texts.others}</h2>
      <div class="card">
        ${table<Listed>({
          caption: texts.others,
          columns: [
            {
              head: texts.otherPeriod,
              cell: ({ id, from, until, number }) =>
                number === current
                  ? html`<b class="num nowrap">${texts.period(from, until)}</b> ${tag(texts.current)}`
                  : html`<a class="link num nowrap" href=${href(id)} @click=${follow(id)}
                      >${texts.period(from, until)}</a
                    >`,
            },
            {
              head: texts.otherPublished,
              cell: ({ publishedAt }) => html`<span class="num nowrap">${day(publishedAt)}</span>`,
            },
            { head: texts.otherState, cell: stateOf },
          ],
          rows: all,
        })}
      </div>
    </section>
    ${correctionsSection(others)}`;
};

const stateOf = ({ correctedBy, corrects }: Listed): TemplateResult =>
  correctedBy
    ? tag(texts.wasCorrected(correctedBy.number), 'red')
    : html`${tag(texts.holds)} ${corrects ? tag(texts.isCorrection, 'gold') : nothing}`;

const correctionsSection = ({ all, feedUrl, href, follow }: Others): TemplateResult => {
  const corrections = all.filter((one) => one.corrects !== null);
  return html`<section>
    <h2>${texts.corrections}</h2>
    <div class="card pad">
      ${
        corrections.length === 0
          ? html`<p class="sub">${texts.noCorrections}</p>`
          : html`<ul class="lines">
              ${corrections.map(
                ({ id, number, corrects, reason, publishedAt }) =>
                  html`<li>
                    <a class="link" href=${href(id)} @click=${follow(id)}
                      >${texts.correctionText(number, corrects?.number ?? '')}</a
                    >
                    <p class="sub small">${texts.reason(reason ?? '')}（${texts.published(day(publishedAt))}）</p>
                  </li>`,
              )}
            </ul>`
      }
      <p class="feed small no-print"><a class="link" href=${feedUrl}>${texts.feed}</a></p>
    </div>
  </section>`;
};
