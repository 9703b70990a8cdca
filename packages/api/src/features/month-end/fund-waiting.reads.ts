import { hasRole, personOf } from '../../kernel/authority.js';
import type { Context } from '../../kernel/context.js';
import { endAskedOf, makersOf, readAgreements } from '../agreements/index.js';
import { readLineTotals } from '../bank/index.js';
import { readBatches, readRemittances } from '../batches/index.js';
import { countDifferences } from '../bills/index.js';
import { readDraftHeads } from '../disclosure/index.js';
import { readProjects, readSpends } from '../projects/index.js';

/** How many things wait for this very person, by the part of the console in which they are done. */
export interface FundWaiting {
  readonly agreements: number;
  readonly batches: number;
  readonly bank: number;
  readonly differences: number;
  readonly receipts: number;
  readonly projects: number;
  readonly disclosure: number;
}

/** More than a badge can say. */
const MOST_COUNTED = 500;

/** What others prepared is the checker's, what has to be prepared the maker's: nobody is told of what is not theirs to do. */
export async function readFundWaiting(ctx: Context): Promise<FundWaiting> {
  const [mine, checks] = await Promise.all([
    hasRole(ctx.actor, 'fund-maker') ? readToMake(ctx) : { bank: 0, differences: 0, receipts: 0 },
    hasRole(ctx.actor, 'fund-checker') ? readToCheck(ctx) : { agreements: 0, batches: 0, projects: 0, disclosure: 0 },
  ]);
  return { ...mine, ...checks };
}

async function readToMake({ base }: Context): Promise<Pick<FundWaiting, 'bank' | 'differences' | 'receipts'>> {
  const [lines, differences, remitted] = await Promise.all([
    readLineTotals(base, {}),
    countDifferences(base, { state: 'OPEN' }),
    readRemittances(base, { states: ['REMITTED'] }),
  ]);
  return { bank: lines.OPEN.count + lines.SUGGESTED.count, differences, receipts: remitted.length };
}

async function readToCheck(
  ctx: Context,
): Promise<Pick<FundWaiting, 'agreements' | 'batches' | 'projects' | 'disclosure'>> {
  const { base } = ctx;
  const me = personOf(ctx);
  const [agreements, batches, projects, spends, drafts] = await Promise.all([
    readAgreements(base),
    readBatches(base, { states: ['DRAFT'] }),
    readProjects(base, { states: ['PROPOSED'], limit: MOST_COUNTED }),
    readSpends(base, { states: ['WAITING'], limit: MOST_COUNTED }),
    readDraftHeads(base),
  ]);
  const waits = agreements.filter((one) => {
    const wish = endAskedOf(one);
    return (one.state === 'SUBMITTED' && !makersOf(one).includes(me)) || (wish !== null && wish.by !== me);
  });
  return {
    agreements: waits.length,
    batches: batches.filter(({ madeBy }) => madeBy !== me).length,
    projects:
      projects.filter(({ proposedBy }) => proposedBy !== me).length +
      spends.filter(({ recordedBy }) => recordedBy !== me).length,
    disclosure: drafts.filter(({ draftedBy, faults }) => draftedBy !== me && faults.length === 0).length,
  };
}
