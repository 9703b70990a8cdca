import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { withLock } from '../lock.mjs';
import { projectRoot } from '../project-root.mjs';
import { type Child, startChild } from '../run/child.js';

/**
 * Brings the compiled zone up to date: a process that is killed for a test must be the code that is tested. Type errors
 * are for `npm run check` to tell; the compiler writes its output nevertheless.
 */
export async function buildZone(): Promise<void> {
  const root = projectRoot();
  mkdirSync(join(root, '.aixin'), { recursive: true });
  const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  await withLock(join(root, '.aixin', 'build.lock'), async () => {
    const tsc = spawn(process.execPath, [compiler, '-b', join(root, 'packages', 'api')], { stdio: 'ignore' });
    await new Promise<void>((resolve, reject) => tsc.once('error', reject).once('close', () => resolve()));
  });
}

/** One run of the stand-alone zone, as an operator starts it. */
export async function startZoneProcess(env: Readonly<Record<string, string>>, logFolder: string): Promise<Child> {
  const file = join(projectRoot(), 'packages', 'api', 'dist', 'src', 'main.js');
  return startChild({ name: 'zone', file, env: { ...env, AIXIN_STOP_WITH_PARENT: '1' }, logFolder });
}
