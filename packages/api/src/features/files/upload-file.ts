import { denyUnless, personOf } from '../../kernel/authority.js';
import type { Context } from '../../kernel/context.js';
import type { Refusal } from '../../kernel/refusal.js';
import { type FilePurpose, uploadersOf } from './files.rules.js';
import type { StoredFile } from './files.store.js';
import { saveFile } from './save-file.js';

export interface UploadFileInput {
  readonly name: string;
  readonly purpose: FilePurpose;
  readonly stream: AsyncIterable<Uint8Array>;
}

/** A person brings a file. Who may depends on what it is for. Refusals: those of `saveFile`. */
export async function uploadFile(ctx: Context, input: UploadFileInput): Promise<StoredFile | Refusal> {
  const denied = denyUnless(ctx, ...uploadersOf(input.purpose));
  if (denied) return denied;
  return await saveFile(ctx.base, { ...input, uploadedBy: personOf(ctx) });
}
