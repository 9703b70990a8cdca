import { type Entry, type ZipFile, open } from 'yauzl';
import { StatementFault } from './statement-fault.js';

/** A sheet with its styles and texts has some twenty entries. */
const MOST_ENTRIES = 200;
/** A million rows of a statement, unpacked. Texts that all cells share are held in memory: they are a part of this. */
const MOST_BYTES = 512 * 1_024 * 1_024;
/** Sheets pack to a tenth, repetitive ones to a fiftieth; bombs to a thousandth. */
const MOST_RATIO = 120;
/** Small files pack as they like. */
const RATIO_FROM_BYTES = 1_024 * 1_024;
/** Between two entries: a descriptor of the one before. More would hide an entry that the directory does not name. */
const MOST_GAP_BYTES = 4_096;
const LOCAL_HEADER_BYTES = 30;

/**
 * Refuses a zip that would not stay small when unpacked: judged by its directory, by the bytes that each entry really
 * gives, and by there being nothing that the directory does not name.
 */
export async function checkZip(file: string): Promise<void> {
  const zip = await openZip(file);
  try {
    const entries = await entriesOf(zip);
    checkSizes(entries);
    checkPlaces(entries);
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
  }
  if (total > MOST_BYTES) throw bomb('解开后太大');
  if (!entries.some((entry) => entry.fileName === 'xl/workbook.xml')) {
    throw new StatementFault('XLSX_BROKEN', '不是 XLSX 表格，请检查文件，或换一个模板。');
  }
}

/** Entries follow each other without a hole and without lying over each other. */
function checkPlaces(entries: readonly Entry[]): void {
  let expected = 0;
  for (const entry of [...entries].sort((a, b) => a.relativeOffsetOfLocalHeader - b.relativeOffsetOfLocalHeader)) {
    const gap = entry.relativeOffsetOfLocalHeader - expected;
    if (gap < 0 || gap > MOST_GAP_BYTES) throw bomb('内部结构不正常');
    expected = entry.relativeOffsetOfLocalHeader + LOCAL_HEADER_BYTES + entry.fileNameLength + entry.compressedSize;
  }
}

/** yauzl ends a stream with an error where it gives another number of bytes than the directory says. */
function checkEntry(zip: ZipFile, entry: Entry): Promise<void> {
  return new Promise((resolve, reject) => {
    zip.openReadStream(entry, (error, stream) => {
      if (error) {
        reject(broken());
        return;
      }
      stream.on('data', () => undefined);
      stream.on('end', () => resolve());
      stream.on('error', () => reject(broken()));
    });
  });
}

function broken(): StatementFault {
  return new StatementFault('XLSX_BROKEN', 'XLSX 文件打不开，可能被截断或损坏，请重新下载。');
}

function bomb(what: string): StatementFault {
  return new StatementFault('ZIP_BOMB', `这个 XLSX ${what}，出于安全不予读取，请重新导出或改用 CSV。`);
}
