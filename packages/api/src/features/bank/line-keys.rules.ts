import type { BankLine } from './bank.store.js';
import type { LineKeys } from './line-keys.types.js';
import { restFen } from './line-money.rules.js';
import { counterpartyKey, plainName } from './payers.rules.js';

/** A memo is a line; what is longer is found by its beginning. */
const MOST_PAIRS = 600;

type Keyed = Pick<
  BankLine,
  | 'counterparty'
  | 'counterpartyAccount'
  | 'memo'
  | 'references'
  | 'suggestion'
  | 'reason'
  | 'amountFen'
  | 'allocations'
  | 'ignored'
>;

export function keysOf(line: Keyed): LineKeys {
  const words = searchText([line.counterparty, line.memo, ...line.references].join('\n'));
  return { words, pairs: pairsOf(words), payer: counterpartyKey(line), near: nearOf(line) };
}

/** Text as it is searched: `ＡＸ２０２６` and `ax2026` are the same. */
export function searchText(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}

/** Neighbouring characters, and the last of each word alone, so that every character begins one. */
export function pairsOf(words: string): string[] {
  const pairs = new Set<string>();
  for (const word of words.split(/\s+/u)) {
    const characters = [...word];
    characters.forEach((character, at) => {
      if (pairs.size < MOST_PAIRS) pairs.add(character + (characters[at + 1] ?? ''));
    });
  }
  return [...pairs];
}

/** The counterparty by name, as a sponsor's remittances ask for it. */
export function nameKey(name: string): string {
  return `n:${plainName(name)}`;
}

export function isName(key: string): boolean {
  return key.startsWith('n:');
}

/** Money that went, by what is left of it, as a spend asks for it. `leftFen` is positive. */
export function outKey(leftFen: number): string {
  return `o:${leftFen}`;
}

function nearOf(line: Keyed): string[] {
  const { reason, suggestion } = line;
  const near = new Set([...line.references, ...(suggestion?.targets ?? []).map(({ id }) => id)]);
  if (reason && 'targetIds' in reason) for (const id of reason.targetIds) near.add(id);
  const left = restFen(line);
  if (left < 0) near.add(outKey(-left));
  if (plainName(line.counterparty) !== '') near.add(nameKey(line.counterparty));
  return [...near];
}
