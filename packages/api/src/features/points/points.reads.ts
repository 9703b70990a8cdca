import { roomLeft } from '@aixin/points-engine';
import type { Base } from '../../kernel/context.js';
import { type Entry, readEntries, readHead, readStream } from '../journal/index.js';
import { pointsPolicy } from '../policy/index.js';

/** One movement of a member's points, with its reason and the balance after it. */
export interface PointsMovement {
  /** Entry and position in it. */
  readonly id: string;
  readonly seq: number;
  readonly at: Date;
  /** Negative where a refund took them back. */
  readonly points: number;
  readonly balanceAfter: number;
  readonly reason: string;
  readonly ruleId: string;
  readonly version: string;
  readonly kind: string;
}

/** Entries read for a page at most: nearly every entry moves points, so a page is full long before. */
const MAX_ENTRIES = 200;

/**
 * A member's points from the newest movement on, straight from the stream. A page ends with a whole entry, so that the
 * position of the next is a number of the stream. `nextSeq` is null at the beginning of the stream.
 */
export async function readPoints(
  base: Base,
  query: { memberId: string; first: number; beforeSeq: number | null },
): Promise<{ movements: PointsMovement[]; nextSeq: number | null; balance: number }> {
  const { memberId, first, beforeSeq } = query;
  const [entries, head] = await Promise.all([
    readStream(base, { memberId, beforeSeq, limit: MAX_ENTRIES, kinds: ['purchase', 'refund'] }),
    readHead(base, memberId),
  ]);
  const movements: PointsMovement[] = [];
  for (const [index, entry] of entries.entries()) {
    movements.push(...movementsOf(entry));
    const more = index + 1 < entries.length || entries.length === MAX_ENTRIES;
    if (movements.length >= first && more) return { movements, nextSeq: entry.seq, balance: head.after.pointsBalance };
  }
  const last = entries.at(-1);
  const nextSeq = entries.length === MAX_ENTRIES && last ? last.seq : null;
  return { movements, nextSeq, balance: head.after.pointsBalance };
}

/** An entry's movements, the last first; the balance runs from what the entry carries. */
function movementsOf(entry: Entry): PointsMovement[] {
  if (entry.kind === 'completion') return [];
  const sign = entry.kind === 'purchase' ? 1 : -1;
  let balanceAfter = entry.after.pointsBalance;
  return entry.awards
    .map((award, index) => ({ award, index }))
    .reverse()
    .map(({ award, index }) => {
      const movement: PointsMovement = {
        id: `${entry._id}.${index}`,
        seq: entry.seq,
        at: entry.at,
        points: sign * award.points,
        balanceAfter,
        reason: award.reason,
        ruleId: award.ruleId,
        version: award.version,
        kind: entry.kind,
      };
      balanceAfter -= movement.points;
      return movement;
    });
}

/** One movement by its id, with the member it belongs to. */
export async function readMovement(base: Base, id: string): Promise<(PointsMovement & { memberId: string }) | null> {
  const [entry] = await readEntries(base, [id.split('.')[0] ?? '']);
  const movement = entry && movementsOf(entry).find((one) => one.id === id);
  return entry && movement ? { ...movement, memberId: entry.memberId } : null;
}

/** How many points purchases can still earn today. Null: no cap of the day. */
export function pointsLeftToday(base: Base, tallies: Parameters<typeof roomLeft>[0]['tallies']): number | null {
  const room = roomLeft({ policy: pointsPolicy(base), kind: 'purchase', tallies, nowMs: base.clock() });
  return room?.todayPoints ?? null;
}
