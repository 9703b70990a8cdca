import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from '@jest/globals';

const packageFolder = fileURLToPath(new URL('../..', import.meta.url));

it('the types of the documents are those of the committed schema (run the package script "schema" when not)', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'aixin-schema-'));
  try {
    const output = join(folder, 'schema.d.ts');
    const command = join(packageFolder, 'node_modules/.bin/gql.tada');
    await promisify(execFile)(command, ['generate-output', '--output', output], { cwd: packageFolder });
    const kept = await readFile(join(packageFolder, 'src/client/schema.d.ts'), 'utf8');
    expect((await readFile(output, 'utf8')) === kept).toBe(true);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
