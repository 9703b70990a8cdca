/** A browser's storage, for tests without one. */
export const memoryStorage = (texts: Record<string, string> = {}): Storage => {
  const kept = new Map(Object.entries(texts));
  return {
    get length() {
      return kept.size;
    },
    key: (index) => [...kept.keys()][index] ?? null,
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, text) => void kept.set(key, text),
    removeItem: (key) => void kept.delete(key),
    clear: () => {
      kept.clear();
    },
  };
};
