import { css } from 'lit';

/** Dense, quick to read, printable. */
export const consoleStyles = css`
  :host {
    background: var(--ax-paper);
  }
  .page {
    max-width: 1160px;
    margin: auto;
    padding: 28px 24px 64px;
  }
  .page[aria-busy='true'] > :not(.top) {
    opacity: 0.55;
    transition: opacity 0.15s 0.15s;
  }
  .top {
    display: flex;
    align-items: center;
    flex-wrap: wrap;
    gap: 4px 16px;
    margin-bottom: 20px;
  }
  .top > .sub {
    width: 100%;
  }
  .top h1 {
    font-size: var(--ax-t26);
  }
  .top .controls {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
    margin-left: auto;
  }
  .months {
    display: flex;
    gap: 4px;
  }
  .square {
    justify-content: center;
    width: 40px;
    padding: 0;
  }
  .chip[disabled] {
    color: var(--ax-edge);
    cursor: not-allowed;
  }
  h2.in-card {
    margin: 0;
    font: 600 var(--ax-size) / 1.5 var(--ax-sans);
  }
  h2.in-card:focus-visible {
    outline: 3px solid var(--ax-leaf);
    outline-offset: 4px;
  }
  .pad {
    padding: 20px;
  }
  .bar-track {
    display: block;
    width: 100%;
    height: 8px;
    border-radius: 4px;
    background: var(--ax-line);
    overflow: hidden;
  }
  .none {
    padding: 20px 0 8px;
  }
  .export-note:empty {
    display: none;
  }
  .export-note {
    width: 100%;
    text-align: right;
  }
  /* Collapsed borders would stay behind when a head or a column sticks. */
  table.dense {
    border-collapse: separate;
    border-spacing: 0;
  }
  table.dense th,
  table.dense td {
    padding: 8px 12px;
  }
  th .sort {
    display: inline-flex;
    align-items: center;
    gap: 4px;
    min-height: 32px;
    margin: -4px;
    padding: 0 4px;
    border: 0;
    background: none;
    color: inherit;
    font: inherit;
    cursor: pointer;
  }
  th .sort span {
    font-size: 0.9em;
    opacity: 0.7;
  }
  th[aria-sort='ascending'] .sort,
  th[aria-sort='descending'] .sort {
    color: var(--ax-ink);
  }
  .as-of {
    margin-top: 16px;
  }
  @media (max-width: 640px) {
    .page {
      padding: 20px 16px 48px;
    }
    .top .controls {
      margin: 8px 0 0;
      width: 100%;
    }
    .months {
      flex: 1 0 100%;
    }
    .months select,
    .controls > .chip {
      flex: 1;
      justify-content: center;
    }
    .pad {
      padding: 16px;
    }
  }
  @media print {
    :host {
      background: none;
      --ax-card: #fff;
      --ax-ink: #000;
      --ax-ink-2: #444;
      --ax-line: #bbb;
      --ax-size: 13px;
    }
    .page {
      max-width: none;
      padding: 0;
    }
    .controls,
    .more button,
    .text-btn,
    th .sort span {
      display: none !important;
    }
    .bar-track,
    .chart .fill {
      print-color-adjust: exact;
    }
    tr,
    li {
      break-inside: avoid;
    }
    thead {
      display: table-header-group;
    }
  }
`;
