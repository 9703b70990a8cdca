import { denyUnless, personOf } from '../../kernel/authority.js';
import type { Context } from '../../kernel/context.js';
import { isRefusal, type Refusal, refuse } from '../../kernel/refusal.js';
import { shanghaiDay } from '../../kernel/shanghai.js';
import { saveFile } from '../files/index.js';
import { paymentPort } from '../payments/index.js';
import { type BillDay, billDayId, coverEmptyDay, findDays } from './bill-days.store.js';
import { type BillKind, isDay } from './bill-line.rules.js';
import { compareDays } from './compare-days.js';
import { importBill } from './import-bill.js';

/** What a bill of each kind lists, and what its file is called. */
const BILLS = [
  { kind: 'TRADE', name: '微信支付交易账单', covers: ['TRADE', 'REFUND'] },
  { kind: 'FLOW', name: '微信支付资金账单', covers: ['FLOW'] },
] as const satisfies readonly { kind: 'TRADE' | 'FLOW'; name: string; covers: readonly BillKind[] }[];

export interface BillFetched {
  readonly day: BillDay;
  /** Lines that no earlier bill had brought. */
  readonly addedCount: number;
}

/**
 * Fetches the provider's two bills of a day, keeps their files and imports them. A day on which nothing happened has no
 * bill, and is compared all the same. Again: the same bytes, nothing added. Refusals: `DAY_INVALID`, `BILL_TOO_EARLY`,
 * `PAYMENT_…` of the port, those of the import.
 */
export async function fetchBill(ctx: Context, input: { readonly day: string }): Promise<BillFetched | Refusal> {
  const denied = denyUnless(ctx, 'fund-maker', 'system');
  if (denied) return denied;
  const { base } = ctx;
  if (!isDay(input.day)) return refuse('DAY_INVALID', '日期应写作 2026-11-22，请核对。', { path: 'day' });
  if (input.day >= shanghaiDay(base.clock())) {
    return refuse('BILL_TOO_EARLY', `${input.day} 还没有过完，请第二天 10 点以后再取。`, { path: 'day' });
  }
  const id = billDayId({ provider: 'WECHAT', day: input.day });
  let addedCount = 0;
  for (const bill of BILLS) {
    const imported = await fetchOne(ctx, input.day, bill);
    if (isRefusal(imported)) return imported;
    addedCount += imported;
  }
  await compareDays(ctx, [id]);
  const day = (await findDays(base, [id])).get(id);
  if (!day) throw new Error('a day vanished while its bill was fetched');
  return { day, addedCount };
}

async function fetchOne(ctx: Context, day: string, bill: (typeof BILLS)[number]): Promise<number | Refusal> {
  const { base } = ctx;
  const bytes = await paymentPort(base).downloadBill({ day, kind: bill.kind });
  if (isRefusal(bytes)) {
    if (bytes.code !== 'PAYMENT_BILL_NONE') return bytes;
    await coverEmptyDay(base, { provider: 'WECHAT', day, covers: bill.covers });
    return 0;
  }
  const uploadedBy = ctx.actor.kind === 'system' ? ctx.actor.name : personOf(ctx);
  const file = await saveFile(base, {
    name: `${bill.name} ${day}.csv`,
    purpose: 'bill',
    uploadedBy,
    stream: whole(bytes),
  });
  if (isRefusal(file)) return file;
  const imported = await importBill(ctx, { fileId: file.fileId, day });
  if (isRefusal(imported)) return imported;
  return imported.before ? 0 : imported.import.addedCount;
}

const PIECE_BYTES = 1_024 * 1_024;

async function* whole(bytes: Buffer): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += PIECE_BYTES) yield bytes.subarray(at, at + PIECE_BYTES);
}
