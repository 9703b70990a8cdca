import type { Base } from '../../kernel/context.js';
import { type Refusal, refuse } from '../../kernel/refusal.js';
import type { Session } from '../../kernel/transaction.js';
import { type Remittance, readRemittances } from '../batches/index.js';
import type { BankLine } from './bank.store.js';
import { standingAllocations } from './line-money.rules.js';

/** What these lines give to each remittance, in fen. */
export function givenBy(lines: readonly Pick<BankLine, 'allocations'>[]): Map<string, number> {
  const givenFen = new Map<string, number>();
  for (const { remittanceId, amountFen } of lines.flatMap(standingAllocations)) {
    if (remittanceId !== null) givenFen.set(remittanceId, (givenFen.get(remittanceId) ?? 0) + amountFen);
  }
  return givenFen;
}

/**
 * What stands already on money that would be taken from remittances: a receipt (`RECEIPTED`), a disclosure (`DISCLOSED`), a
 * spend (`SPENT`); null where nothing does.
 */
export async function remittancesHold(
  base: Base,
  givenFen: ReadonlyMap<string, number>,
  session?: Session,
): Promise<Refusal | null> {
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
