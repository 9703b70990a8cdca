import { css } from 'lit';
import { dialogFrame } from '../kit/styles/dialog-frame.js';

/** What stands in a dialog of the consoles: a head that stays, with the way out, and the body. */
export const dialogStyles = [
  dialogFrame,
  css`
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
      .head {
        padding: 12px 4px 8px 16px;
      }
      .body {
        padding: 4px 16px calc(24px + env(safe-area-inset-bottom));
      }
    }
  `,
];
