import { css } from 'lit';

export const refundDialogStyles = css`
  fieldset {
    display: grid;
    gap: 10px;
  }
  .bought {
    align-items: center;
  }
  .stepper {
    flex: none;
    display: flex;
    align-items: center;
    border: 1px solid var(--ax-edge);
    border-radius: var(--ax-radius-s);
  }
  .stepper button {
    display: grid;
    place-items: center;
    width: 40px;
    height: 40px;
    border: 0;
    background: none;
    cursor: pointer;
  }
  .stepper button[disabled] {
    opacity: 0.35;
    cursor: not-allowed;
  }
  .stepper output {
    min-width: 1.6em;
    text-align: center;
    font-weight: 600;
  }
  .presets {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
  }
  .note h3 {
    margin-bottom: 6px;
  }
  .note .facts {
    gap: 4px 16px;
  }
  .note .small {
    margin-top: 8px;
  }
`;
