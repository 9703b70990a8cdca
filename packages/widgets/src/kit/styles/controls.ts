import { css } from 'lit';

/** What can be pressed and typed in. Nothing here is smaller than 40 px: thumbs are not mice. */
export const controls = css`
  button,
  input,
  select,
  textarea {
    font: inherit;
    color: inherit;
    margin: 0;
  }
  .btn {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 8px;
    min-height: 48px;
    padding: 10px 24px;
    border: 1px solid var(--ax-red-fill);
    border-radius: var(--ax-radius-s);
    background: var(--ax-red-fill);
    color: #fff;
    font-weight: 600;
    line-height: 1.3;
    text-align: center;
    cursor: pointer;
    transition: filter 0.15s;
  }
  .btn:hover {
    filter: brightness(1.08);
  }
  .btn:active {
    filter: brightness(0.94);
  }
  .btn.ghost {
    background: var(--ax-card);
    border-color: var(--ax-edge);
    color: var(--ax-ink);
  }
  .btn.ghost:hover {
    background: var(--ax-raised);
    filter: none;
  }
  .btn.small {
    min-height: 40px;
    padding: 6px 16px;
    font-size: var(--ax-t14);
  }
  .btn.wide {
    width: 100%;
  }
  .btn[disabled],
  .btn[aria-disabled='true'] {
    background: var(--ax-line);
    border-color: var(--ax-line);
    color: var(--ax-ink-2);
    cursor: not-allowed;
    filter: none;
  }
  .text-btn {
    min-height: 40px;
    padding: 4px 8px;
    border: 0;
    background: none;
    color: var(--ax-ink-2);
    font-size: var(--ax-t14);
    text-decoration: underline;
    text-decoration-color: var(--ax-line);
    text-underline-offset: 0.25em;
    cursor: pointer;
  }
  .text-btn:hover {
    color: var(--ax-ink);
  }
  .chip {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    min-height: 40px;
    padding: 6px 14px;
    border: 1px solid var(--ax-line);
    border-radius: 99px;
    background: var(--ax-card);
    color: var(--ax-ink);
    font-size: var(--ax-t14);
    white-space: nowrap;
    cursor: pointer;
    transition: border-color 0.15s;
  }
  .chip:hover {
    border-color: var(--ax-edge);
  }
  .chip[aria-current='true'],
  .chip[aria-pressed='true'],
  .chip[aria-selected='true'],
  .chip.on {
    background: var(--ax-ink);
    border-color: var(--ax-ink);
    color: var(--ax-on);
  }
  .chip.leaf-on[aria-pressed='true'] {
    background: var(--ax-leaf-fill);
    border-color: var(--ax-leaf-fill);
    color: #fff;
  }
  .chips {
    display: flex;
    gap: 8px;
    overflow-x: auto;
    padding: 4px;
    margin: -4px;
    scrollbar-width: none;
  }
  .field {
    display: grid;
    gap: 6px;
    align-content: start;
  }
  .field > label,
  .field > .label,
  legend {
    font-weight: 600;
    font-size: var(--ax-t14);
  }
  .field .hint {
    color: var(--ax-ink-2);
    font-size: var(--ax-t13);
  }
  .field .wrong {
    color: var(--ax-red);
    font-size: var(--ax-t13);
  }
  .input,
  select.chip {
    background: var(--ax-card);
    border: 1px solid var(--ax-edge);
  }
  .input {
    width: 100%;
    min-height: 48px;
    padding: 10px 14px;
    border-radius: var(--ax-radius-s);
  }
  .input::placeholder {
    color: var(--ax-ink-2);
    opacity: 1;
  }
  .input[aria-invalid='true'] {
    border-color: var(--ax-red);
  }
  select.chip {
    appearance: none;
    border-color: var(--ax-line);
    padding-right: 32px;
    background-image:
      linear-gradient(45deg, transparent 50%, currentColor 50%),
      linear-gradient(-45deg, transparent 50%, currentColor 50%);
    background-size: 5px 5px;
    background-position:
      right 18px center,
      right 13px center;
    background-repeat: no-repeat;
  }
  input[type='checkbox'],
  input[type='radio'] {
    width: 20px;
    height: 20px;
    flex: none;
    margin: 0;
    accent-color: var(--ax-leaf-fill);
  }
  .check {
    display: flex;
    gap: 10px;
    align-items: flex-start;
    cursor: pointer;
  }
  .check input {
    margin-top: 0.15em;
  }
  .stepper {
    display: inline-grid;
    grid-template-columns: 44px 52px 44px;
    border: 1px solid var(--ax-edge);
    border-radius: var(--ax-radius-s);
    background: var(--ax-card);
  }
  .stepper button {
    display: grid;
    place-items: center;
    min-height: 42px;
    border: 0;
    border-radius: inherit;
    background: none;
    cursor: pointer;
  }
  .stepper button:hover:not([disabled]) {
    background: var(--ax-raised);
  }
  .stepper button[disabled] {
    color: var(--ax-edge);
    cursor: not-allowed;
  }
  .stepper input {
    width: 100%;
    border: 0;
    border-inline: 1px solid var(--ax-line);
    background: none;
    text-align: center;
    font-variant-numeric: tabular-nums;
  }
`;
