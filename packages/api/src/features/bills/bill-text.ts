import type { Readable } from 'node:stream';
import { type Entry, fromBufferPromise, type ZipFile } from 'yauzl';
import { type Refusal, isRefusal, refuse } from '../../kernel/refusal.js';

/** One text file of a bill: its first line, and what follows it in pieces. */
export interface BillText {
  readonly title: string;
  rest(): AsyncGenerator<string>;
}

/** A zipped day of a busy shop is a few MB. */
const MOST_ZIP_BYTES = 64 * 1_024 * 1_024;
/** Alipay packs two. */
const MOST_ZIP_ENTRIES = 8;
const MOST_UNZIPPED_BYTES = 512 * 1_024 * 1_024;
/** Bills shrink to about a tenth; what shrinks a thousandfold was made to burst. */
const MOST_SHRINKING = 200;
/** The longest first line of a bill is some 400 bytes. */
const MOST_TITLE_CHARS = 8_192;
/** Enough to see in which encoding a file is. */
const PROBE_BYTES = 4_096;

const bad = (message: string): Refusal => refuse('BILL_ZIP', message, { path: 'fileId' });

/** The texts of a bill: one where it is plain, each file of the archive where it is a zip. Null: all were given. */
export async function* billTexts(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<BillText, Refusal | null> {
  const pieces = bytes[Symbol.asyncIterator]();
  const head = await readHead(pieces);
  if (!(head[0] === 0x50 && head[1] === 0x4b)) {
    yield await openText(piecesOf(head, pieces));
    return null;
  }
  const whole = await collect(piecesOf(head, pieces));
  return isRefusal(whole) ? whole : yield* zippedTexts(whole);
}

async function* zippedTexts(whole: Buffer): AsyncGenerator<BillText, Refusal | null> {
  const entries = await openZip(whole);
  if (isRefusal(entries)) return entries;
  const { zip, files } = entries;
  for (const entry of files) {
    let stream: Readable;
    try {
      stream = await zip.openReadStreamPromise(entry);
    } catch {
      return bad('压缩包已损坏，请重新下载。');
    }
    const pieces = (stream as AsyncIterable<Uint8Array>)[Symbol.asyncIterator]();
    try {
      yield await openText(piecesOf(await readHead(pieces), pieces));
    } finally {
      stream.destroy();
    }
  }
  return null;
}

/** The archive's directory, judged before one byte of it is unpacked. */
async function openZip(whole: Buffer): Promise<{ zip: ZipFile; files: Entry[] } | Refusal> {
  const files: Entry[] = [];
  let sizeBytes = 0;
  try {
    const zip = await fromBufferPromise(whole, { lazyEntries: true, decodeStrings: false });
    if (zip.entryCount > MOST_ZIP_ENTRIES)
      return bad(`压缩包里有 ${zip.entryCount} 个文件，支付宝账单只有两个，请重新下载。`);
    for await (const entry of zip.eachEntry()) {
      if (entry.isEncrypted()) return bad('压缩包加了密码，请上传没有密码的账单。');
      if (entry.uncompressedSize === 0) continue;
      sizeBytes += entry.uncompressedSize;
      const bursts =
        entry.uncompressedSize > entry.compressedSize * MOST_SHRINKING && sizeBytes > MOST_TITLE_CHARS * 64;
      if (bursts || sizeBytes > MOST_UNZIPPED_BYTES) return bad('压缩包解开后过大，不像账单，没有解开。');
      files.push(entry);
    }
    return files.length === 0 ? bad('压缩包是空的，请重新下载。') : { zip, files };
  } catch {
    return bad('压缩包已损坏，请重新下载。');
  }
}

async function collect(pieces: AsyncIterable<Uint8Array>): Promise<Buffer | Refusal> {
  const kept: Uint8Array[] = [];
  let lengthBytes = 0;
  for await (const piece of pieces) {
    lengthBytes += piece.length;
    if (lengthBytes > MOST_ZIP_BYTES) return bad('压缩包太大，最多 64 MB，请按天下载。');
    kept.push(piece);
  }
  return Buffer.concat(kept);
}

/** The first line, split off; the encoding is UTF-8 where the beginning is, else GB18030. A wrong byte throws. */
async function openText(bytes: AsyncGenerator<Uint8Array>): Promise<BillText> {
  const text = decoded(bytes);
  let title = '';
  let rest = '';
  while (title === '') {
    const { done, value } = await text.next();
    rest += done ? '\n' : value;
    const end = rest.indexOf('\n');
    if (end >= 0 || rest.length > MOST_TITLE_CHARS) {
      title = rest.slice(0, end < 0 ? undefined : end).trim();
      rest = end < 0 ? '' : rest.slice(end + 1);
      break;
    }
  }
  return {
    title,
    async *rest() {
      if (rest !== '') yield rest;
      yield* text;
    },
  };
}

async function* decoded(bytes: AsyncGenerator<Uint8Array>): AsyncGenerator<string, string> {
  let decoder: TextDecoder | undefined;
  for await (const piece of bytes) {
    decoder ??= new TextDecoder(isUtf8(piece) ? 'utf-8' : 'gb18030', { fatal: true });
    const text = decoder.decode(piece, { stream: true });
    if (text !== '') yield text;
  }
  const last = decoder?.decode() ?? '';
  if (last !== '') yield last;
  return '';
}

function isUtf8(head: Uint8Array): boolean {
  try {
    // The end of the probe may cut a character: streaming takes half of one.
    new TextDecoder('utf-8', { fatal: true }).decode(head.subarray(0, PROBE_BYTES), { stream: true });
    return true;
  } catch {
    return false;
  }
}

/** At least as many bytes as the probe looks at, where there are so many. */
async function readHead(pieces: AsyncIterator<Uint8Array>): Promise<Buffer> {
  const kept: Uint8Array[] = [];
  for (let lengthBytes = 0; lengthBytes < PROBE_BYTES;) {
    const next = await pieces.next();
    if (next.done === true) break;
    kept.push(next.value);
    lengthBytes += next.value.length;
  }
  return Buffer.concat(kept);
}

async function* piecesOf(head: Uint8Array, pieces: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  if (head.length > 0) yield head;
  for (let next = await pieces.next(); !next.done; next = await pieces.next()) yield next.value;
}
