import type { Connection } from 'mongoose';
import type { Logger } from 'pino';
import type { Actor } from './authority.js';
import type { Clock } from './clock.js';
import type { RandomSource } from './ids.js';

/** What one running zone has: made once by `createZone`, shared by all requests and jobs. */
export interface Base {
  readonly db: Connection;
  readonly clock: Clock;
  readonly random: RandomSource;
  readonly log: Logger;
  /** Aborted when the zone stops: every loop and wait listens to it. */
  readonly stopping: AbortSignal;
}

/** What one request or one run of a job has. The first argument of every command. */
export interface Context {
  readonly base: Base;
  readonly actor: Actor;
  readonly requestId: string;
  readonly log: Logger;
}

/** The context in which the zone acts by itself. `name` says on whose behalf, e.g. `expire-orders`. */
export function systemContext(base: Base, name: string, requestId = name): Context {
  return { base, actor: { kind: 'system', name }, requestId, log: base.log.child({ job: name }) };
}
