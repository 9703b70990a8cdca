import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from '@jest/globals';

const main = fileURLToPath(new URL('main.ts', import.meta.url));
const cwd = fileURLToPath(new URL('..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'provider-main-'));

afterAll(() => rmSync(folder, { recursive: true }));

/** Starts a parent that starts the provider and passes its line on. */
function startUnderParent() {
  const child = `['--import','tsx',${JSON.stringify(main)}]`;
  const code = `require('node:child_process').spawn(process.execPath,${child},{stdio:['ignore','inherit','inherit']});setInterval(()=>{},1e6)`;
  const env = { ...process.env, PORT: '0', DATA_DIR: folder, NOTIFY_URL: 'http://127.0.0.1:1/n' };
  return spawn(process.execPath, ['-e', code], { cwd, env, stdio: ['ignore', 'pipe', 'inherit'] });
}

async function isUp(url: string): Promise<boolean> {
  return fetch(`${url}/health`).then(
    (response) => response.ok,
    () => false,
  );
}

describe('the provider’s process', () => {
  it('says when it is ready, writes the merchant’s variables, and ends when its parent is killed', async () => {
    const parent = startUnderParent();
    const lines = createInterface({ input: parent.stdout });
    const line = await new Promise<string>((resolve) => lines.once('line', resolve));
    const { ready, url, pid } = JSON.parse(line) as { ready: boolean; url: string; pid: number };
    expect(ready).toBe(true);
    expect(await isUp(url)).toBe(true);
    const variables = JSON.parse(readFileSync(join(folder, 'provider.env.json'), 'utf8')) as Record<string, string>;
    expect(variables).toMatchObject({ AIXIN_WECHAT_BASE_URL: url, AIXIN_WECHAT_NOTIFY_URL: 'http://127.0.0.1:1/n' });

    parent.kill('SIGKILL');
    for (let round = 0; round < 100 && (await isUp(url)); round += 1) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    const survived = await isUp(url);
    // A provider that outlives its parent must not outlive this test too.
    if (survived) process.kill(pid, 'SIGKILL');
    expect(survived).toBe(false);
  });
});
