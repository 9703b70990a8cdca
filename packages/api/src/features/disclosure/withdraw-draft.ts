import { denyUnless } from '../../kernel/authority.js';
import type { Context } from '../../kernel/context.js';
import { type Refusal, refuse } from '../../kernel/refusal.js';
import { dropDraft, type PackHead, readPack } from './disclosure.store.js';

/**
 * Puts a draft away as it was seen: nobody outside the fund has read it, and the same books give the same draft again. What
 * was published never goes. Refusals: `PACK_UNKNOWN`, `PACK_PUBLISHED`, `PACK_CHANGED`.
 */
export async function withdrawDraft(
  ctx: Context,
  input: { readonly packId: string; readonly hash: string },
): Promise<Pick<PackHead, '_id'> | Refusal> {
  const denied = denyUnless(ctx, 'fund-maker', 'fund-checker');
  if (denied) return denied;
  const draft = await readPack(ctx.base, input.packId);
  if (!draft) return refuse('PACK_UNKNOWN', '没有找到这份草稿，可能已经撤回，请刷新页面。', { path: 'packId' });
  if (draft.state === 'PUBLISHED') return refuse('PACK_PUBLISHED', '这一期已经公示，不能撤回；有错请发更正。');
  if (!(await dropDraft(ctx.base, { _id: input.packId, hash: input.hash }))) {
    return refuse('PACK_CHANGED', '草稿在您查看之后又有变动，请刷新页面再看。', { path: 'hash' });
  }
  ctx.log.info({ packId: draft._id, hash: draft.hash }, 'a draft of a disclosure was put away');
  return { _id: draft._id };
}
