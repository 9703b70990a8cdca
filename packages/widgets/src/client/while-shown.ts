/**
 * Listens while the page is shown. A browser opens six connections to a host, for all its tabs together: eight tabs that listen
 * leave none to load a ninth. So a tab that nobody sees lets go of its stream, and looks and listens again when it is shown.
 *
 * `listen` is called with a signal that ends when the page is hidden, or when `signal` does; what it throws for another reason is
 * thrown on. Gives back when the listening ended by itself (true), or because of the page or the signal (false).
 */
export const listenWhileShown = async (
  signal: AbortSignal,
  listen: (signal: AbortSignal) => Promise<void>,
): Promise<boolean> => {
  await untilShown(signal);
  if (signal.aborted) return false;
  const own = new AbortController();
  const end = (): void => {
    if (document.hidden || signal.aborted) own.abort();
  };
  document.addEventListener('visibilitychange', end);
  signal.addEventListener('abort', end, { once: true });
  try {
    await listen(own.signal);
    return !own.signal.aborted;
  } catch (reason) {
    if (own.signal.aborted) return false;
    throw reason;
  } finally {
    document.removeEventListener('visibilitychange', end);
    signal.removeEventListener('abort', end);
  }
};

/** At once where the page is shown; also when the signal ends. */
export const untilShown = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const look = (): void => {
      if (document.hidden && !signal.aborted) return;
      document.removeEventListener('visibilitychange', look);
      signal.removeEventListener('abort', look);
      resolve();
    };
    document.addEventListener('visibilitychange', look);
    signal.addEventListener('abort', look);
    look();
  });
