import { createHash } from 'node:crypto';
import type { Base } from '../../kernel/context.js';
import { isRefusal, type Refusal, refuse } from '../../kernel/refusal.js';
import { checkFileName, fileIdOf, type FilePurpose, HEAD_BYTES, kindOf, mostBytesOf, tooLarge } from './files.rules.js';
import { type BytesSink, keepFile, openSink, type StoredFile } from './files.store.js';

export interface SaveFileInput {
  readonly name: string;
  readonly purpose: FilePurpose;
  /** A member's id, or the name of what stores it in the zone. */
  readonly uploadedBy: string;
  readonly stream: AsyncIterable<Uint8Array>;
}

/**
 * Takes the bytes as they come and keeps them as a file. What is too large or of another kind is refused while it
 * streams, and nothing of it stays. The same bytes by the same person for the same purpose give the file that is there.
 * Who may is the caller's to judge. Refusals: `FILE_NAME`, `FILE_EMPTY`, `FILE_TOO_LARGE`, `FILE_KIND`.
 */
export async function saveFile(base: Base, input: SaveFileInput): Promise<StoredFile | Refusal> {
  const name = checkFileName(input.name);
  if (isRefusal(name)) return name;
  const sink = await openSink(base);
  try {
    const taken = await takeBytes(sink, { ...input, name });
    if (isRefusal(taken)) {
      await sink.drop();
      return taken;
    }
    const { purpose, uploadedBy } = input;
    const fileId = fileIdOf({ uploadedBy, purpose, sha256: taken.sha256 });
    return await keepFile(base, { fileId, name, purpose, uploadedBy, at: new Date(base.clock()), ...taken }, sink);
  } catch (error) {
    await sink.drop();
    throw error;
  }
}

type Taken = Pick<StoredFile, 'contentType' | 'sizeBytes' | 'sha256'>;

async function takeBytes(sink: BytesSink, { stream, purpose, name }: SaveFileInput): Promise<Taken | Refusal> {
  const hash = createHash('sha256');
  let sizeBytes = 0;
  let head: Uint8Array = new Uint8Array(0);
  let kind: ReturnType<typeof kindOf> | null = null;
  for await (const piece of stream) {
    sizeBytes += piece.length;
    if (sizeBytes > mostBytesOf(purpose)) return tooLarge(purpose);
    if (!kind) {
      head = Buffer.concat([head, piece.subarray(0, HEAD_BYTES - head.length)]);
      if (head.length === HEAD_BYTES) kind = kindOf(purpose, { name, head });
      if (isRefusal(kind)) return kind;
    }
    hash.update(piece);
    await sink.write(piece);
  }
  if (sizeBytes === 0) return refuse('FILE_EMPTY', '这个文件是空的，请重新选择。', { path: 'file' });
  kind ??= kindOf(purpose, { name, head });
  if (isRefusal(kind)) return kind;
  await sink.finish();
  return { contentType: kind.contentType, sizeBytes, sha256: hash.digest('hex') };
}
