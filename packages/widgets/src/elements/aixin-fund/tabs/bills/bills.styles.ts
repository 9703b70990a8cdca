import { css } from 'lit';

export const billStyles = css`
  .red-text {
    color: var(--ax-red);
  }
  .equation p {
    margin: 0 0 6px;
  }
  .files {
    display: grid;
    gap: 4px;
    margin: 8px 0 0;
    padding: 0;
    list-style: none;
  }
  .files li {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px 12px;
  }
  .fetch {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px;
  }
  .fetch input {
    width: auto;
    min-height: 40px;
    padding: 6px 12px;
    font-size: var(--ax-t14);
  }
  .back {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 16px;
    align-items: baseline;
    margin: 0 0 12px;
  }
  td .num,
  td .nowrap {
    white-space: nowrap;
  }
  .table-card .more {
    padding: 12px 16px 16px;
  }
  @media (max-width: 640px) {
    .card-head select.chip {
      flex: 1 1 40%;
    }
  }
`;
