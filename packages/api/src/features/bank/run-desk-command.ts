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
import { liftBankLines } from './lines.store.js';
import { refreshMatching } from './refresh-matching.js';

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
  const changedIds = await inTransaction(base, async (session) => {
    const [before] = await readLedgerBySource(base, [causeKey(id, 0)], session);
    if (before) return before.refs['contentHash'] === hash ? command.lineIds : keyReused();
    await liftBankLines(base, command.lineIds, session);
    const lines = new Map((await findLines(base, command.lineIds, session)).map((line) => [line._id, line]));
    const changes = await command.judge(lines, session);
    if (isRefusal(changes)) return changes;
    const cause = { id, by: command.by, day: shanghaiDay(base.clock()), contentHash: hash };
    return (await explainLines(base, changes, cause, session)).map((line) => line._id);
  });
  if (isRefusal(changedIds)) return changedIds;
  await refreshMatching(base);
  return findLines(base, changedIds);
}
