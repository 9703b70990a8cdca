import type { ReceivingRemittance } from '../batches/index.js';
import type { Row } from './chunks.rules.js';
import { findReferences } from './references.rules.js';

/** A line that names one remittance, which no other line of the chunk names, and brings exactly what it waits for. */
export interface CertainLine {
  readonly position: number;
  readonly remittance: ReceivingRemittance;
}

/** What the lines of a chunk name: by position, the references of those that have some. */
export function referencesOf(rows: readonly Row[], isLeftOut: (position: number) => boolean): Map<number, string[]> {
  const named = new Map<number, string[]>();
  for (let position = 0; position < rows.length; position += 1) {
    if (isLeftOut(position)) continue;
    const found = findReferences(rows[position]![MEMO]);
    if (found.length > 0) named.set(position, found);
  }
  return named;
}

const AMOUNT = 2;
const MEMO = 6;

/**
 * The plain case of `decideLines`, nearly every line of a good month, without its weighing: its test holds the two against
 * each other. All other lines go the long way.
 */
export function certainLines(
  rows: readonly Row[],
  named: ReadonlyMap<number, readonly string[]>,
  remittances: ReadonlyMap<string, ReceivingRemittance>,
): CertainLine[] {
  const counts = new Map<string, number>();
  for (const references of named.values()) {
    for (const reference of references) counts.set(reference, (counts.get(reference) ?? 0) + 1);
  }
  const certain: CertainLine[] = [];
  for (const [position, references] of named) {
    const [reference, ...others] = references;
    if (reference === undefined || others.length > 0 || counts.get(reference) !== 1) continue;
    const remittance = remittances.get(reference);
    const amountFen = rows[position]![AMOUNT];
    if (remittance?.state !== 'OPEN' || amountFen <= 0) continue;
    if (remittance.amountFen - remittance.receivedFen === amountFen) certain.push({ position, remittance });
  }
  return certain;
}
