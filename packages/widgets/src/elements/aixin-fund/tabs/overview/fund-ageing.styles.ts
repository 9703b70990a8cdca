import { css } from 'lit';

export const fundAgeingStyles = css`
  h3.in-card,
  h4.in-card {
    margin: 0;
    font: 600 var(--ax-size) / 1.5 var(--ax-sans);
  }
  .whole {
    margin-bottom: 12px;
  }
  .flow-bar {
    height: 26px;
  }
  .ageing {
    min-width: 820px;
  }
  .ageing td,
  .ageing th {
    padding-block: 6px;
    vertical-align: middle;
  }
  .ageing .for {
    min-width: 14em;
    color: var(--ax-ink-2);
    font-size: var(--ax-t13);
  }
  .ageing thead th {
    border-top: 1px solid var(--ax-line);
  }
  .ageing .for-phone {
    display: none;
  }
  .cell {
    display: inline-flex;
    flex-direction: column;
    align-items: flex-end;
    min-width: 4.5em;
    margin: 0 -8px 0 0;
    padding: 4px 8px;
    border-radius: 8px;
    line-height: 1.35;
  }
  .cell:hover {
    background: color-mix(in srgb, var(--ax-line) 60%, transparent);
  }
  .cell b {
    font-weight: 600;
    text-decoration: underline;
    text-decoration-color: var(--ax-edge);
    text-underline-offset: 0.25em;
  }
  .cell .small {
    color: var(--ax-ink-2);
    font-size: var(--ax-t12);
  }
  .cell.gold {
    background: var(--ax-gold-soft);
    color: var(--ax-gold);
  }
  .cell.red {
    background: var(--ax-red-soft);
    color: var(--ax-red);
  }
  .cell[aria-current] {
    box-shadow: inset 0 0 0 1.5px currentColor;
  }
  .waiting {
    border-top: 1px solid var(--ax-line);
    background: var(--ax-raised);
  }
  .waiting .table-scroll table {
    min-width: 760px;
    font-size: var(--ax-t13);
  }
  .waiting td {
    white-space: nowrap;
  }
  .waiting h4:focus {
    outline: none;
  }
  .foot {
    margin: 12px 20px 0;
  }
  .waiting .more {
    margin: 14px 20px;
  }
  /* On a phone the sentence goes below its state, so that the figures come into sight. */
  @media (max-width: 640px) {
    .ageing {
      min-width: 620px;
    }
    .ageing .for,
    .ageing thead th:nth-child(2) {
      display: none;
    }
    .ageing th:first-child {
      position: sticky;
      left: 0;
      z-index: 1;
      width: 9.5em;
      min-width: 9.5em;
      background: var(--ax-card);
      white-space: normal;
    }
    .ageing .for-phone {
      display: block;
      margin-top: 4px;
      font-weight: 400;
      font-size: var(--ax-t12);
      line-height: 1.5;
    }
  }
  @media print {
    .ageing {
      min-width: 0;
    }
  }
`;
