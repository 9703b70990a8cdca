/**
 * Figures and small parts of the consoles, as template functions. Styles: `figureStyles` (every FundTab has them).
 */
import { html, nothing, svg, type TemplateResult } from 'lit';
import type { Content } from '../kit/parts.js';
import { consoleTexts } from '../texts/console.js';

export type Tone = 'leaf' | 'gold' | 'red' | 'gone';

export interface Figure {
  /** `money(fen)`, or a count. */
  readonly figure: Content;
  /** What it means, below the figure: "本月应汇（4,131 笔 − 退款 14）". */
  readonly label: Content;
  readonly tone?: Tone | undefined;
  /** Where its entries are. `go` moves there in place (`PageQuery.follow`, `tabLink`). */
  readonly href?: string;
  readonly go?: (event: MouseEvent) => void;
  /** The figure whose entries are shown. */
  readonly current?: boolean;
}

/** Big figures side by side in a card: the month at a glance. A figure with `href` opens its entries. */
export const figureRow = (label: string, figures: readonly Figure[]): TemplateResult =>
  html`<ul class="card figures" aria-label=${label}>
    ${figures.map((each) => html`<li>${figureOf(each)}</li>`)}
  </ul>`;

const figureOf = ({ figure, label, tone, href, go, current }: Figure): TemplateResult => {
  const content = html`<b class="big num ${tone ?? ''}">${figure}</b><span class="sub small">${label}</span>`;
  if (href === undefined) return html`<span class="figure">${content}</span>`;
  return html`<a class="figure" href=${href} aria-current=${current ? 'true' : nothing} @click=${go}>${content}</a>`;
};

export interface BarRow {
  readonly name: Content;
  /** What the bar's length stands for. */
  readonly value: number;
  readonly figure: Content;
  readonly note?: Content;
  readonly href?: string;
  readonly go?: (event: MouseEvent) => void;
}

/** Rows with a bar each, the longest over the whole width. Drawn, never counted with. */
export const bars = (rows: readonly BarRow[]): TemplateResult => {
  const highest = rows.reduce((most, { value }) => Math.max(most, value), 1);
  return html`<ul class="bars small" style="--rows:${rows.length}">
    ${rows.map(
      ({ name, value, figure, note, href, go }) =>
        html`<li>
          <span class="name"
            >${href === undefined ? name : html`<a class="link" href=${href} @click=${go}>${name}</a>`}</span
          >
          <svg class="bar-track" aria-hidden="true">
            ${svg`<rect class="fill" width="${(Math.max(0, value) / highest) * 100}%" height="100%" />`}
          </svg>
          <span class="num amount">${figure}</span>
          ${note === undefined ? nothing : html`<span class="num sub">${note}</span>`}
        </li>`,
    )}
  </ul>`;
};

export interface FlowPart {
  readonly key: string;
  readonly label: string;
  readonly value: number;
  readonly figure: string;
  readonly href?: string;
  readonly go?: (event: MouseEvent) => void;
}

/** One bar cut into parts, and its legend below: where the whole of something stands. `key` names the colour: `part-1` … `part-6`. */
export const flowBar = (label: string, parts: readonly FlowPart[]): TemplateResult => {
  const whole = parts.reduce((sum, { value }) => sum + Math.max(0, value), 0);
  let left = 0;
  const drawn = parts.map((part) => {
    const width = whole === 0 ? 0 : (Math.max(0, part.value) / whole) * 100;
    const x = left;
    left += width;
    return svg`<rect class="part ${part.key}" x="${x}%" width="${width}%" height="100%" />`;
  });
  return html`<div class="flow">
    <svg
      class="flow-bar"
      role="img"
      aria-label=${`${label}：${parts.map((part) => `${part.label} ${part.figure}`).join('，')}`}
    >
      ${drawn}
    </svg>
    <ul class="legend small">
      ${parts.map(
        ({ key, label: name, figure, href, go }) =>
          html`<li>
            <i class="swatch ${key}"></i
            >${href === undefined ? html`<span>${name}</span>` : html`<a class="link" href=${href} @click=${go}>${name}</a>`}
            <b class="num">${figure}</b>
          </li>`,
      )}
    </ul>
  </div>`;
};

/** Name and value, one pair a line; beside each other on a desk. Pairs without a value are left out. */
export const factList = (
  facts: readonly (readonly [name: string, value: Content | null | undefined])[],
): TemplateResult =>
  html`<dl class="facts">
    ${facts.map(([name, value]) =>
      value === null || value === undefined || value === '' || value === nothing
        ? nothing
        : html`<dt>${name}</dt>
            <dd>${value}</dd>`,
    )}
  </dl>`;

/** A key that does the same as the button it stands in. */
export const keyHint = (key: string): TemplateResult => html`<kbd class="key" aria-hidden="true">${key}</kbd>`;

/** Where one is in something of several steps: 1 选文件 › 2 核对 › 3 入账. `current` counts from 0. */
export const stepsBar = (label: string, steps: readonly string[], current: number): TemplateResult =>
  html`<ol class="steps" aria-label=${label}>
    ${steps.map(
      (step, index) =>
        html`<li class=${index < current ? 'done' : ''} aria-current=${index === current ? 'step' : nothing}>
          <span class="dot num" aria-hidden="true">${index < current ? '✓' : index + 1}</span>${step}${
            index < current ? html`<span class="sr">${consoleTexts.stepDone}</span>` : nothing
          }
        </li>`,
    )}
  </ol>`;

/** An id, number, hash or code: fixed width, may be selected at once; long hashes are cut by the eye, not by the text. */
export const code = (text: string): TemplateResult => html`<span class="mono num code">${text}</span>`;

/** The first eight signs of a hash, the rest at hand. */
export const shortHash = (hash: string): TemplateResult =>
  html`<abbr class="mono" title=${hash}>${hash.slice(0, 8)}…</abbr>`;
