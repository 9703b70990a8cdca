import { denyUnless } from '../../kernel/authority.js';
import { canonicalJson } from '../../kernel/canonical.js';
import type { Context } from '../../kernel/context.js';
import { type BillDay, findDays, writeFigures } from './bill-days.store.js';
import { type BillDifference, differenceId, differencesOfDay, writeDifferences } from './bill-differences.store.js';
import { billedRefunds } from './billed-refunds.js';
import { compareDay } from './compare-day.reads.js';
import { changedDifferences } from './difference-changes.rules.js';
import { unknownRefunds } from './unknown-refunds.reads.js';

/** A payment concerns the days of its two sides and of its refunds: far fewer than this follow from one import. */
const MOST_DAYS = 400;

/**
 * Holds these days against our books and lists each difference; then every other day with a bill that the same payments
 * concern, as what was missing there may be cured by now. Run again it changes nothing.
 */
export async function compareDays(ctx: Context, dayIds: readonly string[]): Promise<void> {
  const denied = denyUnless(ctx, 'fund-maker', 'system');
  if (denied) throw new Error('only the fund and the zone itself compare bills');
  const done = new Set<string>();
  let waiting = [...new Set(dayIds)];
  while (waiting.length > 0 && done.size < MOST_DAYS) {
    const days = await findDays(ctx.base, waiting);
    const touched = new Set<string>();
    for (const id of waiting) {
      done.add(id);
      const day = days.get(id);
      if (day) for (const other of await compareOne(ctx, day)) touched.add(other);
    }
    waiting = [...touched].filter((id) => !done.has(id)).sort();
  }
}

async function compareOne({ base }: Context, day: BillDay): Promise<ReadonlySet<string>> {
  const { provider } = day;
  const { differences, figures, touched } = await compareDay(base, day);
  const stored = await differencesOfDay(base, { provider, day: day.day });
  const found = differences.map((one) => ({ _id: differenceId(one), ...one }));
  const changed: readonly BillDifference[] = changedDifferences({ found, stored, now: new Date(base.clock()) });
  await writeDifferences(base, changed);
  // On their orders they can be booked, whether a notice told of them or not.
  for await (const found of unknownRefunds(base, differences)) await billedRefunds(base).note(found);
  const { _id, provider: _provider, day: _day, covers: _covers, emptyKinds: _empty, ...before } = day;
  if (canonicalJson(before) !== canonicalJson(figures)) await writeFigures(base, day, figures);
  return touched;
}
