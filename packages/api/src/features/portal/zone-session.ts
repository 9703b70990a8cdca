import { jwtVerify, SignJWT } from 'jose';
import type { Actor } from '../../kernel/authority.js';
import type { Base } from '../../kernel/context.js';
import { newId } from '../../kernel/ids.js';
import type { Refusal } from '../../kernel/refusal.js';
import { CLOCK_TOLERANCE_SECONDS, invalid, refusalOf, refuseClaims } from './portal-keys.js';
import { credentialClock, portalOptions, zoneSessionKey } from './portal.options.js';
import { actorOfClaims, claimsOf } from './token-claims.js';

/** Long enough for a visit. The portal's roles are read again at the next entry. */
export const ZONE_SESSION_SECONDS = 1_800;

/** Told in the token's header, so that a portal's token and the zone's own are never taken for each other. */
export const ZONE_SESSION_TYPE = 'aixin-session+jwt';

const ISSUER = 'aixin-zone';

type Person = Extract<Actor, { kind: 'person' }>;

/** A bearer token of the zone's own, for a person who came in by an entry ticket. */
export async function issueZoneSession(base: Base, person: Person): Promise<string> {
  const options = portalOptions(base);
  const nowSeconds = Math.floor(credentialClock(base)() / 1000);
  return await new SignJWT(claimsOf(person))
    .setProtectedHeader({ alg: 'HS256', typ: ZONE_SESSION_TYPE })
    .setIssuer(ISSUER)
    .setAudience(options.audience)
    .setSubject(person.memberId)
    .setJti(newId(base.random))
    .setIssuedAt(nowSeconds)
    .setExpirationTime(nowSeconds + ZONE_SESSION_SECONDS)
    .sign(zoneSessionKey(options));
}

/** The person of a zone session and when it ends (seconds since the epoch). */
export async function verifyZoneSession(base: Base, jwt: string): Promise<{ actor: Person; exp: number } | Refusal> {
  const options = portalOptions(base);
  const nowMs = credentialClock(base)();
  try {
    const { payload } = await jwtVerify(jwt, zoneSessionKey(options), {
      issuer: ISSUER,
      audience: options.audience,
      algorithms: ['HS256'],
      typ: ZONE_SESSION_TYPE,
      requiredClaims: ['sub', 'exp'],
      clockTolerance: CLOCK_TOLERANCE_SECONDS,
      currentDate: new Date(nowMs),
    });
    const refused = refuseClaims({ thing: 'TOKEN', payload, nowMs });
    if (refused) return refused;
    const actor = actorOfClaims(payload);
    return actor && payload.exp !== undefined ? { actor, exp: payload.exp } : invalid('TOKEN');
  } catch (error) {
    return refusalOf(base, 'TOKEN', error);
  }
}
