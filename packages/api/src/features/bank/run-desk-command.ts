import { contentHash } from '../../kernel/canonical.js';
import { keyReused, refuseKey } from '../../kernel/command-input.js';
import type { Base } from '../../kernel/context.js';
import { derivedId } from '../../kernel/ids.js';
import { type Refusal, isRefusal } from '../../kernel/refusal.js';
import { shanghaiDay } from '../../kernel/shanghai.js';
import { inTransaction, type Session } from '../../kernel/transaction.js';
import { readLedgerBySource } from '../ledger/index.js';
import type { BankLine } from './bank.store.js';
import { findLines } from './desk.store.js';
import { causeKey, explainLines, type LineChange } from './explain-lines.js';
import { isName, keysOf } from './line-keys.rules.js';
import { liftBankLines } from './lines.store.js';
import type { NearSeeds } from './near-lines.js';
import { refreshNear } from './refresh-matching.js';

export interface DeskCommand {
  readonly name: string;
  readonly by: string;
  readonly idempotencyKey: string;
  /** Lines that the command speaks of; those it changes beyond them, as the other half of a suggestion, come with `judge`. */
  readonly lineIds: readonly string[];
  /** What was asked, to tell a second run from another wish under the same key. */
  readonly content: object;
  /** Judges the lines as they are in this transaction. */
  readonly judge: (lines: ReadonlyMap<string, BankLine>, session: Session) => Promise<readonly LineChange[] | Refusal>;
}

/**
 * What all commands of the desk share: one transaction that judges and changes, the same answer for the same key, and
 * suggestions made anew behind it. Gives the lines that it changed, as they are now.
 */
export async function runDeskCommand(base: Base, command: DeskCommand): Promise<BankLine[] | Refusal> {
  const wrongKey = refuseKey(command.idempotencyKey);
  if (wrongKey) return wrongKey;
  const id = derivedId(command.name, command.by, command.idempotencyKey);
  const hash = contentHash(command.content);
  const done = await inTransaction(base, async (session): Promise<Done | Refusal> => {
    const [before] = await readLedgerBySource(base, [causeKey(id, 0)], session);
    if (before) return before.refs['contentHash'] === hash ? { lineIds: command.lineIds, seeds: null } : keyReused();
    const lines = new Map((await linesOfCommand(base, command, session)).map((line) => [line._id, line]));
    const changes = await command.judge(lines, session);
    if (isRefusal(changes)) return changes;
    const cause = { id, by: command.by, day: shanghaiDay(base.clock()), contentHash: hash };
    const after = await explainLines(base, changes, cause, session);
    return { lineIds: after.map((line) => line._id), seeds: seedsOf([...changes.map(({ line }) => line), ...after]) };
  });
  if (isRefusal(done)) return done;
  if (done.seeds) await refreshNear(base, done.seeds);
  return findLines(base, done.lineIds);
}

/** Nearly always all of them have documents. */
async function linesOfCommand(base: Base, { lineIds }: DeskCommand, session: Session): Promise<BankLine[]> {
  const found = await findLines(base, lineIds, session);
  if (found.length === new Set(lineIds).size) return found;
  await liftBankLines(base, lineIds, session);
  return findLines(base, lineIds, session);
}

interface Done {
  readonly lineIds: readonly string[];
  /** What the change reaches; null where nothing was changed. */
  readonly seeds: NearSeeds | null;
}

/** The lines before and after: what they named, were suggested for or given to, and who paid. */
function seedsOf(lines: readonly BankLine[]): NearSeeds {
  const keys = lines.map(keysOf);
  const given = lines.flatMap(({ allocations }) =>
    allocations.flatMap(({ remittanceId, spendId }) => remittanceId ?? spendId ?? []),
  );
  return {
    near: [...new Set([...keys.flatMap(({ near }) => near.filter((key) => !isName(key))), ...given])],
    payers: [...new Set(keys.map(({ payer }) => payer))],
  };
}
