import { createHash, randomUUID } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { billDay, type BillRow, numberOf, tradeRows, trueRows } from './bill-rows.js';
import { type Desk, ProviderError } from './desk.js';
import { rfc3339 } from './protocol.js';

const TRADE_HEADER =
  '交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,应结订单金额,' +
  '代金券金额,微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态,商品名称,商户数据包,手续费,费率,订单金额,申请退款金额,费率备注';
const TRADE_TOTALS = '总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额';
const FLOW_HEADER =
  '记账时间,微信支付业务单号,资金流水单号,业务名称,业务类型,收支类型,收支金额(元),账户结余(元),资金变更提交申请人,备注,业务凭证号';
const FLOW_TOTALS = '资金流水总笔数,收入笔数,收入金额,支出笔数,支出金额';
const REFUND_STATES = { SUCCESS: 'SUCCESS', PROCESSING: 'PROCESSING', ABNORMAL: 'CHANGE', CLOSED: 'FAIL' } as const;

/** Addresses that were given out and not asked for yet. */
const MOST_WAITING = 100;

/** Where a bill lies and its hash, as the API answers. Today's is there too: a test lives faster than a day. */
export function applyForBill(desk: Desk, kind: 'trade' | 'flow', query: URLSearchParams, publicUrl: string): object {
  const day = query.get('bill_date') ?? '';
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) throw new ProviderError(400, 'PARAM_ERROR', '参数错误：/query/bill_date');
  if (kind === 'trade' && (query.get('bill_type') ?? 'ALL') !== 'ALL') {
    throw new ProviderError(400, 'PARAM_ERROR', '沙箱只有全部账单：/query/bill_type');
  }
  const fault = desk.faults.of(undefined).bill;
  if (fault === 'creating') throw new ProviderError(400, 'STATEMENT_CREATING', '账单生成中，请稍后再试');
  const lines = kind === 'trade' ? tradeBill(desk, day) : flowBill(desk, day);
  if (!lines) throw new ProviderError(400, 'NO_STATEMENT_EXIST', '账单文件不存在');
  const bill = Buffer.from(`\uFEFF${lines.join('\r\n')}\r\n`, 'utf8');
  const file = fault === 'truncated' ? bill.subarray(0, -100) : bill;
  const token = randomUUID();
  desk.bills.set(token, query.get('tar_type') === 'GZIP' ? gzipSync(file) : file);
  for (const old of desk.bills.keys()) if (desk.bills.size > MOST_WAITING) desk.bills.delete(old);
  const hash = createHash('sha1').update(bill).digest('hex');
  return { hash_type: 'SHA1', hash_value: hash, download_url: `${publicUrl}/v3/billdownload/file?token=${token}` };
}

export function billFile(desk: Desk, token: string | null): Buffer {
  const file = desk.bills.get(token ?? '');
  if (!file) throw new ProviderError(404, 'RESOURCE_NOT_EXISTS', '账单下载地址已失效');
  return file;
}

function tradeBill(desk: Desk, day: string): string[] | null {
  const rows = tradeRows(desk, day);
  if (rows.length === 0) return null;
  const sum = (of: (row: BillRow) => bigint): string => yuan(rows.reduce((fen, row) => fen + of(row), 0n));
  const paid = sum((row) => (row.refund ? 0n : row.amountFen));
  const back = sum((row) => (row.refund ? row.amountFen : 0n));
  const totals = [`${rows.length}.0`, paid, back, '0.00', `${sum((row) => row.feeFen)}000`, paid, back];
  return [TRADE_HEADER, ...rows.map((row) => cells(tradeCells(desk, row))), TRADE_TOTALS, cells(totals)];
}

function tradeCells({ keys }: Desk, { payment, refund, transactionId, atMs, amountFen, feeFen }: BillRow): string[] {
  const [paid, back] = refund ? ['0.00', yuan(amountFen)] : [yuan(amountFen), '0.00'];
  const type = payment.scene === 'H5' ? 'MWEB' : payment.scene;
  return [
    ...[moment(atMs), keys.appid, keys.mchid, '0', '', transactionId, payment.outTradeNo, payment.openId, type],
    ...[refund ? 'REFUND' : 'SUCCESS', 'OTHERS', 'CNY', paid, '0.00'],
    ...[refund?.refundId ?? '0', refund?.outRefundNo ?? '0', back, '0.00'],
    ...[refund ? 'ORIGINAL' : '', refund ? REFUND_STATES[refund.status] : '', payment.description, payment.attach],
    ...[`${yuan(feeFen)}000`, '0.60%', paid, back, ''],
  ];
}

interface Movement {
  readonly row: BillRow;
  readonly business: string;
  readonly amountFen: bigint;
}

/** Each payment comes in whole and its fee goes out; a refund goes out less the fee that comes back with it. */
function movementsOf(row: BillRow): Movement[] {
  if (row.refund?.status === 'CLOSED') return [];
  if (row.refund) return [{ row, business: '退款', amountFen: -row.amountFen - row.feeFen }];
  const paid = { row, business: '交易', amountFen: row.amountFen };
  return row.feeFen === 0n ? [paid] : [paid, { row, business: '扣除交易手续费', amountFen: -row.feeFen }];
}

function flowBill({ book, keys }: Desk, day: string): string[] | null {
  let balanceFen = 0n;
  const rows: string[] = [];
  const sides = { in: { count: 0, fen: 0n }, out: { count: 0, fen: 0n } };
  for (const { row, business, amountFen } of trueRows(book).flatMap(movementsOf)) {
    balanceFen += amountFen;
    if (billDay(row.atMs) !== day) continue;
    const sum = amountFen < 0n ? sides.out : sides.in;
    const size = amountFen < 0n ? -amountFen : amountFen;
    sum.count += 1;
    sum.fen += size;
    // As in real ones: whatever a payment moves carries its number, and what merchants write names them by their own.
    const texts = [moment(row.atMs), numberOf(row), row.transactionId, business, business];
    const side = amountFen < 0n ? '支出' : '收入';
    const voucher = row.refund?.outRefundNo ?? row.payment.outTradeNo;
    rows.push(cells([...texts, side, yuan(size), yuan(balanceFen), `${keys.mchid}API`, '', voucher]));
  }
  if (rows.length === 0) return null;
  const totals = [rows.length, sides.in.count, yuan(sides.in.fen), sides.out.count, yuan(sides.out.fen)];
  return [FLOW_HEADER, ...rows, FLOW_TOTALS, cells(totals.map(String))];
}

/** Each cell after a back-tick, so that no spreadsheet turns a number of 28 digits into 4.2e27. */
function cells(texts: readonly string[]): string {
  return texts.map((text) => `\`${text}`).join(',');
}

function yuan(fen: bigint): string {
  const text = String(fen < 0n ? -fen : fen).padStart(3, '0');
  return `${fen < 0n ? '-' : ''}${text.slice(0, -2)}.${text.slice(-2)}`;
}

/** `2026-11-22 10:34:56` */
function moment(instantMs: number): string {
  return rfc3339(instantMs).slice(0, 19).replace('T', ' ');
}
