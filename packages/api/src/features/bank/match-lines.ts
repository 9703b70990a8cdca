import { denyUnless, personOf } from '../../kernel/authority.js';
import type { Context } from '../../kernel/context.js';
import type { Refusal } from '../../kernel/refusal.js';
import type { BankLine } from './bank.store.js';
import { checkParts } from './check-parts.js';
import type { LineChange } from './explain-lines.js';
import type { Part } from './matching.types.js';
import { runDeskCommand } from './run-desk-command.js';

export interface MatchLinesInput {
  readonly idempotencyKey: string;
  /** Many lines to many remittances or spends; a line may keep a rest, which stays open. */
  readonly parts: readonly Part[];
}

/**
 * Gives lines to remittances or spends as a person says. Refusals: `PARTS_INVALID`, `LINE_UNKNOWN`, `LINE_TOO_MUCH`,
 * `REMITTANCE_UNKNOWN`, `REMITTANCE_FULL`, `REMITTANCE_TOO_MUCH`, `SPEND_UNKNOWN`, `SPEND_TOO_MUCH`,
 * `CHANGED_MEANWHILE`, `KEY_REUSED`, `KEY_INVALID`.
 */
export async function matchLines(ctx: Context, input: MatchLinesInput): Promise<BankLine[] | Refusal> {
  const denied = denyUnless(ctx, 'fund-maker');
  if (denied) return denied;
  const { idempotencyKey, parts } = input;
  return runDeskCommand(ctx.base, {
    name: 'match-lines',
    by: personOf(ctx),
    idempotencyKey,
    lineIds: [...new Set(parts.map(({ lineId }) => lineId))],
    content: { parts },
    judge: async (lines, session) => {
      const all = [...lines.values()];
      return (await checkParts(ctx.base, { lines: all, parts }, session)) ?? all.map((line) => changeOf(line, parts));
    },
  });
}

function changeOf(line: BankLine, parts: readonly Part[]): LineChange {
  const own = parts.filter(({ lineId }) => lineId === line._id);
  const targetIds = own.flatMap(({ remittanceId, spendId }) => remittanceId ?? spendId ?? []);
  return { kind: 'allocate', line, parts: own, reason: { code: 'BY_HAND', targetIds } };
}
