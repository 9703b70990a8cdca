import type { Route } from './kit/page.js';
import type { PageName, Params } from './page-names.js';
import { routes, type RouteDefinition } from './routes.js';

const withoutSlashes = (path: string): string => path.replace(/^\/+|\/+$/g, '');

const matchPath = (pattern: string, path: string): Params | undefined => {
  const wanted = pattern.split('/');
  const given = path.split('/');
  if (wanted.length !== given.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, segment] of wanted.entries()) {
    const value = given[index] ?? '';
    if (segment.startsWith(':')) {
      try {
        params[segment.slice(1)] = decodeURIComponent(value);
      } catch {
        return undefined;
      }
    } else if (segment !== value) return undefined;
  }
  return params;
};

/** Finds the page of a URL; undefined where the URL is not below the base path or no page has it. */
export const matchRoute = (base: string, pathname: string, search: string): Route | undefined => {
  const root = withoutSlashes(base);
  const whole = withoutSlashes(pathname);
  if (whole !== root && root !== '' && !whole.startsWith(`${root}/`)) return undefined;
  const path = withoutSlashes(whole.slice(root.length));
  for (const [name, definition] of Object.entries(routes) as [PageName, RouteDefinition][]) {
    const params = matchPath(definition.path, path);
    if (params) return { name, params, query: new URLSearchParams(search), path: path + search };
  }
  return undefined;
};

/** The URL of a page: parameters filled in and escaped, empty query values left out. */
export const hrefOf = (
  base: string,
  name: PageName,
  params: Params = {},
  query: Record<string, string | undefined> = {},
): string => {
  const path = routes[name].path.replace(/:(\w+)/g, (_, key: string) => encodeURIComponent(params[key] ?? ''));
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) if (value) search.set(key, value);
  const tail = search.size > 0 ? `?${search.toString()}` : '';
  return `/${[withoutSlashes(base), path].filter(Boolean).join('/')}${tail}`;
};

interface Step {
  readonly aixinStep: number;
}

const stepOf = (state: unknown): number | undefined =>
  typeof state === 'object' && state !== null && 'aixinStep' in state ? (state as Step).aixinStep : undefined;

export interface Arrival {
  /** True after back or forward: the page should look as it was left. */
  readonly returning: boolean;
  /** How far down it was left; 0 for a new place. */
  readonly scrollY: number;
}

export interface RouterOptions {
  readonly base: () => string;
  readonly onArrive: (route: Route | undefined, arrival: Arrival) => void;
}

/** Keeps URL and page together by the history API, and remembers how far down each step was left. */
export const createRouter = ({ base, onArrive }: RouterOptions) => {
  const scrolls = new Map<number, number>();
  let step = 0;
  let restorationBefore: ScrollRestoration = 'auto';

  const here = (): Route | undefined => matchRoute(base(), location.pathname, location.search);

  const onPop = (event: PopStateEvent): void => {
    scrolls.set(step, scrollY);
    step = stepOf(event.state) ?? 0;
    onArrive(here(), { returning: true, scrollY: scrolls.get(step) ?? 0 });
  };

  return {
    start(): void {
      restorationBefore = history.scrollRestoration;
      history.scrollRestoration = 'manual';
      step = stepOf(history.state) ?? 0;
      history.replaceState({ ...(history.state as object | null), aixinStep: step }, '');
      addEventListener('popstate', onPop);
      onArrive(here(), { returning: true, scrollY });
    },
    stop(): void {
      removeEventListener('popstate', onPop);
      history.scrollRestoration = restorationBefore;
    },
    go(href: string, replace = false): void {
      scrolls.set(step, scrollY);
      if (replace) history.replaceState({ aixinStep: step }, '', href);
      else {
        step += 1;
        history.pushState({ aixinStep: step }, '', href);
      }
      onArrive(here(), { returning: false, scrollY: 0 });
    },
    /** The link that a click means, if it is one of ours and a plain click: the rest stays the browser's. */
    linkOf(event: MouseEvent): string | undefined {
      if (event.defaultPrevented || event.button !== 0) return undefined;
      if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return undefined;
      const link = event.composedPath().find((node): node is HTMLAnchorElement => node instanceof HTMLAnchorElement);
      if (!link?.getAttribute('href') || link.target || link.hasAttribute('download')) return undefined;
      const url = new URL(link.href, location.href);
      if (url.origin !== location.origin || url.hash) return undefined;
      return matchRoute(base(), url.pathname, url.search) ? url.pathname + url.search : undefined;
    },
  };
};

export type Router = ReturnType<typeof createRouter>;
