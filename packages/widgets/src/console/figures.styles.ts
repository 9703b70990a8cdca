import { css } from 'lit';

export const figureStyles = css`
  .figures {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(9.5em, 50%), 1fr));
    padding: 10px 0;
    overflow: hidden;
  }
  .figures li {
    position: relative;
    min-width: 0;
    padding: 0 8px;
  }
  .figures li::before {
    content: '';
    position: absolute;
    left: -1px;
    top: 10px;
    bottom: 10px;
    border-left: 1px solid var(--ax-line);
  }
  .figure {
    display: flex;
    flex-direction: column;
    height: 100%;
    padding: 8px 12px;
    border-radius: var(--ax-radius-s);
    line-height: 1.5;
  }
  .figure .big {
    font-size: var(--ax-t22);
    white-space: nowrap;
  }
  a.figure:hover {
    background: var(--ax-raised);
  }
  a.figure[aria-current] {
    background: var(--ax-leaf-soft);
    box-shadow: inset 0 0 0 1px var(--ax-leaf);
  }
  .gone {
    color: var(--ax-ink-2);
  }
  .bars {
    display: grid;
    grid-auto-rows: minmax(2.2em, auto);
    gap: 2px;
  }
  .bars li {
    display: grid;
    grid-template-columns: minmax(4.2em, max-content) minmax(40px, 1fr) minmax(4.6em, auto) auto;
    gap: 10px;
    align-items: center;
  }
  .bars .num {
    text-align: right;
    white-space: nowrap;
  }
  .bar-track .fill {
    fill: var(--ax-leaf-fill);
  }
  .flow-bar {
    width: 100%;
    height: 22px;
    border-radius: 7px;
    background: var(--ax-line);
    print-color-adjust: exact;
  }
  .flow-bar .part {
    stroke: var(--ax-card);
    stroke-width: 1.5;
  }
  .legend {
    display: flex;
    flex-wrap: wrap;
    gap: 6px 20px;
    margin-top: 12px;
  }
  .legend li {
    display: inline-flex;
    align-items: baseline;
    gap: 6px;
    white-space: nowrap;
  }
  .swatch {
    display: inline-block;
    flex: none;
    width: 9px;
    height: 9px;
    border-radius: 3px;
    border: 1px solid transparent;
    print-color-adjust: exact;
  }
  /* The way of the yuan, from gold (waits) over light to full green (told to all). */
  .part-1 {
    --part: var(--ax-gold);
  }
  .part-2 {
    --part: color-mix(in srgb, var(--ax-gold) 55%, var(--ax-card));
  }
  .part-3 {
    --part: color-mix(in srgb, var(--ax-leaf-fill) 30%, var(--ax-card));
  }
  .part-4 {
    --part: color-mix(in srgb, var(--ax-leaf-fill) 52%, var(--ax-card));
  }
  .part-5 {
    --part: color-mix(in srgb, var(--ax-leaf-fill) 76%, var(--ax-card));
  }
  .part-6 {
    --part: var(--ax-leaf-fill);
  }
  .part-0 {
    --part: var(--ax-line);
  }
  .part {
    fill: var(--part);
  }
  .swatch[class*='part-'] {
    background: var(--part);
  }
  .key {
    display: inline-block;
    min-width: 1.7em;
    padding: 1px 6px;
    border: 1px solid var(--ax-line);
    border-radius: 5px;
    background: var(--ax-card);
    color: var(--ax-ink);
    font: 600 var(--ax-t12) / 1.5 var(--ax-sans);
    text-align: center;
  }
  .steps {
    display: flex;
    flex-wrap: wrap;
    gap: 6px 8px;
    font-size: var(--ax-t14);
    color: var(--ax-ink-2);
  }
  .steps li {
    display: inline-flex;
    align-items: center;
    gap: 8px;
  }
  .steps li:not(:last-child)::after {
    content: '';
    width: 24px;
    border-top: 1px solid var(--ax-line);
  }
  .steps .dot {
    display: grid;
    place-items: center;
    width: 24px;
    height: 24px;
    border: 1px solid var(--ax-edge);
    border-radius: 50%;
    font-size: var(--ax-t12);
  }
  .steps .done {
    color: var(--ax-leaf);
  }
  .steps .done .dot {
    border-color: var(--ax-leaf);
  }
  .steps [aria-current] {
    color: var(--ax-ink);
    font-weight: 600;
  }
  .steps [aria-current] .dot {
    border-color: var(--ax-ink);
    background: var(--ax-ink);
    color: var(--ax-on);
  }
  .code {
    overflow-wrap: anywhere;
  }
  abbr {
    text-decoration: none;
  }
  @media (max-width: 640px) {
    .figures {
      grid-template-columns: 1fr 1fr;
    }
    .figure {
      padding: 8px;
    }
    .facts {
      gap: 8px 16px;
    }
  }
  @media print {
    .key {
      display: none;
    }
  }
`;
