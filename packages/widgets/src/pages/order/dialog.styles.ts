import { css } from 'lit';
import { dialogFrame } from '../../kit/styles/dialog-frame.js';

/** What stands in a question about an order: a form whose answers stay in sight. */
export const dialogStyles = [
  dialogFrame,
  css`
    dialog {
      max-height: min(86vh, 760px);
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
  `,
];
