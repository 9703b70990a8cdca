// `npm run screenshots [-- --running] [--whole] [--into folder]`: the pictures of every page, taken on the way of a real
// purchase, through the fund's console, and to the proof of a yuan, which is checked; on a demo of its own (or the running
// one). Fails where a page has a console error, a failed request, or scrolls sideways.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import { CHROMIUM_ARGUMENTS, findChromium } from './chromium.mjs';
import { projectRoot } from './project-root.mjs';
import { startDemo } from './run/demo.js';
import { bytesOf, type CameraOptions, openCamera, SCREENS } from './screenshots/camera.js';
import { readDisclosure, walkAsMaker } from './screenshots/fund-walk.js';
import { walkToProof } from './screenshots/proof-walk.js';
import { visit, walkAsMember } from './screenshots/walk.js';

/** All pictures together, in a repository that everybody clones. */
const MAX_TOTAL_BYTES = 4 * 1024 * 1024;
/** Looked at like every page, and not kept among them: others show the same. `--into` keeps all. */
const NOT_KEPT = new Set(['portal-login', 'pay', 'fund-batches', 'fund-bills', 'fund-disclosure', 'sponsor']);
/** Away from the ports of a running demo; a taken one is passed over. */
const PORTS = { portal: 14_000, zone: 14_100, provider: 14_200, database: 14_300 };
/** The first page of people who have one page of their own. */
const FIRST_PAGES = [
  { persona: 'secretary', path: '/branch', name: 'branch', sign: '帮扶情况' },
  { persona: 'fund-checker', path: '/fund', name: 'fund', sign: '基金管理', part: '配捐总览' },
  { persona: 'sponsor', path: '/fund', name: 'sponsor', sign: '我的配捐', part: '配捐协议' },
] as const;

const root = projectRoot();
const { values } = parseArgs({
  options: { running: { type: 'boolean' }, whole: { type: 'boolean' }, into: { type: 'string' } },
});
const isForRepository = values.into === undefined;
const options: CameraOptions = {
  keeps: (name) => !isForRepository || !NOT_KEPT.has(name),
  folder: resolve(values.into ?? join(root, 'docs', 'pictures')),
  wholePages: values.whole === true,
};
const say = (line: string): void => void process.stdout.write(`${line}\n`);

const place = values.running === true ? runningDemo() : await ownDemo();
let stopping: Promise<void> | null = null;
const stop = (): Promise<void> => (stopping ??= place.stop());
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => void stop().finally(() => process.exit(1)));
}
try {
  process.exitCode = (await takeAll(place.portalUrl)) ? 0 : 1;
} catch (error) {
  process.stderr.write(`截图没有完成：${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
} finally {
  await stop();
}

interface Place {
  readonly portalUrl: string;
  stop(): Promise<void>;
}

function runningDemo(): Place {
  const file = join(root, '.aixin', 'data', 'demo.json');
  if (!existsSync(file)) throw new Error('演示没有在运行。请先 npm start，或去掉 --running。');
  const { portalUrl } = JSON.parse(readFileSync(file, 'utf8')) as { portalUrl: string };
  return { portalUrl, stop: async () => undefined };
}

async function ownDemo(): Promise<Place> {
  const folder = await mkdtemp(join(tmpdir(), 'aixin-pictures-'));
  const clear = (): Promise<void> => rm(folder, { recursive: true, force: true });
  try {
    const demo = await startDemo({ root, folder, ports: PORTS, say });
    return { portalUrl: demo.portalUrl, stop: () => demo.stop().finally(clear) };
  } catch (error) {
    await clear();
    throw error;
  }
}

async function takeAll(portalUrl: string): Promise<boolean> {
  const faults: string[] = [];
  const browser = await chromium.launch({ executablePath: await findChromium(), args: CHROMIUM_ARGUMENTS });
  try {
    for (const screen of SCREENS) {
      const by = async (work: (camera: Awaited<ReturnType<typeof openCamera>>) => Promise<void>): Promise<void> => {
        const camera = await openCamera(browser, { screen, faults, options });
        await work(camera).finally(() => camera.close());
      };
      await by(async (camera) => {
        await walkAsMember(camera, portalUrl);
        await walkToProof(camera, portalUrl);
      });
      for (const first of FIRST_PAGES) await by((camera) => visit(camera, { portalUrl, ...first }));
      await by((camera) => walkAsMaker(camera, portalUrl));
      await by((camera) => readDisclosure(camera, portalUrl));
    }
  } finally {
    await browser.close();
    for (const fault of new Set(faults)) say(`FAULT  ${fault}`);
  }
  const files = readdirSync(options.folder).filter((name) => name.endsWith('.png'));
  const bytes = bytesOf(files.map((name) => join(options.folder, name)));
  say(`${files.length} pictures, ${Math.ceil(bytes / 1024)} kB, in ${options.folder.replace(root, '.')}`);
  if (isForRepository && bytes > MAX_TOTAL_BYTES) faults.push(`${bytes} bytes of pictures; at most ${MAX_TOTAL_BYTES}`);
  return faults.length === 0;
}
