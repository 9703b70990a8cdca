import type { Job } from '../../kernel/jobs.js';
import { sweepUploads } from './files.store.js';

const EVERY_MS = 3_600_000;
/** The largest file on the slowest line is in by then; what is older belongs to a process that died. */
const LONGEST_UPLOAD_MS = 6 * 3_600_000;
/** The rest waits for the next run. */
const MOST_AT_ONCE = 100;

export const fileJobs: readonly Job[] = [
  {
    name: 'sweep-uploads',
    everyMs: EVERY_MS,
    run: async ({ base, log }) => {
      const count = await sweepUploads(base, new Date(base.clock() - LONGEST_UPLOAD_MS), MOST_AT_ONCE);
      if (count > 0) log.info({ count }, 'uploads that never ended were removed');
    },
  },
];
