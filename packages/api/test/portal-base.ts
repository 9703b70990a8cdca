import mongoose from 'mongoose';
import { pino } from 'pino';
import type { Base } from '../src/kernel/context.js';
import { systemRandom } from '../src/kernel/ids.js';
import { type PortalOptions, portalOptions } from '../src/features/portal/index.js';

/** A zone's base for tests of the portal's feature: its clock stands where the test puts it, or runs. */
export function portalBase(options: PortalOptions, more: Partial<Base> = {}): Base {
  const base: Base = {
    db: mongoose.connection,
    clock: () => Date.now(),
    random: systemRandom,
    log: pino({ level: 'silent' }),
    stopping: new AbortController().signal,
    ...more,
  };
  portalOptions.fill(base, options);
  return base;
}
