import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import yazl from 'yazl';
import { checkZip } from './check-zip.js';

const LOCAL_HEADER_BYTES = 30;
const BOOK = { 'xl/workbook.xml': Buffer.from('<workbook/>') };
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'aixin-check-zip-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function zipOf(files: Record<string, Buffer>, options: Partial<yazl.Options> = {}): Promise<Buffer> {
  const zip = new yazl.ZipFile();
  for (const [name, bytes] of Object.entries(files)) zip.addBuffer(bytes, name, { compress: false, ...options });
  zip.end();
  const pieces: Buffer[] = [];
  for await (const piece of zip.outputStream) pieces.push(piece as Buffer);
  return Buffer.concat(pieces);
}

/** Null when the archive is taken. */
async function whyNot(bytes: Buffer): Promise<string | null> {
  const file = join(folder, 'one.xlsx');
  writeFileSync(file, bytes);
  return await checkZip(file).then(
    () => null,
    (error: unknown) => (error as { code: string }).code,
  );
}

/** The archive with some bytes of it written over. */
function changed(bytes: Buffer, change: (copy: Buffer) => void): Buffer {
  const copy = Buffer.from(bytes);
  change(copy);
  return copy;
}

describe('an archive', () => {
  it('is taken as it is usually written', async () => {
    const texts = Buffer.from('<sst>'.repeat(1_000));
    expect(await whyNot(await zipOf({ ...BOOK, 'xl/sharedStrings.xml': texts }))).toBeNull();
    expect(await whyNot(await zipOf({ ...BOOK, 'xl/sharedStrings.xml': texts }, { compress: true }))).toBeNull();
  });

  it('is refused where an entry’s own head says another thing than the directory', async () => {
    const whole = await zipOf({ ...BOOK, 'xl/junk.bin': randomBytes(5_000) });
    const name = whole.indexOf('xl/junk.bin');
    const head = name - LOCAL_HEADER_BYTES;
    expect(await whyNot(whole)).toBeNull();
    for (const one of [
      changed(whole, (copy) => copy.writeUInt16LE(8, head + 8)),
      changed(whole, (copy) => copy.writeUInt32LE(1, head + 18)),
      changed(whole, (copy) => {
        copy.writeUInt16LE(8, head + 6);
        copy.writeUInt32LE(0, head + 18);
      }),
      changed(whole, (copy) => copy.write('xl/junk.xml', name)),
    ]) {
      expect(await whyNot(one)).toBe('ZIP_BOMB');
    }
  });

  it('is refused where something stands that the directory does not name', async () => {
    const whole = await zipOf(BOOK);
    const hidden = (await zipOf({ 'xl/sharedStrings.xml': randomBytes(500) })).subarray(0, 600);
    const directoryAt = whole.readUInt32LE(whole.length - 6);
    const moved = changed(whole, (copy) => copy.writeUInt32LE(directoryAt + hidden.length, copy.length - 6));
    const before = Buffer.concat([moved.subarray(0, directoryAt), hidden, moved.subarray(directoryAt)]);
    expect(await whyNot(before)).toBe('ZIP_BOMB');
    const endAt = whole.length - 22;
    const behind = Buffer.concat([whole.subarray(0, endAt), hidden, whole.subarray(endAt)]);
    expect(await whyNot(behind)).toBe('ZIP_BOMB');
    // Packed bytes that hold what looks like their own end, and another entry behind it.
    const end = [Buffer.from('PK\u0007\u0008'), randomBytes(12)];
    const within = Buffer.concat([...end, Buffer.from('PK\u0003\u0004'), randomBytes(60_000)]);
    const files = { ...BOOK, 'xl/junk.bin': within };
    expect(await whyNot(await zipOf(files, { compress: false }))).toBeNull();
    expect(await whyNot(await zipOf(files, { compress: true }))).toBe('ZIP_BOMB');
  });

  it('may be large in the texts that its cells share, in nothing else that becomes objects in memory', async () => {
    const large = Buffer.from('<x/>'.repeat(2_100_000));
    expect(await whyNot(await zipOf({ ...BOOK, 'xl/sharedStrings.xml': large }))).toBeNull();
    expect(await whyNot(await zipOf({ ...BOOK, 'xl/styles.xml': large }))).toBe('ZIP_BOMB');
    expect(await whyNot(await zipOf({ ...BOOK, 'xl/_rels/workbook.xml.rels': large }))).toBe('ZIP_BOMB');
  });

  it('is refused where a text in it does not end, before it is held', async () => {
    const endless = Buffer.from(`<worksheet><c><v>${randomBytes(400_000).toString('hex')}`);
    expect(await whyNot(await zipOf({ ...BOOK, 'xl/worksheets/sheet1.xml': endless }))).toBe('ROW_TOO_LONG');
  });
});
