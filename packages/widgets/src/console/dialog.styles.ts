import { css } from 'lit';

/** A question in front of the page; on a phone it comes up from the foot, where the thumb is. */
export const dialogStyles = css`
  dialog {
    width: min(var(--dialog-width, 600px), calc(100vw - 32px));
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
  .head {
    position: sticky;
    z-index: 2;
    top: 0;
    display: flex;
    align-items: flex-start;
    justify-content: space-between;
    gap: 16px;
    padding: 18px 12px 10px 24px;
    background: var(--ax-card);
  }
  .head h2 {
    margin: 4px 0 0;
    font-size: var(--ax-t22);
  }
  .close {
    display: grid;
    place-items: center;
    flex: none;
    width: 40px;
    height: 40px;
    border: 0;
    border-radius: 50%;
    background: none;
    color: var(--ax-ink-2);
    cursor: pointer;
  }
  .close:hover {
    background: var(--ax-raised);
    color: var(--ax-ink);
  }
  .body {
    padding: 6px 24px 24px;
  }
  @media (max-width: 640px) {
    dialog {
      width: 100%;
      max-width: none;
      margin: auto 0 0;
      border-width: 1px 0 0;
      border-radius: var(--ax-radius) var(--ax-radius) 0 0;
    }
    .head {
      padding: 12px 4px 8px 16px;
    }
    .body {
      padding: 4px 16px calc(24px + env(safe-area-inset-bottom));
    }
  }
`;
