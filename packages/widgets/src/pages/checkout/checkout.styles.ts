import { css } from 'lit';

export const checkoutStyles = css`
  .box h2 {
    margin-bottom: 12px;
  }
  .exclusion {
    display: grid;
    gap: 8px;
    margin-top: 12px;
  }
  .line + .note,
  .note + .note {
    margin-top: 12px;
  }
  .side .wrong {
    color: var(--ax-red);
    font-size: var(--ax-t14);
  }
  .side .wrong:empty {
    display: none;
  }
`;
