import { css } from 'lit';

/** A question in front of the page. On a phone it comes up from the foot, where the thumb is. */
export const dialogStyles = css`
  dialog {
    width: min(560px, calc(100vw - 32px));
    max-height: min(86vh, 760px);
    padding: 0;
    border: 1px solid var(--ax-line);
    border-radius: var(--ax-radius);
    background: var(--ax-card);
    color: var(--ax-ink);
    font: inherit;
    overflow: auto;
    overscroll-behavior: contain;
  }
  dialog::backdrop {
    background: rgb(30 24 16 / 0.45);
  }
  dialog form {
    display: grid;
    gap: 18px;
    padding: 24px;
  }
  dialog h2 {
    margin: 0;
  }
  legend {
    padding: 0;
    margin-bottom: 8px;
  }
  /* The answers stay in sight below a long question. */
  .answers {
    position: sticky;
    z-index: 1;
    bottom: 0;
    margin: -6px -24px -24px;
    padding: 12px 24px 20px;
    background: var(--ax-card);
    display: flex;
    flex-wrap: wrap;
    gap: 12px;
    justify-content: flex-end;
  }
  textarea.input {
    min-height: 88px;
    resize: vertical;
  }
  @media (max-width: 640px) {
    dialog {
      width: 100%;
      max-width: none;
      margin: auto 0 0;
      border-width: 1px 0 0;
      border-radius: var(--ax-radius) var(--ax-radius) 0 0;
    }
    dialog form {
      padding: 20px 16px 24px;
    }
    .answers {
      margin: -6px -16px -24px;
      padding: 12px 16px calc(20px + env(safe-area-inset-bottom));
    }
    .answers .btn {
      flex: 1 1 auto;
    }
  }
`;
