import type { Base } from '../../kernel/context.js';
import { newId } from '../../kernel/ids.js';
import { isDuplicateKey } from '../../kernel/transaction.js';
import { type DirectoryImportRun, directoryImportStore, type ImportState } from './portal.store.js';

/** An import that has not finished by then died with its process. */
const ABANDONED_AFTER_MS = 15 * 60_000;

/** The id of the run, or null when another one is at work in any process of the zone. */
export async function startImport(base: Base): Promise<string | null> {
  const runs = directoryImportStore.collection(base);
  const nowMs = base.clock();
  await runs.updateOne(
    { state: 'RUNNING', startedAtMs: { $lte: nowMs - ABANDONED_AFTER_MS } },
    { $set: { state: 'ABANDONED', finishedAtMs: nowMs } },
  );
  const run: DirectoryImportRun = {
    _id: newId(base.random),
    state: 'RUNNING',
    startedAtMs: nowMs,
    finishedAtMs: null,
    refusalCode: null,
    counts: {},
  };
  try {
    await runs.insertOne(run);
    return run._id;
  } catch (error) {
    if (isDuplicateKey(error)) return null;
    throw error;
  }
}

export async function finishImport(
  base: Base,
  importId: string,
  end: { readonly state: ImportState; readonly refusalCode?: string; readonly counts?: Record<string, number> },
): Promise<void> {
  const { state, refusalCode = null, counts = {} } = end;
  await directoryImportStore
    .collection(base)
    .updateOne({ _id: importId }, { $set: { state, refusalCode, counts, finishedAtMs: base.clock() } });
}
