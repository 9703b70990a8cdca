import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import type { Actor } from '../../kernel/authority.js';
import type { Base, Context } from '../../kernel/context.js';
import { systemRandom } from '../../kernel/ids.js';
import { createLogger } from '../../kernel/logging.js';
import { isRefusal } from '../../kernel/refusal.js';
import { ensureCollections } from '../../kernel/store.js';
import { type TestDatabase, testDatabase } from '../../../test/mongo.js';
import { fileJobs } from './files.jobs.js';
import {
  type FilePurpose,
  fileReaders,
  mayReadFile,
  openFile,
  readFiles,
  requireFiles,
  type StoredFile,
  uploadFile,
} from './index.js';

const PDF = Buffer.from('%PDF-1.7\n一元捐收据\n%%EOF\n');
const PNG = Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), Buffer.alloc(40, 7)]);
const NOW_MS = Date.parse('2026-11-22T12:00:00+08:00');

let database: TestDatabase;
let base: Base;
let nowMs = NOW_MS;

beforeAll(async () => {
  database = testDatabase('files');
  const db = await database.connect();
  const log = createLogger({ level: 'silent' });
  base = { db, clock: () => nowMs, random: systemRandom, log, stopping: new AbortController().signal };
  await ensureCollections(db);
  maker = context(person('maker', 'fund-maker'));
});
afterAll(() => database.drop());

const person = (memberId: string, ...names: ('fund-maker' | 'operator' | 'auditor' | 'member')[]): Actor => ({
  kind: 'person',
  memberId,
  roles: names.map((name) => ({ name })),
});
const context = (actor: Actor): Context => ({ base, actor, requestId: 'r', log: createLogger({ level: 'silent' }) });
let maker: Context;

async function* pieces(...parts: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  for (const part of parts) yield await Promise.resolve(part);
}

interface Input {
  readonly name?: string;
  readonly purpose?: FilePurpose;
  readonly stream?: AsyncIterable<Uint8Array>;
}
const upload = (input: Input = {}, ctx = maker) =>
  uploadFile(ctx, { name: '凭证.pdf', purpose: 'evidence', stream: pieces(PDF), ...input });

async function stored(input: Input = {}): Promise<StoredFile> {
  const file = await upload(input);
  if (isRefusal(file)) throw new Error(file.message);
  return file;
}

async function bytesIn(stream: Readable): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

/** How much lies in the database: files, pieces of bytes, uploads under way. */
async function lying(): Promise<number[]> {
  const names = ['storedFiles', 'fileBytes.files', 'fileBytes.chunks', 'fileUploads'];
  return await Promise.all(names.map((name) => base.db.collection(name).countDocuments()));
}

describe('a file that was stored', () => {
  it('gives back its bytes and what is known of it, whatever the pieces were', async () => {
    const parts = [...PDF].map((byte) => Buffer.from([byte]));
    const file = await stored({ stream: pieces(...parts) });
    expect(file).toMatchObject({
      ...{ name: '凭证.pdf', contentType: 'application/pdf', purpose: 'evidence', uploadedBy: 'maker' },
      ...{ sizeBytes: PDF.length, sha256: createHash('sha256').update(PDF).digest('hex'), at: new Date(NOW_MS) },
    });
    const opened = await openFile(base, file.fileId);
    expect(opened && (await bytesIn(opened.stream))).toEqual(PDF);
    expect(opened?.meta).toEqual(file);
    expect((await readFiles(base, [file.fileId, 'nobody'])).get(file.fileId)).toEqual(file);
  });

  it('is the same file when the same person brings the same bytes again, also at once', async () => {
    const bytes = Buffer.concat([PDF, Buffer.from('again')]);
    const first = await stored({ stream: pieces(bytes) });
    const before = await lying();
    const more = await Promise.all(
      ['甲.pdf', '乙.pdf', '丙.pdf'].map((name) => stored({ name, stream: pieces(bytes) })),
    );
    expect(new Set(more.map((one) => one.fileId))).toEqual(new Set([first.fileId]));
    expect(more.every((one) => one.name === first.name)).toBe(true);
    expect(await lying()).toEqual(before);
    const other = await upload({ stream: pieces(bytes) }, context(person('other', 'fund-maker')));
    expect(isRefusal(other) || other.fileId).not.toBe(first.fileId);
  });

  it('may be larger than a piece of the store', async () => {
    const big = Buffer.concat([PDF, Buffer.alloc(3_000_001, 5)]);
    const file = await stored({ stream: Readable.from([big.subarray(0, 1_500_000), big.subarray(1_500_000)]) });
    const opened = await openFile(base, file.fileId);
    expect(
      opened &&
        createHash('sha256')
          .update(await bytesIn(opened.stream))
          .digest('hex'),
    ).toBe(file.sha256);
  });
});

describe('an upload that is refused leaves nothing', () => {
  const huge = async function* (): AsyncGenerator<Uint8Array> {
    yield PDF;
    for (let megabyte = 0; megabyte < 21; megabyte += 1) yield await Promise.resolve(Buffer.alloc(1_048_576));
  };
  it.each<[string, string, Input]>([
    ['too large', 'FILE_TOO_LARGE', { stream: huge() }],
    ['empty', 'FILE_EMPTY', { stream: pieces() }],
    ['of unknown bytes', 'FILE_KIND', { stream: pieces(Buffer.from([0, 1, 2, 3])) }],
    ['a page under the name of a document', 'FILE_KIND', { stream: pieces(Buffer.from('<html><script>')) }],
    ['a picture that calls itself a document', 'FILE_KIND', { stream: pieces(PNG) }],
    ['a document where a table belongs', 'FILE_KIND', { purpose: 'statement', name: '对账单.pdf' }],
    [
      'an old workbook',
      'FILE_KIND',
      { purpose: 'statement', name: '对账单.xls', stream: pieces(Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1])) },
    ],
    [
      'a page that calls itself a workbook',
      'FILE_KIND',
      { purpose: 'statement', name: '对账单.xls', stream: pieces(Buffer.from('\ufeff<table border=1><tr><td>日期')) },
    ],
    [
      'a workbook of 2003',
      'FILE_KIND',
      {
        purpose: 'statement',
        name: '对账单.xml',
        stream: pieces(
          Buffer.from('<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">'),
        ),
      },
    ],
    ['a name that is none', 'FILE_NAME', { name: '../..' }],
    ['a name that turns its end around', 'FILE_NAME', { name: '收据\u202efdp.exe' }],
  ])('%s', async (_what, code, input) => {
    const before = await lying();
    expect(await upload(input)).toMatchObject({ code });
    expect(await lying()).toEqual(before);
  });

  it('but a text with tabs is taken whatever a bank calls it', async () => {
    const text = { purpose: 'statement', name: '对账单.xls', stream: pieces(Buffer.from('日期\t金额\n')) } as const;
    expect(await upload(text)).toMatchObject({ contentType: 'text/csv' });
  });

  it('by a sender who goes away', async () => {
    const before = await lying();
    const broken = async function* (): AsyncGenerator<Uint8Array> {
      yield PDF;
      yield Buffer.alloc(2_000_000);
      await Promise.reject(new Error('aborted'));
    };
    await expect(upload({ stream: broken() })).rejects.toThrow('aborted');
    expect(await lying()).toEqual(before);
  });

  it('or by somebody whose role does not bring such files', async () => {
    const before = await lying();
    const operator = context(person('op', 'operator'));
    expect(await upload({}, operator)).toMatchObject({ code: 'NOT_ALLOWED' });
    expect(await upload({}, context(person('a', 'auditor')))).toMatchObject({ code: 'NOT_ALLOWED' });
    expect(await upload({}, context({ kind: 'anonymous' }))).toMatchObject({ code: 'SIGNED_OUT' });
    expect(await lying()).toEqual(before);
    const bill = { purpose: 'bill', name: '账单.csv', stream: pieces(Buffer.from('交易时间,金额\n')) } as const;
    expect(await upload(bill, operator)).toMatchObject({ contentType: 'text/csv' });
  });
});

describe('what the process left that died in an upload', () => {
  it('is swept after some hours, and a whole file is not', async () => {
    const file = await stored({ stream: pieces(PDF, Buffer.from('kept')) });
    const before = await lying();
    await base.db
      .collection('fileUploads')
      .insertOne({ _id: 'aaaaaaaaaaaaaaaaaaaaaaaa' as never, startedAt: new Date(nowMs) });
    const { ObjectId } = base.db.base.mongo;
    await base.db.collection('fileBytes.chunks').insertOne({ files_id: new ObjectId('a'.repeat(24)), n: 0, data: PDF });
    const kept = await base.db.collection('storedFiles').findOne({ _id: file.fileId as never });
    await base.db.collection('fileUploads').insertOne({ _id: kept?.['bytesId'] as never, startedAt: new Date(nowMs) });
    await fileJobs[0]?.run(maker, base.stopping);
    expect(await lying()).not.toEqual(before);
    nowMs += 7 * 3_600_000;
    await fileJobs[0]?.run(maker, base.stopping);
    nowMs = NOW_MS;
    expect(await lying()).toEqual(before);
    const opened = await openFile(base, file.fileId);
    expect(opened && (await bytesIn(opened.stream)).length).toBe(file.sizeBytes);
  });
});

describe('who reads a file', () => {
  it('the fund and the auditor; others by the hook of the feature that keeps it', async () => {
    const receipt = await stored({ purpose: 'receipt', stream: pieces(PDF, Buffer.from('receipt')) });
    const sponsor = person('sponsor', 'member');
    expect(await mayReadFile(base, person('m', 'fund-maker'), receipt)).toBe(true);
    expect(await mayReadFile(base, person('a', 'auditor'), receipt)).toBe(true);
    expect(await mayReadFile(base, sponsor, receipt)).toBe(false);
    fileReaders.fill(base, [
      async (_base, actor, file) =>
        file.purpose === 'receipt' && actor.kind === 'person' && actor.memberId === 'sponsor',
    ]);
    expect(await mayReadFile(base, sponsor, receipt)).toBe(true);
    expect(await mayReadFile(base, { kind: 'anonymous' }, receipt)).toBe(false);
  });
});

describe('a command that takes files', () => {
  it('is told which one is not there, or is there for something else', async () => {
    const { fileId } = await stored();
    const wanted = { purpose: 'evidence', path: 'fileIds' } as const;
    expect(await requireFiles(base, { ...wanted, fileIds: [fileId] })).toBeNull();
    expect(await requireFiles(base, { ...wanted, fileIds: [] })).toBeNull();
    expect(await requireFiles(base, { ...wanted, fileIds: [fileId, 'x'] })).toMatchObject({ path: 'fileIds.1' });
    expect(await requireFiles(base, { ...wanted, purpose: 'receipt', fileIds: [fileId] })).toMatchObject({
      code: 'FILE_UNKNOWN',
    });
  });
});
