import { css } from 'lit';

export const agreementFormStyles = css`
  :host {
    display: block;
  }
  .told {
    display: none;
  }
  fieldset {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(15em, 100%), 1fr));
    gap: 16px 20px;
    align-items: start;
    margin: 0;
    padding: 0 0 4px;
    border: 0;
    min-width: 0;
  }
  fieldset > legend,
  fieldset > .wide {
    grid-column: 1 / -1;
  }
  legend {
    font: 700 var(--ax-t18) / 1.4 var(--ax-serif);
  }
  .right {
    color: var(--ax-leaf);
  }
  .options {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
  }
  .options .chip {
    min-height: 36px;
    padding: 4px 12px;
  }
  .chosen-list {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
  }
  .chosen-list li {
    display: inline-flex;
    gap: 4px;
    align-items: center;
    padding-left: 12px;
    border-radius: 999px;
    background: var(--ax-leaf-soft);
    font-size: var(--ax-t14);
  }
  .chosen-list button {
    display: grid;
    place-items: center;
    width: 32px;
    height: 32px;
    border: 0;
    border-radius: 50%;
    background: none;
    color: inherit;
    cursor: pointer;
  }
  .found {
    border: 1px solid var(--ax-line);
    border-radius: var(--ax-radius-s);
  }
  .found li {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 12px;
    align-items: center;
    padding: 8px 12px;
    border-bottom: 1px solid var(--ax-line);
  }
  .found li:last-child {
    border-bottom: 0;
  }
  .found .what {
    flex: 1 1 12em;
  }
  @media (max-width: 640px) {
    .found .what {
      flex-basis: 100%;
    }
  }
`;
