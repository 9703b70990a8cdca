import { css } from 'lit';

export const fundAgreementsStyles = css`
  .filters {
    margin-bottom: 12px;
  }
  .desk {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 20px;
    align-items: start;
  }
  .desk.open {
    grid-template-columns: minmax(0, 1fr) minmax(0, 460px);
  }
  .list {
    overflow: hidden;
  }
  .list li {
    padding: 16px 20px;
    border-bottom: 1px solid var(--ax-line);
  }
  .list li:last-child {
    border-bottom: 0;
  }
  .list li.chosen {
    background: var(--ax-raised);
    box-shadow: inset 3px 0 var(--ax-gold);
  }
  .list .apart {
    flex-wrap: wrap;
    align-items: center;
    gap: 6px 12px;
  }
  .list a[aria-current] {
    color: var(--ax-leaf);
  }
  .caps {
    display: grid;
    gap: 6px;
    margin-top: 8px;
  }
  .cap {
    display: grid;
    grid-template-columns: 5em minmax(40px, 1fr) minmax(16.5em, auto);
    gap: 10px;
    align-items: center;
  }
  .detail .cap {
    grid-template-columns: 5em minmax(40px, 1fr) minmax(14em, auto);
  }
  .cap .num {
    text-align: right;
    white-space: nowrap;
  }
  .day,
  .used > span {
    white-space: nowrap;
  }
  .used {
    display: flex;
    flex-wrap: wrap;
    gap: 0 16px;
  }
  .used .swatch {
    margin-right: 6px;
  }
  .detail {
    display: grid;
    gap: 14px;
  }
  .detail h3 {
    margin: 0;
    font: 700 var(--ax-t18) / 1.4 var(--ax-serif);
  }
  .detail h3:focus-visible {
    outline-offset: 4px;
  }
  .detail h4 {
    margin: 6px 0 -6px;
    font-size: var(--ax-t14);
  }
  .detail .apart {
    align-items: flex-start;
  }
  .close {
    display: grid;
    place-items: center;
    width: 40px;
    height: 40px;
    margin: -8px -10px 0 0;
    color: var(--ax-ink-2);
  }
  .tags {
    display: flex;
    flex-wrap: wrap;
    gap: 6px;
    align-items: center;
  }
  .papers {
    display: grid;
    gap: 8px;
  }
  .papers li {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 10px;
    align-items: center;
  }
  .papers .text-btn {
    overflow-wrap: anywhere;
    text-align: left;
  }
  .history {
    display: grid;
    gap: 10px;
    padding-left: 16px;
    border-left: 2px solid var(--ax-line);
  }
  .history li {
    display: grid;
    grid-template-columns: auto auto minmax(0, 1fr);
    gap: 2px 10px;
    align-items: baseline;
  }
  .history .who {
    text-align: right;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .history .why {
    grid-column: 1 / -1;
    color: var(--ax-ink-2);
  }
  @media (max-width: 1000px) {
    .desk.open {
      grid-template-columns: minmax(0, 1fr);
    }
    .desk.open > .detail {
      order: -1;
    }
  }
  @media (max-width: 640px) {
    .list li {
      padding: 14px 16px;
    }
    .cap,
    .detail .cap {
      grid-template-columns: 1fr auto;
    }
    .cap svg {
      grid-row: 2;
      grid-column: 1 / -1;
    }
  }
  @media print {
    .filters,
    .close {
      display: none;
    }
  }
`;
