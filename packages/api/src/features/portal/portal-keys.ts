import { createRemoteJWKSet, errors, type JWTPayload, type JWTVerifyOptions, jwtVerify } from 'jose';
import type { Base } from '../../kernel/context.js';
import { type Refusal, refuse } from '../../kernel/refusal.js';
import { slot } from '../../kernel/slot.js';
import { brokenTextAt } from '../../kernel/text.js';
import { credentialClock, portalOptions } from './portal.options.js';

/** What a portal may sign with. Never a shared-secret algorithm: the portal's public key would become the secret. */
const ALGORITHMS = ['RS256', 'PS256', 'ES256'];

/** A portal that does not answer must not hold every request of the zone. */
const TIMEOUT_MS = 3_000;
/** A token with an unknown key asks the portal again, but a flood of forged ones asks it twice a minute. */
const COOLDOWN_MS = 30_000;
/** After it the keys are read again, so that a key the portal withdrew stops working. */
const KEYS_MAX_AGE_MS = 600_000;

/** The portal's clock and ours, and those of our own machines, differ by so much in good health. */
export const CLOCK_TOLERANCE_SECONDS = 10;

const keySet = slot('portal keys', (base) =>
  createRemoteJWKSet(new URL(portalOptions(base).jwksUrl), {
    timeoutDuration: TIMEOUT_MS,
    cooldownDuration: COOLDOWN_MS,
    cacheMaxAge: KEYS_MAX_AGE_MS,
  }),
);

/** What is being checked, for the sentence that the person reads. */
export type SignedThing = 'TOKEN' | 'TICKET' | 'EVENT';

/** Verifies a JWT against the portal's published keys, Expected failures are refusals. */
export async function verifyPortalJwt(
  base: Base,
  jwt: string,
  checks: { readonly thing: SignedThing } & Pick<JWTVerifyOptions, 'issuer' | 'audience' | 'typ' | 'requiredClaims'>,
): Promise<JWTPayload | Refusal> {
  const { thing, ...claims } = checks;
  try {
    const nowMs = credentialClock(base)();
    const { payload } = await jwtVerify(jwt, keySet(base), {
      ...claims,
      algorithms: ALGORITHMS,
      clockTolerance: CLOCK_TOLERANCE_SECONDS,
      currentDate: new Date(nowMs),
    });
    return refuseClaims({ thing, payload, nowMs }) ?? payload;
  } catch (error) {
    return refusalOf(base, thing, error);
  }
}

/** What jose does not look at, or too kindly: a clock that differs lengthens no life, and nobody speaks from the future. */
export function refuseClaims(seen: {
  readonly thing: SignedThing;
  readonly payload: JWTPayload;
  readonly nowMs: number;
}): Refusal | null {
  const { thing, payload, nowMs } = seen;
  if (payload.exp !== undefined && payload.exp * 1_000 <= nowMs) return expired(thing);
  // An access token lives from `nbf` to `exp`; of a ticket and an event `iat` is the moment that counts.
  const isAhead = payload.iat !== undefined && payload.iat * 1_000 > nowMs + CLOCK_TOLERANCE_SECONDS * 1_000;
  if (thing !== 'TOKEN' && isAhead) return invalid(thing);
  return brokenTextAt(payload) === null ? null : invalid(thing);
}

const INVALID_TEXT: Record<SignedThing, string> = {
  TOKEN: '登录凭证无效，请从门户重新进入专区。',
  TICKET: '进入凭证无效，请回到门户重新点击进入专区。',
  EVENT: '门户消息的签名无效，消息没有被采用，请检查签名密钥和接收方。',
};
const EXPIRED_TEXT: Record<SignedThing, string> = {
  TOKEN: '登录已过期，请重新登录后再试。',
  TICKET: '进入凭证已过期，请回到门户重新点击进入专区。',
  EVENT: '门户消息已过期，消息没有被采用，请重新签发。',
};

export function invalid(thing: SignedThing): Refusal {
  return refuse(`${thing}_INVALID`, INVALID_TEXT[thing]);
}

function expired(thing: SignedThing): Refusal {
  return refuse(`${thing}_EXPIRED`, EXPIRED_TEXT[thing]);
}

/**
 * jose throws; what a stranger can cause becomes a refusal, without telling which check failed (the log knows).
 * Anything else is a mistake of ours and goes on.
 */
export function refusalOf(base: Base, thing: SignedThing, error: unknown): Refusal {
  if (error instanceof errors.JWTExpired) return expired(thing);
  if (isUnreachable(error)) {
    base.log.warn({ err: error }, 'the portal gives no keys');
    return refuse('PORTAL_UNREACHABLE', '暂时连不上门户，无法确认您的身份，请稍后再试。');
  }
  if (!(error instanceof errors.JOSEError)) throw error;
  base.log.info({ thing, reason: error.code }, 'a credential was refused');
  return invalid(thing);
}

function isUnreachable(error: unknown): boolean {
  if (error instanceof errors.JWKSTimeout || error instanceof errors.JWKSInvalid) return true;
  // jose throws its bare JOSEError only for an answer other than 200 or other than JSON.
  if (error instanceof errors.JOSEError) return error.code === 'ERR_JOSE_GENERIC';
  // What fetch says of every refused, reset or unresolved connection.
  return (error as { message?: unknown } | null)?.message === 'fetch failed';
}
