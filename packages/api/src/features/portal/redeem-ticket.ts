import { z } from 'zod';
import type { Base } from '../../kernel/context.js';
import { isRefusal, type Refusal, refuse } from '../../kernel/refusal.js';
import { isDuplicateKey } from '../../kernel/transaction.js';
import { invalid, verifyPortalJwt } from './portal-keys.js';
import { portalOptions } from './portal.options.js';
import { usedTicketStore } from './portal.store.js';
import { actorOfClaims } from './token-claims.js';
import { issueZoneSession, ZONE_SESSION_SECONDS } from './zone-session.js';

export const TICKET_TYPE = 'aixin-ticket+jwt';

/** A ticket travels in a page's address: it must be of no use to who reads it later in a log. */
const LONGEST_TICKET_SECONDS = 60;
/** A used ticket is remembered well past its end, so that a clock that runs late cannot revive it. */
const REMEMBERED_MS = 24 * 3_600_000;

const ticketClaims = z.object({
  jti: z.string().min(8).max(128),
  nonce: z.string().min(8).max(128),
  iat: z.int(),
  exp: z.int(),
});

/** What the zone answers at `POST <mount>/enter`: the fields of an OAuth token response. */
export interface ZoneSession {
  readonly access_token: string;
  readonly token_type: 'Bearer';
  readonly expires_in: number;
}

/**
 * Exchanges a portal's entry ticket for a session of the zone, once. `nonce` is the one that the page chose when it asked
 * its portal for the ticket: who only found the ticket does not know it.
 */
export async function redeemTicket(
  base: Base,
  entry: { readonly ticket: string; readonly nonce: string },
): Promise<ZoneSession | Refusal> {
  const options = portalOptions(base);
  const claims = await verifyPortalJwt(base, entry.ticket, {
    thing: 'TICKET',
    issuer: options.ticketIssuer ?? options.issuer,
    audience: options.ticketAudience ?? options.audience,
    typ: TICKET_TYPE,
    requiredClaims: ['sub', 'exp', 'iat', 'jti', 'nonce'],
  });
  if (isRefusal(claims)) return claims;
  const parsed = ticketClaims.safeParse(claims);
  const person = actorOfClaims(claims);
  if (!parsed.success || !person) return invalid('TICKET');
  const { jti, nonce, iat, exp } = parsed.data;
  if (exp - iat > LONGEST_TICKET_SECONDS || nonce !== entry.nonce) return invalid('TICKET');
  if (!(await useOnce(base, jti, exp))) {
    return refuse('TICKET_USED', '这个进入凭证已经用过，请回到门户重新点击进入专区。');
  }
  return {
    access_token: await issueZoneSession(base, person),
    token_type: 'Bearer',
    expires_in: ZONE_SESSION_SECONDS,
  };
}

async function useOnce(base: Base, jti: string, expSeconds: number): Promise<boolean> {
  try {
    await usedTicketStore
      .collection(base)
      .insertOne({ _id: jti, expireAt: new Date(expSeconds * 1000 + REMEMBERED_MS) });
    return true;
  } catch (error) {
    if (isDuplicateKey(error)) return false;
    throw error;
  }
}
