import { existsSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';

export interface ResetOutcome {
  done: boolean;
  /** For the person at the terminal. */
  sentence: string;
}

/** Removes `.aixin/data` under `root`, unless a process that works on it is still alive. */
export function resetData(root: string): ResetOutcome {
  const home = join(root, '.aixin');
  const holder = pidFiles(home)
    .map(alivePid)
    .find((pid) => pid !== undefined);
  if (holder !== undefined) {
    return {
      done: false,
      sentence: `正在运行（进程 ${holder}）。请先按 Ctrl-C 停止 npm start，再执行 npm run reset。`,
    };
  }
  const data = join(home, 'data');
  if (!existsSync(data)) return { done: true, sentence: '没有数据可清空。' };
  rmSync(data, { recursive: true, force: true });
  return { done: true, sentence: '数据已清空。下次 npm start 会重新准备演示数据。' };
}

/** mongod writes its pid into `mongod.lock` and empties it when it stops; our own processes write `*.pid`. */
function pidFiles(home: string): string[] {
  if (!existsSync(home)) return [];
  const files = readdirSync(home, { recursive: true, encoding: 'utf8' });
  return files.filter((file) => /^mongod\.lock$|\.pid$/.test(basename(file))).map((file) => join(home, file));
}

function alivePid(file: string): number | undefined {
  const pid = Number(readFileSync(file, 'utf8').trim());
  if (!Number.isInteger(pid) || pid <= 0) return undefined;
  try {
    process.kill(pid, 0);
    return pid;
  } catch (error) {
    // No right to signal it means that it lives, under another user.
    return (error as NodeJS.ErrnoException).code === 'EPERM' ? pid : undefined;
  }
}
