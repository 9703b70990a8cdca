import { css } from 'lit';

export const orderStyles = css`
  .narrow {
    display: grid;
    gap: 16px;
    max-width: 872px;
    margin: 0 auto;
  }
  .narrow > p,
  .narrow > h1 {
    margin: -8px 0;
  }
  h1 {
    font-size: calc(var(--ax-size) * 1.75);
  }
  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: 12px;
    margin: 8px 0 4px;
  }
  .progress {
    padding-top: 8px;
    padding-bottom: 16px;
  }
  .strip {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 12px;
    min-height: 56px;
    padding: 10px 24px;
  }
  .strip:hover {
    background: var(--ax-raised);
  }
  .in-card {
    margin: 0;
    font: 600 var(--ax-size) / 1.5 var(--ax-sans);
  }
  .refund {
    display: grid;
    gap: 6px;
    justify-items: start;
  }
  .refund .apart {
    width: 100%;
  }
  .facts.small {
    gap: 2px 14px;
  }
  .parcels {
    display: grid;
    gap: 16px;
  }
  .parcel header {
    flex-wrap: wrap;
  }
  .express {
    display: flex;
    gap: 8px;
    align-items: center;
    margin-top: 8px;
    padding: 8px 12px;
    border-radius: var(--ax-radius-s);
    background: var(--ax-raised);
    font-size: var(--ax-t14);
  }
  .copyable {
    user-select: all;
  }
  .two {
    display: grid;
    grid-template-columns: 1fr 1fr;
    gap: 16px;
    align-items: start;
  }
  .two .in-card {
    margin-bottom: 4px;
  }
  .slim > li {
    padding: 8px 0;
  }
  .dates {
    margin-top: 14px;
    padding-top: 14px;
    border-top: 1px solid var(--ax-line);
  }
  @media (max-width: 640px) {
    h1 {
      font-size: var(--ax-t26);
    }
    .two {
      grid-template-columns: minmax(0, 1fr);
    }
    .strip {
      padding: 10px 16px;
    }
    .actions .btn {
      flex: 1 1 auto;
    }
  }
`;
