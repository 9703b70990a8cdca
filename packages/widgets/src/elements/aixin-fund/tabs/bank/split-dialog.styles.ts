import { css } from 'lit';

export const splitDialogStyles = css`
  .rest {
    display: flex;
    flex-wrap: wrap;
    justify-content: space-between;
    gap: 4px 20px;
    padding: 12px 16px;
    border-radius: var(--ax-radius-s);
    background: var(--ax-raised);
  }
  .targets {
    display: grid;
    max-height: 46vh;
    overflow: auto;
  }
  .targets li {
    display: grid;
    grid-template-columns: minmax(0, 1fr) 9em auto;
    gap: 8px 12px;
    align-items: center;
    padding: 8px 4px;
    border-bottom: 1px solid var(--ax-line);
  }
  .targets li:last-child {
    border: 0;
  }
  .targets label {
    display: flex;
    flex-wrap: wrap;
    gap: 0 10px;
    line-height: 1.5;
  }
  .targets .input {
    min-height: 40px;
    padding: 6px 12px;
    text-align: right;
  }
  .red {
    color: var(--ax-red);
  }
  .leaf {
    color: var(--ax-leaf);
  }
  .gold {
    color: var(--ax-gold);
  }
  @media (max-width: 640px) {
    .targets li {
      grid-template-columns: minmax(0, 1fr) auto;
    }
    .targets label {
      grid-column: 1 / -1;
    }
  }
`;
