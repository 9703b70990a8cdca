import { css } from 'lit';

/** Forms of the consoles: fields in a grid, answers at the foot. */
export const formStyles = css`
  .form {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(15em, 100%), 1fr));
    gap: 18px 20px;
    align-items: start;
  }
  /* One below the other, where each field deserves the whole line. */
  .form.one {
    grid-template-columns: minmax(0, 1fr);
  }
  /* Two beside each other where three would be too narrow for what is chosen in them. */
  .form.two {
    grid-template-columns: repeat(auto-fit, minmax(min(21em, 100%), 1fr));
  }
  .form > .wide,
  .form > .note,
  .form > fieldset,
  .form > p,
  .form > .answers,
  .form > aixin-file-drop {
    grid-column: 1 / -1;
  }
  .field .optional {
    margin-left: 0.5em;
    font-weight: 400;
  }
  .input-group {
    position: relative;
    display: block;
  }
  .input-group .unit {
    position: absolute;
    left: 14px;
    top: 50%;
    translate: 0 -50%;
    color: var(--ax-ink-2);
    pointer-events: none;
  }
  .input-group .input {
    padding-left: 32px;
  }
  select.input {
    appearance: none;
    padding-right: 36px;
    background-image:
      linear-gradient(45deg, transparent 50%, currentColor 50%),
      linear-gradient(-45deg, transparent 50%, currentColor 50%);
    background-size: 5px 5px;
    background-position:
      right 20px center,
      right 15px center;
    background-repeat: no-repeat;
    text-overflow: ellipsis;
  }
  textarea.input {
    resize: vertical;
    line-height: 1.6;
  }
  .input[disabled] {
    background-color: var(--ax-raised);
    color: var(--ax-ink-2);
    cursor: not-allowed;
  }
  fieldset > legend {
    margin-bottom: 10px;
    padding: 0;
  }
  .answers {
    display: flex;
    flex-wrap: wrap;
    gap: 12px;
    justify-content: flex-end;
  }
  /* In a long dialog the answers stay in sight, over the edge that its body leaves. */
  aixin-dialog .form > .answers {
    position: sticky;
    z-index: 1;
    bottom: 0;
    margin: 0 -24px -24px;
    padding: 12px 24px 20px;
    background: var(--ax-card);
  }
  .mono {
    font-family: ui-monospace, 'DejaVu Sans Mono', monospace;
    font-size: 0.95em;
  }
  @media (max-width: 640px) {
    aixin-dialog .form > .answers {
      margin: 0 -16px calc(-24px - env(safe-area-inset-bottom));
      padding: 12px 16px calc(20px + env(safe-area-inset-bottom));
    }
    .answers .btn {
      flex: 1 1 auto;
    }
  }
  @media print {
    .answers {
      display: none;
    }
  }
`;
