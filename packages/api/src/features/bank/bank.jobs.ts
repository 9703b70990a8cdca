import type { Job } from '../../kernel/jobs.js';
import { isRefusal } from '../../kernel/refusal.js';
import { findUnfinished } from './imports.store.js';
import { matchingJob } from './matching.jobs.js';
import { runPosting } from './run-posting.js';
import { runPreview } from './run-preview.js';
import { runTakeBack } from './run-take-back.js';

/** A person waits for the preview of a small file. */
const EVERY_MS = 500;

const RUNS = { PREVIEWING: runPreview, POSTING: runPosting, TAKING_BACK: runTakeBack } as const;

/**
 * Reads statements that wait to be previewed and posts those that were confirmed, and takes out those that two persons took back; all are taken up again after a restart.
 * One process does so at a time.
 */
export const bankJobs: readonly Job[] = [
  {
    name: 'bank-statements',
    everyMs: EVERY_MS,
    run: async (ctx, signal) => {
      const failures: unknown[] = [];
      for (const { _id, state } of await findUnfinished(ctx.base)) {
        if (signal.aborted) return;
        try {
          const done = await RUNS[state](ctx, _id);
          // Put away by a person in the same moment: nothing is left to do.
          if (isRefusal(done)) ctx.log.info({ importId: _id, code: done.code }, 'a statement was not taken up');
        } catch (error) {
          // One that cannot be done holds up no other; it is tried again in the next run.
          failures.push(error);
        }
      }
      if (failures.length > 0) throw new AggregateError(failures, 'statements were not brought to their end');
    },
  },
  matchingJob,
];
