import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { lexicographicSortSchema, printSchema } from 'graphql';
import { schema } from './schema.js';

/** Writes the committed contract; with `--check` it only says whether the committed one is what the code says. */
const file = process.argv.slice(2).find((argument) => argument !== '--check') ?? committedFile();
const printed = `${printSchema(lexicographicSortSchema(schema))}\n`;
if (!process.argv.includes('--check')) writeFileSync(file, printed);
else if (readFileSync(file, 'utf8') !== printed) {
  process.stderr.write(
    'schema.graphql is not what the code says: run `node packages/api/dist/src/graphql/print-schema.js`\n',
  );
  process.exitCode = 1;
}

/** Two folders up from `src/graphql`, three from `dist/src/graphql`. */
function committedFile(): string {
  const here = fileURLToPath(import.meta.url);
  return `${here.slice(0, here.search(/\/(dist\/)?src\/graphql\//))}/schema.graphql`;
}
