import { html, nothing, type TemplateResult } from 'lit';
import { common } from '../texts/common.js';
import { icon, type IconName } from './icons.js';
import { when } from './dates.js';
import { yuan } from './money.js';
import { lastIndexWhere } from './lists.js';

/** A piece of a template: what a part takes as its content. */
export type Content = TemplateResult | string | number | typeof nothing;

/**
 * Facts in a row, a dot between them. A line breaks between two facts before it breaks within one, and where it does there
 * is no dot. A block: put it alone into its paragraph.
 */
export const dotted = (facts: readonly Content[]): TemplateResult =>
  html`<span class="dotted"
    >${facts.map((fact, index) => html`<span>${index > 0 ? html`<i> · </i>` : nothing}${fact}</span>`)}</span
  >`;

/** The price as it is read: small sign, big figure. The screen reader gets one plain text. */
export const price = (fen: number): TemplateResult => html`<span class="price num"><small>¥</small>${yuan(fen)}</span>`;

export const tag = (text: Content, tone: 'leaf' | 'gold' | 'red' | 'plain' = 'leaf'): TemplateResult =>
  html`<span class="tag ${tone}">${text}</span>`;

export interface Stat {
  readonly label: string;
  readonly figure: Content;
  /** The unit behind the figure, smaller: 万, 笔. */
  readonly unit?: string;
  readonly tone?: 'leaf' | 'gold' | 'red';
  /** A line below: what the figure means, or how it compares. */
  readonly note?: Content;
}

/** A row of big figures that say what they mean. Put it into a `.card`; the order read is label, figure. */
export const stats = (list: readonly Stat[]): TemplateResult =>
  html`<dl class="stats">
    ${list.map(
      ({ label, figure, unit, tone, note }) =>
        html`<div>
          <dt>${label}${note === undefined ? nothing : html`<br />${note}`}</dt>
          <dd class="num ${tone ?? ''}">${figure}${unit ? html`<small>${unit}</small>` : nothing}</dd>
        </div>`,
    )}
  </dl>`;

export interface WayStep {
  readonly text: string;
  readonly at?: string | null;
  readonly done: boolean;
}

/** The way of the yuan: across on a desk, down on a phone. `done` is also said in words, colour alone says nothing. */
export const way = (steps: readonly WayStep[], label: string): TemplateResult => {
  const current = lastIndexWhere(steps, (step) => step.done);
  return html`<ol class="way" aria-label=${label}>
    ${steps.map(
      (step, index) =>
        html`<li class=${step.done ? 'done' : ''} aria-current=${index === current ? 'step' : nothing}>
          <b>${step.text}</b>${step.at ? html`<time datetime=${step.at}>${when(step.at)}</time>` : nothing}<span
            class="sr"
            >${step.done ? common.stepDone : common.stepOpen}</span
          >
        </li>`,
    )}
  </ol>`;
};

export interface StateText {
  readonly icon: IconName;
  readonly title: string;
  readonly text?: Content;
  readonly actions?: Content;
}

/** Nothing here: says what this place is for and what to do next. */
export const emptyState = ({ icon: name, title, text, actions }: StateText): TemplateResult =>
  html`<div class="state card">
    <span class="picture">${icon(name, 96)}</span>
    <p class="title">${title}</p>
    ${text ? html`<p class="sub">${text}</p>` : nothing}
    ${actions ? html`<div class="actions">${actions}</div>` : nothing}
  </div>`;

/** Grey bones in the place of what comes. `label` is for those who hear the page. */
export const skeleton = (heights: readonly number[], label: string = common.loading): TemplateResult =>
  html`<div role="status" style="display:grid;gap:16px">
    <span class="sr">${label}</span>
    ${heights.map((height) => html`<span class="bone" style="height:${height}px"></span>`)}
  </div>`;

export interface More {
  readonly shown: number;
  /** Null where the server counts nothing. */
  readonly total: number | null;
  readonly hasNext: boolean;
  readonly loading: boolean;
  readonly load: () => void;
}

/** The end of a list: how much of it is shown, and a button for more. Never by scrolling alone: keyboards do not scroll. */
export const loadMore = ({ shown, total, hasNext, loading, load }: More): TemplateResult =>
  html`<div class="more">
    <p class="sub small" role="status">${total === null ? common.shown(shown) : common.shownOf(shown, total)}</p>
    ${
      hasNext
        ? html`<button class="btn ghost" ?disabled=${loading} @click=${load}>
            ${loading ? html`<span class="spinner"></span>${common.loading}` : common.loadMore}
          </button>`
        : nothing
    }
  </div>`;

export interface Column<Row> {
  readonly head: string;
  readonly cell: (row: Row) => Content;
  /** Figures stand to the right, one below the other. */
  readonly numeric?: boolean;
}

export interface TableText<Row> {
  readonly caption: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
}

/** So many columns fit on a phone; what has more is read there row by row, each figure with its head. */
const MOST_ON_PHONE = 3;
/** A ledger's rows would be pages long: it moves sideways, its first column in sight. */
const MOST_IN_STACK = 8;

export const boxOfTable = (columnCount: number): string =>
  columnCount > MOST_ON_PHONE && columnCount <= MOST_IN_STACK ? 'table-scroll stacks' : 'table-scroll';

/** A table whose box takes the focus, so that arrow keys move it where it scrolls. */
export const table = <Row>({ caption, columns, rows }: TableText<Row>): TemplateResult =>
  html`<div class=${boxOfTable(columns.length)} tabindex="0" role="region" aria-label=${caption}>
    <table role="table">
      <caption class="sr">
        ${caption}
      </caption>
      <thead role="rowgroup">
        <tr role="row">
          ${columns.map(({ head, numeric }) => html`<th role="columnheader" scope="col" class=${numeric ? 'n' : ''}>${head}</th>`)}
        </tr>
      </thead>
      <tbody role="rowgroup">
        ${rows.map(
          (row) =>
            html`<tr role="row">
              ${columns.map(
                ({ head, cell, numeric }) =>
                  html`<td role="cell" data-head=${head} class=${numeric ? 'n' : ''}>${cell(row)}</td>`,
              )}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;

export interface PictureText {
  readonly url: string;
  readonly alt: string;
  readonly background: string;
}
