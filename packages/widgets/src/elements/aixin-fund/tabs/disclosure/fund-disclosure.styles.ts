import { css } from 'lit';

export const fundDisclosureStyles = css`
  .draft {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 8px;
    border-left: 4px solid var(--ax-gold);
  }
  .draft .card-head {
    padding: 0;
  }
  .draft h3 {
    font: 700 var(--ax-t18) / 1.4 var(--ax-serif);
  }
  .draft .note ul,
  .said {
    margin: 4px 0 0 1.2em;
    list-style: disc;
  }
  .draft .text-btn {
    justify-self: start;
    margin-left: -8px;
  }
  /* Its words stand below the column's head. */
  td .text-btn {
    margin-left: -8px;
  }
  .preview {
    min-width: 0;
    padding-top: 12px;
    border-top: 1px solid var(--ax-line);
  }
  .preview .card {
    box-shadow: none;
    border: 1px solid var(--ax-line);
  }
  .files {
    display: inline-flex;
    gap: 12px;
  }
  .files .link {
    padding: 4px 0;
  }
  .reminders {
    margin-top: -8px;
  }
`;
