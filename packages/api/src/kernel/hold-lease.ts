import type { Base } from './context.js';
import { newId } from './ids.js';
import { giveLeaseBack, isHolder, type LeaseTake, renewLease, takeLease } from './job-leases.store.js';
import type { Session } from './transaction.js';

/** Who died waits this long to be followed. Renewed at a third of it, so two lost renewals do no harm. */
export const LEASE_MS = 15_000;

/** Renews a lease that was taken, until `end`; `lost` aborts when another process has it. */
export function keepLease(base: Base, lease: LeaseTake): { readonly lost: AbortSignal; end(): void } {
  const lost = new AbortController();
  const renewing = setInterval(() => {
    renewLease(base, lease).then(
      (kept) => kept || lost.abort(),
      () => lost.abort(),
    );
  }, lease.leaseMs / 3);
  return { lost: lost.signal, end: () => clearInterval(renewing) };
}

/** A lease while work runs under it. */
export interface Held {
  /** Aborts when the lease was lost or the zone stops. A lease is no lock: it may be lost some moments before this tells. */
  readonly signal: AbortSignal;
  /** For a transaction that must not write once another process has the lease. */
  isStill(session: Session): Promise<boolean>;
}

/**
 * Runs `work` once, in one process at a time; null where another has the lease. A process that was killed keeps it until
 * it has run out.
 */
export async function withLease<T>(base: Base, name: string, work: (held: Held) => Promise<T>): Promise<T | null> {
  const lease = { name, holder: newId(base.random), leaseMs: LEASE_MS };
  if (!(await takeLease(base, lease))) return null;
  const kept = keepLease(base, lease);
  let lastError: string | null = 'unknown';
  try {
    const signal = AbortSignal.any([kept.lost, base.stopping]);
    const result = await work({ signal, isStill: (session) => isHolder(base, lease, session) });
    lastError = null;
    return result;
  } finally {
    kept.end();
    await giveLeaseBack(base, { ...lease, dueAt: new Date(base.clock()), lastError });
  }
}
