import type { ReceivingRemittance } from '../batches/index.js';
import type { ChunkKeys } from './chunks.rules.js';

/** A line that names one remittance, which no other line of the chunk names, and brings exactly what it waits for. */
export interface CertainLine {
  readonly position: number;
  readonly remittance: ReceivingRemittance;
}

/** Which line names a remittance alone, by its id; null where several do. */
export type NamedOnce = ReadonlyMap<string, number | null>;

const ANOTHER_TOO = null;

/** What the lines of a chunk name. A line that names several names none of them alone. */
export function namedBy({ references }: ChunkKeys, isLeftOut: (position: number) => boolean): NamedOnce {
  const named = new Map<string, number | null>();
  for (let position = 0; position < references.length; position += 1) {
    const text = references[position]!;
    if (text === '' || isLeftOut(position)) continue;
    if (text.includes(' ')) for (const reference of text.split(' ')) named.set(reference, ANOTHER_TOO);
    else named.set(text, named.has(text) ? ANOTHER_TOO : position);
  }
  return named;
}

/**
 * The plain case of `decideLines`, nearly every line of a good month, without its weighing: its test holds the two against
 * each other. All other lines go the long way.
 */
export function certainLines(
  { amounts }: ChunkKeys,
  named: NamedOnce,
  remittances: readonly ReceivingRemittance[],
): CertainLine[] {
  const certain: CertainLine[] = [];
  for (const remittance of remittances) {
    const position = named.get(remittance._id) ?? null;
    if (position === null || remittance.state !== 'OPEN') continue;
    const leftFen = remittance.amountFen - remittance.receivedFen;
    if (leftFen > 0 && leftFen === amounts[position]) certain.push({ position, remittance });
  }
  return certain.sort((a, b) => a.position - b.position);
}
