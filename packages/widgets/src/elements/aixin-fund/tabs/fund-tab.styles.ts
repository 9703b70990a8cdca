import { css } from 'lit';

/** What all tabs share; the shell has page margins and the title. */
export const fundTabStyles = css`
  :host {
    background: none;
  }
  .top {
    margin-bottom: 16px;
  }
  .tab-title {
    margin: 0;
    font-size: var(--ax-t22);
  }
  .top > .sub {
    font-size: var(--ax-t14);
  }
  .chip svg {
    flex: none;
  }
  /* Short facts do not break; a long text in a table has a class of its own. */
  .nowrap td,
  td .code {
    white-space: nowrap;
  }
  .controls .btn {
    min-height: 40px;
    padding: 6px 18px;
    font-size: var(--ax-t14);
  }
  .told .note {
    margin-bottom: 16px;
  }
  [aria-busy='true'] > :not(.top, .told) {
    opacity: 0.55;
    transition: opacity 0.15s 0.15s;
  }
  .stack {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 20px;
  }
  .stack > .top {
    margin-bottom: 0;
  }
  /* The main thing, and what belongs to the chosen row beside it. */
  .two {
    display: grid;
    grid-template-columns: minmax(0, 1fr) 320px;
    gap: 20px;
    align-items: start;
  }
  .two > aside {
    position: sticky;
    top: calc(var(--ax-host-header, 0px) + 16px);
  }
  .table-card {
    overflow: hidden;
  }
  .table-card .table-scroll {
    border-radius: 0;
  }
  .table-card th:first-child,
  .table-card td:first-child {
    padding-left: 20px;
  }
  .table-card th:last-child,
  .table-card td:last-child {
    padding-right: 20px;
  }
  .card-head {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px 12px;
    padding: 14px 20px;
  }
  .card-head .controls {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
    margin-left: auto;
  }
  tbody tr:hover td {
    background: var(--ax-raised);
  }
  tr.chosen td,
  tr[aria-selected='true'] td {
    background: var(--ax-raised);
    box-shadow:
      inset 0 1px var(--ax-gold),
      inset 0 -1px var(--ax-gold);
  }
  .none {
    padding: 24px 20px;
  }
  @media (max-width: 900px) {
    .two {
      grid-template-columns: minmax(0, 1fr);
      gap: 12px;
    }
    .two > aside {
      position: static;
    }
    .stack {
      gap: 12px;
    }
  }
  @media (max-width: 640px) {
    /* What it is about stands by the title, then what can be done. */
    .top > .sub {
      order: 1;
    }
    .top > .controls {
      order: 2;
    }
    .top > .export-note {
      order: 3;
    }
    .controls > .btn,
    .controls > .chip:not(.square) {
      flex: 1 0 auto;
      white-space: nowrap;
    }
    .card-head {
      padding: 14px 16px;
    }
    .card-head .controls {
      width: 100%;
      margin-left: 0;
    }
    .card-head select.chip {
      flex: 1 1 0;
      min-width: 0;
    }
    .table-card th:first-child,
    .table-card td:first-child {
      padding-left: 16px;
    }
  }
  @media print {
    .told,
    .controls {
      display: none !important;
    }
  }
`;
