import type { ReactiveController, ReactiveControllerHost } from 'lit';

/**
 * What a console shows is in the address of the host's page (`?month=2026-11&state=PENDING`): a link opens the same
 * view, the back button steps back. Only the names given are read and written; the host's own stay as they are.
 */
export class PageQuery<Name extends string> implements ReactiveController {
  private readonly host: ReactiveControllerHost;
  private readonly names: readonly Name[];
  private readonly moved = (): void => this.host.requestUpdate();

  constructor(host: ReactiveControllerHost, names: readonly Name[]) {
    this.host = host;
    this.names = names;
    host.addController(this);
  }

  hostConnected(): void {
    addEventListener('popstate', this.moved);
  }

  hostDisconnected(): void {
    removeEventListener('popstate', this.moved);
  }

  get(name: Name): string | null {
    return new URLSearchParams(location.search).get(name) || null;
  }

  /** The page's address with some of the names changed; null takes one away. */
  href(change: Partial<Record<Name, string | null>>): string {
    return addressWith(Object.fromEntries(this.names.map((name) => [name, change[name]])));
  }

  go(change: Partial<Record<Name, string | null>>): void {
    moveTo(this.href(change));
    this.host.requestUpdate();
  }

  /** For a link: moves in place on a plain click, and leaves new tabs and windows to the browser. */
  follow(change: Partial<Record<Name, string | null>>): (event: MouseEvent) => void {
    return (event) => {
      if (!isPlainClick(event)) return;
      event.preventDefault();
      this.go(change);
    };
  }
}

/** The page's address with some names changed: null takes one away, undefined leaves it. */
export const addressWith = (change: Readonly<Record<string, string | null | undefined>>): string => {
  const url = new URL(location.href);
  for (const [name, value] of Object.entries(change)) {
    if (value === null) url.searchParams.delete(name);
    else if (value !== undefined) url.searchParams.set(name, value);
  }
  return `${url.pathname}${url.search}${url.hash}`;
};

/** A step in the history of the host's page, without leaving it. */
export const moveTo = (href: string): void => {
  // The host's own history state is kept: its router may need it on the way back.
  if (href !== `${location.pathname}${location.search}${location.hash}`) history.pushState(history.state, '', href);
};

export const isPlainClick = (event: MouseEvent): boolean =>
  !event.defaultPrevented && event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
