import { closeStream } from '../../kernel/close-stream.js';
import type { Base } from '../../kernel/context.js';
import { orderStore } from './orders.store.js';

/** Follows the orders of all processes until the signal aborts; rejects when the stream breaks. */
export async function watchOrders(
  base: Base,
  follow: { onChange: (orderId: string) => void; signal: AbortSignal },
): Promise<void> {
  const { onChange, signal } = follow;
  const stream = orderStore
    .collection(base)
    .watch([{ $match: { operationType: { $in: ['update', 'replace'] } } }, { $project: { documentKey: 1 } }]);
  const close = (): void => void closeStream(stream);
  signal.addEventListener('abort', close, { once: true });
  try {
    for await (const change of stream) {
      if ('documentKey' in change) onChange(change.documentKey._id);
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    signal.removeEventListener('abort', close);
    await closeStream(stream);
  }
}
