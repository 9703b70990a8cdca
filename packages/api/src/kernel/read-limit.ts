import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { Actor } from './authority.js';
import type { Base } from './context.js';
import { type Refusal, refuse } from './refusal.js';
import { slot } from './slot.js';

export interface ReadOptions {
  /** Questions of one person in a minute, in one process. A page asks some five; nobody turns four pages a second. */
  readonly readsPerMinute: number;
}

export const readOptions = slot<ReadOptions>('read options', () => ({ readsPerMinute: 1_200 }));

/** Behind one address there may be a whole office that has not signed in yet. */
const PERSONS_BEHIND_ADDRESS = 10;

const reads = slot('reads by person', (base) => {
  const points = readOptions(base).readsPerMinute;
  return {
    persons: new RateLimiterMemory({ points, duration: 60 }),
    addresses: new RateLimiterMemory({ points: points * PERSONS_BEHIND_ADDRESS, duration: 60 }),
  };
});

/** Null while this person (or, of who is not signed in, this address) asks as a person does; else when to ask again. */
export async function tooManyReads(
  base: Base,
  { actor, clientIp }: { readonly actor: Actor; readonly clientIp: string },
): Promise<Refusal | null> {
  const { persons, addresses } = reads(base);
  try {
    await (actor.kind === 'person' ? persons.consume(actor.memberId) : addresses.consume(clientIp));
    return null;
  } catch (spent) {
    if (!(spent instanceof RateLimiterRes)) throw spent;
    const details = { retryAfterMs: spent.msBeforeNext };
    return refuse('RATE_LIMITED', '您打开得太快了，请稍等片刻再试。', { details });
  }
}

/** Whole seconds for `Retry-After`. */
export function retryAfterSeconds({ details }: Refusal): number {
  return Math.max(1, Math.ceil(Number(details?.['retryAfterMs'] ?? 1_000) / 1_000));
}
