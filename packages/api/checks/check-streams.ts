import { sealedText } from '../src/kernel/canonical.js';
import { EMPTY_HEAD, type Entry, type Head, hashOf, headOf, journalStore } from '../src/features/journal/index.js';
import { Findings } from './check.js';
import { entryProblem, groupOf } from './entry-form.js';
import type { Snapshot } from './snapshot.js';

/**
 * Each member's stream from its first entry on. I1: every entry balances, per unit (fen, points). I2: the running balance
 * is the sum of the entries. I7: no gap, the chain and each hash hold. I8: no cause stands twice.
 */
export async function checkStreams(
  snapshot: Snapshot,
  onEntry: (entry: Entry, isCountable: boolean) => void,
): Promise<Findings> {
  const findings = new Findings();
  let memberId = '';
  let head: Head = EMPTY_HEAD;
  let keys = new Set<string>();
  for await (const entry of snapshot.read(journalStore, { sort: { memberId: 1, seq: 1 } })) {
    if (entry.memberId !== memberId) {
      memberId = entry.memberId;
      head = EMPTY_HEAD;
      keys = new Set();
    }
    const problem = entryProblem(entry);
    checkPlace(findings, { entry, head, problem });
    // Nothing is added up of what is no entry any more.
    if (problem === null) checkBalance(findings, { entry, head });
    const subject = `entry ${entry._id}`;
    findings.expect(!keys.has(entry.sourceKey), {
      invariant: 'I8',
      subject,
      message: `${entry.sourceKey} stands twice in one stream`,
    });
    keys.add(entry.sourceKey);
    head = problem === null ? headOf(entry) : { ...headOf(entry), after: head.after };
    onEntry(entry, problem === null);
  }
  return findings;
}

/** I7: what was written together is what the entries of that write say, and each entry stands in one such group. */
export function checkGroups(entries: readonly Entry[], hashes: ReadonlyMap<string, string>): Findings {
  const findings = new Findings();
  const grouped = new Set<string>();
  for (const entry of entries) {
    const { _id } = entry;
    const group = groupOf(entry);
    group?.entryIds.forEach((entryId, at) => {
      const fits = hashes.get(entryId) === group.entryHashes[at] && !grouped.has(entryId);
      findings.expect(fits, {
        invariant: 'I7',
        subject: `entry ${_id}`,
        message: `groups the entry ${entryId}, which is not the one that was written with it, or stands in another group`,
      });
      grouped.add(entryId);
    });
  }
  for (const { _id } of entries) {
    findings.expect(grouped.has(_id), { invariant: 'I7', subject: `entry ${_id}`, message: 'stands in no group' });
  }
  return findings;
}

function checkPlace(findings: Findings, at: { entry: Entry; head: Head; problem: string | null }): void {
  const { entry, head, problem } = at;
  const subject = `entry ${entry._id}`;
  findings.expect(problem === null, {
    invariant: 'I7',
    subject,
    message: `is not of the form in which it is written: ${problem ?? ''}`,
  });
  findings.expect(entry.seq === head.seq + 1, {
    invariant: 'I7',
    subject,
    message: `number ${entry.seq} follows ${head.seq}`,
  });
  findings.expect(entry.prevHash === head.hash, {
    invariant: 'I7',
    subject,
    message: 'does not name the hash of the entry before',
  });
  findings.expect(sealedText(() => hashOf(entry)) === entry.hash, {
    invariant: 'I7',
    subject,
    message: 'was changed: its hash does not fit',
  });
}

function checkBalance(findings: Findings, at: { entry: Entry; head: Head }): void {
  const { entry, head } = at;
  const subject = `entry ${entry._id}`;
  const moved = movements(entry);
  const sums: [string, number, number][] = [
    ['fen', moved.purchaseFen, moved.linesFen],
    ['fen of purchases', entry.after.purchaseFen - head.after.purchaseFen, moved.purchaseFen],
    ['fen of matches', entry.after.matchedFen - head.after.matchedFen, moved.matchedFen],
  ];
  for (const [unit, a, b] of sums) {
    findings.expect(a === b, { invariant: 'I1', subject, message: `${unit}: ${a} and ${b} do not balance` });
  }
  const balance = entry.after.pointsBalance - head.after.pointsBalance;
  findings.expect(balance === moved.points, {
    invariant: 'I2',
    subject,
    message: `the balance moves by ${balance}, the awards by ${moved.points}`,
  });
}

function movements(entry: Entry): Record<'purchaseFen' | 'linesFen' | 'matchedFen' | 'points', number> {
  if (entry.kind === 'completion') return { purchaseFen: 0, linesFen: 0, matchedFen: 0, points: 0 };
  const sign = entry.kind === 'purchase' ? 1 : -1;
  const linesFen =
    entry.kind === 'purchase'
      ? entry.lines.reduce((sum, line) => sum + line.paidFen, 0)
      : -entry.lines.reduce((sum, line) => sum + line.refundFen, 0);
  return {
    purchaseFen: entry.kind === 'purchase' ? entry.totalFen : -entry.amountFen,
    linesFen,
    matchedFen: sign * entry.matches.reduce((sum, match) => sum + match.amountFen, 0),
    points: sign * entry.awards.reduce((sum, award) => sum + award.points, 0),
  };
}
