import { css } from 'lit';

export const productStyles = css`
  .crumbs {
    margin-bottom: 16px;
  }
  .top {
    display: grid;
    grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
    gap: 48px;
    align-items: start;
  }
  .face {
    aspect-ratio: 3 / 2;
    overflow: hidden;
    filter: brightness(var(--ax-picture-light));
  }
  .face img {
    width: 100%;
    height: 100%;
    object-fit: cover;
  }
  .main {
    display: grid;
    gap: 8px;
    align-content: start;
  }
  .main h1 {
    font-size: calc(var(--ax-size) * 1.875);
  }
  .money {
    margin: 12px 0;
  }
  .money .price {
    display: block;
    font-size: var(--ax-t34);
    margin-bottom: 8px;
  }
  .promise {
    padding: 16px;
    font-size: var(--ax-t15);
  }
  .promise .tag {
    background: var(--ax-leaf-fill);
    color: #fff;
    margin-right: 4px;
  }
  .how-many {
    margin-top: 12px;
  }
  .buy {
    display: flex;
    gap: 12px;
    margin-top: 12px;
  }
  .buy > * {
    flex: 1;
  }
  .more-facts {
    display: grid;
    grid-template-columns: 1.25fr 1fr;
    gap: 20px;
    align-items: start;
    margin-top: 40px;
  }
  .more-facts > div {
    display: grid;
    gap: 20px;
  }
  section h2 {
    margin: 0 0 12px;
    font-size: var(--ax-t18);
  }
  .prose {
    display: grid;
    gap: 12px;
    max-width: 36em;
  }
  @media (max-width: 640px) {
    .top {
      grid-template-columns: minmax(0, 1fr);
      gap: 20px;
    }
    .more-facts {
      grid-template-columns: minmax(0, 1fr);
      gap: 12px;
      margin-top: 24px;
    }
    .more-facts > div {
      gap: 12px;
    }
    .buy {
      position: sticky;
      z-index: 3;
      bottom: calc(58px + env(safe-area-inset-bottom));
      margin: 8px -16px 0;
      padding: 10px 16px;
      background: var(--ax-paper);
      border-top: 1px solid var(--ax-line);
    }
  }
`;
