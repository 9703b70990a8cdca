import { css } from 'lit';

export const batchStyles = css`
  h3.in-card {
    margin: 0;
    font: 600 var(--ax-size) / 1.5 var(--ax-sans);
  }
  .back {
    display: inline-flex;
    align-items: center;
    gap: 4px;
    margin: -12px 0 4px -8px;
  }
  .side-by-side {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(30em, 100%), 1fr));
    gap: 20px;
    align-items: start;
  }
  .totals tfoot > tr > * {
    border-top: 1px solid var(--ax-edge);
    border-bottom: 0;
  }
  .totals tbody tr:last-child > * {
    border-bottom: 0;
  }
  .facts {
    margin-top: 12px;
  }
  table td {
    white-space: nowrap;
  }
  .entries .more,
  .entries .note {
    margin: 14px 20px;
  }
  @media (max-width: 640px) {
    .side-by-side {
      gap: 12px;
    }
    .facts {
      grid-template-columns: minmax(0, 1fr);
      gap: 2px;
    }
    .facts dd {
      margin-bottom: 10px;
    }
  }
  @media print {
    .side-by-side {
      display: block;
    }
    .table-card {
      margin-bottom: 12px;
      break-inside: auto;
    }
    table {
      font-size: 11px;
    }
    .table-scroll {
      overflow: visible;
    }
  }
`;
