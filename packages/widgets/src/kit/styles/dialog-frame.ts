import { css } from 'lit';

/** The frame of a question in front of the page; on a phone it comes up from the foot, where the thumb is. */
export const dialogFrame = css`
  dialog {
    width: min(var(--dialog-width, 560px), calc(100vw - 32px));
    max-height: min(90vh, 860px);
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
  @media (max-width: 640px) {
    dialog {
      width: 100%;
      max-width: none;
      margin: auto 0 0;
      border-width: 1px 0 0;
      border-radius: var(--ax-radius) var(--ax-radius) 0 0;
    }
  }
`;
