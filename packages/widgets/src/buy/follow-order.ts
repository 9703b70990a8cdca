import { isAbort, listenWhileShown, untilShown, type Client } from '../client/index.js';
import { OrderChanged, OrderToPay, type Payable } from './pay.documents.js';

/** Between two looks when the live stream is down; and before the stream is tried again. */
const LOOK_EVERY_MS = 4_000;
/** An order waits for its payment some minutes, never hours: 900 looks are one hour, then a person may press. */
const MAX_LOOKS = 900;

const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timer);
        resolve();
      },
      { once: true },
    );
  });

export interface Following {
  readonly onOrder: (order: Payable) => void;
  /** False while the live stream is down and looks take its place. */
  readonly onLive: (live: boolean) => void;
  readonly signal: AbortSignal;
  readonly everyMs?: number;
}

/** The order as it is, asked once. */
export const readOrder = async (client: Client, id: string, signal?: AbortSignal): Promise<Payable | null> => {
  const { node } = await client.send(OrderToPay, { id }, signal ? { signal } : {});
  return node?.__typename === 'Order' ? node : null;
};

/**
 * Tells each change of an order: by the live stream, and by looking where the stream does not stand. After each break it looks
 * once before it listens again, so that a change during the break is not missed.
 */
export const followOrder = async (client: Client, id: string, following: Following): Promise<void> => {
  const { onOrder, onLive, signal, everyMs = LOOK_EVERY_MS } = following;
  for (let look = 0; look < MAX_LOOKS && !signal.aborted; look += 1) {
    try {
      const endedByItself = await listenWhileShown(signal, async (shown) => {
        for await (const { orderChanged } of client.follow(OrderChanged, { id }, { signal: shown })) {
          onLive(true);
          onOrder(orderChanged);
        }
      });
      if (endedByItself) onLive(false);
    } catch {
      onLive(false);
    }
    // In a tab that nobody sees nothing is asked: the first look comes when it is shown again.
    const wasHidden = document.hidden;
    await untilShown(signal);
    if (!wasHidden) await pause(everyMs, signal);
    if (signal.aborted) return;
    try {
      const order = await readOrder(client, id, signal);
      if (order) onOrder(order);
    } catch (reason) {
      if (isAbort(reason)) return;
    }
  }
};
