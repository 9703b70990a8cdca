import { css, type CSSResult } from 'lit';
import { controls } from './styles/controls.js';
import { parts } from './styles/parts.js';
import { states } from './styles/states.js';
import { tables } from './styles/tables.js';

const ground = css`
  :host {
    display: block;
    color: var(--ax-ink);
    font: 400 var(--ax-size) / 1.6 var(--ax-sans);
    -webkit-font-smoothing: antialiased;
    text-size-adjust: 100%;
  }
  :host([hidden]),
  [hidden] {
    display: none !important;
  }
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  h1,
  h2,
  h3,
  p,
  ul,
  ol,
  dl,
  dd,
  figure,
  fieldset {
    margin: 0;
    padding: 0;
    border: 0;
    min-width: 0;
  }
  ul,
  ol {
    list-style: none;
  }
  a {
    color: inherit;
    text-decoration: none;
  }
  a.link {
    text-decoration: underline;
    text-underline-offset: 0.25em;
    text-decoration-color: var(--ax-edge);
  }
  a.link:hover {
    text-decoration-color: currentColor;
  }
  img,
  svg {
    display: block;
    max-width: 100%;
  }
  h1,
  h2,
  .big {
    font-family: var(--ax-serif);
    font-weight: 700;
    line-height: 1.3;
    text-wrap: balance;
  }
  h1 {
    font-size: var(--ax-t34);
  }
  h1 + .state {
    margin-top: 20px;
  }
  h1:focus,
  h2:focus {
    outline: none;
  }
  h2 {
    font-size: var(--ax-t22);
    margin: 40px 0 16px;
  }
  h3 {
    font-size: var(--ax-size);
    line-height: 1.4;
  }
  .sub {
    color: var(--ax-ink-2);
  }
  .small {
    font-size: var(--ax-t13);
  }
  .num {
    font-variant-numeric: tabular-nums;
  }
  .leaf {
    color: var(--ax-leaf);
  }
  .gold {
    color: var(--ax-gold);
  }
  .red {
    color: var(--ax-red);
  }
  .sr {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  :focus-visible {
    outline: 3px solid var(--ax-leaf);
    outline-offset: 2px;
  }
  @media (max-width: 640px) {
    h1 {
      font-size: var(--ax-t26);
    }
    h2 {
      margin: 32px 0 12px;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    *,
    *::before,
    *::after {
      animation: none !important;
      transition: none !important;
    }
  }
  /* The system draws no shade, shadow or tint: what they tell apart needs a line. */
  @media (forced-colors: active) {
    .btn,
    .card,
    .note,
    .tag,
    .bone {
      border: 1px solid;
    }
    [aria-current]:not([aria-current='false']),
    [aria-selected='true'],
    [aria-pressed='true'] {
      outline: 2px solid;
      outline-offset: -2px;
    }
  }
  @media print {
    .no-print {
      display: none !important;
    }
    .card {
      box-shadow: none;
      border: 1px solid var(--ax-line);
      break-inside: avoid;
    }
  }
`;

/** What every element of the zone adopts: one style sheet object, shared by all shadow roots. */
export const baseStyles: CSSResult[] = [ground, controls, parts, tables, states];
