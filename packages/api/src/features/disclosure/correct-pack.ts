import { denyUnless, personOf } from '../../kernel/authority.js';
import { checkReason, keyReused, refuseKey } from '../../kernel/command-input.js';
import type { Context } from '../../kernel/context.js';
import { isRefusal, type Refusal, refuse } from '../../kernel/refusal.js';
import { keyOf } from './command-keys.rules.js';
import { type Pack, readDrafts, readPublishedHeads } from './disclosure.store.js';
import { writeDraft } from './write-draft.js';
import { correctionOf, samePeriod } from './packs.rules.js';
import { packIdOf } from './periods.rules.js';

export interface CorrectPackInput {
  readonly idempotencyKey: string;
  /** The published pack that holds today. */
  readonly packId: string;
  readonly reason: string;
}

/**
 * Makes the draft of a correction: a new pack of the same period that names the old one and says why. The old one stays
 * as it was published. Refusals: `PACK_UNKNOWN`, `PACK_CORRECTED` (correct the correction), `REASON_INVALID`,
 * `PACK_PUBLISHED`, `BOOKS_BUSY`, `KEY_INVALID`, `KEY_REUSED`.
 */
export async function correctPack(ctx: Context, input: CorrectPackInput): Promise<Pack | Refusal> {
  const denied = denyUnless(ctx, 'fund-maker');
  if (denied) return denied;
  const { base } = ctx;
  const reason = refuseKey(input.idempotencyKey) ?? checkReason(input.reason);
  if (isRefusal(reason)) return reason;
  const published = await readPublishedHeads(base);
  const corrected = published.find((pack) => pack._id === input.packId);
  if (!corrected) return refuse('PACK_UNKNOWN', '没有找到这一期公示，请刷新页面。', { path: 'packId' });
  if (correctionOf(published, corrected._id)) {
    return refuse('PACK_CORRECTED', '这一期已经更正过了，请在最新的更正上再更正。', { path: 'packId' });
  }
  const draftKey = keyOf(personOf(ctx), input.idempotencyKey);
  const before = (await readDrafts(base)).find((pack) => pack.draftKey === draftKey);
  if (before) return before.correctsId === corrected._id && before.reason === reason ? before : keyReused();
  const { _id: packId, hash, from, until } = corrected;
  const period = { from, until };
  const corrections = samePeriod(published, period).length;
  const plan = { packId: packIdOf(period, corrections), period, corrects: { packId, hash, reason } };
  return await writeDraft(base, { plan, draftKey, draftedBy: personOf(ctx) });
}
