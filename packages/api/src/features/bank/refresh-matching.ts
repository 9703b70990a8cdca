import { contentHash } from '../../kernel/canonical.js';
import type { Base } from '../../kernel/context.js';
import { derivedId } from '../../kernel/ids.js';
import { shanghaiDay } from '../../kernel/shanghai.js';
import { inTransaction, type Session } from '../../kernel/transaction.js';
import type { BankLine } from './bank.store.js';
import { findUnresolved, type PayerPosition } from './desk.store.js';
import { explainLines, type LineChange } from './explain-lines.js';
import { BY_RULE, lineFacts, restFen, standingAllocations } from './line-money.rules.js';
import { lineOutcome } from './line-outcome.js';
import { type LineWrite, writeLines } from './lines.store.js';
import { matchingFactsFor } from './matching-facts.js';
import { decideLines } from './matching.rules.js';
import type { LineDecision } from './matching.types.js';
import { gatherNear, type NearSeeds } from './near-lines.js';

/** Lines that are decided together in one transaction, beside those near them: some tenths of a second. */
const PAGE_LINES = 1_000;
/**
 * What two pages suggest of the same remittance each sees of the other in the next round, by what stands on the lines then.
 */
const MOST_ROUNDS = 3;

/**
 * Decides again all lines that nothing explains yet, or those of one statement: what is certain by now is matched, and
 * suggestions are made anew, up to the last line. What is suggested then depends only on what there is, not on the order in
 * which it came. A second run changes nothing. Gives how many lines changed.
 */
export async function refreshMatching(base: Base, only: { importId?: string } = {}): Promise<number> {
  let changedCount = 0;
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const { changed, pages } = await refreshOnce(base, only);
    changedCount += changed;
    if (changed === 0 || pages < 2) break;
  }
  return changedCount;
}

async function refreshOnce(base: Base, only: { importId?: string }): Promise<{ changed: number; pages: number }> {
  const sum = { changed: 0, pages: 0 };
  for (let after: PayerPosition | null = null; ; sum.pages += 1) {
    base.stopping.throwIfAborted();
    const asked: Parameters<typeof findUnresolved>[1] = { ...only, after, first: PAGE_LINES };
    const page = await inTransaction(base, async (session) => {
      const lines = await findUnresolved(base, asked, session);
      return { lines, changed: await decideAgain(base, { own: lines, seeds: {} }, session) };
    });
    sum.changed += page.changed;
    const last = page.lines.at(-1);
    if (!last || page.lines.length < PAGE_LINES) return { ...sum, pages: sum.pages + 1 };
    after = { payer: last.keys?.payer ?? '', lineId: last._id };
  }
}

/**
 * Decides again what can have changed by a change to these lines, remittances or spends: only what lies near them is read,
 * however many lines wait. Gives how many lines changed.
 */
export async function refreshNear(base: Base, seeds: NearSeeds): Promise<number> {
  return inTransaction(base, (session) => decideAgain(base, { own: [], seeds }, session));
}

/** `own`: lines to be decided whatever is near; those that lie right beside the seeds are decided, too. */
async function decideAgain(
  base: Base,
  { own, seeds }: { own: readonly BankLine[]; seeds: NearSeeds },
  session: Session,
): Promise<number> {
  const { decided, beside, isWhole } = await gatherNear(base, { own, seeds }, session);
  if (decided.length === 0) return 0;
  const lines = [...decided, ...beside];
  const facts = lines.map(lineFacts);
  const all = decideLines(facts, await matchingFactsFor(base, facts, session));
  const decisions = all.slice(0, decided.length);
  // Where not all that name a remittance were seen, none of them is told from its twins.
  const explained = isWhole ? await explainCertain(base, { lines: decided, decisions }, session) : [];
  const changed = decided.flatMap((line, index) => changedOutcome(line, decisions[index]));
  await writeLines(base, changed, session);
  return explained.length + changed.length;
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
  // A line that a person reopened is never explained by the rule again, so its id names what the rule does to it once; the
  // import, as the same line comes anew where its statement was taken back.
  const id = derivedId(BY_RULE, ...changes.flatMap(({ line }) => [line.importId, line._id]));
  return explainLines(base, changes, { id, by: BY_RULE, day: shanghaiDay(base.clock()) }, session);
}

function changedOutcome(line: BankLine, decision: LineDecision | undefined): LineWrite[] {
  if (!decision || decision.state === 'MATCHED' || decision.state === 'IGNORED') return [];
  const outcome = lineOutcome(decision);
  const isPartly = outcome.state === 'OPEN' && standingAllocations(line).length > 0;
  const reason = isPartly ? ({ code: 'REST', restFen: restFen(line) } as const) : outcome.reason;
  const after: BankLine = { ...line, ...outcome, reason };
  return isShownAlike(after, line) ? [] : [{ before: line, after }];
}

type Shown = Pick<BankLine, 'state' | 'suggestion' | 'references' | 'reason'>;

/** Most lines stay as they are: their texts are compared before a hash that does not mind the order of fields. */
function isShownAlike(one: Shown, other: Shown): boolean {
  const shownOf = ({ state, suggestion, references, reason }: Shown) => ({ state, suggestion, references, reason });
  const [a, b] = [shownOf(one), shownOf(other)];
  return JSON.stringify(a) === JSON.stringify(b) || contentHash(a) === contentHash(b);
}
