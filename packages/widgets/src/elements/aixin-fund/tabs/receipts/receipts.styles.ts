import { css } from 'lit';

export const receiptStyles = css`
  h3.in-card {
    margin: 0;
    font: 600 var(--ax-size) / 1.5 var(--ax-sans);
  }
  .row-actions {
    display: inline-flex;
    gap: 8px;
  }
  .gone .code {
    text-decoration: line-through;
  }
  .text-btn {
    display: inline-flex;
    align-items: center;
    gap: 4px;
    padding-left: 0;
  }
  .text-btn svg {
    flex: none;
  }
  .more,
  .table-card > .note {
    margin: 14px 20px;
  }
  @media print {
    .row-actions {
      display: none;
    }
    .table-scroll {
      overflow: visible;
    }
  }
`;
