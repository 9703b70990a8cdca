import type { Job } from '../../kernel/jobs.js';
import { refreshMatching } from './refresh-matching.js';

/** A batch is approved elsewhere; its remittances are looked for among the lines that wait within this time. */
const EVERY_MS = 10_000;

/**
 * Decides the lines that wait again: what a batch, a spend or a corrected receipt has changed since reaches them by itself,
 * so it does not matter in which order all of it came.
 */
export const matchingJob: Job = {
  name: 'bank-matching',
  everyMs: EVERY_MS,
  run: async ({ base, log }) => {
    const changedCount = await refreshMatching(base);
    if (changedCount > 0) log.info({ changedCount }, 'bank lines were decided again');
  },
};
