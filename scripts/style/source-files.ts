import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

export interface SourceText {
  /** Relative to the workspace's root, with slashes. */
  path: string;
  text: string;
  /** Whether a path, relative to this file's folder, leads to something. */
  exists: (target: string) => boolean;
}

const TEXT =
  /\.(ts|mjs|js|json|jsonc|yaml|yml|md|graphql|css|html|svg|txt)$|(^|\/)(\.npmrc|\.gitignore|\.prettierrc|run)$/;

/** Every text file that is in git or is about to be. */
export function sourceFiles(root: string): SourceText[] {
  const list = spawnSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64e6,
  });
  if (list.status !== 0) throw new Error(`git ls-files failed: ${list.stderr}`);
  const paths = [...new Set(list.stdout.split('\0'))].filter((path) => TEXT.test(path) && existsSync(join(root, path)));
  return paths.map((path) => ({
    path,
    text: readFileSync(join(root, path), 'utf8'),
    exists: (target) => existsSync(join(root, dirname(path), target)),
  }));
}
