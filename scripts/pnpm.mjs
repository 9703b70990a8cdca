// The pinned pnpm, on a machine that has Node and npm and nothing else. Plain JavaScript without dependencies.
// Only exactly the pinned version serves: another one tries to switch itself to the pin and fails, and pnpm 11 and 12 do
// not work on Node 20 or with a frozen lockfile. corepack fails where a registry's metadata carries no signatures.
import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const manifest = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));

/** Settings a person may have made through the environment; all else that `npm run` adds would mislead pnpm. */
const KEPT_SETTINGS =
  /^npm_config_(registry|proxy|https_proxy|noproxy|cafile|ca|strict_ssl|userconfig|cache|store_dir|.*:_authtoken)$/i;

/** @returns {NodeJS.ProcessEnv} the environment without what `npm run` puts into it */
export function plainEnvironment() {
  const entries = Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name) || KEPT_SETTINGS.test(name));
  return Object.fromEntries(entries);
}

/**
 * Runs the pinned pnpm at the workspace root. All that it says goes to standard error: standard output belongs to the task.
 * @param {string[]} args
 * @returns {Promise<number>} its exit code
 */
export async function runPnpm(args) {
  const env = plainEnvironment();
  const [program, before] = pnpmCommand(env);
  return await run(program, [...before, ...args], env);
}

/**
 * @param {NodeJS.ProcessEnv} env
 * @returns {[string, string[]]} a program and its first arguments
 */
function pnpmCommand(env) {
  const pin = String(manifest.packageManager);
  const version = pin.replace(/^pnpm@/, '');
  const onPath = spawnSync('pnpm', ['--version'], { encoding: 'utf8', env, cwd: '/', timeout: 15_000 });
  if (onPath.status === 0 && onPath.stdout.trim() === version) return ['pnpm', []];
  const [npm, before] = npmCommand();
  // `npx` asks a question on some machines; `npm exec --yes` never does.
  return [npm, [...before, 'exec', '--yes', `--package=${pin}`, '--loglevel=error', '--', 'pnpm']];
}

/**
 * The npm that started us, if one did: on Windows `npm` alone cannot be spawned.
 * @returns {[string, string[]]} a program and its first arguments
 */
export function npmCommand() {
  const file = process.env.npm_execpath;
  return file && /npm-cli\.[cm]?js$/.test(file) ? [process.execPath, [file]] : ['npm', []];
}

/**
 * @param {string} program @param {string[]} args @param {NodeJS.ProcessEnv} env @param {string | URL} [cwd]
 * @returns {Promise<number>} the exit code; -1 where the program cannot be started
 */
export function run(program, args, env, cwd = new URL('..', import.meta.url)) {
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd, env, stdio: ['ignore', 2, 2] });
    child.once('error', (error) => {
      process.stderr.write(`${program}: ${error.message}\n`);
      resolve(-1);
    });
    child.once('close', (code) => resolve(code ?? -1));
  });
}
