import { setTimeout as sleep } from 'node:timers/promises';
import { Counter, Gauge, Histogram } from 'prom-client';
import { type Base, type Context, systemContext } from './context.js';
import { newId } from './ids.js';
import { LEASE_MS, keepLease } from './hold-lease.js';
import { giveLeaseBack, takeLease } from './job-leases.store.js';
import { metrics } from './metrics.js';
import { slot } from './slot.js';

/**
 * Work that the zone does by itself. Of all processes one runs it at a time, by a lease in MongoDB; when that process
 * dies, another takes over once the lease has run out.
 */
export interface Job {
  /** Kebab-case, and the lease's id: the same in every version that may run side by side. */
  readonly name: string;
  /** Milliseconds from the end of a run to the next. A failed run waits as long, doubled each time up to a minute. */
  readonly everyMs: number;
  /**
   * One run. It may be short (expire what is due) or last as long as the process (follow a stream); it returns soon
   * after the signal aborts: the zone stops, or the lease was lost. Running twice must do no harm: a lease is no lock.
   */
  run(ctx: Context, signal: AbortSignal): Promise<void>;
}

export interface Jobs {
  start(): void;
  /** Aborts what runs and waits for it. */
  stop(): Promise<void>;
}

const LONGEST_WAIT_MS = 60_000;
/** Processes that start together do not ask together. */
const JITTER_SHARE = 4;

/** Runs the jobs in this process, each in a loop of its own. */
export function createJobs(base: Base, jobs: readonly Job[], options: { leaseMs?: number } = {}): Jobs {
  const holder = newId(base.random);
  const stopped = new AbortController();
  const signal = AbortSignal.any([stopped.signal, base.stopping]);
  let loops: Promise<void>[] = [];
  return {
    start() {
      loops = jobs.map((job) => loop(base, { job, holder, leaseMs: options.leaseMs ?? LEASE_MS }, signal));
    },
    async stop() {
      stopped.abort();
      await Promise.all(loops);
    },
  };
}

interface Running {
  readonly job: Job;
  readonly holder: string;
  readonly leaseMs: number;
}

async function loop(base: Base, running: Running, signal: AbortSignal): Promise<void> {
  const { job, holder, leaseMs } = running;
  let failures = 0;
  while (!signal.aborted) {
    try {
      if (await takeLease(base, { name: job.name, holder, leaseMs })) {
        const failed = await runOnce(base, running, signal);
        failures = failed === null ? 0 : failures + 1;
        const waitMs = failed === null ? job.everyMs : backoffMs(job.everyMs, failures);
        await giveLeaseBack(base, {
          name: job.name,
          holder,
          dueAt: new Date(base.clock() + (signal.aborted ? 0 : waitMs)),
          lastError: failed,
        });
      }
    } catch (error) {
      // The database cannot be reached: nothing is held, and the next round asks again.
      if (!signal.aborted) base.log.warn({ err: error, job: job.name }, 'a job could not be taken');
    }
    await pause(base, Math.min(job.everyMs, leaseMs), signal);
  }
}

async function runOnce(base: Base, { job, holder, leaseMs }: Running, signal: AbortSignal): Promise<string | null> {
  const lease = keepLease(base, { name: job.name, holder, leaseMs });
  const { seconds, failures, running } = jobMetrics(base);
  const end = seconds.startTimer({ job: job.name });
  running.set({ job: job.name }, 1);
  const ctx = systemContext(base, job.name);
  try {
    await job.run(ctx, AbortSignal.any([signal, lease.lost]));
    return null;
  } catch (error) {
    if (signal.aborted) return null;
    failures.inc({ job: job.name });
    ctx.log.error({ err: error }, 'a job failed');
    return error instanceof Error ? error.name : 'unknown';
  } finally {
    lease.end();
    running.set({ job: job.name }, 0);
    end();
  }
}

function backoffMs(everyMs: number, failures: number): number {
  return Math.min(Math.max(LONGEST_WAIT_MS, everyMs), everyMs * 2 ** Math.min(failures, 16));
}

async function pause(base: Base, waitMs: number, signal: AbortSignal): Promise<void> {
  const jitterMs = (waitMs / JITTER_SHARE) * ((base.random(1)[0] ?? 0) / 255);
  await sleep(waitMs + jitterMs, undefined, { signal }).catch(ignoreAbort);
}

/** The sleep rejects when the zone stops: the loop's condition sees it next. */
function ignoreAbort(): void {}

const jobMetrics = slot('job metrics', (base) => {
  const registers = [metrics(base)];
  return {
    seconds: new Histogram({
      name: 'aixin_job_seconds',
      help: 'How long a run of a job took.',
      labelNames: ['job'],
      buckets: [0.01, 0.1, 1, 10, 60],
      registers,
    }),
    failures: new Counter({
      name: 'aixin_job_failures_total',
      help: 'Runs that failed.',
      labelNames: ['job'],
      registers,
    }),
    running: new Gauge({ name: 'aixin_job_running', help: '1 where the job runs.', labelNames: ['job'], registers }),
  };
});
