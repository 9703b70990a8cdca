import { css } from 'lit';

export const fundShellStyles = css`
  .page > .top {
    align-items: flex-end;
    margin-bottom: 24px;
  }
  .top > .sub {
    width: auto;
  }
  .tabs {
    display: flex;
    gap: 2px;
    min-width: 0;
    max-width: 100%;
    margin: -4px -4px -4px auto;
    padding: 4px;
    overflow-x: auto;
    overscroll-behavior-x: contain;
    scrollbar-width: none;
    scroll-padding-inline: 24px;
  }
  .tabs::-webkit-scrollbar {
    display: none;
  }
  [role='tab'] {
    position: relative;
    display: inline-flex;
    align-items: center;
    gap: 6px;
    flex: none;
    min-height: 40px;
    padding: 7px 13px;
    border-radius: var(--ax-radius-s);
    color: var(--ax-ink-2);
    font-size: var(--ax-t14);
    white-space: nowrap;
  }
  [role='tab']:hover {
    color: var(--ax-ink);
    background: var(--ax-raised);
  }
  [role='tab'][aria-selected='true'] {
    background: var(--ax-card);
    box-shadow: var(--ax-shadow);
    color: var(--ax-ink);
    font-weight: 600;
  }
  .count {
    min-width: 1.6em;
    padding: 0 6px;
    border-radius: 99px;
    background: var(--ax-gold-soft);
    color: var(--ax-gold);
    font-size: var(--ax-t12);
    font-weight: 600;
    line-height: 1.6;
    text-align: center;
  }
  /* Below the title the tabs begin where it does. */
  @media (max-width: 980px) {
    .tabs {
      margin-left: -4px;
    }
  }
  @media (max-width: 640px) {
    .page > .top {
      margin-bottom: 16px;
    }
    .tabs {
      flex: 1 0 100%;
      max-width: none;
      margin: 4px -16px -4px;
      padding: 4px 16px;
    }
  }
  @media print {
    .tabs {
      display: none;
    }
  }
`;
