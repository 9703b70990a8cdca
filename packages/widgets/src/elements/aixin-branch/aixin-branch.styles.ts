import { css } from 'lit';

export const branchStyles = css`
  .totals {
    display: grid;
    grid-template-columns: repeat(4, 1fr);
    gap: 20px;
  }
  .total h2 {
    margin: 0;
    font: 400 var(--ax-size) / 1.6 var(--ax-sans);
  }
  .total .big {
    font-size: calc(var(--ax-size) * 1.75);
  }
  .total .big small {
    font-size: 0.8em;
  }
  .columns {
    display: grid;
    grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
    gap: 20px;
    margin-top: 20px;
    align-items: start;
  }
  .column {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 20px;
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
  .privacy {
    margin-top: 12px;
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
    .totals {
      grid-template-columns: 1fr 1fr;
      gap: 12px;
    }
    .columns {
      grid-template-columns: minmax(0, 1fr);
      gap: 12px;
      margin-top: 12px;
    }
    .column {
      gap: 12px;
    }
  }
  @media print {
    .totals {
      grid-template-columns: repeat(4, 1fr);
    }
    .columns {
      display: block;
    }
    .columns > * {
      margin-top: 12px;
    }
  }
`;
