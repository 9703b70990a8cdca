import type { Base } from '../../kernel/context.js';
import { batchStore } from './batches.store.js';

/** What approved batches took of each month's sales, by the remittance it went into. */
export interface TakenSum {
  readonly month: string;
  readonly remittanceId: string;
  readonly count: number;
  readonly amountFen: number;
}

export async function readTakenSums(base: Base): Promise<TakenSum[]> {
  return batchStore
    .collection(base)
    .aggregate<TakenSum>([
      { $match: { state: 'APPROVED' } },
      { $project: { sums: 1 } },
      { $unwind: '$sums' },
      {
        $group: {
          _id: { month: '$sums.saleMonth', remittanceId: '$sums.remittanceId' },
          count: { $sum: '$sums.count' },
          amountFen: { $sum: '$sums.amountFen' },
        },
      },
      { $project: { _id: 0, month: '$_id.month', remittanceId: '$_id.remittanceId', count: 1, amountFen: 1 } },
    ])
    .toArray();
}
