import { css } from 'lit';

export const importDialogStyles = css`
  :host {
    background: none;
  }
  .steps {
    margin: 0 0 18px;
  }
  .told .note {
    margin-bottom: 14px;
  }
  fieldset.mapping {
    margin: 0;
    padding: 4px 16px 16px;
    border: 1px solid var(--ax-line);
    border-radius: var(--ax-radius-s);
  }
  fieldset.mapping legend {
    padding: 0 6px;
    font-weight: 600;
  }
  .strange {
    margin: 12px 0;
  }
  .strange h3 {
    margin: 0 0 6px;
    font: 600 var(--ax-t14) / 1.5 var(--ax-sans);
  }
  .strange ul {
    max-height: 240px;
    margin: 0;
    padding: 8px 12px 8px 28px;
    overflow: auto;
    border: 1px solid var(--ax-line);
    border-radius: var(--ax-radius-s);
  }
  .preview {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 14px;
  }
  .preview .facts {
    grid-template-columns: max-content 1fr max-content 1fr;
  }
  .preview h3 {
    margin: 4px 0 -6px;
    font: 600 var(--ax-t14) / 1.5 var(--ax-sans);
  }
  .preview .table-scroll {
    border: 1px solid var(--ax-line);
    border-radius: var(--ax-radius-s);
  }
  .preview td {
    white-space: nowrap;
  }
  .note ul {
    margin: 4px 0 0;
    padding-left: 1.2em;
    list-style: disc;
  }
  .leaf {
    color: var(--ax-leaf);
  }
  .working {
    display: grid;
    gap: 12px;
    padding: 24px 0;
  }
  .working progress {
    width: 100%;
    accent-color: var(--ax-leaf);
  }
  .keep {
    display: flex;
    flex-wrap: wrap;
    gap: 12px;
    align-items: flex-end;
    margin-top: 16px;
  }
  .keep .field {
    flex: 1 1 14em;
  }
  .gap {
    margin-top: 16px;
  }
  .answers {
    display: flex;
    flex-wrap: wrap;
    justify-content: flex-end;
    gap: 10px;
    margin-top: 18px;
  }
  /* A long preview does not hide what comes next. */
  .preview ~ .answers {
    position: sticky;
    z-index: 1;
    bottom: 0;
    margin: 18px -24px -24px;
    padding: 12px 24px 20px;
    background: var(--ax-card);
  }
  @media (max-width: 640px) {
    .preview .facts {
      grid-template-columns: max-content 1fr;
    }
    .preview ~ .answers {
      margin: 18px -16px calc(-24px - env(safe-area-inset-bottom));
      padding: 12px 16px calc(20px + env(safe-area-inset-bottom));
    }
    .answers .btn {
      flex: 1 1 auto;
      padding-inline: 12px;
    }
  }
`;
