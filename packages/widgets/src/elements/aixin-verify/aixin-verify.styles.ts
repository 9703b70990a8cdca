import { css } from 'lit';

export const verifyStyles = css`
  :host {
    background: var(--ax-paper);
  }
  .page {
    max-width: 760px;
    margin: auto;
    padding: 32px 20px 56px;
  }
  .lead {
    margin-top: 12px;
    font-size: var(--ax-t18);
    text-wrap: pretty;
  }
  .privacy {
    display: flex;
    gap: 8px;
    margin: 12px 0 24px;
    color: var(--ax-leaf);
    font-size: var(--ax-t14);
  }
  .privacy svg {
    flex: none;
    margin-top: 1px;
  }
  .inputs {
    display: grid;
    gap: 20px;
  }
  .drop {
    min-height: 104px;
  }
  .pick {
    position: relative;
  }
  .pick:focus-within {
    outline: 3px solid var(--ax-leaf);
    outline-offset: 2px;
  }
  .files {
    display: grid;
    gap: 8px;
  }
  .files li {
    display: flex;
    align-items: center;
    gap: 10px;
    padding: 4px 4px 4px 12px;
    border: 1px solid var(--ax-line);
    border-radius: var(--ax-radius-s);
    overflow-wrap: anywhere;
  }
  .files .name {
    flex: 1;
    min-width: 0;
  }
  .files svg {
    flex: none;
  }
  .square {
    display: grid;
    place-items: center;
    width: 44px;
    height: 44px;
    border: 0;
    border-radius: var(--ax-radius-s);
    background: none;
    color: var(--ax-ink-2);
    cursor: pointer;
  }
  .mono,
  .input.mono {
    font-family: ui-monospace, 'SF Mono', Menlo, Consolas, monospace;
    font-variant-ligatures: none;
    overflow-wrap: anywhere;
  }
  .verdict {
    display: grid;
    grid-template-columns: auto 1fr;
    gap: 4px 16px;
    align-items: center;
    padding: 20px 24px;
    border-radius: var(--ax-radius) var(--ax-radius) 0 0;
    background: var(--ax-gold-soft);
    color: var(--ax-gold);
  }
  .verdict.holds {
    background: var(--ax-leaf-soft);
    color: var(--ax-leaf);
  }
  .verdict.broken {
    background: var(--ax-red-soft);
    color: var(--ax-red);
  }
  .verdict h3 {
    font: 700 var(--ax-t26) / 1.3 var(--ax-serif);
  }
  .verdict p {
    grid-column: 1 / -1;
    color: var(--ax-ink);
  }
  .result h4 {
    margin: 0 0 8px;
    font-size: var(--ax-t14);
    color: var(--ax-ink-2);
    font-weight: 600;
  }
  .result section + section {
    margin-top: 20px;
    padding-top: 20px;
    border-top: 1px solid var(--ax-line);
  }
  .steps {
    display: grid;
    gap: 8px;
  }
  .steps li {
    display: flex;
    gap: 8px;
  }
  .steps svg {
    flex: none;
    margin-top: 2px;
  }
  .root {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 10px;
    font-size: var(--ax-t14);
  }
  .facts dd {
    overflow-wrap: anywhere;
  }
  .amount {
    font: 700 var(--ax-t22) / 1.3 var(--ax-serif);
    color: var(--ax-leaf);
  }
  .idle {
    padding: 32px 24px;
    color: var(--ax-ink-2);
    text-align: center;
  }
  .meaning {
    display: grid;
    gap: 12px;
    color: var(--ax-ink-2);
    text-wrap: pretty;
  }
  @media (hover: none) {
    .drop-words {
      display: none;
    }
  }
  @media (max-width: 480px) {
    .page {
      padding: 24px 16px 40px;
    }
    .verdict {
      padding: 16px;
    }
    .facts {
      grid-template-columns: 1fr;
      gap: 0;
    }
    .facts dd {
      margin-bottom: 10px;
    }
  }
  @media print {
    .page {
      padding: 0;
    }
  }
`;
