import { css } from 'lit';

export const loveStyles = css`
  .narrow {
    container-type: inline-size;
    max-width: 872px;
    margin: 0 auto;
  }
  h1 {
    font-size: calc(var(--ax-size) * 1.75);
  }
  .three {
    display: grid;
    grid-template-columns: repeat(3, 1fr);
    gap: 20px;
    margin-top: 20px;
  }
  .part {
    display: flex;
    flex-direction: column;
    gap: 2px;
    padding: 20px 24px;
    border: 2px solid transparent;
  }
  .part:hover {
    border-color: var(--ax-line);
  }
  .part[aria-current] {
    border-color: var(--ax-ink);
  }
  .part .k {
    font-size: var(--ax-t14);
    font-weight: 600;
  }
  .part .big {
    font-size: calc(var(--ax-size) * 1.875);
    white-space: nowrap;
  }
  .part .big small {
    font-size: 0.55em;
    margin-left: 0.25em;
  }
  .debt,
  .total {
    margin-top: 16px;
  }
  .total {
    margin: 0 0 8px;
  }
  .month {
    margin: 20px 0 10px;
    color: var(--ax-ink-2);
    font-size: var(--ax-t14);
  }
  .list {
    padding: 2px 24px 18px;
  }
  .item,
  summary {
    display: flex;
    gap: 14px;
    align-items: flex-start;
  }
  .what {
    flex: 1;
    min-width: 0;
  }
  .what .title {
    font-weight: 600;
  }
  .dot {
    flex: none;
    display: grid;
    place-items: center;
    width: 40px;
    height: 40px;
    border-radius: 12px;
    background: var(--ax-leaf-soft);
    color: var(--ax-leaf);
  }
  .gain {
    display: flex;
    flex-direction: column;
    align-items: flex-end;
    text-align: right;
    white-space: nowrap;
  }
  .gain .figure {
    font: 700 var(--ax-t22) / 1.35 var(--ax-serif);
  }
  .gone {
    color: var(--ax-ink-2);
  }
  .withdrawn .title {
    text-decoration: line-through;
    color: var(--ax-ink-2);
  }
  .withdrawn .gain {
    text-decoration: line-through;
  }
  summary {
    cursor: pointer;
    list-style: none;
    min-height: 44px;
  }
  summary::-webkit-details-marker {
    display: none;
  }
  summary .what {
    display: grid;
  }
  .turn {
    flex: none;
    margin-top: 6px;
    color: var(--ax-ink-2);
    transition: rotate 0.15s;
  }
  details[open] .turn {
    rotate: 90deg;
  }
  details .way {
    margin-bottom: 8px;
  }
  .to-yuan {
    margin: 4px 0 8px;
    font-size: var(--ax-t14);
  }
  .as-of {
    margin-top: 24px;
    text-align: center;
  }
  @media (max-width: 640px) {
    h1 {
      font-size: var(--ax-t26);
    }
    .three {
      gap: 8px;
      margin-top: 16px;
    }
    .part {
      padding: 14px 12px;
    }
    .part .k,
    .part .small {
      font-size: var(--ax-t12);
      line-height: 1.45;
    }
    .part .big {
      font-size: var(--ax-t22);
    }
    .list {
      padding: 2px 16px 16px;
    }
    .item .gain {
      font-size: var(--ax-t14);
    }
    .item,
    summary {
      gap: 10px;
    }
  }
  /* In large type on a phone three figures no longer fit side by side. */
  @container (max-width: 21em) {
    .three {
      grid-template-columns: 1fr;
    }
  }
`;
