import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { type Refusal, refuse } from '../kernel/refusal.js';
import { slot } from '../kernel/slot.js';
import type { GraphqlContext } from './context.js';

export interface RateOptions {
  /** Writes of one person in a minute, in one process. A person presses a few buttons; a script presses more. */
  readonly writesPerMinute: number;
}

export const rateOptions = slot<RateOptions>('rate options', () => ({ writesPerMinute: 60 }));

const writes = slot(
  'writes by person',
  (base) => new RateLimiterMemory({ points: rateOptions(base).writesPerMinute, duration: 60 }),
);

/**
 * Runs a write unless the person has made too many; then it is refused with the time to wait. In memory of one process:
 * it is there to keep one person from crowding out the others, not to count.
 */
export async function limited<Result>(
  context: GraphqlContext,
  write: () => Promise<Result>,
): Promise<Result | Refusal> {
  const { actor, base, clientIp } = context;
  try {
    await writes(base).consume(actor.kind === 'person' ? actor.memberId : clientIp);
  } catch (spent) {
    if (!(spent instanceof RateLimiterRes)) throw spent;
    return refuse('RATE_LIMITED', '您操作得太快了，请稍等片刻再试。', {
      details: { retryAfterMs: spent.msBeforeNext },
    });
  }
  return write();
}
