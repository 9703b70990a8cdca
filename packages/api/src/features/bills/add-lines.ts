import type { Base } from '../../kernel/context.js';
import type { BillLine } from './bill-line.rules.js';
import { addRows, changeRows, meetRows, rowOf } from './bill-rows.store.js';
import { changeOf } from './row-change.rules.js';

/** Adds the lines that are not there, and takes over what they say more of those that are. `at`: when their file was taken. */
export async function addLines(
  base: Base,
  lines: readonly BillLine[],
  at: Date,
): Promise<{ addedCount: number; changedCount: number }> {
  const met = await meetRows(base, lines.map(rowOf));
  const isNew = met.filter(({ before }) => before === null).map(({ row }) => row);
  const later = met.filter(({ row, before }) => before !== null && changeOf(before, row) === 'LATER');
  return { addedCount: await addRows(base, isNew), changedCount: await changeRows(base, later, at) };
}
