import { denyUnless, personOf } from '../../kernel/authority.js';
import { contentHash } from '../../kernel/canonical.js';
import { keyReused, refuseKey } from '../../kernel/command-input.js';
import type { Context } from '../../kernel/context.js';
import { derivedId } from '../../kernel/ids.js';
import { type Refusal, isRefusal, refuse } from '../../kernel/refusal.js';
import { shanghaiDay } from '../../kernel/shanghai.js';
import { isDuplicateKey } from '../../kernel/transaction.js';
import { readFiles, requireFiles } from '../files/index.js';
import type { BankImport } from './bank.store.js';
import { readProfile } from './imports.reads.js';
import { findAccount, findImport, findPostedFile, insertImport } from './imports.store.js';
import { type ProfileBody, checkProfile } from './profiles.rules.js';

export interface PreviewStatementInput {
  readonly idempotencyKey: string;
  readonly accountId: string;
  /** A file that was brought with purpose `statement`. */
  readonly fileId: string;
  /** One of the kept or ready profiles. */
  readonly profileId?: string | null | undefined;
  /** Or one that is being made: its JSON. */
  readonly definition?: string | null | undefined;
  /** Why statements in between are missing, where they are: the gap is then told, and not refused. */
  readonly gapReason?: string | null | undefined;
  /** Why lines of the same day and amount as posted ones are others, where nothing in the file tells. */
  readonly alikeReason?: string | null | undefined;
}

const MOST_REASON = 200;

/**
 * Begins to read a statement: all of it is read and checked by the zone itself, and nothing is posted. Gives the import,
 * whose state and progress tell the rest. Refusals: `KEY_INVALID`, `KEY_REUSED`, `ACCOUNT_UNKNOWN`, `FILE_UNKNOWN`,
 * `FILE_POSTED`, `PROFILE_UNKNOWN`, `PROFILE_INVALID` (path names the place), `REASON_INVALID`.
 */
export async function previewStatement(ctx: Context, input: PreviewStatementInput): Promise<BankImport | Refusal> {
  const denied = denyUnless(ctx, 'fund-maker');
  if (denied) return denied;
  const { base } = ctx;
  const importId = derivedId('bank-import', personOf(ctx), input.idempotencyKey);
  const { idempotencyKey: _key, ...content } = input;
  const hash = contentHash(content);
  const known = await findImport(base, importId);
  if (known) return known.contentHash === hash ? known : keyReused();
  const bad =
    refuseKey(input.idempotencyKey) ??
    checkReasonLength(input.gapReason, 'gapReason') ??
    checkReasonLength(input.alikeReason, 'alikeReason') ??
    (await requireFiles(base, { fileIds: [input.fileId], purpose: 'statement', path: 'fileId' }));
  if (bad) return bad;
  const account = await findAccount(base, input.accountId);
  if (!account) return refuse('ACCOUNT_UNKNOWN', '没有找到这个账户，请刷新页面。', { path: 'accountId' });
  const profileBody = await bodyOf(ctx, input);
  if (isRefusal(profileBody)) return profileBody;
  const file = (await readFiles(base, [input.fileId])).get(input.fileId);
  const posted = file ? await findPostedFile(base, { accountId: account._id, fileSha256: file.sha256 }) : null;
  if (posted && contentHash(posted.profileBody) !== contentHash(profileBody)) return filePosted(posted);
  const one: BankImport = {
    ...{ _id: importId, accountId: account._id, profileId: input.profileId ?? '', profileBody },
    ...{ fileId: input.fileId, fileName: file?.name ?? '', fileSha256: file?.sha256 ?? '', contentHash: hash },
    ...{ state: 'PREVIEWING', preview: null, refusal: null, accountRevision: 0, spansAfter: [], chunkCount: 0 },
    progress: { bytesRead: 0, totalBytes: file?.sizeBytes ?? 0, linesRead: 0, linesPosted: 0 },
    ...{ gapReason: input.gapReason?.trim() || null, alikeReason: input.alikeReason?.trim() || null },
    ...{ by: personOf(ctx), at: new Date(base.clock()) },
    ...{ postedBy: null, postedAt: null, postKey: null },
  };
  try {
    await insertImport(base, one);
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
  }
  return (await findImport(base, importId)) ?? one;
}

/** Read otherwise, the same bytes would be other lines, and stand twice. */
function filePosted({ fileName, at }: BankImport): Refusal {
  const message = `这份文件已经导入过（${shanghaiDay(at.getTime())}，${fileName}），不能换一个模板再导入一次：每一行会入账两次。`;
  return refuse('FILE_POSTED', message, { path: 'fileId' });
}

async function bodyOf(ctx: Context, input: PreviewStatementInput): Promise<ProfileBody | Refusal> {
  if (input.definition) {
    const checked = checkProfile(jsonOf(input.definition));
    if ('body' in checked) return checked.body;
    const path = checked.path === '' ? 'definition' : `definition.${checked.path}`;
    return refuse('PROFILE_INVALID', '导入模板填写不完整或不正确，请检查标出的地方。', { path });
  }
  const profile = input.profileId ? await readProfile(ctx.base, input.profileId) : null;
  return profile?.body ?? refuse('PROFILE_UNKNOWN', '没有找到这个导入模板，请重新选择。', { path: 'profileId' });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // No JSON is no profile: the check says so.
    return null;
  }
}

function checkReasonLength(reason: string | null | undefined, path: 'gapReason' | 'alikeReason'): Refusal | null {
  if (!reason || reason.trim().length <= MOST_REASON) return null;
  return refuse('REASON_INVALID', `说明最多 ${MOST_REASON} 个字，请写短一些。`, { path });
}
