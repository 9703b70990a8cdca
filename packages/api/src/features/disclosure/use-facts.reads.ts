import type { Base } from '../../kernel/context.js';
import type { DisclosureFacts } from './facts.types.js';
import type { BookedMoney } from './movements.rules.js';
import type { Period } from './pack.types.js';

/** What became of the money, and what does not close yet: projects and their spends, the bank's lines, the bills. */
export interface UseFacts extends Pick<DisclosureFacts, 'projects' | 'spends' | 'bankLines' | 'bills'> {
  /** All money that was ever spent, negative. */
  readonly spent: readonly BookedMoney[];
}

export async function readUseFacts(_base: Base, _period: Period): Promise<UseFacts> {
  return { projects: [], spends: [], spent: [], bankLines: [], bills: [] };
}
