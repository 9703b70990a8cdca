import { css } from 'lit';

export const yuanStyles = css`
  .narrow {
    max-width: 1000px;
    margin: 0 auto;
  }
  h1 {
    font-size: calc(var(--ax-size) * 1.75);
  }
  h2 {
    margin: 0 0 12px;
    font-size: var(--ax-t18);
  }
  .crumbs a {
    display: inline-flex;
    align-items: center;
    gap: 4px;
    min-height: 40px;
  }
  .lead {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px 10px;
    margin-bottom: 20px;
  }
  .two {
    display: grid;
    grid-template-columns: minmax(0, 1fr) 340px;
    gap: 20px;
    align-items: start;
  }
  .side {
    display: grid;
    gap: 20px;
  }
  .steps li {
    --dot: 18px;
    position: relative;
    padding: 0 0 22px 34px;
    color: var(--ax-ink-2);
  }
  .steps li:last-child {
    padding-bottom: 0;
  }
  .steps li::before {
    content: '';
    position: absolute;
    z-index: 1;
    left: 0;
    top: 4px;
    width: var(--dot);
    height: var(--dot);
    border: 2px solid var(--ax-edge);
    border-radius: 50%;
    background: var(--ax-card);
  }
  .steps li:not(:last-child)::after {
    content: '';
    position: absolute;
    left: calc(var(--dot) / 2 - 1px);
    top: 14px;
    bottom: -8px;
    width: 2px;
    background: var(--ax-line);
  }
  .steps li.done {
    color: var(--ax-ink);
  }
  .steps li.done::before {
    border-color: var(--ax-leaf-fill);
    background: var(--ax-leaf-fill);
  }
  .steps li.done:has(+ .done)::after {
    background: var(--ax-leaf-fill);
  }
  .steps li[aria-current]::before {
    box-shadow: 0 0 0 4px var(--ax-leaf-soft);
  }
  .steps .apart {
    flex-wrap: wrap;
  }
  .steps b {
    font-weight: 600;
  }
  .steps li:not(.done) b {
    font-weight: 400;
  }
  .steps time {
    color: var(--ax-leaf);
  }
  .steps .small {
    color: var(--ax-ink-2);
  }
  .facts {
    gap: 8px 20px;
    font-size: var(--ax-t15);
  }
  .proof {
    display: grid;
    gap: 12px;
  }
  .proof h2 {
    margin: 0;
  }
  @media (max-width: 860px) {
    .two {
      grid-template-columns: minmax(0, 1fr);
      gap: 12px;
    }
    .side {
      gap: 12px;
    }
  }
`;
