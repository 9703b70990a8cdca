import { css } from 'lit';

export const fundBankStyles = css`
  .bar {
    display: flex;
    flex-wrap: wrap;
    gap: 8px 12px;
    align-items: center;
    margin: 16px 0 12px;
  }
  .bar .search {
    position: relative;
    flex: 1 1 14em;
    max-width: 22em;
    margin-left: auto;
  }
  .bar .search .input {
    min-height: 40px;
    padding: 6px 40px 6px 14px;
    font-size: var(--ax-t14);
  }
  .bar .search .key {
    position: absolute;
    right: 10px;
    top: 50%;
    translate: 0 -50%;
  }
  table.desk td {
    height: 43px;
    cursor: pointer;
  }
  table.desk .day,
  table.desk .amount,
  table.desk .stands {
    white-space: nowrap;
  }
  table.desk .who {
    min-width: 7.5em;
  }
  /* In full in the panel: a bank may write a whole letter into it. */
  table.desk .memo {
    max-width: 13em;
    overflow: hidden;
    font-size: var(--ax-t13);
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  table.desk .why {
    min-width: 11em;
  }
  tr.line:focus-visible {
    outline: 3px solid var(--ax-leaf);
    outline-offset: -3px;
  }
  tr.pending td {
    opacity: 0.6;
  }
  .side {
    padding: 20px;
  }
  .side h3 {
    margin: 0;
    font-size: var(--ax-t18);
  }
  .side .words {
    margin: 8px 0 14px;
    line-height: 1.65;
  }
  .side .note {
    margin-bottom: 12px;
  }
  .keys {
    display: grid;
    gap: 8px;
    margin-bottom: 16px;
  }
  .keys .key {
    margin-left: 4px;
  }
  .side .facts {
    font-size: var(--ax-t13);
  }
  .side .facts dd > span {
    display: block;
  }
  .side .back {
    text-decoration: line-through;
  }
  .side .chain {
    margin-top: 14px;
    padding-top: 12px;
    border-top: 1px solid var(--ax-line);
  }
  .chain-below {
    display: none;
    margin-top: 12px;
  }
  .keys-list {
    display: grid;
    grid-template-columns: max-content 1fr;
    gap: 10px 20px;
    align-items: baseline;
  }
  @media (max-width: 900px) {
    /* The panel is a sheet at the foot: what is chosen above can be decided without scrolling to it. */
    .two > aside.side {
      position: sticky;
      bottom: 0;
      z-index: 3;
      max-height: 48vh;
      overflow: auto;
      margin: 0 -8px;
      border-radius: var(--ax-radius) var(--ax-radius) 0 0;
      box-shadow: 0 -6px 24px rgb(60 45 20 / 0.14);
    }
  }
  @media (max-width: 640px) {
    .bar .search {
      max-width: none;
      flex-basis: 100%;
    }
    .side {
      padding: 16px;
    }
    .side .facts,
    .side .chain {
      display: none;
    }
    /* There is no keyboard; the main answer over the whole width, the others beside each other. */
    .key {
      display: none;
    }
    .keys-list .key {
      display: inline-block;
    }
    .keys {
      grid-template-columns: 1fr 1fr;
      margin-bottom: 0;
    }
    .keys .btn {
      min-height: 44px;
      padding: 6px 8px;
      font-size: var(--ax-t14);
    }
    .keys .btn:first-child,
    .keys .btn:only-child {
      grid-column: 1 / -1;
    }
    .chain-below {
      display: block;
    }
    /* Each line is a small card of three rows; the heads are said by the labels of the grid alone. */
    table.desk,
    table.desk tbody {
      display: block;
    }
    table.desk thead {
      position: absolute;
      width: 1px;
      height: 1px;
      overflow: hidden;
      clip-path: inset(50%);
    }
    table.desk tr.line {
      display: grid;
      grid-template-columns: auto minmax(0, 1fr) auto;
      gap: 2px 10px;
      padding: 10px 16px;
      border-bottom: 1px solid var(--ax-line);
    }
    table.desk tr.line > td {
      height: auto;
      padding: 0;
      border: 0;
      box-shadow: none;
      background: none;
    }
    table.desk tr.line[aria-selected='true'] {
      background: var(--ax-raised);
      box-shadow:
        inset 0 1px var(--ax-gold),
        inset 0 -1px var(--ax-gold);
    }
    table.desk .memo {
      grid-column: 1 / 3;
      grid-row: 2;
    }
    table.desk .memo:empty {
      display: none;
    }
    table.desk .stands {
      grid-column: 3;
      grid-row: 2;
      text-align: right;
    }
    table.desk .account {
      grid-column: 1 / -1;
      grid-row: 4;
      font-size: var(--ax-t13);
    }
    table.desk .why {
      grid-column: 1 / -1;
      grid-row: 3;
      font-size: var(--ax-t13);
    }
  }
  @media print {
    .bar,
    .side .keys {
      display: none !important;
    }
    .two {
      grid-template-columns: minmax(0, 1fr);
    }
    .two > aside.side {
      position: static;
      box-shadow: none;
    }
  }
`;
