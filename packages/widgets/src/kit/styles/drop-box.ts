import { css } from 'lit';

/** A box into which files are dropped. */
export const dropBoxStyles = css`
  .drop {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: center;
    gap: 8px 12px;
    min-height: 84px;
    padding: 16px;
    border: 1.5px dashed var(--ax-edge);
    border-radius: var(--ax-radius-s);
    background: var(--ax-raised);
    text-align: center;
  }
  .drop.over {
    border-color: var(--ax-leaf);
    background: var(--ax-leaf-soft);
  }
`;
