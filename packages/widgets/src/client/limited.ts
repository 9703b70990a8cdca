/** A signal that follows another one and ends by itself; `AbortSignal.any` and `.timeout` are younger than our oldest browser. */
export interface Limited {
  readonly signal: AbortSignal;
  /** True where the time was over, and nobody wished it to end. */
  readonly isOver: () => boolean;
  /** Lets go of the clock and of the other signal. */
  readonly done: () => void;
}

export const limited = (signal: AbortSignal | undefined, limitMs: number): Limited => {
  const own = new AbortController();
  let over = false;
  const end = (): void => {
    own.abort();
  };
  const timer = setTimeout(() => {
    over = true;
    end();
  }, limitMs);
  if (signal?.aborted) end();
  else signal?.addEventListener('abort', end, { once: true });
  return {
    signal: own.signal,
    isOver: () => over,
    done() {
      clearTimeout(timer);
      signal?.removeEventListener('abort', end);
    },
  };
};
