import { css } from 'lit';

export const operatorStyles = css`
  .card {
    padding: 20px;
    margin-bottom: 20px;
  }
  .count {
    margin-left: 8px;
    color: var(--ax-ink-2);
    font-weight: 400;
  }
  .items {
    list-style: none;
    margin: 12px 0 0;
    padding: 0;
  }
  .items > li {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto minmax(96px, auto);
    align-items: center;
    gap: 4px 20px;
    padding: 14px 0;
    border-top: 1px solid var(--ax-line);
  }
  .what {
    display: grid;
    gap: 2px;
  }
  .what p {
    overflow-wrap: anywhere;
  }
  .code {
    margin-left: 8px;
    font: var(--ax-t13) / 1.5 var(--ax-mono, monospace);
  }
  .said.red {
    color: var(--ax-red);
  }
  .numbers {
    font-size: var(--ax-t13);
  }
  .amount {
    text-align: right;
    white-space: nowrap;
  }
  .answers {
    display: flex;
    flex-wrap: wrap;
    justify-content: flex-end;
    gap: 8px;
  }
  .kinds {
    display: grid;
    gap: 10px;
    margin: 0;
    padding: 0;
    border: 0;
  }
  @media (max-width: 640px) {
    .card {
      padding: 16px;
      margin-bottom: 12px;
    }
    .items > li {
      grid-template-columns: minmax(0, 1fr) auto;
    }
    .what {
      grid-column: 1 / -1;
    }
    .amount {
      text-align: left;
    }
  }
`;
