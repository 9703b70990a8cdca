// The workspace's root, wherever the asking file runs from: scripts/ as it is written, or scripts/dist/ once it is built.
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export function projectRoot() {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'pnpm-workspace.yaml'))) {
    if (folder === dirname(folder)) throw new Error('this program does not stand in the aixin workspace');
    folder = dirname(folder);
  }
  return folder;
}
