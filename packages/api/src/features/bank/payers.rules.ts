import { nameText } from './name-text.rules.js';
import type { PayerFacts } from './matching.types.js';

/** Names and accounts as they are compared: full-width as plain, no blanks, no brackets' kinds, no case. */
export function plainName(text: string): string {
  return nameText(text)
    .normalize('NFKC')
    .replace(/[\s\p{Pd}()[\]{}〔〕【】·.,，。'"]/gu, '')
    .toUpperCase();
}

const NOBODY: ReadonlySet<string> = new Set();

/** Which sponsors a counterparty is, by account or by name. */
export class Payers {
  readonly #sponsors = new Map<string, Set<string>>();

  constructor(paying: Iterable<PayerFacts>) {
    for (const { sponsorKey, payerNames, payerAccounts } of paying) {
      for (const name of [...payerNames, ...payerAccounts]) this.#add(plainName(name), sponsorKey);
    }
  }

  #add(name: string, sponsorKey: string): void {
    if (name === '') return;
    const sponsors = this.#sponsors.get(name);
    if (sponsors) sponsors.add(sponsorKey);
    else this.#sponsors.set(name, new Set([sponsorKey]));
  }

  /** An account says it surely; a name is asked where the account is not known. */
  sponsorsOf(line: { counterparty: string; counterpartyAccount: string }): ReadonlySet<string> {
    return (
      this.#sponsors.get(plainName(line.counterpartyAccount)) ??
      this.#sponsors.get(plainName(line.counterparty)) ??
      NOBODY
    );
  }
}

/** One counterparty: the same account, or the same name where the bank gives none. Empty when the line names nobody. */
export function counterpartyKey(line: { counterparty: string; counterpartyAccount: string }): string {
  return plainName(line.counterpartyAccount) || plainName(line.counterparty);
}
