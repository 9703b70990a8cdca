import { css } from 'lit';

/** Nothing here, not yet here, did not come: three states that are designed, not left over. */
export const states = css`
  .state {
    display: grid;
    justify-items: center;
    gap: 8px;
    padding: 48px 24px;
    text-align: center;
    text-wrap: balance;
  }
  .state .picture {
    width: 96px;
    height: 96px;
    margin-bottom: 8px;
    color: var(--ax-edge);
    opacity: 0.8;
  }
  .state .title {
    font: 700 var(--ax-t18) / 1.4 var(--ax-serif);
  }
  .state .sub {
    max-width: 32em;
  }
  .state .actions {
    display: flex;
    flex-wrap: wrap;
    justify-content: center;
    gap: 12px;
    margin-top: 16px;
  }
  .bone {
    display: block;
    border-radius: 8px;
    background: var(--ax-line);
    animation: breathe 1.6s ease-in-out infinite alternate;
  }
  @keyframes breathe {
    from {
      opacity: 0.75;
    }
    to {
      opacity: 0.4;
    }
  }
  .more {
    display: grid;
    justify-items: center;
    gap: 8px;
    margin-top: 24px;
  }
  .spinner {
    display: inline-block;
    width: 1em;
    height: 1em;
    border: 2px solid currentColor;
    border-right-color: transparent;
    border-radius: 50%;
    animation: turn 0.8s linear infinite;
  }
  @keyframes turn {
    to {
      transform: rotate(1turn);
    }
  }
`;
