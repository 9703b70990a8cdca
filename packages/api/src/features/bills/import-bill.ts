import { denyUnless, personOf } from '../../kernel/authority.js';
import type { Base, Context } from '../../kernel/context.js';
import { derivedId } from '../../kernel/ids.js';
import { isRefusal, type Refusal, refuse } from '../../kernel/refusal.js';
import { shanghaiDay } from '../../kernel/shanghai.js';
import { openFile } from '../files/index.js';
import { addLines } from './add-lines.js';
import { billDayId, coverDay } from './bill-days.store.js';
import type { BillSummary } from './bill-format.rules.js';
import { type BillImport, findImport, keepImport } from './bill-imports.store.js';
import { type BillLine, dayOf } from './bill-line.rules.js';
import { refuseOtherMerchant } from './bill-merchant.js';
import { meetRows, rowOf } from './bill-rows.store.js';
import { compareDays } from './compare-days.js';
import { readBill } from './read-bill.js';
import { changeOf } from './row-change.rules.js';

/** A bill is of a day; one of a month is 31 of them. */
const MOST_DAYS = 31;

export interface ImportBillInput {
  readonly fileId: string;
  /** The day that was asked for, when it was fetched: then no line may be of another, and none at all is a day too. */
  readonly day?: string;
}

export interface BillImported {
  readonly import: BillImport;
  /** The same file was imported before: nothing was added. */
  readonly before: boolean;
}

/**
 * Imports a bill that was uploaded or fetched: read as a whole first, then its rows are added, then its days compared. The
 * same file, or another download of the same days, adds nothing twice; killed in between, a second run goes on. Refusals:
 * `FILE_UNKNOWN`, `BILL_OTHER_MERCHANT`, `BILL_TAKEN_BACK`, `BILL_…` (what is wrong, and in which line).
 */
export async function importBill(ctx: Context, input: ImportBillInput): Promise<BillImported | Refusal> {
  const denied = denyUnless(ctx, 'fund-maker', 'system');
  if (denied) return denied;
  const { base } = ctx;
  const file = await openFile(base, input.fileId);
  if (file?.meta.purpose !== 'bill') {
    file?.stream.destroy();
    return refuse('FILE_UNKNOWN', '没有找到上传的账单，请重新上传。', { path: 'fileId' });
  }
  const { importId, before, wasTakenBack } = await importOfBytes(base, file.meta.sha256);
  if (before) {
    file.stream.destroy();
    return { import: before, before: true };
  }
  if (wasTakenBack && ctx.actor.kind === 'system') {
    file.stream.destroy();
    return refuse('BILL_TAKEN_BACK', '这份账单被撤回过，不再自动导入；确实需要时请经办人重新上传。', {
      path: 'fileId',
    });
  }
  const checked = await checkBill(base, file.stream, input);
  if (isRefusal(checked)) return checked;
  const counts = await addBill(base, input.fileId);
  for (const day of checked.days) await coverDay(base, { ...checked, day });
  await compareDays(
    ctx,
    checked.days.map((day) => billDayId({ ...checked, day })),
  );
  const { provider, covers, days, rowCount, merchantIds } = checked;
  const by = ctx.actor.kind === 'system' ? ctx.actor.name : personOf(ctx);
  const about = { fileId: input.fileId, provider, covers, days, rowCount, merchantIds };
  const done = await keepImport(base, { _id: importId, ...about, ...counts, by, at: new Date(base.clock()) });
  return { import: done, before: false };
}

/** How often one file may be taken back and brought again. */
const MOST_TIMES = 100;

/** The import of these bytes that stands, or the id of the next one: what was taken back keeps its own. */
async function importOfBytes(
  base: Base,
  sha256: string,
): Promise<{ importId: string; before: BillImport | null; wasTakenBack: boolean }> {
  let importId = derivedId('bill-import', sha256);
  for (let times = 0; times < MOST_TIMES; times += 1) {
    const before = await findImport(base, importId);
    if (!before?.back?.doneAt) return { importId, before, wasTakenBack: times > 0 };
    importId = derivedId('bill-import', importId);
  }
  throw new Error('a bill was taken back too often');
}

interface Checked extends BillSummary {
  readonly rowCount: number;
}

/** Reads the whole bill without writing: sums, days, and that no row says another thing than an earlier download. */
async function checkBill(
  base: Base,
  stream: AsyncIterable<Uint8Array>,
  input: ImportBillInput,
): Promise<Checked | Refusal> {
  const today = shanghaiDay(base.clock());
  const days = new Set<string>(input.day === undefined ? [] : [input.day]);
  let rowCount = 0;
  const bill = readBill(stream);
  for (let next = await bill.next(); ; next = await bill.next()) {
    if (next.done) {
      if (isRefusal(next.value)) return next.value;
      for (const day of next.value.days) days.add(day);
      const wrong = daysFault(days, today) ?? (await refuseOtherMerchant(base, next.value));
      return wrong ?? { ...next.value, days: [...days].sort(), rowCount };
    }
    rowCount += next.value.length;
    for (const { line, at } of next.value) {
      const day = dayOf(at);
      if (input.day !== undefined && day !== input.day) {
        return refuse('BILL_DAY', `第 ${line} 行是 ${day} 的，不是要取的 ${input.day}。`, { details: { line } });
      }
      days.add(day);
    }
    const conflict = await findConflict(base, next.value);
    if (conflict) return conflict;
  }
}

function daysFault(days: ReadonlySet<string>, today: string): Refusal | null {
  if (days.size === 0) return refuse('BILL_EMPTY', '账单里一笔也没有，看不出是哪一天的。', { path: 'fileId' });
  if (days.size > MOST_DAYS) {
    return refuse('BILL_TOO_LONG', `一份账单最多 ${MOST_DAYS} 天，这份有 ${days.size} 天，请分几次下载。`, {
      path: 'fileId',
    });
  }
  const early = [...days].find((day) => day >= today);
  return early === undefined
    ? null
    : refuse('BILL_TOO_EARLY', `${early} 还没有过完，账单不完整，请第二天 10 点以后再下载。`, { path: 'fileId' });
}

/** A refund under way ends in some way, and a later download says so; what cannot change may not be told otherwise. */
async function findConflict(base: Base, lines: readonly BillLine[]): Promise<Refusal | null> {
  const met = await meetRows(base, lines.map(rowOf));
  const index = met.findIndex(({ row, before }) => before !== null && changeOf(before, row) === 'CONFLICT');
  const line = lines[index]?.line;
  if (line === undefined) return null;
  const message = `第 ${line} 行与以前导入的同一笔不一致（金额、手续费、单号或时间变了），没有导入，请与支付机构核实。`;
  return refuse('BILL_CONFLICT', message, { path: 'fileId', details: { line } });
}

/** The second reading: the same bytes, known to be whole. */
async function addBill(base: Base, fileId: string): Promise<{ addedCount: number; changedCount: number }> {
  const file = await openFile(base, fileId);
  if (!file) throw new Error('a bill vanished while it was imported');
  const counts = { addedCount: 0, changedCount: 0 };
  const bill = readBill(file.stream as AsyncIterable<Uint8Array>);
  for (let next = await bill.next(); ; next = await bill.next()) {
    if (next.done) {
      if (isRefusal(next.value)) throw new Error('a bill changed while it was imported');
      return counts;
    }
    const { addedCount, changedCount } = await addLines(base, next.value, new Date(base.clock()));
    counts.addedCount += addedCount;
    counts.changedCount += changedCount;
  }
}
