/** As much of a browser as a sign-in needs: cookies and redirects, within one site. For tests and scripts. */
export interface TestBrowser {
  get(path: string): Promise<Visit>;
  post(path: string, form: Record<string, string>): Promise<Visit>;
}

export interface Visit {
  readonly status: number;
  /** Path and query where it ended. */
  readonly path: string;
  readonly text: string;
}

const MOST_REDIRECTS = 10;

export function testBrowser(siteUrl: string): TestBrowser {
  const cookies = new Map<string, string>();

  async function visit(path: string, init: RequestInit): Promise<Visit> {
    let url = new URL(path, siteUrl);
    let request = init;
    for (let n = 0; n < MOST_REDIRECTS; n += 1) {
      if (url.origin !== new URL(siteUrl).origin) throw new Error(`sent to another site: ${url.origin}`);
      const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
      const response = await fetch(url, { ...request, redirect: 'manual', headers: { accept: 'text/html', cookie } });
      keepCookies(cookies, response);
      const location = response.headers.get('location');
      const text = await response.text();
      if (location === null) return { status: response.status, path: url.pathname + url.search, text };
      url = new URL(location, url);
      request = {};
    }
    throw new Error(`more than ${MOST_REDIRECTS} redirects`);
  }

  return {
    get: async (path) => await visit(path, {}),
    post: async (path, form) => await visit(path, { method: 'POST', body: new URLSearchParams(form) }),
  };
}

function keepCookies(cookies: Map<string, string>, response: Response): void {
  for (const line of response.headers.getSetCookie()) {
    const pair = line.split(';')[0] ?? '';
    const name = pair.slice(0, pair.indexOf('='));
    const value = pair.slice(pair.indexOf('=') + 1);
    if (value) cookies.set(name, value);
    else cookies.delete(name);
  }
}
