import type { Task } from '@lit/task';
import type { ReactiveController } from 'lit';
import { ClientProblem, isAbort, listenWhileShown, type Client } from '../../client/index.js';
import { taskOf, type ZonePage } from '../../kit/page.js';
import { OrderFollowed, OrderQuery, type OrderParts } from './order.documents.js';

/**
 * Waits between two looks at the order while its state is awaited: close together at first, when the notice of the
 * payment is due, then seldom. After the last one the person is told and may ask again.
 */
const WAITS_MS = [1_500, 2_500, 4_000, 6_000, 10_000, 15_000, 20_000, 30_000, 30_000, 60_000, 60_000, 60_000];
/** From here on the page says that it takes longer than usual. */
const SLOW_AFTER_LOOKS = 5;

export interface LiveOrderOptions {
  readonly id: () => string;
  /** True when nothing more is awaited: the page then stops asking. */
  readonly settled: (order: OrderParts) => boolean;
  readonly changed?: (order: OrderParts) => void;
}

/**
 * An order that changes under one's eyes: read once, then followed by server-sent events. Events may be lost (a proxy
 * that buffers, a phone that slept), so while something is awaited it is also read again now and then.
 */
export class LiveOrder implements ReactiveController {
  /** Null where there is no such order of this person's; undefined before the first answer. */
  order: OrderParts | null | undefined;
  slow = false;
  readonly task: Task<readonly [string], OrderParts | null>;

  private readonly host: ZonePage;
  private readonly options: LiveOrderOptions;
  private following: AbortController | undefined;

  constructor(host: ZonePage, options: LiveOrderOptions) {
    this.host = host;
    this.options = options;
    host.addController(this);
    this.task = taskOf(
      host,
      async ([id], { signal }) => {
        this.stop();
        this.order = undefined;
        const order = await readOrder(host.zone.client, id, signal);
        this.order = order;
        if (order && !options.settled(order)) this.follow(id);
        return order;
      },
      () => [options.id()] as const,
    );
  }

  hostDisconnected(): void {
    this.stop();
  }

  /** Takes the order that an action gave back. */
  take(order: OrderParts): void {
    const before = this.order;
    this.order = order;
    if (this.options.settled(order)) this.stop();
    if (before && before.state !== order.state) this.options.changed?.(order);
    this.host.requestUpdate();
  }

  /** Asks again, at once and from the start. */
  refresh(): void {
    if (this.order) this.follow(this.order.id, { atOnce: true });
    else void this.task.run();
  }

  private stop(): void {
    this.following?.abort();
    this.following = undefined;
    this.slow = false;
  }

  private follow(id: string, { atOnce = false } = {}): void {
    this.stop();
    const following = new AbortController();
    this.following = following;
    void this.listen(id, following.signal);
    void this.lookAgain(id, following.signal, atOnce);
  }

  private async listen(id: string, signal: AbortSignal): Promise<void> {
    const { client } = this.host.zone;
    try {
      // Each time that the page is shown again. A stream that ended by itself has told all that it knows.
      let hidden = true;
      while (hidden && !signal.aborted) {
        hidden = !(await listenWhileShown(signal, async (shown) => {
          for await (const { orderChanged } of client.follow(OrderFollowed, { id }, { signal: shown })) {
            this.take(orderChanged);
          }
        }));
      }
    } catch {
      // Live events are a convenience: looking again brings the same news a little later, and tells of a failure.
    }
  }

  private async lookAgain(id: string, signal: AbortSignal, atOnce: boolean): Promise<void> {
    const waits = atOnce ? [0, ...WAITS_MS] : WAITS_MS;
    for (const [look, waitMs] of waits.entries()) {
      if (!(await pause(waitMs, signal))) return;
      try {
        const order = await readOrder(this.host.zone.client, id, signal);
        if (signal.aborted) return;
        if (order) this.take(order);
      } catch (reason) {
        if (isAbort(reason) || signal.aborted) return;
        // What is on the screen stays true enough; the next look may get through.
      }
      if (look >= SLOW_AFTER_LOOKS && !this.slow && !signal.aborted) {
        this.slow = true;
        this.host.requestUpdate();
      }
    }
  }
}

async function readOrder(client: Client, id: string, signal: AbortSignal): Promise<OrderParts | null> {
  const { node, me } = await client.send(OrderQuery, { id }, { signal });
  if (me === null) throw new ClientProblem('signed-out', 'an order belongs to a member');
  return node?.__typename === 'Order' ? node : null;
}

/** False where the signal ended it. */
function pause(waitMs: number, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', ended);
      resolve(true);
    }, waitMs);
    const ended = (): void => {
      clearTimeout(timer);
      resolve(false);
    };
    if (signal.aborted) ended();
    else signal.addEventListener('abort', ended, { once: true });
  });
}
