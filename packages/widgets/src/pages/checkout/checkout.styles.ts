import { css } from 'lit';

export const checkoutStyles = css`
  .ask {
    display: grid;
    gap: 8px;
  }
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
  .submit {
    display: grid;
    gap: 12px;
  }
  @media (max-width: 640px) {
    :host {
      padding-bottom: 72px;
    }
    .submit {
      position: fixed;
      z-index: 3;
      inset: auto 0 calc(58px + env(safe-area-inset-bottom));
      gap: 6px;
      padding: 10px 16px;
      background: var(--ax-paper);
      border-top: 1px solid var(--ax-line);
    }
  }
`;
