// Finds a Chromium for the browser tests and the screenshots, and a Chinese font for it; on Debian and Ubuntu it installs
// what is absent. Plain JavaScript, as scripts/mongod.mjs is.
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** @typedef {(line: string) => void} Log */

// The first is Chromium's engine without a window: the same pages at half the processor time.
const NAMES = [
  'chromium-headless-shell',
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'chrome',
];
const ELSEWHERE = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/snap/bin/chromium',
];
const APT_LIMIT_MS = 10 * 60_000;

const HELP = `浏览器测试和截图需要 Chromium 和一种中文字体，本机没有，也没能自动安装。请任选一种办法，然后重试：
  1. Debian/Ubuntu：sudo apt-get install chromium fonts-noto-cjk
  2. 其他系统：安装 Chromium 或 Chrome，以及 Noto Sans CJK（或任何简体中文字体）；
  3. 设置环境变量 CHROMIUM_PATH=/完整路径/chromium。
Browser tests and screenshots need Chromium and a Chinese font. Install both (on Debian or Ubuntu:
sudo apt-get install chromium fonts-noto-cjk), or set CHROMIUM_PATH=/full/path/to/chromium, and try again.`;

/** What a headless Chromium is started with: no sandbox in a container, no talk with the outside. */
export const CHROMIUM_ARGUMENTS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * The path of a Chromium on a machine that can show Chinese; throws with the ways to help where there is none.
 * @param {{ log?: Log, install?: boolean }} [options] `install: false` only looks
 * @returns {Promise<string>}
 */
export async function findChromium({ log = toStandardError, install = true } = {}) {
  if (install) {
    const fonts = hasChineseFont() ? [] : ['fonts-noto-cjk'];
    // Ubuntu has no package of the first name.
    if (!chromiumPath()) installPackages(['chromium-headless-shell', ...fonts], log);
    if (!chromiumPath()) installPackages(['chromium', ...fonts], log);
    else if (!hasChineseFont()) installPackages(fonts, log);
  }
  const path = chromiumPath();
  if (!path) throw new Error(HELP);
  // Without the font every page still works, in boxes: worth a word, not a stop.
  if (!hasChineseFont())
    log('没有中文字体，页面上的汉字会显示为方框。 There is no Chinese font: texts will show as boxes.');
  return path;
}

/** @returns {string | undefined} */
function chromiumPath() {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  const onPath = NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
  return [process.env.CHROMIUM_PATH ?? '', ...onPath, ...ELSEWHERE].find((file) => file !== '' && isExecutable(file));
}

function hasChineseFont() {
  if (process.platform !== 'linux') return true;
  const list = spawnSync('fc-list', [':lang=zh', 'family'], { encoding: 'utf8', timeout: 30_000 });
  return list.status === 0 && list.stdout.trim() !== '';
}

/** @param {string[]} packages @param {Log} log */
function installPackages(packages, log) {
  if (!existsSync('/usr/bin/apt-get')) return;
  const asRoot = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
  if (asRoot.length > 0 && spawnSync('sudo', ['-n', 'true']).status !== 0) return;
  // fc-list tells which fonts there are; a bare system lacks it.
  const wanted = [...packages, ...(packages.includes('fonts-noto-cjk') ? ['fontconfig'] : [])];
  log(`installing ${wanted.join(' ')} by apt-get …`);
  const apt = ['DEBIAN_FRONTEND=noninteractive', 'apt-get', '-qq', '-o', 'DPkg::Lock::Timeout=120'];
  for (const step of [['update'], ['install', '-y', '--no-install-recommends', ...wanted]]) {
    const [program = 'env', ...args] = [...asRoot, 'env', ...apt, ...step];
    const done = spawnSync(program, args, { stdio: ['ignore', 2, 2], timeout: APT_LIMIT_MS });
    // A failed update may still leave lists good enough to install from.
    if (done.status !== 0) log(`apt-get ${step[0]} failed`);
  }
}

/** @param {string} file */
function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** @param {string} line */
function toStandardError(line) {
  process.stderr.write(`${line}\n`);
}
