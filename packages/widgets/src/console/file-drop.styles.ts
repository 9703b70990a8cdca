import { css } from 'lit';

export const fileDropStyles = css`
  .choose {
    position: relative;
  }
  .choose:focus-within {
    outline: 3px solid var(--ax-leaf);
    outline-offset: 2px;
  }
  .sending {
    display: grid;
    justify-items: center;
    gap: 6px;
    width: 100%;
  }
  progress {
    width: min(320px, 100%);
    height: 8px;
    accent-color: var(--ax-leaf-fill);
  }
  .files {
    display: grid;
    gap: 8px;
  }
  .files li {
    display: flex;
    align-items: flex-start;
    gap: 10px;
    padding: 10px 4px 10px 12px;
    border: 1px solid var(--ax-line);
    border-radius: var(--ax-radius-s);
  }
  .files svg {
    flex: none;
    margin-top: 2px;
    color: var(--ax-leaf);
  }
  .what {
    flex: 1;
    min-width: 0;
    overflow-wrap: anywhere;
  }
  .hash {
    display: block;
    font-size: var(--ax-t12);
  }
  code {
    font-family: ui-monospace, 'DejaVu Sans Mono', monospace;
  }
  .square {
    display: grid;
    place-items: center;
    flex: none;
    width: 40px;
    height: 40px;
    margin-top: -8px;
    border: 0;
    background: none;
    color: var(--ax-ink-2);
    cursor: pointer;
  }
  /* A finger drops nothing. */
  @media (hover: none) {
    .drop-words {
      display: none;
    }
  }
`;
