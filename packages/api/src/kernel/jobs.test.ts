import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import { testDatabase } from '../../test/mongo.js';
import { systemClock } from './clock.js';
import type { Base } from './context.js';
import { systemRandom } from './ids.js';
import { jobLeaseStore } from './job-leases.store.js';
import { createJobs, type Job } from './jobs.js';
import { ensureCollections } from './store.js';

const database = testDatabase('jobs');
let base: Base;

beforeAll(async () => {
  const db = await database.connect();
  base = {
    db,
    clock: systemClock,
    random: systemRandom,
    log: pino({ level: 'silent' }),
    stopping: new AbortController().signal,
  };
  await ensureCollections(db);
});
afterAll(() => database.drop());

/** Two processes of one zone: the same database, nothing else shared. */
const process = (): Base => ({ ...base });

async function until(condition: () => boolean): Promise<void> {
  for (let round = 0; round < 400 && !condition(); round += 1) await sleep(10);
  expect(condition()).toBe(true);
}

describe('a job', () => {
  it('runs in one process at a time, again and again', async () => {
    let now = 0;
    let most = 0;
    let runs = 0;
    const job: Job = {
      name: 'one-at-a-time',
      everyMs: 10,
      run: async () => {
        most = Math.max(most, (now += 1));
        await sleep(15);
        now -= 1;
        runs += 1;
      },
    };
    const both = [createJobs(process(), [job]), createJobs(process(), [job])];
    for (const jobs of both) jobs.start();
    await until(() => runs >= 5);
    await Promise.all(both.map((jobs) => jobs.stop()));
    expect(most).toBe(1);
  });

  it('that lasts is aborted when the zone stops, and another process takes it over at once', async () => {
    const holders: string[] = [];
    const lasting = (who: string): Job => ({
      name: 'lasting',
      everyMs: 20,
      run: async (_ctx, signal) => {
        holders.push(who);
        await sleep(60_000, undefined, { signal }).catch(() => undefined);
      },
    });
    const first = createJobs(process(), [lasting('first')]);
    const second = createJobs(process(), [lasting('second')]);
    first.start();
    await until(() => holders.length === 1);
    second.start();
    await sleep(100);
    expect(holders).toEqual(['first']);
    await first.stop();
    await until(() => holders.length === 2);
    expect(holders).toEqual(['first', 'second']);
    await second.stop();
  });

  it('of a process that died waits for its lease to run out', async () => {
    const leaseEndsMs = Date.now() + 400;
    await jobLeaseStore.collection(base).insertOne({
      ...{ _id: 'orphan', holder: 'dead', heldUntil: new Date(leaseEndsMs), dueAt: new Date(0) },
      ...{ lastStartedAt: null, lastEndedAt: null, lastError: null },
    });
    let startedMs = 0;
    const run = (): Promise<void> => {
      startedMs ||= Date.now();
      return Promise.resolve();
    };
    const jobs = createJobs(process(), [{ name: 'orphan', everyMs: 10, run }]);
    jobs.start();
    await until(() => startedMs > 0);
    await jobs.stop();
    expect(startedMs).toBeGreaterThanOrEqual(leaseEndsMs);
  });

  it('that was lost to another process is told to stop', async () => {
    const seen: string[] = [];
    const run = async (_ctx: unknown, signal: AbortSignal): Promise<void> => {
      seen.push('runs');
      await sleep(60_000, undefined, { signal }).catch(() => seen.push('is told'));
    };
    const jobs = createJobs(process(), [{ name: 'lost', everyMs: 10, run }], { leaseMs: 300 });
    jobs.start();
    await until(() => seen.length === 1);
    const heldUntil = new Date(Date.now() + 60_000);
    await jobLeaseStore.collection(base).updateOne({ _id: 'lost' }, { $set: { holder: 'other', heldUntil } });
    await until(() => seen.includes('is told'));
    await jobs.stop();
  });

  it('that fails is tried again later, and says so', async () => {
    let runs = 0;
    const jobs = createJobs(process(), [
      {
        name: 'failing',
        everyMs: 5,
        run: () => {
          runs += 1;
          return Promise.reject(new RangeError('no'));
        },
      },
    ]);
    jobs.start();
    await until(() => runs >= 2);
    await jobs.stop();
    expect(await jobLeaseStore.collection(base).findOne({ _id: 'failing' })).toMatchObject({ lastError: 'RangeError' });
  });
});
