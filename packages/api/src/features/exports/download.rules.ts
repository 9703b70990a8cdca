/** What is given to somebody as a file to save. */
export interface Download {
  readonly fileName: string;
  readonly kind: 'csv' | 'xlsx' | 'pdf' | 'json';
}

const TYPES: Readonly<Record<Download['kind'], string>> = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  pdf: 'application/pdf',
  json: 'application/json; charset=utf-8',
};

const LONGEST_NAME = 100;

/**
 * The headers that make a browser save it, under its Chinese name (RFC 6266; old clients get a plain one). `fileName`
 * comes without an ending. Nobody in between may keep it.
 */
export function downloadHeaders({ fileName, kind }: Download): Readonly<Record<string, string>> {
  const name = `${safeName(fileName)}.${kind}`;
  return {
    'content-type': TYPES[kind],
    'content-disposition': `attachment; filename="export.${kind}"; filename*=UTF-8''${encodeExtended(name)}`,
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; sandbox",
    'cache-control': 'private, no-store',
  };
}

/** Without what no file system takes, and without marks that would show the name in another order than it is. */
function safeName(fileName: string): string {
  const plain = fileName.normalize('NFC').replace(/[\\/:*?"<>|]|\p{Cc}|\p{Cf}|\p{Zl}|\p{Zp}|\p{Cs}/gu, ' ');
  return [...plain.replace(/\s+/g, ' ').trim()].slice(0, LONGEST_NAME).join('') || '导出';
}

/** RFC 8187: also the four signs that the usual encoding leaves as they are. */
function encodeExtended(text: string): string {
  return encodeURIComponent(text).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}
