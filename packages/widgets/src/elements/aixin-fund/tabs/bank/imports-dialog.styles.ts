import { css } from 'lit';

export const importsDialogStyles = css`
  :host {
    background: none;
  }
  .imports {
    margin: 0 0 14px;
    padding: 0;
    list-style: none;
  }
  .imports li {
    display: flex;
    flex-wrap: wrap;
    align-items: flex-start;
    justify-content: space-between;
    gap: 6px 18px;
    padding: 12px 0;
    border-bottom: 1px solid var(--ax-line);
  }
  .told {
    display: flex;
    flex: 1 1 340px;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 4px 12px;
    min-width: 0;
    overflow-wrap: anywhere;
  }
  .told > .note {
    flex: 1 0 100%;
  }
  .acts {
    display: flex;
    gap: 12px;
  }
`;
