import { buffer } from 'node:stream/consumers';
import { sha256 } from '../../kernel/canonical.js';
import type { Base } from '../../kernel/context.js';
import { slot } from '../../kernel/slot.js';
import { pagesPdf, tableXlsx } from '../exports/index.js';
import { type Pack, readPublished } from './disclosure.store.js';
import { packPages } from './pack-pages.rules.js';
import { packSheets } from './pack-sheets.rules.js';
import type { PackContent } from './pack.types.js';

export const PACK_FILE_KINDS = ['json', 'pdf', 'xlsx'] as const;
export type PackFileKind = (typeof PACK_FILE_KINDS)[number];

export interface PackFile {
  readonly kind: PackFileKind;
  /** Without an ending. */
  readonly name: string;
  readonly bytes: Buffer;
  /** SHA-256 of the bytes; of the JSON it is the pack's own hash. */
  readonly sha256: string;
}

/** A pack's files are some hundred kilobytes: a few megabytes of a process. */
const MOST_KEPT = 30;

/** Files of published packs never change; laying out pages costs a second that anybody could ask for again and again. */
const kept = slot('disclosure files', () => new Map<string, Promise<PackFile>>());

/** A published pack as a file; null when there is none. The same bytes on each call, in every process. */
export async function readPackFile(base: Base, packId: string, kind: PackFileKind): Promise<PackFile | null> {
  const files = kept(base);
  const key = `${packId}.${kind}`;
  const known = files.get(key);
  if (known) return await known;
  // Only what is there takes a place: whoever asks for what is not cannot make the others be laid out anew.
  const [pack] = await readPublished(base, [packId]);
  if (!pack) return null;
  const making = files.get(key) ?? makeFile(pack, kind);
  files.set(key, making);
  if (files.size > MOST_KEPT) for (const oldest of files.keys()) if (files.delete(oldest)) break;
  try {
    return await making;
  } catch (error) {
    files.delete(key);
    throw error;
  }
}

async function makeFile({ _id, from, until, json }: Pack, kind: PackFileKind): Promise<PackFile> {
  const bytes = await bytesOf(json, kind);
  return { kind, name: `公示 ${from} 至 ${until} ${_id}`, bytes, sha256: sha256(bytes) };
}

/** From the JSON alone: whoever has it can make the other two again. */
export async function bytesOf(json: string, kind: PackFileKind): Promise<Buffer> {
  if (kind === 'json') return Buffer.from(json);
  const content = JSON.parse(json) as PackContent;
  const hash = sha256(json);
  return kind === 'pdf' ? await pagesPdf(packPages(content, hash)) : await buffer(tableXlsx(packSheets(content, hash)));
}
