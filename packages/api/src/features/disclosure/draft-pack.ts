import { denyUnless, personOf } from '../../kernel/authority.js';
import { keyReused, refuseKey } from '../../kernel/command-input.js';
import type { Context } from '../../kernel/context.js';
import { isRefusal, type Refusal } from '../../kernel/refusal.js';
import { shanghaiDay } from '../../kernel/shanghai.js';
import { keyOf } from './command-keys.rules.js';
import { type Pack, readDrafts, readPublishedHeads } from './disclosure.store.js';
import { holding } from './packs.rules.js';
import { checkPeriod, packIdOf } from './periods.rules.js';
import type { Period } from './pack.types.js';
import { writeDraft } from './write-draft.js';

export interface DraftPackInput extends Period {
  readonly idempotencyKey: string;
}

/**
 * Makes the draft of the next period's disclosure out of the books, in the place of any draft before; made again from the
 * same books it is the same bytes. What must be put right first stands in `faults`. Refusals: `PERIOD_INVALID`,
 * `PERIOD_GAP`, `PERIOD_NOT_OVER`, `PERIOD_TOO_LONG`, `PACK_PUBLISHED`, `BOOKS_BUSY`, `KEY_INVALID`, `KEY_REUSED`.
 */
export async function draftPack(ctx: Context, input: DraftPackInput): Promise<Pack | Refusal> {
  const denied = denyUnless(ctx, 'fund-maker');
  if (denied) return denied;
  const { base } = ctx;
  const published = await readPublishedHeads(base);
  const lastUntil = holding(published)[0]?.until ?? null;
  const faulty = refuseKey(input.idempotencyKey);
  if (faulty) return faulty;
  const draftKey = keyOf(personOf(ctx), input.idempotencyKey);
  const before = (await readDrafts(base)).find((pack) => pack.draftKey === draftKey);
  if (before) return before.from === input.from && before.until === input.until ? before : keyReused();
  const period = checkPeriod(input, lastUntil, shanghaiDay(base.clock()));
  if (isRefusal(period)) return period;
  const plan = { packId: packIdOf(period), period, corrects: null };
  return await writeDraft(base, { plan, draftKey, draftedBy: personOf(ctx) });
}
