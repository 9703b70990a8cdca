import { css } from 'lit';

export const branchStyles = css`
  .glance {
    display: grid;
    grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
    gap: 20px;
  }
  .totals {
    display: grid;
    grid-template-columns: 1fr 1fr;
    gap: 20px;
  }
  /* The history as a table is long; the figures beside it are not stretched to its length. */
  .glance:has(.as-table:not(.closed)) .totals {
    align-self: start;
  }
  @media (min-width: 901px) {
    .total {
      align-content: center;
    }
  }
  .total h2 {
    margin: 0;
    font: 400 var(--ax-size) / 1.6 var(--ax-sans);
  }
  .total .big {
    font-size: calc(var(--ax-size) * 1.75);
    white-space: nowrap;
  }
  .total .big small {
    font-size: 0.8em;
  }
  .units,
  .records {
    margin-top: 20px;
  }
  .wrap {
    flex-wrap: wrap;
    align-items: center;
    margin-bottom: 12px;
  }
  .small-chip {
    min-height: 34px;
    padding: 2px 12px;
    font-size: var(--ax-t13);
  }
  .it {
    display: flex;
    gap: 14px;
  }
  .dot {
    flex: none;
    display: grid;
    place-items: center;
    width: 40px;
    height: 40px;
    border-radius: 12px;
    background: var(--ax-leaf-soft);
    color: var(--ax-leaf);
  }
  .withdrawn .fact {
    text-decoration: line-through;
    color: var(--ax-ink-2);
  }
  .records .lines {
    display: grid;
    grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
    column-gap: 40px;
  }
  .records .it {
    padding-bottom: 14px;
    border-top: 1px solid var(--ax-line);
    border-bottom: 0;
  }
  .records .it:nth-child(-n + 2) {
    border-top: 0;
  }
  .privacy {
    padding-top: 12px;
    border-top: 1px solid var(--ax-line);
  }
  .units .head {
    padding: 12px 20px 4px;
    align-items: center;
  }
  .units .foot {
    padding: 8px 20px 14px;
    border-top: 1px solid var(--ax-line);
  }
  .units .table-scroll {
    border-radius: 0;
  }
  .units th:first-child,
  .units td:first-child {
    position: sticky;
    left: 0;
    padding-left: 20px;
    background: var(--ax-card);
    white-space: nowrap;
  }
  @media (max-width: 900px) {
    .glance {
      grid-template-columns: minmax(0, 1fr);
      gap: 12px;
    }
    .totals {
      gap: 12px;
    }
    .units,
    .records {
      margin-top: 12px;
    }
    .records .lines {
      grid-template-columns: minmax(0, 1fr);
    }
    .records .it:nth-child(2) {
      border-top: 1px solid var(--ax-line);
    }
  }
  @media (max-width: 640px) {
    /* In large type a sum no longer fits beside another. */
    .totals {
      grid-template-columns: repeat(auto-fit, minmax(min(100%, calc(var(--ax-size) * 10)), 1fr));
    }
    .total .big {
      font-size: var(--ax-t22);
    }
  }
  @media print {
    .glance {
      display: block;
    }
    .totals {
      grid-template-columns: repeat(4, 1fr);
      margin-bottom: 12px;
    }
  }
`;
