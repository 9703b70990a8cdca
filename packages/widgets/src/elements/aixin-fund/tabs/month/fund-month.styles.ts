import { css } from 'lit';

export const fundMonthStyles = css`
  .next h3 {
    margin: 2px 0 4px;
    font-size: var(--ax-t22);
  }
  .next .btn {
    margin-top: 14px;
  }
  .stages {
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .stages li {
    display: grid;
    grid-template-columns: 32px minmax(0, 1fr) 11em auto;
    gap: 4px 16px;
    align-items: center;
    padding: 14px 20px;
  }
  .stages li + li {
    border-top: 1px solid var(--ax-line);
  }
  .stages h4 {
    margin: 0;
    font-size: var(--ax-t15);
  }
  .stages p {
    margin: 2px 0 0;
  }
  .stages .later h4,
  .stages .later p {
    color: var(--ax-ink-2);
  }
  .dot {
    display: grid;
    place-items: center;
    width: 30px;
    height: 30px;
    border: 1.5px solid var(--ax-line);
    border-radius: 50%;
    font-size: var(--ax-t13);
  }
  .done .dot {
    border-color: var(--ax-leaf);
    color: var(--ax-leaf);
  }
  .now .dot {
    border-color: var(--ax-gold);
    font-weight: 700;
  }
  .who {
    display: grid;
    gap: 3px;
    justify-items: start;
  }
  @media (max-width: 640px) {
    .stages li {
      grid-template-columns: 30px minmax(0, 1fr) auto;
      padding: 14px 16px;
      gap: 6px 12px;
    }
    .stages .dot {
      grid-row: 1 / 3;
      align-self: start;
    }
    .stages .what {
      grid-column: 2 / -1;
    }
    .who {
      grid-column: 2;
      display: flex;
      flex-wrap: wrap;
      gap: 8px;
      align-items: center;
    }
  }
`;
