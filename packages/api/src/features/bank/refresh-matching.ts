import { contentHash } from '../../kernel/canonical.js';
import type { Base } from '../../kernel/context.js';
import { derivedId } from '../../kernel/ids.js';
import { shanghaiDay } from '../../kernel/shanghai.js';
import { inTransaction, type Session } from '../../kernel/transaction.js';
import type { BankLine } from './bank.store.js';
import { findUnresolved, writeLines } from './desk.store.js';
import { explainLines, type LineChange } from './explain-lines.js';
import { lineFacts, restFen, standingAllocations } from './line-money.rules.js';
import { lineOutcome } from './line-outcome.js';
import { matchingFactsFor } from './matching-facts.js';
import { decideLines } from './matching.rules.js';
import type { LineDecision } from './matching.types.js';

const BY_RULE = 'bank-matching';

/**
 * Decides again, together, all lines that nothing explains yet: what is certain by now is matched, and suggestions are made
 * anew. Run it whenever lines came, a batch was approved, or a person decided something: what is suggested then depends
 * only on what there is, not on the order in which it came. A second run changes nothing. Gives how many lines changed.
 */
export async function refreshMatching(base: Base): Promise<number> {
  return inTransaction(base, async (session) => {
    const lines = await findUnresolved(base, session);
    if (lines.length === 0) return 0;
    const facts = lines.map(lineFacts);
    const decisions = decideLines(facts, await matchingFactsFor(base, facts, session));
    const explained = await explainCertain(base, { lines, decisions }, session);
    const changed = lines.flatMap((line, index) => changedOutcome(line, decisions[index]));
    await writeLines(base, changed, session);
    return explained.length + changed.length;
  });
}

async function explainCertain(
  base: Base,
  { lines, decisions }: { lines: readonly BankLine[]; decisions: readonly LineDecision[] },
  session: Session,
): Promise<BankLine[]> {
  const changes = lines.flatMap((line, index): LineChange[] => {
    const decision = decisions[index];
    if (decision?.state === 'MATCHED') {
      const { parts, reason, references } = decision;
      return [{ kind: 'allocate', line: { ...line, references }, parts, reason }];
    }
    if (decision?.state !== 'IGNORED') return [];
    const { category, reason, rule } = decision;
    return [{ kind: 'ignore', line, category, text: rule, reason }];
  });
  if (changes.length === 0) return [];
  // A line that was taken back is never explained by the rule again, so its id names what the rule does to it once.
  const id = derivedId(BY_RULE, ...changes.map(({ line }) => line._id));
  return explainLines(base, changes, { id, by: BY_RULE, day: shanghaiDay(base.clock()) }, session);
}

function changedOutcome(line: BankLine, decision: LineDecision | undefined): BankLine[] {
  if (!decision || decision.state === 'MATCHED' || decision.state === 'IGNORED') return [];
  const outcome = lineOutcome(decision);
  const isPartly = outcome.state === 'OPEN' && standingAllocations(line).length > 0;
  const reason = isPartly ? ({ code: 'REST', restFen: restFen(line) } as const) : outcome.reason;
  const after: BankLine = { ...line, ...outcome, reason };
  const shownOf = ({ state, suggestion, references, reason: why }: BankLine): string =>
    contentHash({ state, suggestion, references, why });
  return shownOf(after) === shownOf(line) ? [] : [after];
}
