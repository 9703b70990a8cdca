import { createHash } from 'node:crypto';
import { decodeProtectedHeader } from 'jose';
import type { Actor } from '../../kernel/authority.js';
import type { Base } from '../../kernel/context.js';
import { isRefusal, type Refusal, refuse } from '../../kernel/refusal.js';
import { slot } from '../../kernel/slot.js';
import { boundedCache } from './bounded-cache.js';
import { credentialClock, portalOptions } from './portal.options.js';
import { invalid, verifyPortalJwt } from './portal-keys.js';
import { actorOfClaims } from './token-claims.js';
import { verifyZoneSession, ZONE_SESSION_TYPE } from './zone-session.js';

/** A header longer than this is no token of ours; it is refused before anything is computed over it. */
const LONGEST_HEADER = 8_192;
/** Verified tokens kept in memory; the longest unread goes first. Some hundred bytes each. */
const MOST_KEPT = 20_000;
/** No token is believed longer than this without its signature and the portal's keys being looked at again. */
const LONGEST_KEPT_MS = 300_000;

type Person = Extract<Actor, { kind: 'person' }>;
interface Verified {
  readonly actor: Person;
  /** Seconds since the epoch. */
  readonly exp: number;
}

/** A page asks many times with one token: the RSA check is paid once. Kept by hash, so that memory holds no token. */
const verifiedTokens = slot('verified tokens', (base) =>
  boundedCache<Verified>({ maxEntries: MOST_KEPT, keptMs: LONGEST_KEPT_MS, clock: credentialClock(base) }),
);

const ANONYMOUS: Actor = { kind: 'anonymous' };

/**
 * Who asks, from the `Authorization` header: nobody without one, a person with a token of the portal (or of the zone's
 * own entry, see `redeem-ticket.ts`) that stands every check, otherwise a refusal.
 */
export async function authenticate(base: Base, authorizationHeader: string | undefined): Promise<Actor | Refusal> {
  if (authorizationHeader === undefined || authorizationHeader === '') return ANONYMOUS;
  if (authorizationHeader.length > LONGEST_HEADER) return invalid('TOKEN');
  const jwt = /^Bearer +([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(authorizationHeader)?.[1];
  if (!jwt) return refuse('TOKEN_INVALID', '登录凭证的格式不对，请从门户重新进入专区。');

  const tokens = verifiedTokens(base);
  const hash = createHash('sha256').update(jwt).digest('base64');
  const kept = tokens.get(hash);
  if (kept && credentialClock(base)() < kept.exp * 1000) return kept.actor;

  const verified = isZoneSession(jwt) ? await verifyZoneSession(base, jwt) : await verifyPortalToken(base, jwt);
  if (isRefusal(verified)) return verified;
  tokens.set(hash, verified);
  return verified.actor;
}

async function verifyPortalToken(base: Base, jwt: string): Promise<Verified | Refusal> {
  const options = portalOptions(base);
  const claims = await verifyPortalJwt(base, jwt, {
    thing: 'TOKEN',
    issuer: options.issuer,
    audience: options.audience,
    // RFC 9068. An id token or an entry ticket of the same portal carries another type and is no access token.
    typ: 'at+jwt',
    requiredClaims: ['sub', 'exp'],
  });
  if (isRefusal(claims)) return claims;
  const actor = actorOfClaims(claims);
  return actor && claims.exp !== undefined ? { actor, exp: claims.exp } : invalid('TOKEN');
}

function isZoneSession(jwt: string): boolean {
  try {
    return decodeProtectedHeader(jwt).typ === ZONE_SESSION_TYPE;
  } catch {
    // Not even a header: the portal's check refuses it with the right words.
    return false;
  }
}
