import type { RoleName } from '../../kernel/authority.js';
import { hidesInLine } from '../../kernel/command-input.js';
import { derivedId } from '../../kernel/ids.js';
import { type Refusal, refuse } from '../../kernel/refusal.js';

/** What a file is, by its bytes and not by its name. */
export type FileKind = 'pdf' | 'png' | 'jpeg' | 'csv' | 'txt' | 'xml' | 'json' | 'xlsx' | 'zip';

interface Kind {
  readonly contentType: string;
  /** In the words of a person who looks at a folder. */
  readonly label: string;
  readonly extensions: readonly string[];
}

const KINDS: Readonly<Record<FileKind, Kind>> = {
  pdf: { contentType: 'application/pdf', label: 'PDF 文档', extensions: ['pdf'] },
  png: { contentType: 'image/png', label: 'PNG 图片', extensions: ['png'] },
  jpeg: { contentType: 'image/jpeg', label: 'JPEG 图片', extensions: ['jpg', 'jpeg'] },
  // What many banks call .xls is a text with tabs.
  csv: { contentType: 'text/csv', label: 'CSV 表格', extensions: ['csv', 'xls'] },
  txt: { contentType: 'text/plain', label: '文本', extensions: ['txt'] },
  xml: { contentType: 'application/xml', label: 'XML 文件', extensions: ['xml'] },
  json: { contentType: 'application/json', label: 'JSON 文件', extensions: ['json'] },
  xlsx: {
    contentType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    label: 'Excel 表格（.xlsx）',
    extensions: ['xlsx'],
  },
  zip: { contentType: 'application/zip', label: 'zip 压缩包', extensions: ['zip'] },
};

interface Purpose {
  readonly kinds: readonly FileKind[];
  readonly mostBytes: number;
  /** Who may bring one over HTTP; nobody where only the zone itself stores them. */
  readonly uploaders: readonly RoleName[];
}

const MEGABYTE = 1_024 * 1_024;
/** A scanned voucher is 1 to 5 MB; twenty are a thick contract. */
const PAPERS = { kinds: ['pdf', 'png', 'jpeg'], mostBytes: 20 * MEGABYTE } as const;
/** A year of a busy account: a million lines of some 200 bytes, and room to spare. */
const TABLES = { kinds: ['csv', 'xlsx', 'xml', 'zip', 'txt'], mostBytes: 512 * MEGABYTE } as const;

const PURPOSES = {
  evidence: { ...PAPERS, uploaders: ['fund-maker', 'fund-checker'] },
  agreement: { ...PAPERS, uploaders: ['fund-maker', 'fund-checker'] },
  receipt: { ...PAPERS, uploaders: ['fund-maker', 'fund-checker'] },
  statement: { ...TABLES, uploaders: ['fund-maker', 'fund-checker'] },
  bill: { ...TABLES, uploaders: ['fund-maker', 'fund-checker', 'operator'] },
  /** Made from a frozen pack by the zone. */
  disclosure: { kinds: ['pdf', 'xlsx', 'json'], mostBytes: 64 * MEGABYTE, uploaders: [] },
} as const satisfies Record<string, Purpose>;

export type FilePurpose = keyof typeof PURPOSES;

export function isFilePurpose(text: unknown): text is FilePurpose {
  return typeof text === 'string' && Object.hasOwn(PURPOSES, text);
}

export function mostBytesOf(purpose: FilePurpose): number {
  return PURPOSES[purpose].mostBytes;
}

export function uploadersOf(purpose: FilePurpose): readonly RoleName[] {
  return PURPOSES[purpose].uploaders;
}

/** A browser may show these by itself; anything else is only ever saved. */
export function shownInline(contentType: string): boolean {
  return (['pdf', 'png', 'jpeg'] as const).some((kind) => KINDS[kind].contentType === contentType);
}

const LONGEST_NAME = 120;

/** The name without the folders before it, fit for a list and for a saved file; or why not. */
export function checkFileName(given: string): string | Refusal {
  const name = (given.normalize('NFC').split(/[/\\]/).at(-1) ?? '').trim();
  if (name === '' || /^\.+$/.test(name)) return refuse('FILE_NAME', '请给文件起一个名字。', { path: 'name' });
  if ([...name].length > LONGEST_NAME) {
    return refuse('FILE_NAME', `文件名最多 ${LONGEST_NAME} 个字，请改短后再上传。`, { path: 'name' });
  }
  // Direction marks among them turn `fdp.exe` into `exe.pdf` before the reader's eyes.
  if (hidesInLine(name)) {
    return refuse('FILE_NAME', '文件名里有不能显示的字符，请重命名后再上传。', { path: 'name' });
  }
  return name;
}

/** The same bytes by the same person for the same purpose are one file. */
export function fileIdOf(file: {
  readonly uploadedBy: string;
  readonly purpose: string;
  readonly sha256: string;
}): string {
  return derivedId('file', file.uploadedBy, file.purpose, file.sha256);
}

/** Enough for every signature and for a look whether a text is one. */
export const HEAD_BYTES = 4_096;

/** What the first bytes (and, among the packed and plain kinds, the name) say the file is; or why it is not taken. */
export function kindOf(
  purpose: FilePurpose,
  file: { name: string; head: Uint8Array },
): { contentType: string } | Refusal {
  const allowed: readonly FileKind[] = PURPOSES[purpose].kinds;
  const extension = /\.([^.]+)$/.exec(file.name)?.[1]?.toLowerCase() ?? '';
  if (starts(file.head, [0xd0, 0xcf, 0x11, 0xe0])) {
    return notTaken(
      '这是旧版 Office 文件（.xls 或 .doc），或加了密码的表格，请在 Excel 里另存为不加密的 .xlsx 后再上传。',
    );
  }
  if (isPageOfTable(file.head)) {
    return notTaken('这是网页格式的表格，只是文件名像 Excel，请用 Excel 打开，另存为 .xlsx 后再上传。');
  }
  const seen = seenIn(file.head, extension);
  const words = allowed.map((kind) => KINDS[kind].label).join('、');
  if (seen === null) return notTaken(`看不出这是什么文件。这里可以上传：${words}。`);
  if (!allowed.includes(seen)) return notTaken(`这是${KINDS[seen].label}，这里可以上传：${words}。`);
  if (!KINDS[seen].extensions.includes(extension)) {
    return notTaken(`文件名以“.${extension}”结尾，内容却是${KINDS[seen].label}，请核对后重新选择文件。`);
  }
  return { contentType: KINDS[seen].contentType };
}

function notTaken(message: string): Refusal {
  return refuse('FILE_KIND', message, { path: 'file' });
}

function seenIn(head: Uint8Array, extension: string): FileKind | null {
  if (starts(head, [0x25, 0x50, 0x44, 0x46, 0x2d])) return 'pdf';
  if (starts(head, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) return 'png';
  if (starts(head, [0xff, 0xd8, 0xff])) return 'jpeg';
  // A workbook is a packed folder; which of the two it is meant to be, only the name tells before it is unpacked.
  if (starts(head, [0x50, 0x4b, 3, 4]) || starts(head, [0x50, 0x4b, 5, 6]))
    return extension === 'xlsx' ? 'xlsx' : 'zip';
  if (!isText(head)) return null;
  const plain = (['csv', 'txt', 'xml', 'json'] as const).find((kind) => KINDS[kind].extensions.includes(extension));
  return plain ?? 'txt';
}

/** HTML, or the XML of Excel 2003: both are downloaded under names of tables, and neither has rows that we read. */
function isPageOfTable(head: Uint8Array): boolean {
  const text = new TextDecoder('latin1').decode(head.filter((byte) => byte !== 0));
  return (
    /^[^<]{0,8}<(?:!doctype html|html|head|meta|style|table)[\s>]/i.test(text) ||
    /urn:schemas-microsoft-com:office:(?:spreadsheet|excel)/i.test(text)
  );
}

/** UTF-8 and GB18030 texts hold no zero bytes; a text in UTF-16 says so in its first two. */
function isText(head: Uint8Array): boolean {
  const isUtf16 = starts(head, [0xff, 0xfe]) || starts(head, [0xfe, 0xff]);
  return isUtf16 || !head.includes(0);
}

function starts(head: Uint8Array, signature: readonly number[]): boolean {
  return head.length >= signature.length && signature.every((byte, index) => head[index] === byte);
}

export function tooLarge(purpose: FilePurpose): Refusal {
  const mostMegabytes = mostBytesOf(purpose) / MEGABYTE;
  return refuse('FILE_TOO_LARGE', `文件太大，最多 ${mostMegabytes} MB，请压缩或分成几个文件后再上传。`, {
    path: 'file',
  });
}
