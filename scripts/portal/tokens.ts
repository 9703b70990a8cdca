import { randomBytes } from 'node:crypto';
import { createLocalJWKSet, importJWK, type JWTPayload, jwtVerify, SignJWT } from 'jose';
import { ACCESS_TOKEN_SECONDS, DIRECTORY_AUDIENCE, ZONE_AUDIENCE } from './oidc.js';
import { type Person, zoneClaims } from './people.js';
import type { PortalKeys } from './portal-keys.js';

/** Signs what scripts and tests need, with the key and in the form of the OpenID provider's own tokens. */
export interface TokenMint {
  accessToken(person: Person, expiresInSeconds?: number): Promise<string>;
  /** A single-use entry ticket: good for a minute, bound to the page that chose the nonce. */
  ticket(person: Person, nonce: string): Promise<string>;
  /** One signed event of the directory, e.g. `{type: 'member.moved', memberId, organisationId, from}`. */
  directoryEvent(event: object): Promise<string>;
  /** Whether a header carries a bearer token for the directory's pages. */
  mayReadDirectory(authorizationHeader: string | undefined): Promise<boolean>;
}

const TICKET_SECONDS = 60;
const EVENT_SECONDS = 600;

export async function createTokenMint(options: {
  readonly issuer: string;
  readonly keys: PortalKeys;
  readonly webClientId: string;
}): Promise<TokenMint> {
  const { issuer, keys } = options;
  const key = await importJWK(keys.privateJwk, 'RS256');
  const keySet = createLocalJWKSet({ keys: [keys.publicJwk] });
  const sign = async (typ: string, seconds: number, claims: JWTPayload): Promise<string> =>
    await new SignJWT({ ...claims, jti: randomBytes(16).toString('base64url') })
      .setProtectedHeader({ alg: 'RS256', typ, kid: keys.privateJwk.kid })
      .setIssuer(issuer)
      .setAudience(ZONE_AUDIENCE)
      .setIssuedAt()
      .setExpirationTime(`${seconds} s`)
      .sign(key);
  return {
    accessToken: async (person, expiresInSeconds = ACCESS_TOKEN_SECONDS) =>
      await sign('at+jwt', expiresInSeconds, {
        sub: person.subject,
        ...zoneClaims(person),
        scope: 'zone',
        client_id: options.webClientId,
      }),
    ticket: async (person, nonce) =>
      await sign('aixin-ticket+jwt', TICKET_SECONDS, { sub: person.subject, ...zoneClaims(person), nonce }),
    directoryEvent: async (event) => await sign('aixin-directory-event+jwt', EVENT_SECONDS, { event }),
    mayReadDirectory: async (header) => {
      const token = /^Bearer (\S+)$/i.exec(header ?? '')?.[1];
      if (!token) return false;
      try {
        await jwtVerify(token, keySet, {
          issuer,
          audience: DIRECTORY_AUDIENCE,
          algorithms: ['RS256'],
          typ: 'at+jwt',
        });
        return true;
      } catch {
        // Why it is not good is for the one who made it to find out; here it is no.
        return false;
      }
    },
  };
}
