import { type Clock, systemClock } from '../../kernel/clock.js';
import type { Base } from '../../kernel/context.js';
import { slot } from '../../kernel/slot.js';

/** How this zone is joined to its portal. Comes from `createZone(options)` or the environment, checked there. */
export interface PortalOptions {
  /** The `iss` of the portal's access tokens, exactly as the portal writes it. */
  readonly issuer: string;
  /** Where the portal publishes the public keys of its tokens, tickets and events. */
  readonly jwksUrl: string;
  /** The `aud` that the portal puts into tokens for this zone. */
  readonly audience: string;
  /** The `iss` and `aud` of entry tickets; the same as the tokens' where left out. */
  readonly ticketIssuer?: string;
  readonly ticketAudience?: string;
  /** Signs the zone's own session tokens (HS256). At least 32 bytes, the same in every process of the zone. */
  readonly zoneSessionSecret: string;
  /** Base of the directory pages: `<directoryUrl>/organisations` and `<directoryUrl>/members`. Without it, no import. */
  readonly directoryUrl?: string;
  readonly directoryClientId?: string;
  readonly directoryClientSecret?: string;
  /** The portal's token endpoint; found through the issuer's OpenID configuration where left out. */
  readonly tokenUrl?: string;
  /** Tells the age of tokens, tickets and sessions; the machine's clock unless a test says otherwise. */
  readonly clock?: Clock;
}

const SHORTEST_SECRET_BYTES = 32;

export const portalOptions = slot<PortalOptions>('portal options');

/** Not `base.clock`: a credential's dates are the portal's wall clock, whatever day the zone lives in. */
export function credentialClock(base: Base): Clock {
  return portalOptions(base).clock ?? systemClock;
}

/** The secret as a key. A short one throws: every session of the zone would hang on it. */
export function zoneSessionKey(options: PortalOptions): Uint8Array {
  const key = new TextEncoder().encode(options.zoneSessionSecret);
  if (key.length < SHORTEST_SECRET_BYTES) {
    throw new RangeError(`zoneSessionSecret has ${key.length} bytes, it needs ${SHORTEST_SECRET_BYTES} or more`);
  }
  return key;
}
