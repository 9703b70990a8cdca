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
  dialog:not([open]) {
    display: none;
  }
  /* Opened by us in a browser that knows no dialog: over the page, in its middle, the page behind it dimmed. */
  dialog[open][aria-modal] {
    position: fixed;
    z-index: 1000;
    top: 50%;
    left: 50%;
    transform: translate(-50%, -50%);
    display: block;
    box-shadow: 0 0 0 100vmax rgb(30 24 16 / 0.45);
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
    dialog[open][aria-modal] {
      top: auto;
      bottom: 0;
      left: 0;
      transform: none;
    }
  }
`;
