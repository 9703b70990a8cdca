/**
 * A stream that ends as soon as its reader goes. `return()` of an async generator waits for the value that is being
 * waited for, which may never come; so the signal is aborted first.
 */
export function untilClosed<Value>(
  open: (signal: AbortSignal) => AsyncGenerator<Value>,
): AsyncIterableIterator<Value> & { return(): Promise<IteratorResult<Value>> } {
  const closing = new AbortController();
  const source = open(closing.signal);
  const end = async (): Promise<IteratorResult<Value>> => {
    closing.abort();
    return await source.return(undefined);
  };
  return {
    next: () => source.next(),
    return: end,
    throw: end,
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
