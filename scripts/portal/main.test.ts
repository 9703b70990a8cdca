import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';

const folder = fileURLToPath(new URL('.', import.meta.url));
let dataDir: string;
const children: ChildProcess[] = [];

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'portal-'));
});
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});
afterAll(async () => {
  await rm(dataDir, { recursive: true, force: true });
});

async function start(): Promise<{ child: ChildProcess; url: string }> {
  const child = spawn(process.execPath, ['--import', 'tsx', join(folder, 'main.ts')], {
    cwd: join(folder, '..'),
    env: { ...process.env, PORT: '0', DATA_DIR: dataDir, NODE_OPTIONS: '' },
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  children.push(child);
  if (!child.stdout) throw new Error('no standard output');
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  const ready = JSON.parse(line) as { ready: boolean; url: string };
  expect(ready.ready).toBe(true);
  return { child, url: ready.url };
}

const keyOf = async (url: string): Promise<string | undefined> => {
  const { keys } = (await (await fetch(`${url}/oidc/jwks`)).json()) as { keys: { kid: string; d?: string }[] };
  expect(keys[0]?.d).toBeUndefined();
  return keys[0]?.kid;
};

describe('the portal as a process', () => {
  it('says one line when it is ready, keeps its keys over a restart, and ends on SIGTERM', async () => {
    const first = await start();
    const kid = await keyOf(first.url);
    first.child.kill('SIGTERM');
    expect((await once(first.child, 'exit'))[0]).toBe(0);
    const second = await start();
    expect(await keyOf(second.url)).toBe(kid);
    expect((await stat(join(dataDir, 'portal-keys.json'))).mode & 0o077).toBe(0);
  });

  it('ends when its parent lets go of it', async () => {
    const { child } = await start();
    child.stdin?.end();
    expect((await once(child, 'exit'))[0]).toBe(0);
  });
});
