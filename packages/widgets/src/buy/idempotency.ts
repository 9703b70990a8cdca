/**
 * One key for one wish. It is kept in this tab until the answer is known: if the network swallows the answer, or the page is
 * reloaded, pressing again repeats the same wish under the same key, and the server makes one order of it. Another wish
 * (other lines, another address) gets another key.
 */
interface Kept {
  readonly key: string;
  readonly wish: string;
}

export interface KeyKeeper {
  keyFor(wish: string): string;
  /** The answer is known, whatever it is: the next press is a new wish. */
  settle(): void;
}

const isKept = (value: unknown): value is Kept =>
  typeof value === 'object' && value !== null && 'key' in value && 'wish' in value && typeof value.key === 'string';

/** 122 random bits; crypto.randomUUID does not exist on plain http, where a portal in a closed net may well be. */
export const newKey = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');

export const createKeyKeeper = (name: string, storage: () => Storage | undefined): KeyKeeper => {
  let memory: Kept | undefined;

  const read = (): Kept | undefined => {
    try {
      const value: unknown = JSON.parse(storage()?.getItem(name) ?? 'null');
      return isKept(value) ? value : memory;
    } catch {
      return memory;
    }
  };

  const write = (kept: Kept | undefined): void => {
    memory = kept;
    try {
      if (kept) storage()?.setItem(name, JSON.stringify(kept));
      else storage()?.removeItem(name);
    } catch {
      // Without storage the key lives as long as the page: a reload may then ask twice, as any shop without keys would.
    }
  };

  return {
    keyFor(wish) {
      const kept = read();
      if (kept?.wish === wish) return kept.key;
      const key = newKey();
      write({ key, wish });
      return key;
    },
    settle() {
      write(undefined);
    },
  };
};

/** Where storage is forbidden even the question throws. */
export const tabStore = (): Storage | undefined => {
  try {
    return sessionStorage;
  } catch {
    return undefined;
  }
};
