import { setTimeout as sleep } from 'node:timers/promises';
import type { Base } from '../../kernel/context.js';
import { slot } from '../../kernel/slot.js';
import { watchOrders } from './orders.watch.store.js';

/** That an order changed, in whichever process: the reader fetches what it may see. */
export interface OrderChange {
  readonly orderId: string;
}

export interface OrderChanges {
  start(): void;
  stop(): Promise<void>;
  /** The changes of one order from now on, until the signal aborts. */
  follow(orderId: string, signal: AbortSignal): AsyncGenerator<OrderChange>;
}

const RECONNECT_MS = 1_000;

/** One change stream a process, however many pages wait for their order to be paid. */
export const orderChanges = slot<OrderChanges>('order changes', createOrderChanges);

function createOrderChanges(base: Base): OrderChanges {
  const listeners = new Map<string, Set<() => void>>();
  let running: Promise<void> | null = null;
  const stopped = new AbortController();
  const tell = (orderId: string): void => listeners.get(orderId)?.forEach((listener) => listener());

  async function run(): Promise<void> {
    const signal = AbortSignal.any([stopped.signal, base.stopping]);
    while (!signal.aborted) {
      try {
        await watchOrders(base, { onChange: tell, signal });
      } catch (error) {
        if (signal.aborted) return;
        base.log.warn({ err: error }, 'the stream of order changes broke, reconnecting');
        await sleep(RECONNECT_MS, undefined, { signal }).catch(() => undefined);
        // What happened meanwhile is unknown: every waiting page looks once.
        for (const orderId of listeners.keys()) tell(orderId);
      }
    }
  }

  return {
    start() {
      running ??= run();
    },
    async stop() {
      stopped.abort();
      await running;
    },
    async *follow(orderId, signal) {
      const inbox = createInbox();
      const own = listeners.get(orderId) ?? new Set();
      listeners.set(orderId, own.add(inbox.push));
      const ended = AbortSignal.any([signal, stopped.signal]);
      ended.addEventListener('abort', inbox.push);
      try {
        while (!ended.aborted) {
          await inbox.next();
          if (!ended.aborted) yield { orderId };
        }
      } finally {
        ended.removeEventListener('abort', inbox.push);
        own.delete(inbox.push);
        if (own.size === 0) listeners.delete(orderId);
      }
    },
  };
}

/** Many changes while the reader is busy are one: only the newest state matters. */
function createInbox(): { push(this: void): void; next(): Promise<void> } {
  let pending = false;
  let wake: (() => void) | null = null;
  return {
    push() {
      pending = true;
      wake?.();
    },
    async next() {
      if (!pending) await new Promise<void>((resolve) => (wake = resolve));
      pending = false;
      wake = null;
    },
  };
}
