import { type Base, pipeline, projections } from '@aixin/api/internals';
import { type Verdict, type View, verify } from '@aixin/api/checks';
import { until } from './wait.js';

/**
 * Checks every invariant once all that was settled is projected. The checks read what a majority holds, which may be a
 * moment older than what the primary shows: so they look again while something seems to be late.
 */
export async function verdictOf(base: Base, more: Pick<View, 'acknowledgedOrderIds' | 'keptHeads'>): Promise<Verdict> {
  await pipeline(base).caughtUp();
  let verdict: Verdict | null = null;
  await until('everything is sealed', async () => {
    verdict = await verify({ base, projections, ...more });
    return verdict.unsealedCount === 0;
  });
  if (!verdict) throw new Error('nothing was checked');
  return verdict;
}
