import { Readable } from 'node:stream';
import {
  type Base,
  type BookedPayment,
  bookedPaymentStore,
  type Context,
  importBill,
  isRefusal,
  saveFile,
  shanghaiDay,
} from '@aixin/api/internals';

/** A week of bills: a screen, and no longer to make than a breath. */
const DAYS = 7;
const DAY_MS = 86_400_000;
const HEADER =
  '交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,应结订单金额,' +
  '代金券金额,微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态,商品名称,商户数据包,手续费,费率,订单金额,申请退款金额,费率备注';
const TOTALS = '总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额';

/**
 * The payment provider's trade bills of the demo's last days, as the maker would import them: true to the journal, but for
 * one payment that the bill of the day before yesterday lacks, and one on which three fen too much were kept.
 */
export async function bringBills(base: Base, maker: Context): Promise<void> {
  for (let back = DAYS; back >= 1; back -= 1) {
    const day = shanghaiDay(base.clock() - back * DAY_MS);
    const booked = await bookedPaymentStore.collection(base).find({ day }).sort({ kind: -1, _id: 1 }).toArray();
    const lines = booked.slice(back === 2 ? 1 : 0).map((one, index) => billed(one, back === 2 && index === 0 ? 3 : 0));
    if (lines.length === 0) continue;
    const uploadedBy = maker.actor.kind === 'person' ? maker.actor.memberId : '';
    const stream = Readable.from([billOf(day, lines)]);
    const file = await saveFile(base, { name: `微信支付交易账单 ${day}.csv`, purpose: 'bill', uploadedBy, stream });
    const imported = isRefusal(file) ? file : await importBill(maker, { fileId: file.fileId, day });
    if (isRefusal(imported)) throw new Error(`the demo's bill of ${day}: ${imported.code}`);
  }
}

interface Billed {
  readonly one: BookedPayment;
  readonly feeFen: number;
}

/** Six per mille, half a fen counts as one; a refund gives its share back. */
function billed(one: BookedPayment, extraFen: number): Billed {
  const fee = Number((BigInt(Math.abs(one.amountFen)) * 6n + 500n) / 1000n);
  return { one, feeFen: one.kind === 'TRADE' ? fee + extraFen : -fee };
}

function billOf(day: string, lines: readonly Billed[]): Buffer {
  const rows = lines.map(({ one, feeFen }, index) => {
    const refund = one.kind === 'REFUND';
    const [paid, back] = refund ? ['0.00', yuan(-one.amountFen)] : [yuan(one.amountFen), '0.00'];
    const number = `5000${day.replaceAll('-', '')}${String(index).padStart(16, '0')}`;
    return [
      ...[`${day} ${momentOf(index)}`, 'wx0000000000000001', '1900000001', '0', ''],
      ...[one.transactionId || `demo${one.paymentId}`, one.paymentId, 'demo', 'NATIVE', refund ? 'REFUND' : 'SUCCESS'],
      ...['OTHERS', 'CNY', paid, '0.00', refund ? number : '0', refund ? one._id : '0', back, '0.00'],
      ...[
        refund ? 'ORIGINAL' : '',
        refund ? 'SUCCESS' : '',
        '消费帮扶订单',
        '',
        `${yuan(feeFen)}000`,
        '0.60%',
        paid,
        back,
        '',
      ],
    ];
  });
  const sum = (of: (line: Billed) => number): string => yuan(lines.reduce((fen, line) => fen + of(line), 0));
  const paid = sum(({ one }) => (one.kind === 'TRADE' ? one.amountFen : 0));
  const back = sum(({ one }) => (one.kind === 'REFUND' ? -one.amountFen : 0));
  const totals = [String(lines.length), paid, back, '0.00', `${sum(({ feeFen }) => feeFen)}000`, paid, back];
  const text = [HEADER, ...rows.map(cells), TOTALS, cells(totals)].join('\r\n');
  return Buffer.from(`\uFEFF${text}\r\n`);
}

function cells(texts: readonly string[]): string {
  return texts.map((text) => `\`${text}`).join(',');
}

/** One after the other over the day. */
function momentOf(index: number): string {
  const seconds = 8 * 3_600 + (index % 43_200);
  return new Date(seconds * 1_000).toISOString().slice(11, 19);
}

function yuan(fen: number): string {
  const text = String(Math.abs(fen)).padStart(3, '0');
  return `${fen < 0 ? '-' : ''}${text.slice(0, -2)}.${text.slice(-2)}`;
}
