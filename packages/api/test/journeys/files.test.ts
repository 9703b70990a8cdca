import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { fileReaders } from '../../src/features/files/index.js';
import { startWorld, type World } from '../world.js';

const PDF = Buffer.from('%PDF-1.7\n使用凭证\n%%EOF\n');

let world: World;
beforeAll(async () => {
  world = await startWorld('files');
});
afterAll(() => world.stop());

async function headers(who: string | null): Promise<Record<string, string>> {
  return who === null ? {} : { authorization: `Bearer ${await world.portal.token(who)}` };
}

async function upload(who: string | null, query: string, body: BodyInit = PDF, type = 'application/octet-stream') {
  return await fetch(`${world.url}/files?${query}`, {
    method: 'POST',
    headers: { 'content-type': type, ...(await headers(who)) },
    body,
  });
}

async function read(who: string | null, path: string, more: Record<string, string> = {}): Promise<Response> {
  return await fetch(`${world.url}/files/${path}`, { headers: { ...(await headers(who)), ...more } });
}

const NAMED = `purpose=evidence&name=${encodeURIComponent('验收单 10月.pdf')}`;

describe('a file over HTTP', () => {
  it('comes in, is one file when sent twice, and goes out as it was', async () => {
    const [one, two] = await Promise.all([upload('fund-maker', NAMED), upload('fund-maker', NAMED)]);
    const file = (await one?.json()) as Record<string, unknown>;
    expect(one?.status).toBe(200);
    expect(file).toMatchObject({ name: '验收单 10月.pdf', contentType: 'application/pdf', sizeBytes: PDF.length });
    expect(((await two?.json()) as { id: string }).id).toBe(file['id']);

    const shown = await read('auditor', String(file['id']));
    expect(Buffer.from(await shown.arrayBuffer())).toEqual(PDF);
    expect(shown.headers.get('content-type')).toBe('application/pdf');
    expect(shown.headers.get('content-length')).toBe(String(PDF.length));
    expect(shown.headers.get('x-content-type-options')).toBe('nosniff');
    expect(shown.headers.get('content-security-policy')).toContain('sandbox');
    expect(shown.headers.get('content-disposition')).toBe(
      `inline; filename="file.pdf"; filename*=UTF-8''${encodeURIComponent('验收单 10月.pdf')}`,
    );
    expect((await read('auditor', `${String(file['id'])}?download=1`)).headers.get('content-disposition')).toMatch(
      /^attachment/,
    );
    const again = await read('auditor', String(file['id']), {
      // The client's own caution, which would ask for the bytes in any case, is set aside.
      ...{ 'if-none-match': `"${String(file['sha256'])}"`, 'cache-control': 'max-age=0' },
    });
    expect(again.status).toBe(304);
  });

  it('is never shown by the browser where it is a table', async () => {
    const table = await upload('operator', 'purpose=bill&name=a.csv', '<script>alert(1)</script>');
    const { id } = (await table.json()) as { id: string };
    const response = await read('operator', id);
    expect(response.headers.get('content-disposition')).toMatch(/^attachment/);
    expect(response.headers.get('content-type')).toMatch(/^text\/csv/);
  });

  it('is read by those who may, and by those a feature lets', async () => {
    const { id } = (await (await upload('fund-maker', NAMED)).json()) as { id: string };
    const statuses = async (): Promise<number[]> => {
      const people = ['fund-checker', 'auditor', 'member', 'operator', 'supplier', null];
      return await Promise.all(people.map(async (who) => (await read(who, id)).status));
    };
    expect(await statuses()).toEqual([200, 200, 404, 404, 404, 401]);
    fileReaders.fill(world.zone.base, [async (_base, _actor, file) => file.fileId === id]);
    expect(await statuses()).toEqual([200, 200, 200, 200, 200, 200]);
    fileReaders.fill(world.zone.base, []);
    expect((await read('auditor', 'nobody')).status).toBe(404);
  });

  it.each([
    ['without a token', null, NAMED, 'application/octet-stream', 401, 'SIGNED_OUT'],
    ['by a member', 'member', NAMED, 'application/octet-stream', 403, 'NOT_ALLOWED'],
    ['as a form', 'fund-maker', NAMED, 'multipart/form-data', 415, 'CONTENT_TYPE'],
    ['for an unknown purpose', 'fund-maker', 'purpose=x&name=a.pdf', 'application/octet-stream', 400, 'BAD_REQUEST'],
    [
      'for what only the zone stores',
      'fund-maker',
      'purpose=disclosure&name=a.pdf',
      'application/octet-stream',
      403,
      'NOT_ALLOWED',
    ],
    ['of another kind', 'fund-maker', 'purpose=evidence&name=a.exe', 'application/octet-stream', 415, 'FILE_KIND'],
  ])('is refused %s', async (_what, who, query, type, status, code) => {
    const response = await upload(who, query, query.includes('exe') ? 'MZ\0\0' : PDF, type);
    expect([response.status, (await response.json()) as object]).toMatchObject([status, { code }]);
  });

  it('that is too large is refused in words while it comes, and the connection goes on', async () => {
    const big = Buffer.concat([PDF, Buffer.alloc(21 * 1_048_576)]);
    const response = await upload('fund-maker', NAMED, big);
    expect([response.status, (await response.json()) as object]).toMatchObject([413, { code: 'FILE_TOO_LARGE' }]);
    expect((await upload('fund-maker', NAMED)).status).toBe(200);
  });

  it('leaves nothing when its sender goes away', async () => {
    const { db } = world.zone.base;
    const count = async (): Promise<number> => await db.collection('fileBytes.chunks').countDocuments();
    const before = await count();
    const sending = request(`${world.url}/files?${NAMED}`, {
      method: 'POST',
      headers: {
        ...{ 'content-type': 'application/octet-stream', 'content-length': 9_000_000 },
        ...(await headers('fund-maker')),
      },
    });
    sending.on('error', () => undefined);
    sending.write(Buffer.concat([PDF, Buffer.alloc(3_000_000)]));
    for (let tries = 0; tries < 200 && (await count()) === before; tries += 1)
      await new Promise((go) => setTimeout(go, 10));
    expect(await count()).toBeGreaterThan(before);
    sending.destroy();
    for (let tries = 0; tries < 200 && (await count()) > before; tries += 1)
      await new Promise((go) => setTimeout(go, 10));
    expect(await count()).toBe(before);
  });
});
