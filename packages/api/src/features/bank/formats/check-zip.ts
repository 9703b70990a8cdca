import { type Entry, type LocalFileHeader, type ZipFile, open } from 'yauzl';
import { StatementFault } from './statement-fault.js';

/** A sheet with its styles and texts has some twenty entries. */
const MOST_ENTRIES = 200;
/** A million rows of twelve columns, unpacked, are some 700 MB; they lie on the disk meanwhile. */
const MOST_BYTES = 1_024 * 1_024 * 1_024;
/** Texts that cells share: those of a million rows are some 180 MB. */
const MOST_SHARED_BYTES = 256 * 1_024 * 1_024;
/** Styles, relations and the rest become objects in memory: a bank's workbook has some kilobytes of them. */
const MOST_OTHER_BYTES = 8 * 1_024 * 1_024;
/** A sheet's cell holds 32,767 characters; between two tags there is never more. */
const MOST_UNTAGGED_BYTES = 512 * 1_024;
/** Sheets pack to a tenth, repetitive ones to a fiftieth; bombs to a thousandth. */
const MOST_RATIO = 120;
/** Small files pack as they like. */
const RATIO_FROM_BYTES = 1_024 * 1_024;
/** Behind an entry: its descriptor. More could hide an entry that the directory does not name. */
const MOST_GAP_BYTES = 24;
/** Between the directory and the end: what a large archive says of itself. */
const MOST_END_BYTES = 76;
const END_BYTES = 22;
const LESS_THAN = 0x3c;

/**
 * Refuses a zip that would not stay small when unpacked: judged by its directory, by the bytes that each entry really
 * gives, and by there being nothing that the directory does not name: what another reader would find there must be the same.
 */
export async function checkZip(file: string): Promise<void> {
  const zip = await openZip(file);
  try {
    const directoryAt = Number(zip.readEntryCursor);
    const entries = await entriesOf(zip);
    checkSizes(entries);
    await checkPlaces(zip, entries, directoryAt);
    for (const entry of entries) await checkEntry(zip, entry);
  } finally {
    zip.close();
  }
}

function openZip(file: string): Promise<ZipFile> {
  return new Promise((resolve, reject) => {
    open(file, { lazyEntries: true, autoClose: false, validateEntrySizes: true }, (error, zip) => {
      if (error) reject(broken());
      else resolve(zip);
    });
  });
}

function entriesOf(zip: ZipFile): Promise<Entry[]> {
  if (zip.entryCount > MOST_ENTRIES) return Promise.reject(bomb(`里面有 ${zip.entryCount} 个文件`));
  return new Promise((resolve, reject) => {
    const entries: Entry[] = [];
    zip.on('entry', (entry: Entry) => {
      entries.push(entry);
      zip.readEntry();
    });
    zip.on('end', () => resolve(entries));
    zip.on('error', () => reject(broken()));
    zip.readEntry();
  });
}

function checkSizes(entries: readonly Entry[]): void {
  let total = 0;
  for (const entry of entries) {
    if (entry.isEncrypted()) throw new StatementFault('ZIP_ENCRYPTED', '文件有密码，请先去掉密码再导入。');
    total += entry.uncompressedSize;
    const ratio = entry.uncompressedSize / Math.max(1, entry.compressedSize);
    if (entry.uncompressedSize > RATIO_FROM_BYTES && ratio > MOST_RATIO) throw bomb('压缩得不合情理');
    const isSheet = /^xl\/worksheets\/[^/]+\.xml$/.test(entry.fileName);
    const isRead = !isSheet && /\.(?:xml|rels)$/i.test(entry.fileName);
    const mostBytes = entry.fileName === 'xl/sharedStrings.xml' ? MOST_SHARED_BYTES : MOST_OTHER_BYTES;
    if (isRead && entry.uncompressedSize > mostBytes) throw bomb('解开后太大');
  }
  if (total > MOST_BYTES) throw bomb('解开后太大');
  if (!entries.some((entry) => entry.fileName === 'xl/workbook.xml')) {
    throw new StatementFault('XLSX_BROKEN', '不是 XLSX 表格，请检查文件，或换一个模板。');
  }
}

/** Entries follow each other, then comes the directory: without a hole, and without lying over each other. */
async function checkPlaces(zip: ZipFile, entries: readonly Entry[], directoryAt: number): Promise<void> {
  let expected = 0;
  for (const entry of [...entries].sort((a, b) => a.relativeOffsetOfLocalHeader - b.relativeOffsetOfLocalHeader)) {
    checkGap(entry.relativeOffsetOfLocalHeader - expected, MOST_GAP_BYTES);
    const header = await zip.readLocalFileHeaderPromise(entry).catch(() => Promise.reject(broken()));
    if (!saysTheSame(header, entry)) throw bomb('内部结构不正常');
    expected = header.fileDataStart + entry.compressedSize;
  }
  checkGap(directoryAt - expected, MOST_GAP_BYTES);
  checkGap(zip.fileSize - END_BYTES - zip.comment.length - Number(zip.readEntryCursor), MOST_END_BYTES);
}

function checkGap(bytes: number, mostBytes: number): void {
  if (bytes < 0 || bytes > mostBytes) throw bomb('内部结构不正常');
}

const HAS_DESCRIPTOR = 8;

/** Sizes may stand behind an entry instead; then only a packed one says by itself where it ends. */
function saysTheSame(header: LocalFileHeader, entry: Entry): boolean {
  const isSizedBehind = (header.generalPurposeBitFlag & HAS_DESCRIPTOR) !== 0 && header.compressedSize === 0;
  return (
    header.compressionMethod === entry.compressionMethod &&
    header.fileName.equals(entry.fileNameRaw) &&
    (header.compressedSize === entry.compressedSize || (isSizedBehind && entry.compressionMethod !== 0))
  );
}

/** yauzl ends a stream with an error where it gives another number of bytes than the directory says. */
async function checkEntry(zip: ZipFile, entry: Entry): Promise<void> {
  if (entry.compressionMethod !== 0) await eachPiece(zip, { entry, decodeFileData: false }, withoutHiddenEntry());
  const isXml = /\.(?:xml|rels)$/i.test(entry.fileName);
  await eachPiece(zip, { entry, decodeFileData: true }, isXml ? withoutEndlessText() : () => undefined);
}

async function eachPiece(
  zip: ZipFile,
  { entry, decodeFileData }: { entry: Entry; decodeFileData: boolean },
  check: (piece: Buffer) => void,
): Promise<void> {
  try {
    const options = decodeFileData ? {} : { decodeFileData };
    for await (const piece of await zip.openReadStreamPromise(entry, options)) check(piece as Buffer);
  } catch (error) {
    throw error instanceof StatementFault ? error : broken();
  }
}

/** Readers of a stream look for a descriptor within the packed bytes: an entry right behind one would be read by them alone. */
function withoutHiddenEntry(): (piece: Buffer) => void {
  let before: Buffer = Buffer.alloc(0);
  return (piece) => {
    const bytes = Buffer.concat([before, piece]);
    for (let at = bytes.indexOf(DESCRIPTOR); at >= 0; at = bytes.indexOf(DESCRIPTOR, at + 1)) {
      const behind = at + DESCRIPTOR_BYTES;
      if (bytes.subarray(behind, behind + ENTRY.length).equals(ENTRY)) throw bomb('内部结构不正常');
    }
    before = bytes.subarray(Math.max(0, bytes.length - DESCRIPTOR_BYTES - ENTRY.length + 1));
  };
}

const DESCRIPTOR = Buffer.from('PK\u0007\u0008');
const DESCRIPTOR_BYTES = 16;
const ENTRY = Buffer.from('PK\u0003\u0004');

/** A reader of XML keeps a text until it ends. */
function withoutEndlessText(): (piece: Buffer) => void {
  let untagged = 0;
  return (piece) => {
    const [first, last] = [piece.indexOf(LESS_THAN), piece.lastIndexOf(LESS_THAN)];
    let longest = untagged + (first < 0 ? piece.length : first);
    // Pieces are of 64 kB at most: between two tags of one there is less.
    untagged = first < 0 ? longest : piece.length - last;
    longest = Math.max(longest, untagged);
    if (longest > MOST_UNTAGGED_BYTES) {
      throw new StatementFault('ROW_TOO_LONG', '有一格的文字没有尽头，不像银行流水，请检查文件是否正确。');
    }
  };
}

function broken(): StatementFault {
  return new StatementFault('XLSX_BROKEN', 'XLSX 文件打不开，可能被截断或损坏，请重新下载。');
}

function bomb(what: string): StatementFault {
  return new StatementFault('ZIP_BOMB', `这个 XLSX ${what}，出于安全不予读取，请重新导出或改用 CSV。`);
}
