import { denyUnless, personOf } from '../../kernel/authority.js';
import { keyReused, refuseKey } from '../../kernel/command-input.js';
import type { Base, Context } from '../../kernel/context.js';
import { isRefusal, type Refusal, refuse } from '../../kernel/refusal.js';
import { inTransaction, type Session } from '../../kernel/transaction.js';
import { markDisclosed, readRemittances } from '../batches/index.js';
import { keyOf } from './command-keys.rules.js';
import { composePack } from './compose-pack.js';
import { type Pack, publishDraft, readChainHead, readPack, readPublishedHeads } from './disclosure.store.js';
import type { PackContent } from './pack.types.js';
import { packSeal } from './packs.rules.js';

export interface PublishPackInput {
  readonly idempotencyKey: string;
  readonly packId: string;
  /** The hash of the draft that the checker has read. */
  readonly hash: string;
}

/**
 * Publishes a draft, as it was seen, by another person than its maker: the pack is frozen, joins the chain, and the
 * receipted remittances in it are disclosed, all in one transaction. Refusals: `PACK_UNKNOWN`, `PACK_PUBLISHED`,
 * `PACK_CHANGED` (the draft is not the one that was seen), `PACK_OUTDATED` (the books have moved on), `PACK_BLOCKED`,
 * `BOOKS_BUSY`, `SAME_PERSON`, `KEY_INVALID`, `KEY_REUSED`.
 */
export async function publishPack(ctx: Context, input: PublishPackInput): Promise<Pack | Refusal> {
  const denied = denyUnless(ctx, 'fund-checker');
  if (denied) return denied;
  const { base } = ctx;
  const faulty = refuseKey(input.idempotencyKey);
  if (faulty) return faulty;
  const publishKey = keyOf(personOf(ctx), input.idempotencyKey);
  const published = await readPublishedHeads(base);
  if (published.some((pack) => pack.publishKey === publishKey && pack._id !== input.packId)) return keyReused();
  const draft = await readPack(base, input.packId);
  const problem = problemOf(draft, input, personOf(ctx));
  if (draft?.state === 'PUBLISHED')
    return draft.publishKey === publishKey && draft.hash === input.hash ? draft : (problem ?? draft);
  if (problem || !draft) return problem ?? unknownPack();
  const stale = await staleness(base, draft);
  if (stale) return stale;
  const outcome = await inTransaction(base, (session) =>
    publishInside(base, { draft, publishKey, publishedBy: personOf(ctx) }, session),
  );
  if (!isRefusal(outcome)) ctx.log.info({ packId: outcome._id, hash: outcome.hash }, 'a disclosure was published');
  return outcome;
}

function problemOf(draft: Pack | null, input: PublishPackInput, memberId: string): Refusal | null {
  if (!draft) return unknownPack();
  if (draft.state === 'PUBLISHED')
    return refuse('PACK_PUBLISHED', '这一期已经公示，请刷新页面查看。', { path: 'packId' });
  if (draft.draftedBy === memberId) {
    return refuse('SAME_PERSON', '草稿是您生成的，请由另一位有复核权限的同事公示。');
  }
  if (draft.hash === input.hash) return null;
  return refuse('PACK_CHANGED', '草稿在您查看之后又重新生成过，请重新查看再公示。', { path: 'hash' });
}

/** The draft made again from today's books: other bytes, or a fault, and it cannot be published. */
async function staleness(base: Base, draft: Pack): Promise<Refusal | null> {
  const { packId, period, corrects, heads } = JSON.parse(draft.json) as PackContent;
  // The ledger's head moves with every statement; what it moved is compared, the head itself is the draft's.
  const today = await composePack(base, { packId, period, corrects, ledger: heads.ledger });
  if (isRefusal(today)) return today;
  if (today.hash !== draft.hash) return outdated();
  const [fault] = today.faults;
  return fault ? refuse('PACK_BLOCKED', `还不能公示：${fault.text}`) : null;
}

async function publishInside(
  base: Base,
  input: { readonly draft: Pack; readonly publishKey: string; readonly publishedBy: string },
  session: Session,
): Promise<Pack | Refusal> {
  const { draft, publishKey, publishedBy } = input;
  const { discloses } = JSON.parse(draft.json) as PackContent;
  const chain = await readChainHead(base, session);
  if ((chain?.hash ?? '') !== draft.prevHash) return outdated();
  const at = new Date(base.clock());
  const remittances = await readRemittances(base, { ids: discloses }, session);
  // A correction names again what the corrected pack has disclosed; only what is new moves on.
  const ready = remittances.filter((one) => one.state === 'RECEIPTED').map((one) => one._id);
  const done = remittances.filter((one) => one.state === 'DISCLOSED');
  if (ready.length + done.length !== discloses.length) return outdated();
  const published = { seq: (chain?.seq ?? 0) + 1, publishKey, publishedBy, publishedAt: at };
  const pack: Pack = { ...draft, state: 'PUBLISHED', ...published };
  const seal = packSeal(pack);
  if (!(await publishDraft(base, draft, { ...published, seal }, session))) return outdated();
  await markDisclosed(base, { remittanceIds: ready, packId: draft._id, at }, session);
  return { ...pack, seal };
}

function outdated(): Refusal {
  return refuse('PACK_OUTDATED', '草稿生成后账目又有了变化，请让经办人重新生成草稿，再查看公示。');
}

function unknownPack(): Refusal {
  return refuse('PACK_UNKNOWN', '没有找到这一期公示，请刷新页面。', { path: 'packId' });
}
