import { css } from 'lit';

export const homeStyles = css`
  .hero {
    display: grid;
    grid-template-columns: 1fr 1.15fr;
    gap: 40px;
    align-items: end;
    margin-bottom: 32px;
  }
  .as-of {
    margin-top: 6px;
    text-align: right;
    font-size: var(--ax-t12);
  }
  .all {
    display: grid;
    justify-items: center;
    margin-top: 28px;
  }
  .where {
    display: grid;
    grid-template-columns: 1fr 1.6fr;
    gap: 40px;
    align-items: start;
    margin-top: 56px;
  }
  .where h2 {
    margin-top: 8px;
  }
  .busiest {
    margin-top: 16px;
  }
  .busiest b {
    font-size: var(--ax-t18);
  }
  .stories {
    display: grid;
    gap: 16px;
  }
  .story {
    display: grid;
    grid-template-columns: 264px 1fr;
    overflow: hidden;
  }
  .face {
    overflow: hidden;
    filter: brightness(var(--ax-picture-light));
  }
  .face img {
    width: 100%;
    height: 100%;
    object-fit: cover;
  }
  .words {
    padding: 24px 28px;
  }
  .words h3 {
    margin: 6px 0 14px;
    font-size: var(--ax-t18);
  }
  summary {
    list-style: none;
    width: max-content;
  }
  summary::-webkit-details-marker {
    display: none;
  }
  details[open] .open,
  details:not([open]) .close {
    display: none;
  }
  .body {
    display: grid;
    gap: 12px;
    max-width: 40em;
    padding-top: 16px;
  }
  .body .title {
    font-weight: 600;
  }
  @media (max-width: 640px) {
    .hero {
      grid-template-columns: 1fr;
      gap: 16px;
      margin-bottom: 20px;
    }
    .where {
      grid-template-columns: 1fr;
      gap: 16px;
      margin-top: 40px;
    }
    .where .pad {
      padding: 12px;
    }
    .story {
      grid-template-columns: 1fr;
    }
    .face {
      aspect-ratio: 3 / 1.4;
    }
    .words {
      padding: 16px;
    }
  }
`;
