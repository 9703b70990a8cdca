// `npm run cases [-- FOLDER]`: files of the outside world that went wrong once, and whether each gives its right answer now.
// Where none is named: the project's own. Exit code 1 where one does not.
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { runCases } from './cases/run-cases.js';
import { projectRoot } from './project-root.mjs';

const folder = resolve(process.argv[2] ?? join(projectRoot(), 'packages/api/test/cases'));
if (existsSync(folder)) {
  const { judged, unknown } = await runCases(folder);
  for (const { verdict, id, file, given, right } of judged) {
    process.stdout.write(`${verdict} ${id} ${file}: ${given} | ${right}\n`);
  }
  for (const file of unknown) process.stdout.write(`未收录，没有判断：${file}\n`);
  const count = (verdict: string): number => judged.filter((one) => one.verdict === verdict).length;
  process.stdout.write(`${count('ok')} 例正确，${count('FAULT')} 例不正确，${count('OPEN')} 例待修\n`);
  process.exitCode = count('FAULT') > 0 || judged.length === 0 ? 1 : 0;
} else {
  process.stderr.write(`没有这个文件夹：${folder}\n`);
  process.exitCode = 2;
}
