import { css } from 'lit';

/** Of `contentView`; beside `figureStyles`. */
export const contentStyles = css`
  .equation {
    margin-top: 12px;
  }
  .figures .big {
    font-size: var(--ax-t26);
  }
  .stages {
    display: grid;
    gap: 14px;
  }
  .stages li {
    display: grid;
    grid-template-columns: 6em 9em 1fr;
    gap: 2px 16px;
    align-items: center;
  }
  .stages .big {
    font-size: var(--ax-t18);
    text-align: right;
    white-space: nowrap;
  }
  .stages .small {
    grid-column: 3;
  }
  .stage-bar {
    width: 100%;
    height: 22px;
  }
  .step-1,
  .batched {
    fill: var(--ax-gold);
    background: var(--ax-gold);
  }
  .step-2,
  .step-3,
  .received {
    fill: var(--ax-leaf-fill);
    background: var(--ax-leaf-fill);
  }
  .step-3 {
    opacity: 0.65;
  }
  .step-4,
  .spent {
    fill: var(--ax-red-fill);
    background: var(--ax-red-fill);
  }
  .projects {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(100%, 320px), 1fr));
    gap: 16px;
  }
  .projects li {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 6px;
    align-content: start;
  }
  .projects h3 {
    font: 700 var(--ax-t18) / 1.4 var(--ax-serif);
  }
  .projects .purpose {
    text-wrap: pretty;
  }
  .now {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 8px;
    margin-top: 6px;
  }
  .now .big {
    font-size: var(--ax-t22);
  }
  .bar-track {
    display: block;
    width: 100%;
    height: 8px;
    border-radius: 4px;
    background: var(--ax-line);
    overflow: hidden;
  }
  details {
    margin: 6px -8px -8px;
  }
  summary {
    min-height: 40px;
    padding: 8px;
    border-radius: 8px;
    color: var(--ax-ink-2);
    cursor: pointer;
  }
  details table {
    font-size: var(--ax-t13);
  }
  details th,
  details td {
    padding: 8px;
  }
  abbr {
    white-space: nowrap;
    text-decoration: underline dotted;
    text-underline-offset: 0.25em;
    cursor: help;
  }
  .nowrap {
    white-space: nowrap;
  }
  .columns {
    display: grid;
    grid-template-columns: 1fr 1fr;
    gap: 16px;
    margin-top: 40px;
    align-items: start;
  }
  .columns > *,
  .stack {
    min-width: 0;
  }
  .stack {
    display: grid;
    gap: 16px;
  }
  h2.in-card {
    margin: 0;
    font: 600 var(--ax-size) / 1.5 var(--ax-sans);
  }
  .months-chart {
    margin: 8px 0;
    overflow: visible;
  }
  .months-chart .floor {
    stroke: var(--ax-line);
  }
  .months-chart .label {
    fill: var(--ax-ink-2);
    font-size: var(--ax-t13);
    text-anchor: middle;
  }
  .columns .legend {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 16px;
    margin-bottom: 8px;
  }
  .columns .legend li {
    display: flex;
    align-items: center;
    gap: 6px;
  }
  .swatch {
    width: 12px;
    height: 12px;
    border-radius: 3px;
  }
  .columns .table-scroll {
    margin: 0 -14px;
    border-radius: 0;
  }
  .donors {
    display: grid;
  }
  .donors li {
    display: grid;
    grid-template-columns: 1fr auto;
    gap: 0 12px;
    padding: 10px 0;
    border-bottom: 1px solid var(--ax-line);
  }
  .donors li:last-child {
    border: 0;
    padding-bottom: 0;
  }
  .donors .small {
    grid-column: 1 / -1;
  }
  .open {
    margin-top: 8px;
  }
  .open b {
    white-space: nowrap;
  }
  .mono {
    font-family: ui-monospace, 'SF Mono', Menlo, Consolas, monospace;
    font-variant-ligatures: none;
    overflow-wrap: anywhere;
  }
  .root {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 12px;
    padding: 14px 16px;
    border-radius: var(--ax-radius-s);
    background: var(--ax-leaf-soft);
    color: var(--ax-ink);
    font-size: var(--ax-t15);
  }
  @media (max-width: 820px) {
    .columns {
      grid-template-columns: minmax(0, 1fr);
      margin-top: 32px;
    }
  }
  @media (max-width: 640px) {
    /* A table scrolls before its words are broken into single characters. */
    .table-scroll table {
      width: max-content;
      min-width: 100%;
    }
    .table-scroll td {
      max-width: 15em;
    }
    .stages li {
      grid-template-columns: 1fr auto;
    }
    .columns th,
    .columns td {
      padding: 10px 7px 10px 14px;
    }
    .stages .stage-bar,
    .stages .small {
      grid-column: 1 / -1;
    }
    .figures .big {
      font-size: var(--ax-t22);
    }
  }
  @media print {
    .stage-bar,
    .bar-track,
    .months-chart,
    .swatch {
      print-color-adjust: exact;
    }
    details:not([open]) > :not(summary) {
      display: block;
    }
    .table-scroll {
      overflow: visible;
    }
  }
`;
