import SchemaBuilder, { BasePlugin, type PothosOutputFieldConfig, type SchemaTypes } from '@pothos/core';
import type { GraphQLFieldResolver } from 'graphql';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { type Refusal, refuse } from '../kernel/refusal.js';
import { slot } from '../kernel/slot.js';
import type { GraphqlContext } from './context.js';

export interface RateOptions {
  /** Writes of one person in a minute, in one process. A desk worked by keyboard makes one a second; a script makes more. */
  readonly writesPerMinute: number;
}

export const rateOptions = slot<RateOptions>('rate options', () => ({ writesPerMinute: 120 }));

const writes = slot(
  'writes by person',
  (base) => new RateLimiterMemory({ points: rateOptions(base).writesPerMinute, duration: 60 }),
);

/**
 * Every mutation is refused with the time to wait when the person has made too many; none can forget to ask. In memory
 * of one process: it is there to keep one person from crowding out the others, not to count.
 */
export class RateLimitPlugin<Types extends SchemaTypes> extends BasePlugin<Types> {
  override wrapResolve(
    resolver: GraphQLFieldResolver<unknown, Types['Context'], object>,
    config: PothosOutputFieldConfig<Types>,
  ): GraphQLFieldResolver<unknown, Types['Context'], object> {
    if (config.kind !== 'Mutation') return resolver;
    return async (parent, args, context, info) =>
      (await tooMany(context as unknown as GraphqlContext)) ?? resolver(parent, args, context, info);
  }
}

async function tooMany({ actor, base, clientIp }: GraphqlContext): Promise<Refusal | null> {
  try {
    await writes(base).consume(actor.kind === 'person' ? actor.memberId : clientIp);
    return null;
  } catch (spent) {
    if (!(spent instanceof RateLimiterRes)) throw spent;
    return refuse('RATE_LIMITED', '您操作得太快了，请稍等片刻再试。', {
      details: { retryAfterMs: spent.msBeforeNext },
    });
  }
}

export const RATE_LIMIT_PLUGIN = 'rateLimit';

SchemaBuilder.registerPlugin(RATE_LIMIT_PLUGIN, RateLimitPlugin);

declare global {
  /* eslint-disable-next-line @typescript-eslint/no-namespace -- Pothos learns of a plugin through this namespace */
  export namespace PothosSchemaTypes {
    interface Plugins<Types extends SchemaTypes> {
      rateLimit: RateLimitPlugin<Types>;
    }
  }
}
