import type { Context as KoaContext } from 'koa';

/** What a browser is told with every answer, also with those that say no. */
export type GuardHeaders = Readonly<Record<string, string>>;

/**
 * Nothing is guessed at and no address of ours goes to others. `frameAncestors` are the origins whose pages may show ours
 * in a frame, beside our own host's.
 */
export function guardHeaders(frameAncestors: readonly string[]): GuardHeaders {
  return {
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'strict-origin-when-cross-origin',
    'content-security-policy': `frame-ancestors ${["'self'", ...frameAncestors].join(' ')}`,
  };
}

/** Runs the request under these headers. A route may say more; what breaks says them as well. */
export async function underGuard(ctx: KoaContext, headers: GuardHeaders, run: () => Promise<void>): Promise<void> {
  ctx.set(headers);
  try {
    await run();
  } catch (error) {
    // Koa answers an error with the error's own headers alone.
    if (error instanceof Error) Object.assign(error, { headers });
    throw error;
  }
}
