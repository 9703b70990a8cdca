import { css } from 'lit';

export const zoneStyles = css`
  :host {
    position: relative;
    background: var(--ax-paper);
    min-height: 100%;
    scroll-margin-top: var(--ax-host-header, 0px);
  }
  #main {
    max-width: 1160px;
    margin: auto;
    padding: 24px 24px 64px;
    min-height: 70vh;
    outline: none;
  }
  .skip {
    position: absolute;
    left: 16px;
    top: 8px;
    z-index: 5;
    padding: 10px 16px;
    border-radius: var(--ax-radius-s);
    background: var(--ax-ink);
    color: var(--ax-on);
  }
  .skip:not(:focus) {
    width: 1px;
    height: 1px;
    padding: 0;
    overflow: hidden;
    clip-path: inset(50%);
  }
  nav > div {
    display: flex;
    justify-content: flex-end;
    gap: 4px;
    max-width: 1160px;
    margin: auto;
    padding: 12px 24px 0;
  }
  nav a {
    position: relative;
    display: flex;
    align-items: center;
    gap: 6px;
    min-height: 44px;
    padding: 6px 14px;
    border-radius: 99px;
    color: var(--ax-ink-2);
    font-size: var(--ax-t14);
  }
  nav a:hover {
    color: var(--ax-ink);
    background: var(--ax-card);
  }
  nav a[aria-current] {
    color: var(--ax-red);
    font-weight: 600;
  }
  .badge {
    min-width: 20px;
    padding: 0 6px;
    border-radius: 99px;
    background: var(--ax-red-fill);
    color: #fff;
    font-size: 12px;
    font-weight: 600;
    line-height: 20px;
    text-align: center;
  }
  @media (max-width: 640px) {
    #main {
      padding: 20px 16px 112px;
    }
    nav {
      position: fixed;
      z-index: 4;
      inset: auto 0 0;
      background: var(--ax-card);
      border-top: 1px solid var(--ax-line);
      padding-bottom: env(safe-area-inset-bottom);
    }
    nav > div {
      display: grid;
      grid-template-columns: repeat(4, 1fr);
      gap: 0;
      padding: 0;
    }
    nav a {
      flex-direction: column;
      gap: 0;
      min-height: 58px;
      justify-content: center;
      padding: 6px 4px;
      border-radius: 0;
      font-size: max(12px, var(--ax-t12));
    }
    nav a:hover {
      background: none;
    }
    nav a:focus-visible {
      outline-offset: -3px;
    }
    .badge {
      position: absolute;
      top: 4px;
      left: calc(50% + 6px);
      line-height: 18px;
    }
  }
`;
