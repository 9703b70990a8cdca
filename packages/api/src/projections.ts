import { billsProjection } from './features/bills/index.js';
import { charityProjection } from './features/charity/index.js';
import type { Projection } from './features/journal/index.js';
import { recordsProjection } from './features/records/index.js';
import { salesProjection } from './features/sales/index.js';

/** Everything that is counted from the journal, in the order in which a block is counted. */
export const projections: readonly Projection[] = [
  salesProjection,
  recordsProjection,
  charityProjection,
  billsProjection,
];
