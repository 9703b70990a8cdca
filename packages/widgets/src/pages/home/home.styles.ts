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
  /* The first story large, the others beside it. */
  .stories {
    display: grid;
    grid-template-columns: 1.15fr 1fr;
    gap: 20px;
  }
  .story {
    display: grid;
    grid-template-columns: 200px minmax(0, 1fr);
    overflow: hidden;
  }
  .story:first-child {
    grid-row: span 2;
    grid-template-columns: minmax(0, 1fr);
    grid-template-rows: minmax(240px, 1fr) auto;
  }
  .story:only-child {
    grid-column: 1 / -1;
  }
  .face {
    position: relative;
    overflow: hidden;
    filter: brightness(var(--ax-picture-light));
  }
  /* Out of the flow, so that the words decide how tall a story is. */
  .face img {
    position: absolute;
    width: 100%;
    height: 100%;
    object-fit: cover;
  }
  .words {
    padding: 20px 24px 24px;
  }
  .words h3 {
    margin: 4px 0 8px;
    font-size: var(--ax-t18);
  }
  .story:first-child h3 {
    font-size: var(--ax-t22);
  }
  .begin {
    display: -webkit-box;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
    overflow: hidden;
    margin-bottom: 14px;
  }
  .story:first-child .begin {
    -webkit-line-clamp: 3;
  }
  .begin:has(+ details[open]) {
    display: none;
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
    .stories,
    .story {
      grid-template-columns: minmax(0, 1fr);
    }
    .stories {
      gap: 12px;
    }
    .story,
    .story:first-child {
      grid-template-rows: 150px auto;
    }
    .words {
      padding: 16px;
    }
  }
`;
