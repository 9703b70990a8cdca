import { denyUnless, personOf } from '../../kernel/authority.js';
import { contentHash } from '../../kernel/canonical.js';
import { hidesCharacters, keyReused, refuseKey } from '../../kernel/command-input.js';
import type { Context } from '../../kernel/context.js';
import { derivedId } from '../../kernel/ids.js';
import { type Refusal, refuse } from '../../kernel/refusal.js';
import type { BankProfile } from './bank.store.js';
import { readProfile } from './imports.reads.js';
import { findImport, writeProfile } from './imports.store.js';

export interface SaveProfileInput {
  readonly idempotencyKey: string;
  /** Left out: a new profile. */
  readonly profileId?: string | null | undefined;
  readonly name: string;
  /** The preview that succeeded: the profile is saved as that preview used it. */
  readonly importId: string;
}

const MOST_NAME = 40;

/**
 * Keeps how a bank's statements are read, exactly as a preview has just read one with success: what nobody has seen work
 * is not kept. Refusals: `KEY_INVALID`, `KEY_REUSED`, `PROFILE_INVALID`, `PROFILE_UNKNOWN`, `PROFILE_UNTESTED`.
 */
export async function saveProfile(ctx: Context, input: SaveProfileInput): Promise<BankProfile | Refusal> {
  const denied = denyUnless(ctx, 'fund-maker');
  if (denied) return denied;
  const { base } = ctx;
  const bad = refuseKey(input.idempotencyKey);
  if (bad) return bad;
  const name = input.name.trim();
  if (name === '' || name.length > MOST_NAME) {
    return refuse('PROFILE_INVALID', `模板名称请填 1 到 ${MOST_NAME} 个字。`, { path: 'name' });
  }
  if (hidesCharacters(name)) {
    return refuse('PROFILE_INVALID', '模板名称里有不能显示的字符，请重新填写。', { path: 'name' });
  }
  const tested = await findImport(base, input.importId);
  if (!tested?.preview) {
    return refuse('PROFILE_UNTESTED', '请先用这个模板成功预览一份账单，再保存。', { path: 'importId' });
  }
  const profileId = input.profileId ?? derivedId('bank-profile', personOf(ctx), input.idempotencyKey);
  const known = await readProfile(base, profileId);
  if (input.profileId && !known) {
    return refuse('PROFILE_UNKNOWN', '没有找到这个导入模板，请重新选择。', { path: 'profileId' });
  }
  if (known?.testedImportId === tested._id && known.name === name) return known;
  if (known && !input.profileId) return keyReused();
  const isSame = known && contentHash(known.body) === contentHash(tested.profileBody);
  const profile: BankProfile = {
    ...{ _id: profileId, name, body: tested.profileBody },
    revision: (known?.revision ?? 0) + (isSame ? 0 : 1),
    testedImportId: tested._id,
    tested: { fileName: tested.fileName, at: tested.at, preview: tested.preview },
    ...{ by: personOf(ctx), at: new Date(base.clock()) },
  };
  await writeProfile(base, profile);
  return profile;
}
