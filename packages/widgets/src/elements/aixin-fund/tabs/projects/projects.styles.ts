import { css } from 'lit';

export const projectStyles = css`
  h3.in-card {
    margin: 0;
    font: 600 var(--ax-size) / 1.5 var(--ax-sans);
  }
  .projects {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(21em, 100%), 1fr));
    gap: 16px;
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .projects > li {
    display: flex;
    flex-direction: column;
    gap: 8px;
  }
  .projects > li.chosen {
    box-shadow: inset 0 0 0 2px var(--ax-leaf);
  }
  .projects p {
    margin: 0;
  }
  .project-head {
    display: flex;
    gap: 12px;
    align-items: start;
    justify-content: space-between;
  }
  .project-head .tag {
    flex: none;
  }
  .budget {
    width: 100%;
    height: 12px;
    border-radius: 6px;
    background: var(--ax-line);
    print-color-adjust: exact;
  }
  .budget .fill {
    fill: var(--ax-leaf-fill);
  }
  .row-actions {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
  }
  .projects .row-actions {
    margin-top: auto;
    padding-top: 4px;
  }
  td .row-actions {
    flex-wrap: nowrap;
  }
  .nobreak,
  .source,
  .papers .text-btn {
    white-space: nowrap;
  }
  .long {
    display: inline-block;
    min-width: 7em;
  }
  .source {
    display: block;
  }
  .papers {
    display: grid;
    justify-items: start;
  }
  .papers .text-btn {
    display: inline-flex;
    align-items: center;
    gap: 4px;
    min-height: 28px;
    padding: 2px 0;
  }
  .papers svg {
    flex: none;
  }
  fieldset {
    border: 0;
    margin: 0;
    padding: 0;
  }
  .group {
    display: grid;
    grid-template-columns: minmax(0, 2fr) minmax(0, 1fr);
    gap: 12px;
    margin: 10px 0;
  }
  .more,
  .table-card > .note {
    margin: 14px 20px;
  }
  @media print {
    .row-actions {
      display: none;
    }
    .projects > li {
      break-inside: avoid;
    }
    .table-scroll {
      overflow: visible;
    }
  }
`;
