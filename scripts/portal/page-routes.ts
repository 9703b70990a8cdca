import { randomBytes } from 'node:crypto';
import type Router from '@koa/router';
import type { Context } from 'koa';
import type Provider from 'oidc-provider';
import getRawBody from 'raw-body';
import { localPath, type SignIn } from './browser-session.js';
import { type PageFrame, layout, PORTAL_NAME } from './pages/layout.js';
import {
  choosePage,
  type Embedded,
  embeddingPage,
  homePage,
  messagePage,
  PLAIN_PAGES,
  plainPage,
} from './pages/pages.js';
import type { Html } from './pages/html.js';
import { SCRIPT, STYLE } from './pages/style.js';
import type { People, Person } from './people.js';

export interface PageParts {
  readonly people: People;
  readonly provider: Provider;
  readonly signIn: SignIn;
  /** The zone's address as the browser sees it: same origin, below the proxy's prefix. */
  readonly zoneUrl: string;
  readonly secureCookies: boolean;
}

const SESSION_COOKIE = 'portal_session';
const STATE_COOKIE = 'portal_state';
const ICON = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#a8271f"/><path d="M9 8h14v3H9zM9 14.5h14v3H9zM9 21h9v3H9z" fill="#fff"/></svg>`;

/** The portal as people see it: home, sections, sign-in, and the pages that embed the zone. */
export function pageRoutes(router: Router, parts: PageParts): void {
  const personOf = (ctx: Context): Person | null => {
    const session = parts.signIn.session(ctx.cookies.get(SESSION_COOKIE));
    return session && parts.people.bySubject(session.subject);
  };
  const show = (ctx: Context, page: Pick<PageFrame, 'title' | 'section' | 'embeds'>, content: Html): void => {
    ctx.type = 'html';
    ctx.set('cache-control', 'no-store');
    ctx.body = layout({ ...page, person: personOf(ctx), here: localPath(ctx.url) }, content);
  };

  router.get('/', (ctx) => show(ctx, { title: PORTAL_NAME, section: null }, homePage(personOf(ctx))));
  for (const [path, page] of Object.entries(PLAIN_PAGES)) {
    router.get(path, (ctx) => show(ctx, { title: page.title, section: path }, plainPage(page)));
  }
  const embed =
    (which: Embedded, title: string, forEverybody = false) =>
    (ctx: Context) => {
      const signedIn = personOf(ctx) !== null;
      if (!forEverybody && !signedIn) return ctx.redirect(`/login?returnTo=${encodeURIComponent(ctx.url)}`);
      const nonce = randomBytes(16).toString('base64');
      ctx.set('content-security-policy', contentPolicy(nonce));
      show(
        ctx,
        { title, section: '/zone', embeds: true },
        embeddingPage(which, { url: parts.zoneUrl, nonce, signedIn }),
      );
    };
  router.get(['/zone', '/zone/*path'], embed('zone', '消费帮扶献爱心'));
  router.get(['/branch', '/branch/*path'], embed('branch', '我的支部'));
  router.get(['/fund', '/fund/*path'], embed('fund', '基金管理'));
  router.get('/operator', embed('operator', '待办与异常'));
  // The law asks for it: who is not signed in reads it as well.
  router.get('/disclosure', embed('disclosure', '信息公示', true));

  signInRoutes(router, parts, show);
  asset(router, '/portal.css', 'text/css; charset=utf-8', STYLE);
  asset(router, '/portal.js', 'text/javascript; charset=utf-8', SCRIPT);
  asset(router, '/portal.svg', 'image/svg+xml', ICON);
}

type Show = (ctx: Context, page: Pick<PageFrame, 'title' | 'section'>, content: Html) => void;

function signInRoutes(router: Router, parts: PageParts, show: Show): void {
  const { people, provider, signIn } = parts;
  const cookie = { httpOnly: true, sameSite: 'lax', secure: parts.secureCookies, overwrite: true } as const;

  router.get('/login', (ctx) => {
    const { url, state } = signIn.start(localPath(ctx.query['returnTo']));
    ctx.cookies.set(STATE_COOKIE, state, { ...cookie, maxAge: 1_800_000 });
    ctx.redirect(url);
  });
  router.get('/login/choose/:uid', async (ctx) => {
    if (!(await signInUnderWay(provider, ctx))) return startOver(ctx, show);
    show(ctx, { title: '选择身份', section: null }, choosePage(String(ctx.params['uid']), people.personas()));
  });
  router.post('/login/choose/:uid', async (ctx) => {
    const form = new URLSearchParams(await getRawBody(ctx.req, { limit: 4_096, encoding: 'utf8' }));
    const person = people.byKey(form.get('persona') ?? '');
    if (!person || !(await signInUnderWay(provider, ctx))) return startOver(ctx, show);
    ctx.respond = false;
    await provider.interactionFinished(ctx.req, ctx.res, { login: { accountId: person.subject, remember: false } });
  });
  router.get('/login/callback', async (ctx) => {
    const answer = { code: String(ctx.query['code'] ?? ''), state: String(ctx.query['state'] ?? '') };
    const finished = await signIn.finish({ ...answer, cookieState: ctx.cookies.get(STATE_COOKIE) ?? '' });
    if (!finished) return startOver(ctx, show);
    signIn.end(ctx.cookies.get(SESSION_COOKIE));
    ctx.cookies.set(STATE_COOKIE, null, cookie);
    ctx.cookies.set(SESSION_COOKIE, finished.sessionId, cookie);
    ctx.redirect(finished.returnTo);
  });
  router.post('/logout', (ctx) => {
    signIn.end(ctx.cookies.get(SESSION_COOKIE));
    ctx.cookies.set(SESSION_COOKIE, null, cookie);
    ctx.redirect('/');
  });
  router.get('/session/token', async (ctx) => {
    ctx.set('cache-control', 'no-store');
    const session = signIn.session(ctx.cookies.get(SESSION_COOKIE));
    const bearer = session && (await signIn.bearer(session, ctx.query['refresh'] === '1'));
    ctx.status = bearer ? 200 : 401;
    ctx.body = bearer
      ? { access_token: bearer.accessToken, token_type: 'Bearer', expires_in: bearer.expiresInSeconds }
      : { error: 'signed_out', message: '登录已过期，请重新登录。' };
  });
}

/** Whether the browser holds the cookie of a sign-in that the provider still waits for. */
async function signInUnderWay(provider: Provider, ctx: Context): Promise<boolean> {
  try {
    const details = await provider.interactionDetails(ctx.req, ctx.res);
    return details.uid === String((ctx.params as Record<string, unknown>)['uid']);
  } catch {
    // The provider throws when the cookie or the sign-in is gone; both mean: begin again.
    return false;
  }
}

function startOver(ctx: Context, show: Show): void {
  ctx.status = 400;
  show(
    ctx,
    { title: '登录', section: null },
    messagePage('这次登录没有完成', '页面可能停留得太久。请回到首页重新登录。'),
  );
}

/** Scripts with this page's nonce and from this origin; the zone's elements style themselves. */
export function contentPolicy(nonce?: string): string {
  return [
    "default-src 'self'",
    `script-src 'self'${nonce ? ` 'nonce-${nonce}'` : ''}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}

function asset(router: Router, path: string, type: string, body: string): void {
  router.get(path, (ctx) => {
    ctx.set('cache-control', 'public, max-age=300');
    ctx.type = type;
    ctx.body = body;
  });
}
