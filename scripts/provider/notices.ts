import { randomUUID } from 'node:crypto';
import type { Book, Notice } from './book.js';
import type { FaultTable, Forgery } from './faults.js';
import { packForgery, packNotice } from './forgery.js';
import type { ProviderKeys } from './keys.js';
import type { Postman, SentAnswer } from './post-notice.js';

export type { SentAnswer } from './post-notice.js';

/** 15s/15s/30s/3m/10m/20m/30m/30m/30m/60m/3h/3h/3h/6h/6h after the first sending, 24 h 4 m in all. */
export const RETRY_SECONDS = [
  15, 15, 30, 180, 600, 1200, 1800, 1800, 1800, 3600, 10_800, 10_800, 10_800, 21_600, 21_600,
] as const;

export type NewNotice = Omit<Notice, 'id' | 'createdAtMs'>;

export interface Notices {
  enqueue(notice: NewNotice): void;
  /** Sends all that waits or is held, now and once each; resolves with how many were sent and acknowledged. */
  flush(): Promise<{ sent: number; acknowledged: number }>;
  /** Sends one forged notice beside the schedule and gives the merchant's answer. */
  sendForged(notice: NewNotice, kind: Forgery): Promise<SentAnswer>;
  /** Goes on with what was not acknowledged before a restart. */
  resume(): void;
  stop(): void;
}

interface Mailroom {
  readonly book: Book;
  readonly keys: ProviderKeys;
  readonly faults: FaultTable;
  readonly postman: Postman;
  /** 1: the official schedule. */
  readonly scale: number;
  /** Notices that wait for their time. */
  readonly waiting: Map<string, { timer: NodeJS.Timeout; notice: Notice; attempt: number }>;
  /** Notices that wait for company (the fault `reorder`). */
  held: Notice[];
  stopped: boolean;
}

export function createNotices(parts: Pick<Mailroom, 'book' | 'keys' | 'faults' | 'postman' | 'scale'>): Notices {
  const room: Mailroom = { ...parts, waiting: new Map(), held: [], stopped: false };
  const create = (content: NewNotice): Notice => ({ ...content, id: randomUUID(), createdAtMs: Date.now() });
  return {
    enqueue(content) {
      const notice = create(content);
      room.book.putNotice(notice);
      begin(room, notice);
    },
    async flush() {
      const due = [...room.waiting.values()];
      for (const { timer } of due) clearTimeout(timer);
      const answers = await Promise.all(due.map(({ notice, attempt }) => send(room, notice, attempt)));
      answers.push(...(await sendHeld(room)));
      return { sent: answers.length, acknowledged: answers.filter(Boolean).length };
    },
    sendForged: (content, kind) => room.postman.post(content.url, packForgery(create(content), kind, room.keys)),
    resume() {
      for (const notice of [...room.book.notices.values()]) begin(room, notice);
    },
    stop() {
      room.stopped = true;
      for (const { timer } of room.waiting.values()) clearTimeout(timer);
      room.postman.stop();
    },
  };
}

function begin(room: Mailroom, notice: Notice): void {
  const { reorder, delayMs } = room.faults.of(notice.outTradeNo);
  if (reorder !== undefined) {
    room.held.push(notice);
    if (room.held.length >= reorder) void sendHeld(room);
  } else if (delayMs !== undefined) plan(room, notice, 0, delayMs);
  else void send(room, notice, 0);
}

function plan(room: Mailroom, notice: Notice, attempt: number, delayMs: number): void {
  const timer = setTimeout(() => void send(room, notice, attempt), delayMs);
  room.waiting.set(notice.id, { timer, notice, attempt });
}

/** One after the other, last first, so that the merchant sees this very order. */
async function sendHeld(room: Mailroom): Promise<boolean[]> {
  const notices = room.held.reverse();
  room.held = [];
  const answers: boolean[] = [];
  for (const notice of notices) answers.push(await send(room, notice, 0));
  return answers;
}

/** True when the merchant acknowledged it. Else the next sending is planned, as long as the schedule goes. */
async function send(room: Mailroom, notice: Notice, attempt: number): Promise<boolean> {
  room.waiting.delete(notice.id);
  const fault = room.faults.of(notice.outTradeNo);
  if (fault.drop === true) {
    room.book.endNotice(notice.id);
    return false;
  }
  const copies = attempt === 0 ? 1 + (fault.duplicate ?? 0) : 1;
  const answers = await Promise.all(Array.from({ length: copies }, () => sendCopy(room, notice, fault.forge)));
  const accepted = answers.some((answer) => answer.status === 200 || answer.status === 204);
  if (room.stopped) return accepted;
  const retrySeconds = RETRY_SECONDS[attempt];
  if (accepted || retrySeconds === undefined) room.book.endNotice(notice.id);
  else plan(room, notice, attempt + 1, retrySeconds * 1000 * room.scale);
  return accepted;
}

function sendCopy(room: Mailroom, notice: Notice, forge: Forgery | undefined): Promise<SentAnswer> {
  const parcel = forge ? packForgery(notice, forge, room.keys) : packNotice(notice, room.keys);
  return room.postman.post(notice.url, parcel);
}
