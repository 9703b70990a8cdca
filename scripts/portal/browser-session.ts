import { createHash, randomBytes } from 'node:crypto';
import { createLocalJWKSet, jwtVerify } from 'jose';
import { z } from 'zod';
import { type OidcClient, ZONE_RESOURCE } from './oidc.js';
import type { PortalKeys } from './portal-keys.js';

/** Who has signed in at this browser. The tokens stay on the server; the browser holds a random cookie. */
export interface BrowserSession {
  readonly subject: string;
  accessToken: string;
  refreshToken: string;
  expiresAtMs: number;
  /** One renewal at a time: the pages of one browser share it. */
  renewing: Promise<void> | null;
}

export interface SignIn {
  /** Where to send the browser, and what its cookie must hold until it comes back. */
  start(returnTo: string): { readonly url: string; readonly state: string };
  /** Ends the code flow: a session and where to go, or null when the answer does not belong to a sign-in of ours. */
  finish(answer: {
    code: string;
    state: string;
    cookieState: string;
  }): Promise<{ sessionId: string; returnTo: string } | null>;
  session(sessionId: string | undefined): BrowserSession | null;
  /** A bearer token with some time left, renewed when needed; null when the sign-in is over. */
  bearer(session: BrowserSession, renew: boolean): Promise<{ accessToken: string; expiresInSeconds: number } | null>;
  end(sessionId: string | undefined): void;
}

/** Sessions and sign-ins under way in memory. The oldest goes when there are more. */
const MOST_KEPT = 10_000;
/** A token is renewed this long before its end, so that none expires on its way. */
const RENEW_BEFORE_MS = 60_000;

interface Pending {
  readonly verifier: string;
  readonly nonce: string;
  readonly returnTo: string;
}

const tokenAnswer = z.object({
  access_token: z.string(),
  refresh_token: z.string().optional(),
  id_token: z.string().optional(),
  expires_in: z.number(),
});

export interface SignInOptions {
  readonly issuer: string;
  /** The token endpoint as this process reaches it, whatever the public address is. */
  readonly tokenUrl: string;
  readonly client: OidcClient & { readonly redirectUri: string };
  readonly keys: PortalKeys;
}

export function createSignIn(options: SignInOptions): SignIn {
  const { issuer, client } = options;
  const pending = new Map<string, Pending>();
  const sessions = new Map<string, BrowserSession>();
  const keySet = createLocalJWKSet({ keys: [options.keys.publicJwk] });
  return {
    start(returnTo) {
      const state = secret();
      const started = { verifier: secret(), nonce: secret(), returnTo };
      put(pending, state, started);
      return { url: authorizationUrl(options, state, started), state };
    },
    async finish({ code, state, cookieState }) {
      const started = pending.get(state);
      pending.delete(state);
      if (!started || state !== cookieState) return null;
      const tokens = await askForTokens(options, {
        grant_type: 'authorization_code',
        code,
        redirect_uri: client.redirectUri,
        code_verifier: started.verifier,
      });
      if (!tokens?.id_token || !tokens.refresh_token) return null;
      const { payload } = await jwtVerify(tokens.id_token, keySet, {
        issuer,
        audience: client.id,
        algorithms: ['RS256'],
      });
      if (payload['nonce'] !== started.nonce || !payload.sub) return null;
      const sessionId = secret();
      put(sessions, sessionId, {
        subject: payload.sub,
        accessToken: tokens.access_token,
        refreshToken: tokens.refresh_token,
        expiresAtMs: Date.now() + tokens.expires_in * 1000,
        renewing: null,
      });
      return { sessionId, returnTo: started.returnTo };
    },
    session: (sessionId) => (sessionId ? (sessions.get(sessionId) ?? null) : null),
    async bearer(session, renew) {
      if (renew || Date.now() > session.expiresAtMs - RENEW_BEFORE_MS) {
        session.renewing ??= renewTokens(options, session).finally(() => (session.renewing = null));
        await session.renewing;
      }
      const expiresInSeconds = Math.floor((session.expiresAtMs - Date.now()) / 1000);
      return expiresInSeconds > 0 ? { accessToken: session.accessToken, expiresInSeconds } : null;
    },
    end(sessionId) {
      if (sessionId) sessions.delete(sessionId);
    },
  };
}

function authorizationUrl({ issuer, client }: SignInOptions, state: string, { verifier, nonce }: Pending): string {
  const url = new URL(`${issuer}/oidc/auth`);
  url.search = new URLSearchParams({
    client_id: client.id,
    redirect_uri: client.redirectUri,
    response_type: 'code',
    scope: 'openid zone',
    resource: ZONE_RESOURCE,
    // A demo is for changing sides: every sign-in asks who one wants to be.
    prompt: 'login',
    state,
    nonce,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  }).toString();
  return url.href;
}

async function askForTokens(
  { tokenUrl, client }: SignInOptions,
  form: Record<string, string>,
): Promise<z.infer<typeof tokenAnswer> | null> {
  const response = await fetch(tokenUrl, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${client.id}:${client.secret}`).toString('base64')}` },
    body: new URLSearchParams({ ...form, resource: ZONE_RESOURCE }),
    signal: AbortSignal.timeout(5_000),
  });
  return response.ok ? tokenAnswer.parse(await response.json()) : null;
}

async function renewTokens(options: SignInOptions, session: BrowserSession): Promise<void> {
  const tokens = await askForTokens(options, { grant_type: 'refresh_token', refresh_token: session.refreshToken });
  session.expiresAtMs = tokens ? Date.now() + tokens.expires_in * 1000 : 0;
  if (tokens) {
    session.accessToken = tokens.access_token;
    session.refreshToken = tokens.refresh_token ?? session.refreshToken;
  }
}

function secret(): string {
  return randomBytes(32).toString('base64url');
}

function put<V>(map: Map<string, V>, key: string, value: V): void {
  const oldest = map.keys().next();
  if (map.size >= MOST_KEPT && !oldest.done) map.delete(oldest.value);
  map.set(key, value);
}

/** A path of the portal itself, else the home page: a sign-in must not send people to another site. */
export function localPath(path: unknown): string {
  return typeof path === 'string' && /^\/(?![/\\])[^\\\r\n]*$/.test(path) && !path.startsWith('/login') ? path : '/';
}
