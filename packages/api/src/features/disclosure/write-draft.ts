import type { Base } from '../../kernel/context.js';
import { isRefusal, type Refusal, refuse } from '../../kernel/refusal.js';
import { inTransaction } from '../../kernel/transaction.js';
import { composePack, type PackPlan } from './compose-pack.js';
import { type Pack, replaceDraft } from './disclosure.store.js';

/** Composes and stores a draft: one document, so that a kill leaves either the draft before or this one. */
export async function writeDraft(
  base: Base,
  input: { readonly plan: PackPlan; readonly draftKey: string; readonly draftedBy: string },
): Promise<Pack | Refusal> {
  const { plan, draftKey, draftedBy } = input;
  const composed = await composePack(base, plan);
  if (isRefusal(composed)) return composed;
  const { json, hash, prevHash, faults } = composed;
  const pack: Pack = {
    _id: plan.packId,
    state: 'DRAFT',
    ...plan.period,
    correctsId: plan.corrects?.packId ?? null,
    reason: plan.corrects?.reason ?? null,
    json,
    hash,
    prevHash,
    faults,
    draftKey,
    draftedBy,
    draftedAt: new Date(base.clock()),
    seq: null,
    publishKey: null,
    publishedBy: null,
    publishedAt: null,
    seal: null,
  };
  const isWritten = await inTransaction(base, (session) => replaceDraft(base, pack, session));
  if (!isWritten) return refuse('PACK_PUBLISHED', '这一期刚刚已经公示，请刷新页面。');
  base.log.info({ packId: pack._id, hash, faults: faults.map((fault) => fault.code) }, 'a disclosure was drafted');
  return pack;
}
