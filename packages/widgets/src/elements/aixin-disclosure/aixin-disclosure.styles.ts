import { css } from 'lit';

export const disclosureStyles = css`
  :host {
    background: var(--ax-paper);
  }
  .page {
    max-width: 1000px;
    margin: auto;
    padding: 36px 24px 64px;
  }
  .head {
    margin-bottom: 24px;
  }
  .period {
    margin: 4px 0;
    font-size: var(--ax-t22);
    color: var(--ax-ink-2);
  }
  .lead {
    max-width: 40em;
    margin-top: 14px;
    font-size: var(--ax-t18);
    text-wrap: pretty;
  }
  .note {
    margin-bottom: 16px;
  }
  .proof {
    display: grid;
    gap: 14px;
  }
  .proof h3 {
    font: 700 var(--ax-t18) / 1.4 var(--ax-serif);
  }
  .proof .sub {
    text-wrap: pretty;
  }
  .hashes {
    display: grid;
    gap: 2px;
    padding-top: 14px;
    border-top: 1px solid var(--ax-line);
  }
  .hashes dd {
    margin-bottom: 8px;
  }
  .feed {
    margin-top: 14px;
  }
  @media (max-width: 640px) {
    .page {
      padding: 24px 16px 48px;
    }
    .period {
      font-size: var(--ax-t18);
    }
    .lead {
      font-size: var(--ax-size);
    }
  }
  @media print {
    .page {
      max-width: none;
      padding: 0;
    }
    :host {
      background: none;
      --ax-size: 13px;
    }
  }
`;
