import { denyUnless, personOf } from '../../kernel/authority.js';
import type { Context } from '../../kernel/context.js';
import type { Refusal } from '../../kernel/refusal.js';
import type { BankLine } from './bank.store.js';
import { changedMeanwhile, lineUnknown } from './desk-answers.js';
import { standingAllocations } from './line-money.rules.js';
import { givenBy, remittancesHold } from './remittances-hold.js';
import { runDeskCommand } from './run-desk-command.js';

export interface UnmatchLineInput {
  readonly idempotencyKey: string;
  readonly lineId: string;
}

/**
 * Takes back everything that a line was given to: the books get a correction that names the old transaction, the
 * allocations stay readable as reversed, the remittances wait for money again. Refusals: `LINE_UNKNOWN`,
 * `CHANGED_MEANWHILE` (it is open already), `RECEIPTED`, `DISCLOSED`, `SPENT` (say what to do first), `KEY_REUSED`,
 * `KEY_INVALID`.
 */
export async function unmatchLine(ctx: Context, input: UnmatchLineInput): Promise<BankLine[] | Refusal> {
  const denied = denyUnless(ctx, 'fund-maker');
  if (denied) return denied;
  const { idempotencyKey, lineId } = input;
  return runDeskCommand(ctx.base, {
    name: 'unmatch-line',
    by: personOf(ctx),
    idempotencyKey,
    lineIds: [lineId],
    content: { lineId },
    judge: async (lines, session) => {
      const line = lines.get(lineId);
      if (!line) return lineUnknown();
      if (standingAllocations(line).length === 0) return changedMeanwhile(line);
      const refused = await remittancesHold(ctx.base, givenBy([line]), session);
      return refused ?? [{ kind: 'take-back', line }];
    },
  });
}
