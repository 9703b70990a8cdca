import { css } from 'lit';

export const fundStyles = css`
  .glance {
    display: grid;
    grid-template-columns: 1.35fr repeat(7, 1fr);
    padding: 8px;
  }
  .glance a {
    display: flex;
    flex-direction: column;
    min-width: 0;
    padding: 10px 12px;
    border-radius: var(--ax-radius-s);
    line-height: 1.45;
  }
  .glance a:hover {
    background: var(--ax-raised);
  }
  .glance a[aria-current] {
    background: var(--ax-leaf-soft);
    box-shadow: inset 0 0 0 1px var(--ax-leaf);
  }
  .glance .name {
    font-size: var(--ax-t13);
    color: var(--ax-ink-2);
  }
  .glance .all .name {
    font-weight: 600;
    color: var(--ax-ink);
  }
  .glance .big {
    font-size: var(--ax-t18);
    white-space: nowrap;
  }
  .glance .all .big {
    font-size: var(--ax-t22);
  }
  .gone {
    color: var(--ax-ink-2);
  }
  .columns {
    display: grid;
    grid-template-columns: minmax(0, 1fr) 360px;
    gap: 20px;
    margin: 20px 0;
    align-items: start;
  }
  .column {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 20px;
  }
  .agreement .apart {
    flex-wrap: wrap;
    align-items: center;
  }
  .agreement a[aria-current] {
    color: var(--ax-leaf);
  }
  .agreement .bar-track {
    margin: 8px 0;
  }
  .matched {
    fill: var(--ax-leaf-fill);
  }
  .held {
    fill: var(--ax-gold);
  }
  .shares {
    display: grid;
    grid-template-columns: repeat(3, 1fr) auto;
    gap: 2px 12px;
  }
  .shares > :last-child {
    text-align: right;
  }
  .swatch {
    display: inline-block;
    width: 9px;
    height: 9px;
    margin-right: 5px;
    border-radius: 3px;
    border: 1px solid transparent;
    print-color-adjust: exact;
  }
  .swatch.matched {
    background: var(--ax-leaf-fill);
  }
  .swatch.held {
    background: var(--ax-gold);
  }
  .swatch.left {
    background: var(--ax-line);
  }
  .swatch.cap {
    display: none;
  }
  .counties ul {
    display: grid;
    gap: 9px;
    margin-top: 12px;
  }
  .counties li {
    display: grid;
    grid-template-columns: 4.2em minmax(40px, 1fr) auto 3.6em;
    gap: 10px;
    align-items: center;
  }
  .counties .num {
    text-align: right;
    white-space: nowrap;
  }
  .entries-top {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px 12px;
    padding: 14px 20px;
    scroll-margin-top: 12px;
  }
  .entries-top .controls {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
    margin-left: auto;
  }
  .entries select.chip {
    max-width: 15em;
    text-overflow: ellipsis;
  }
  .entries .table-scroll {
    max-height: min(72vh, 760px);
    overflow: auto;
    border-radius: 0;
    border-block: 1px solid var(--ax-line);
  }
  .entries table {
    min-width: 920px;
  }
  .entries thead th {
    position: sticky;
    top: 0;
    z-index: 1;
    background: var(--ax-card);
  }
  .entries td {
    white-space: nowrap;
    font-size: var(--ax-t13);
  }
  .entries td:first-child,
  .entries th:first-child {
    position: sticky;
    left: 0;
    z-index: 1;
    padding-left: 20px;
    background: var(--ax-card);
  }
  .entries thead th:first-child {
    z-index: 2;
  }
  .entries tbody tr:hover td {
    background: var(--ax-raised);
  }
  .mono {
    font-family: ui-monospace, 'DejaVu Sans Mono', monospace;
    font-size: 0.95em;
  }
  .void td {
    color: var(--ax-ink-2);
  }
  .void td.n {
    text-decoration: line-through;
  }
  .busy {
    opacity: 0.55;
    transition: opacity 0.15s 0.15s;
  }
  .none.pad {
    padding: 24px 20px;
  }
  .more {
    margin: 14px 20px;
  }
  .sort-cut {
    margin: 12px 20px 0;
  }
  .no-buyer {
    padding: 0 20px 14px;
    text-align: center;
  }
  @media (max-width: 1100px) {
    .glance {
      grid-template-columns: repeat(4, 1fr);
    }
  }
  @media (max-width: 900px) {
    .columns {
      grid-template-columns: minmax(0, 1fr);
      gap: 12px;
      margin: 12px 0;
    }
    .column {
      gap: 12px;
    }
  }
  @media (max-width: 640px) {
    .glance {
      grid-template-columns: 1fr 1fr;
    }
    .glance .all {
      grid-column: 1 / -1;
    }
    .shares {
      grid-template-columns: 1fr 1fr;
    }
    .shares > :last-child {
      text-align: left;
    }
    .entries-top {
      padding: 14px 16px;
    }
    .entries-top .controls {
      margin-left: 0;
    }
    .entries td:first-child,
    .entries th:first-child {
      padding-left: 16px;
      box-shadow: inset -1px 0 var(--ax-line);
    }
  }
  @media print {
    .entries {
      break-inside: auto;
    }
    /* The bars already carry their figures: the page is better used for the entries. */
    .chart .as-table.closed {
      display: none;
    }
    .glance {
      grid-template-columns: repeat(8, auto);
    }
    .entries .table-scroll {
      max-height: none;
      overflow: visible;
    }
    .entries table {
      min-width: 0;
      font-size: 10px;
    }
    .entries thead th,
    .entries td:first-child,
    .entries th:first-child {
      position: static;
    }
    .columns {
      grid-template-columns: 1.6fr 1fr;
    }
  }
`;
