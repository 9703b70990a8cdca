import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { fixture } from '../../proof/test/fixture.js';
import { expectAccessible, expectNoSidewaysScroll, launchChromium, PATIENCE_MS } from './browser.js';

/** The page as a person opens it from a stick: a file, and no network at all. */
let folder: string;
let browser: Browser;
const asked: string[] = [];
const complaints: string[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aixin-verify-'));
  const packageFolder = fileURLToPath(new URL('..', import.meta.url));
  const vite = join(packageFolder, 'node_modules/vite/bin/vite.js');
  await promisify(execFile)(
    process.execPath,
    [vite, 'build', '--mode', 'verify', '--outDir', folder, '--logLevel', 'error'],
    { cwd: packageFolder, env: { ...process.env, NODE_ENV: 'production' } },
  );
  browser = await launchChromium();
});

afterAll(async () => {
  await browser.close();
  await rm(folder, { recursive: true, force: true });
});

const open = async (width = 1280, dark = false): Promise<Page> => {
  const context = await browser.newContext({
    viewport: { width, height: 900 },
    locale: 'zh-CN',
    reducedMotion: 'reduce',
    colorScheme: dark ? 'dark' : 'light',
  });
  await context.setOffline(true);
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  page.on('request', (request) => asked.push(request.url()));
  page.on('console', (message) => ['error', 'warning'].includes(message.type()) && complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(String(error)));
  await page.goto(pathToFileURL(join(folder, 'verify.html')).href);
  return page;
};

const file = (name: string, text: string) => ({ name, mimeType: 'application/json', buffer: Buffer.from(text) });
const drop = (page: Page, ...files: ReturnType<typeof file>[]) => page.setInputFiles('input[type=file]', files);
const result = (page: Page) => page.getByRole('status');

const { proofText, packText, root } = fixture(700, 77);

describe('the page that checks a proof', () => {
  it('is one file that names no other', async () => {
    const page = await readFile(join(folder, 'verify.html'), 'utf8');
    expect(page).not.toMatch(/<script[^>]+src|<link[^>]+href="(?!data:)|\bimport\s*\(|https?:\/\/(?!www\.w3\.org)/);
    expect(page).toContain("default-src 'none'");
  });

  it.each([
    ['a desk', 1280],
    ['a phone', 390],
  ])('holds a proof against its pack, offline, on %s', async (_name, width) => {
    const page = await open(width);
    await expectAccessible(page);
    await drop(page, file('一元钱证明.json', proofText), file('公示.json', packText));
    await result(page).getByRole('heading', { name: '核对无误' }).waitFor();
    expect(await result(page).innerText()).toContain('批次 B202610 第 78 行');
    expect(await result(page).innerText()).toContain('¥1.00');
    await expectAccessible(page);
    await expectNoSidewaysScroll(page);
  });

  it('asks for the root to be compared where nothing else was given, and takes it as people copy it', async () => {
    const page = await open();
    await drop(page, file('p.json', proofText));
    await result(page).getByRole('heading', { name: '证明完好，还差一步' }).waitFor();
    expect((await result(page).innerText()).replace(/\s/g, '')).toContain(root);
    const field = page.getByLabel('公示根（可以不填）');
    await field.fill('12ab');
    await page.getByText('公示根是 64 位的数字和字母').waitFor();
    await field.fill(` ${root.slice(0, 32).toUpperCase()} ${root.slice(32)}`);
    await result(page).getByRole('heading', { name: '核对无误' }).waitFor();
    await field.fill('0'.repeat(64));
    await result(page).getByRole('heading', { name: '不在这份公示里' }).waitFor();
    expect(await result(page).innerText()).toContain('不属于这个公示根');
    expect(await page.locator('.verdict.broken, .steps .red').count()).toBe(0);
  });

  it('names a changed line, a changed path, another pack and a changed pack, in the dark too', async () => {
    const page = await open(390, true);
    const said = async (...files: ReturnType<typeof file>[]): Promise<string> => {
      await drop(page, ...files);
      await result(page).getByRole('heading', { name: '对不上' }).waitFor();
      return result(page).innerText();
    };
    expect(await said(file('proof.json', proofText.replace('"amountFen":100', '"amountFen":900')))).toContain(
      '这一笔的内容被改动过',
    );
    await expectAccessible(page);
    const turned = JSON.parse(proofText) as { lineHash: string };
    expect(await said(file('proof.json', JSON.stringify({ ...turned, lineHash: 'x' })))).toContain('格式不对');
    const other = fixture(700, 77, 'GS20270101-20270331').packText;
    await drop(page, file('proof.json', proofText), file('pack.json', other));
    await result(page).getByRole('heading', { name: '不在这份公示里' }).waitFor();
    expect(await result(page).innerText()).toContain('请换成同一期');
    await expectAccessible(page);
    expect(await said(file('pack.json', packText.replace('"amountFen":70000', '"amountFen":70001')))).toContain(
      '公示文件被改动过',
    );
  });

  it('works by keyboard: takes a file out again and keeps the focus, and says what a strange file is', async () => {
    const page = await open();
    await drop(page, file('photo.json', '{"a":1}'));
    await page.getByRole('alert').getByText('“photo.json”既不是证明文件').waitFor();
    await drop(page, file('pack.json', packText));
    await page.getByText('请再放入要核对的证明文件').waitFor();
    await page.getByRole('button', { name: '取出公示文件' }).press('Enter');
    await page.getByText('放入证明文件后').waitFor();
    expect(await page.evaluate(() => document.querySelector('aixin-verify')?.shadowRoot?.activeElement?.tagName)).toBe(
      'INPUT',
    );
  });

  it('takes the proof out of the address, and fetches the pack that it names by itself', async () => {
    const page = await (await browser.newContext({ locale: 'zh-CN' })).newPage();
    page.setDefaultTimeout(PATIENCE_MS);
    const wanted: string[] = [];
    await page.route('http://zone.test/**', async (route) => {
      const { pathname } = new URL(route.request().url());
      wanted.push(pathname);
      if (pathname === '/help/verify')
        return route.fulfill({ path: join(folder, 'verify.html'), contentType: 'text/html' });
      return route.fulfill({ body: packText, contentType: 'application/json' });
    });
    await page.goto(`http://zone.test/help/verify#proof=${Buffer.from(proofText).toString('base64url')}`);
    await result(page).getByRole('heading', { name: '核对无误' }).waitFor();
    const { packId } = (JSON.parse(proofText) as { pack: { packId: string } }).pack;
    expect(wanted).toEqual(['/help/verify', `/help/disclosure/${packId}.json`]);
    await page.getByRole('button', { name: '取出公示文件' }).click();
    await result(page).getByRole('heading', { name: '证明完好，还差一步' }).waitFor();
    expect(wanted).toHaveLength(2);
    await page.context().close();
  });

  it('has asked the network for nothing, and complained of nothing', () => {
    expect(asked.filter((url) => !url.startsWith('file:') && !url.startsWith('data:'))).toEqual([]);
    expect(complaints).toEqual([]);
  });
});
