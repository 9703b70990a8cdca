import { type Actor, hasRole } from '../../kernel/authority.js';
import type { Base } from '../../kernel/context.js';
import { slot } from '../../kernel/slot.js';
import { uploadersOf } from './files.rules.js';
import type { StoredFile } from './files.store.js';

/**
 * Widens who reads the files that a feature keeps: a sponsor its own receipt, everybody a published document. True lets
 * the person read; it can never take a right away. Asked only of those whom their role does not let read already.
 */
export type FileReader = (base: Base, actor: Actor, file: StoredFile) => Promise<boolean>;

/** Filled by the wiring with what the features bring, as this feature knows none of them. */
export const fileReaders = slot<readonly FileReader[]>('file readers', () => []);

/** The fund's people and the auditor read every file; who may bring files of a purpose also reads them. */
export async function mayReadFile(base: Base, actor: Actor, file: StoredFile): Promise<boolean> {
  const byRole = ['fund-maker', 'fund-checker', 'auditor', ...uploadersOf(file.purpose)] as const;
  if (byRole.some((name) => hasRole(actor, name))) return true;
  for (const reader of fileReaders(base)) if (await reader(base, actor, file)) return true;
  return false;
}
