import { denyUnless, personOf } from '../../kernel/authority.js';
import type { Base, Context } from '../../kernel/context.js';
import { type Refusal, refuse } from '../../kernel/refusal.js';
import { openFile } from '../files/index.js';
import { addLines } from './add-lines.js';
import { billDayId, recoverDay } from './bill-days.store.js';
import { differencesOfDay } from './bill-differences.store.js';
import { approveBack, type BillImport, endBack, findImport, standingImportsOf } from './bill-imports.store.js';
import { dayOf } from './bill-line.rules.js';
import { forgetRows, forgetStates } from './bill-rows.store.js';
import { compareDays } from './compare-days.js';
import { readBill } from './read-bill.js';

export interface TakeBillBackInput {
  readonly importId: string;
}

/**
 * Takes a bill back that another person asked for: its days become what the other files tell, and are compared anew. The file
 * and who did what stay. Killed in between, a second run goes on. Refusals: `BILL_UNKNOWN`, `BILL_NOT_ASKED_BACK`,
 * `SAME_PERSON`.
 */
export async function takeBillBack(ctx: Context, input: TakeBillBackInput): Promise<BillImport | Refusal> {
  const denied = denyUnless(ctx, 'fund-checker');
  if (denied) return denied;
  const { base } = ctx;
  const found = await findImport(base, input.importId);
  if (!found) return refuse('BILL_UNKNOWN', '没有找到这份账单，请刷新页面。', { path: 'importId' });
  if (!found.back) {
    return refuse('BILL_NOT_ASKED_BACK', '还没有人申请撤回这份账单，请经办人先申请。', { path: 'importId' });
  }
  if (found.back.doneAt) return found;
  const by = personOf(ctx);
  if (found.back.askedBy === by) return refuse('SAME_PERSON', '申请撤回和同意撤回不能是同一个人，请另一位管理员办理。');
  await approveBack(base, found._id, { by, at: new Date(base.clock()) });
  const touched = await daysBeside(base, found);
  await rebuildDays(base, found);
  await compareDays({ ...ctx, actor: { kind: 'system', name: 'take-bill-back' } }, touched);
  return endBack(base, found._id, new Date(base.clock()));
}

/** The days of the file, and those with the other half of what differs on them. */
async function daysBeside(base: Base, { provider, days }: BillImport): Promise<string[]> {
  const all = new Set(days);
  for (const day of days) {
    for (const { otherDay } of await differencesOfDay(base, { provider, day }))
      if (otherDay !== null) all.add(otherDay);
  }
  return [...all].sort().map((day) => billDayId({ provider, day }));
}

/** The rows of these days and kinds go, and come again from every other file that tells of them, the oldest first. */
async function rebuildDays(base: Base, taken: BillImport): Promise<void> {
  const { provider, covers } = taken;
  const others = await standingImportsOf(base, taken);
  for (const day of taken.days) await forgetRows(base, { provider, day, kinds: covers });
  for (const other of others) {
    const file = await openFile(base, other.fileId);
    if (!file) throw new Error('a bill’s file vanished');
    const bill = readBill(file.stream as AsyncIterable<Uint8Array>);
    for (let next = await bill.next(); !next.done; next = await bill.next()) {
      const lines = next.value.filter((line) => covers.includes(line.kind) && taken.days.includes(dayOf(line.at)));
      await addLines(base, lines, other.at);
    }
  }
  for (const day of taken.days) {
    const ofDay = others.filter((other) => other.days.includes(day));
    await recoverDay(base, { provider, day, covers: ofDay.flatMap((other) => other.covers) });
    // A movement is compared again with whatever trade bill is left.
    await forgetStates(base, { provider, day });
  }
}
