import { css } from 'lit';

/** Tables, and how they are read on a phone. */
export const tables = css`
  .table-scroll {
    /* What is hidden for the eye in a cell is clipped with it, and does not widen the page. */
    position: relative;
    overflow-x: auto;
    border-radius: inherit;
  }
  table {
    width: 100%;
    border-collapse: collapse;
    font-size: var(--ax-t14);
  }
  caption {
    text-align: left;
  }
  th,
  td {
    padding: 11px 14px;
    border-bottom: 1px solid var(--ax-line);
    text-align: left;
  }
  th {
    color: var(--ax-ink-2);
    font-size: var(--ax-t13);
    font-weight: 600;
    white-space: nowrap;
  }
  th.n,
  td.n {
    text-align: right;
    font-variant-numeric: tabular-nums;
    white-space: nowrap;
  }
  tbody tr:last-child > * {
    border-bottom: 0;
  }
  /* On a phone no figure is out of sight: row by row, each with its head. */
  @media screen and (max-width: 640px) {
    .stacks table,
    .stacks tbody,
    .stacks tr {
      display: block;
    }
    .stacks thead {
      display: none;
    }
    .stacks tr {
      padding: 10px 0;
      border-bottom: 1px solid var(--ax-line);
    }
    .stacks tr:last-child {
      border-bottom: 0;
    }
    .stacks td:nth-child(n) {
      position: static;
      display: flex;
      gap: 16px;
      justify-content: space-between;
      min-width: 0;
      max-width: none;
      padding: 4px 16px;
      border: 0;
      text-align: right;
      white-space: normal;
    }
    .stacks td::before {
      content: attr(data-head);
      flex: none;
      color: var(--ax-ink-2);
      text-align: left;
    }
  }
`;
