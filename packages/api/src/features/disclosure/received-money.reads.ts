import type { Base } from '../../kernel/context.js';
import { sumFen } from '../../kernel/fen.js';
import { shanghaiDay } from '../../kernel/shanghai.js';
import { type BankLine, bankLineStore, standingAllocations } from '../bank/index.js';
import type { Remittance } from '../batches/index.js';
import type { BookedMoney } from './movements.rules.js';

/**
 * All money that came for these remittances, on the days of the bank's lines. Nearly all were paid whole by one line, whose
 * day the remittance keeps; what a person matched, in parts perhaps, is read from the lines.
 */
export async function readReceivedMoney(base: Base, remittances: readonly Remittance[]): Promise<BookedMoney[]> {
  const parts = await partsOf(
    base,
    remittances.map((one) => one._id),
  );
  return remittances.flatMap((one) => {
    const found = parts.get(one._id) ?? [];
    const isWhole = sumFen(found.map((part) => part.amountFen)) === one.receivedFen;
    return found.length > 0 && isWhole ? found : [inOneSum(one)];
  });
}

/** The day on which its batch was approved is never after it, should no line say the day. */
function inOneSum({ _id, receivedFen, remittedDay, approvedAt }: Remittance): BookedMoney {
  const day = remittedDay ?? shanghaiDay(approvedAt?.getTime() ?? 0);
  return { cause: { remittanceId: _id }, day, amountFen: receivedFen };
}

async function partsOf(base: Base, remittanceIds: readonly string[]): Promise<Map<string, BookedMoney[]>> {
  const parts = new Map<string, BookedMoney[]>();
  const touched = bankLineStore.collection(base).find({ 'allocations.remittanceId': { $in: [...remittanceIds] } });
  for await (const line of touched.project<Pick<BankLine, 'day' | 'allocations'>>({ day: 1, allocations: 1 })) {
    for (const { remittanceId, amountFen } of standingAllocations(line)) {
      if (remittanceId === null) continue;
      const part = { cause: { remittanceId }, day: line.day, amountFen };
      parts.set(remittanceId, [...(parts.get(remittanceId) ?? []), part]);
    }
  }
  return parts;
}
