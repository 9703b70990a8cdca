import type { Readable } from 'node:stream';
import type { Base } from '../../kernel/context.js';
import { type Refusal, refuse } from '../../kernel/refusal.js';
import type { FilePurpose } from './files.rules.js';
import { findFileBytes, findFiles, type StoredFile } from './files.store.js';

/** A file and its bytes; null when there is no such file. Who may read it is for the caller to judge (`mayReadFile`). */
export async function openFile(base: Base, fileId: string): Promise<{ meta: StoredFile; stream: Readable } | null> {
  return (await findFileBytes(base, fileId)) as { meta: StoredFile; stream: Readable } | null;
}

/** What is known of these files, by id; one that is not there is left out. */
export async function readFiles(base: Base, fileIds: readonly string[]): Promise<ReadonlyMap<string, StoredFile>> {
  return fileIds.length === 0 ? new Map() : await findFiles(base, fileIds);
}

/** For a command that takes file ids: null when all are there and of this purpose, else what to tell the person. */
export async function requireFiles(
  base: Base,
  wanted: { readonly fileIds: readonly string[]; readonly purpose: FilePurpose; readonly path: string },
): Promise<Refusal | null> {
  const found = await readFiles(base, wanted.fileIds);
  const missing = wanted.fileIds.findIndex((fileId) => found.get(fileId)?.purpose !== wanted.purpose);
  if (missing < 0) return null;
  return refuse('FILE_UNKNOWN', '没有找到上传的文件，请重新选择文件并等它上传完成。', {
    path: wanted.fileIds.length > 1 ? `${wanted.path}.${missing}` : wanted.path,
  });
}
