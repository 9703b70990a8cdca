// The one entry of every npm script: `node scripts/run.mjs <task> [arguments]`.
// On a machine with Node and npm alone it gets the pinned pnpm, installs what the lockfile says, builds what has changed,
// and then runs the task. Progress goes to standard error: standard output belongs to the task.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { withLock } from './lock.mjs';
import { npmCommand, plainEnvironment, run, runPnpm } from './pnpm.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const TASKS = [
  'start',
  'reset',
  'build',
  'test',
  'check',
  'verify',
  'rebuild',
  'verify-proof',
  'cases',
  'bench',
  'chaos',
  'year',
  'mutate',
  'screenshots',
  'schema',
];
/** Where a parent that was killed is noticed, so that no task is left behind. */
const PARENT_POLL_MS = 1_000;

const [task = '', ...taskArguments] = process.argv.slice(2);
checkNode();
if (!TASKS.includes(task))
  stop(`没有这个任务：${task || '（空）'}。可用的任务：${TASKS.join('、')}。 Unknown task; see the list.`);

mkdirSync(join(root, '.aixin'), { recursive: true });
await withLock(
  join(root, '.aixin', 'build.lock'),
  async () => {
    await install();
    if (task !== 'mutate') await build();
  },
  () => say('another process is installing or building; waiting'),
);
if (task !== 'build') await runTask();

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  stop(
    `需要 Node.js 20.19 或更新的版本，现在是 ${process.versions.node}。请升级 Node.js 后重试。\n` +
      `Node.js 20.19 or newer is needed; this is ${process.versions.node}. Please upgrade and try again.`,
  );
}

/** Installs only when the lockfile or a manifest is not the one of the last install. */
async function install() {
  const stampFile = join(root, 'node_modules', '.aixin-install');
  const members = [
    'packages/points-engine',
    'packages/proof',
    'packages/api',
    'packages/widgets',
    'scripts',
    'examples',
  ];
  const manifests = members.map((folder) => `${folder}/package.json`);
  const stamp = hashOf(
    ['pnpm-lock.yaml', 'pnpm-workspace.yaml', 'package.json', ...manifests],
    `${process.platform} ${process.arch}`,
  );
  if (isStamped(stampFile, stamp)) return;
  say('installing the dependencies …');
  // The reporter and the level are named because .npmrc makes npm silent, and pnpm reads the same file.
  const args = [
    'install',
    '--frozen-lockfile',
    '--loglevel=info',
    '--reporter=append-only',
    '--config.confirmModulesPurge=false',
  ];
  const code = await runPnpm(args);
  if (code !== 0)
    stop(`安装依赖失败（pnpm 退出码 ${code}）。请检查网络或镜像设置后重试。 Installing the dependencies failed.`);
  writeFileSync(stampFile, stamp);
}

async function build() {
  const started = Date.now();
  const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  const compiled = await run(process.execPath, [tsc, '-b'], plainEnvironment());
  if (compiled !== 0) stop('构建失败：上面列出了类型错误。 The build failed; the errors are above.');
  await buildWidgets();
  if (Date.now() - started > 3_000) say(`built in ${((Date.now() - started) / 1000).toFixed(1)} s`);
}

async function buildWidgets() {
  const folder = join(root, 'packages', 'widgets');
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  if (!manifest.scripts?.build) return;
  const stampFile = join(folder, 'dist', '.aixin-build');
  const inputs = ['packages/widgets', 'packages/proof'].flatMap((of) =>
    filesBelow(of, ['node_modules', 'dist', 'coverage', 'test']),
  );
  const stamp = hashOf([...inputs, 'packages/api/schema.graphql', 'pnpm-lock.yaml', 'tsconfig.base.json'], '');
  if (isStamped(stampFile, stamp)) return;
  say('building the widgets …');
  const [npm, before] = npmCommand();
  const code = await run(npm, [...before, '--silent', 'run', 'build'], plainEnvironment(), folder);
  if (code !== 0) stop('界面组件构建失败，原因见上。 Building the widgets failed; the reason is above.');
  writeFileSync(stampFile, stamp);
}

/**
 * Most tasks are a program of scripts/; two are another package's own.
 * @returns {{ file: string, args?: string[], cwd?: string }}
 */
function program() {
  if (task === 'schema') return { file: 'packages/api/dist/src/graphql/print-schema.js' };
  if (task !== 'mutate') return { file: `scripts/dist/${task}.js` };
  const stryker = 'packages/points-engine/node_modules/@stryker-mutator/core/bin/stryker.js';
  return { file: stryker, args: ['run', ...taskArguments], cwd: 'packages/points-engine' };
}

/** Runs the compiled task in our place: same terminal, signals passed on, its exit code ours. */
async function runTask() {
  const { file, args = taskArguments, cwd = '.' } = program();
  if (!existsSync(join(root, file))) stop(`任务 ${task} 还没有程序（${file}）。 This task has no program yet.`);
  const child = spawn(process.execPath, ['--enable-source-maps', join(root, file), ...args], {
    cwd: join(root, cwd),
    stdio: 'inherit',
  });
  for (const signal of /** @type {const} */ (['SIGTERM', 'SIGHUP'])) process.on(signal, () => child.kill(signal));
  // A terminal sends Ctrl-C to every process in front of it: passing it on as well would say it twice.
  process.on('SIGINT', () => process.stdin.isTTY || child.kill('SIGINT'));
  const parent = process.ppid;
  const watch = setInterval(() => process.ppid !== parent && child.kill('SIGTERM'), PARENT_POLL_MS);
  const [code, signal] = await new Promise((resolve) => child.once('close', (...end) => resolve(end)));
  clearInterval(watch);
  process.exitCode = signal ? 128 + (constants.signals[/** @type {NodeJS.Signals} */ (signal)] ?? 0) : code;
}

/** @param {string} file @param {string} stamp */
function isStamped(file, stamp) {
  return existsSync(file) && readFileSync(file, 'utf8') === stamp;
}

/** @param {string[]} files relative to the root @param {string} salt */
function hashOf(files, salt) {
  const hash = createHash('sha256').update(salt);
  for (const file of files) {
    const path = join(root, file);
    hash.update(`\0${file}\0`).update(existsSync(path) ? readFileSync(path) : '');
  }
  return hash.digest('hex');
}

/** @param {string} folder relative to the root @param {string[]} without names left out @returns {string[]} */
function filesBelow(folder, without) {
  const names = readdirSync(join(root, folder))
    .filter((name) => !without.includes(name))
    .sort();
  return names.flatMap((name) => {
    const path = `${folder}/${name}`;
    return statSync(join(root, path)).isDirectory() ? filesBelow(path, without) : [path];
  });
}

/** @param {string} line */
function say(line) {
  process.stderr.write(`aixin: ${line}\n`);
}

/** @param {string} sentence @returns {never} */
function stop(sentence) {
  process.stderr.write(`${sentence}\n`);
  // Whoever reads only the tests' last line must not take silence for success.
  if (task === 'test' || task === 'check') process.stdout.write('0 passed, 1 failed\n');
  process.exit(1);
}
