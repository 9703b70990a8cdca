import { css } from 'lit';

/** Cards, tags, prices, stats, lists and the way of the yuan. */
export const parts = css`
  .card {
    background: var(--ax-card);
    border-radius: var(--ax-radius);
    box-shadow: var(--ax-shadow);
  }
  .pad {
    padding: 24px;
  }
  .row {
    display: flex;
    align-items: center;
    gap: 8px 12px;
    flex-wrap: wrap;
  }
  .apart {
    display: flex;
    align-items: baseline;
    justify-content: space-between;
    gap: 8px 16px;
  }
  /* Each dot stands in a gutter left of its fact; at the beginning of a line the gutter lies outside and is cut off. */
  .dotted {
    --gutter: 1.1em;
    display: block;
    overflow-x: clip;
  }
  .dotted > span {
    display: inline-block;
    position: relative;
    left: calc(-1 * var(--gutter));
    max-width: 100%;
    padding-left: var(--gutter);
  }
  .dotted i {
    position: absolute;
    left: 0;
    width: var(--gutter);
    font-style: normal;
    text-align: center;
  }
  .tag {
    display: inline-flex;
    align-items: center;
    gap: 4px;
    padding: 2px 8px;
    border-radius: 6px;
    background: var(--ax-leaf-soft);
    color: var(--ax-leaf);
    font-size: var(--ax-t12);
    font-weight: 600;
    white-space: nowrap;
  }
  .tag.gold {
    background: var(--ax-gold-soft);
    color: var(--ax-gold);
  }
  .tag.red {
    background: var(--ax-red-soft);
    color: var(--ax-red);
  }
  .tag.plain {
    background: var(--ax-raised);
    border: 1px solid var(--ax-line);
    color: var(--ax-ink-2);
    font-weight: 400;
  }
  .price {
    color: var(--ax-red);
    font: 700 var(--ax-t26) / 1.1 var(--ax-serif);
    white-space: nowrap;
  }
  .price small {
    font-size: 0.6em;
    margin-right: 2px;
  }
  .stats {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(0, 1fr));
    grid-auto-flow: column;
    padding: 20px 8px;
  }
  .stats > div {
    display: flex;
    flex-direction: column;
    padding: 0 16px;
    border-left: 1px solid var(--ax-line);
  }
  .stats > div:first-child {
    border: 0;
  }
  .stats dt {
    order: 2;
    color: var(--ax-ink-2);
    font-size: var(--ax-t13);
  }
  .stats dd {
    font: 700 var(--ax-t26) / 1.3 var(--ax-serif);
    white-space: nowrap;
  }
  .stats dd small {
    font-size: 0.65em;
    margin-left: 0.2em;
  }
  .lines > li,
  .lines > div {
    padding: 14px 0;
    border-bottom: 1px solid var(--ax-line);
  }
  .lines > :last-child {
    border-bottom: 0;
    padding-bottom: 0;
  }
  .facts {
    display: grid;
    grid-template-columns: max-content 1fr;
    gap: 10px 24px;
  }
  .facts dt {
    color: var(--ax-ink-2);
  }
  .note {
    padding: 12px 16px;
    border-radius: var(--ax-radius-s);
    background: var(--ax-gold-soft);
    font-size: var(--ax-t14);
  }
  .note.leaf {
    background: var(--ax-leaf-soft);
    color: var(--ax-ink);
  }
  .note.red {
    background: var(--ax-red-soft);
    color: var(--ax-ink);
  }
  /* The rail runs from edge to edge: the first and the last step are half as wide, so all dots are equally far apart. */
  .way {
    display: flex;
    margin-top: 16px;
  }
  .way li {
    --dot: 18px;
    position: relative;
    flex: 2 1 0;
    min-width: 0;
    padding-top: 28px;
    font-size: var(--ax-t13);
    line-height: 1.5;
    color: var(--ax-ink-2);
    text-align: center;
    text-wrap: balance;
  }
  .way li:first-child,
  .way li:last-child {
    flex-grow: 1;
  }
  .way li:first-child {
    text-align: left;
  }
  .way li:last-child {
    text-align: right;
  }
  .way li::before {
    content: '';
    position: absolute;
    z-index: 1;
    left: calc(50% - var(--dot) / 2);
    top: 4px;
    width: 18px;
    height: 18px;
    border-radius: 50%;
    border: 2px solid var(--ax-edge);
    background: var(--ax-card);
  }
  .way li:first-child::before {
    left: 0;
  }
  .way li:last-child::before {
    left: auto;
    right: 0;
  }
  /* From this dot to the next: half of this step and half of the next, which are as wide as this one's own width. */
  .way li::after {
    content: '';
    position: absolute;
    left: 50%;
    width: 100%;
    top: 12px;
    height: 2px;
    background: var(--ax-line);
  }
  .way li:first-child::after {
    left: 0;
    width: 200%;
  }
  .way li:last-child::after {
    display: none;
  }
  .way li.done {
    color: var(--ax-leaf);
  }
  .way li.done b {
    font-weight: 600;
  }
  .way li.done::before {
    border-color: var(--ax-leaf-fill);
    background: var(--ax-leaf-fill);
  }
  .way li.done:has(+ .done)::after {
    background: var(--ax-leaf-fill);
  }
  .way b {
    display: block;
    font-weight: 400;
  }
  @media (max-width: 640px) {
    .pad {
      padding: 16px;
    }
    .stats {
      grid-template-columns: 1fr 1fr;
      grid-auto-flow: row;
      row-gap: 16px;
    }
    .stats > div:nth-child(odd) {
      border: 0;
    }
    .way {
      display: grid;
      row-gap: 4px;
    }
    .way li:nth-child(n) {
      padding: 2px 0 10px 30px;
      text-align: left;
    }
    .way li:nth-child(n)::before {
      left: 0;
      right: auto;
    }
    .way li:nth-child(n)::after {
      left: 8px;
      top: 22px;
      bottom: -4px;
      width: 2px;
      height: auto;
    }
  }
`;
