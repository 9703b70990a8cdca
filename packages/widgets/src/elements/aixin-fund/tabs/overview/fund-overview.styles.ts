import { css } from 'lit';

export const fundStyles = css`
  .glance {
    display: grid;
    grid-template-columns: 1.35fr repeat(7, 1fr);
    padding: 8px;
  }
  .figures,
  aixin-fund-ageing {
    display: block;
    margin-top: 20px;
  }
  .figures {
    display: grid;
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
  }
  .column {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 20px;
    align-content: start;
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
  .swatch.left {
    background: var(--ax-line);
  }
  .swatch.cap {
    display: none;
  }
  /* As tall as the agreements beside it: the rows share the room, each as much as still reads as a list. */
  .counties {
    display: flex;
    flex-direction: column;
  }
  .counties ul {
    flex: 1;
    display: grid;
    grid-auto-rows: minmax(2.2em, 1fr);
    max-height: calc(var(--rows) * 3.6em);
    margin-top: 8px;
  }
  .counties li {
    display: grid;
    grid-template-columns: 4.2em minmax(40px, 1fr) minmax(4.6em, auto) 3.6em;
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
    border-radius: 0;
    border-block: 1px solid var(--ax-line);
  }
  .entries table {
    min-width: 920px;
  }
  .entries {
    container-type: inline-size;
  }
  .entries td:nth-child(3) {
    min-width: 9em;
    white-space: normal;
  }
  .entries thead th {
    position: sticky;
    top: 0;
    z-index: 1;
    background: var(--ax-card);
  }
  /* Where all columns fit, the table scrolls with the page, and its head stays. */
  @container (min-width: 66em) {
    .entries .table-scroll {
      overflow: visible;
    }
    .entries thead th {
      top: var(--ax-host-header, 0px);
    }
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
      width: 100%;
      margin-left: 0;
    }
    .entries-top select.chip {
      flex: 1 1 0;
      min-width: 0;
      padding-left: 12px;
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
