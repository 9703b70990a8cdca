import { css } from 'lit';

export const ordersStyles = css`
  .narrow {
    display: grid;
    gap: 16px;
    max-width: 872px;
    margin: 0 auto;
  }
  .narrow > * {
    min-width: 0;
  }
  h1 {
    font-size: calc(var(--ax-size) * 1.75);
  }
  .orders {
    display: grid;
    gap: 16px;
  }
  .order {
    position: relative;
    padding-block: 18px;
  }
  .order:hover {
    background: var(--ax-raised);
  }
  .order h2 {
    margin: 0;
    font: 600 var(--ax-size) / 1.5 var(--ax-sans);
  }
  /* The whole card opens the order; its own buttons lie above. */
  .order h2 a::after {
    content: '';
    position: absolute;
    inset: 0;
    border-radius: var(--ax-radius);
  }
  .order h2 a:focus-visible {
    outline: none;
  }
  .order h2 a:focus-visible::after {
    outline: 3px solid var(--ax-leaf);
    outline-offset: 2px;
  }
  .goods {
    display: flex;
    align-items: center;
    gap: 16px;
    margin-top: 12px;
  }
  .pictures {
    display: flex;
    gap: 8px;
    flex: none;
  }
  .names {
    flex: 1;
    display: grid;
    min-width: 0;
  }
  .names b {
    font-weight: 600;
  }
  .gains {
    margin-top: 4px;
    gap: 6px;
  }
  .sums {
    display: grid;
    justify-items: end;
    white-space: nowrap;
  }
  .foot {
    display: flex;
    align-items: center;
    justify-content: flex-end;
    gap: 12px;
    margin-top: 12px;
    padding-top: 12px;
    border-top: 1px solid var(--ax-line);
  }
  .foot .btn {
    position: relative;
  }
  @media (max-width: 640px) {
    h1 {
      font-size: var(--ax-t26);
    }
    .orders {
      gap: 12px;
    }
    .goods {
      gap: 12px;
    }
    .pictures > :nth-child(n + 2) {
      display: none;
    }
  }
`;
