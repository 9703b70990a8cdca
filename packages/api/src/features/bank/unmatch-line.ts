import { denyUnless, personOf } from '../../kernel/authority.js';
import type { Base, Context } from '../../kernel/context.js';
import { type Refusal, refuse } from '../../kernel/refusal.js';
import type { Session } from '../../kernel/transaction.js';
import { type Remittance, readRemittances } from '../batches/index.js';
import type { BankLine } from './bank.store.js';
import { changedMeanwhile, lineUnknown } from './desk-answers.js';
import { standingAllocations } from './line-money.rules.js';
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
      const refused = await holdsStill(ctx.base, line, session);
      return refused ?? [{ kind: 'take-back', line }];
    },
  });
}

/** What stands on the match already: a receipt, a disclosure, a spend. */
async function holdsStill(base: Base, line: BankLine, session: Session): Promise<Refusal | null> {
  const givenFen = new Map<string, number>();
  for (const { remittanceId, amountFen } of standingAllocations(line)) {
    if (remittanceId !== null) givenFen.set(remittanceId, (givenFen.get(remittanceId) ?? 0) + amountFen);
  }
  if (givenFen.size === 0) return null;
  const remittances = await readRemittances(base, { ids: [...givenFen.keys()] }, session);
  for (const remittance of remittances) {
    const refused = refusalOf(remittance, givenFen.get(remittance._id) ?? 0);
    if (refused) return refused;
  }
  return null;
}

function refusalOf({ _id, state, receivedFen, spentFen }: Remittance, givenFen: number): Refusal | null {
  const details = { remittanceId: _id };
  if (state === 'DISCLOSED') {
    return refuse('DISCLOSED', `${_id} 已经公示，不能撤销；如有差错，请在“公示”里发布更正。`, { details });
  }
  if (state === 'RECEIPTED') {
    return refuse('RECEIPTED', `${_id} 已开票据，请先在“票据”里作废这张票据，再撤销核对。`, { details });
  }
  if (receivedFen - givenFen < spentFen) {
    return refuse('SPENT', `${_id} 的钱已经用于项目，请先在“使用”里更正相应支出，再撤销核对。`, { details });
  }
  return null;
}
