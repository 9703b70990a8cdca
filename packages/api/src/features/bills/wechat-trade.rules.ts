import {
  type BillKind,
  type BillLine,
  Cells,
  columnsAt,
  countOf,
  cut,
  isMoment,
  fault,
  isFault,
  type LineFault,
  yuanToFen,
} from './bill-line.rules.js';
import { isRefundState, movedNothing } from './bill-state.rules.js';
import { type BillReader, type BillRecord, type BillSummary, Sums } from './bill-format.rules.js';

const TRADE_HEAD =
  '交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,应结订单金额,代金券金额';
const REFUND_CELLS = '微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态';
const REFUND_TIMES = '退款申请时间,退款成功时间';
const GOODS = '商品名称,商户数据包,手续费,费率,订单金额';

interface Layout {
  readonly header: string;
  readonly covers: readonly BillKind[];
}

/** 交易账单: of all, of successful payments, of refunds. The columns and their order are the provider's. */
const LAYOUTS: readonly Layout[] = [
  { header: `${TRADE_HEAD},${REFUND_CELLS},${GOODS},申请退款金额,费率备注`, covers: ['TRADE', 'REFUND'] },
  { header: `${TRADE_HEAD},${GOODS},费率备注`, covers: ['TRADE'] },
  { header: `${TRADE_HEAD},${REFUND_TIMES},${REFUND_CELLS},${GOODS},申请退款金额,费率备注`, covers: ['REFUND'] },
];

/** The last two lines: names, then figures. Each but the first is the sum of a column. */
const TOTALS: readonly (readonly [total: string, column: string])[] = [
  ['应结订单总金额', '应结订单金额'],
  ['退款总金额', '退款金额'],
  ['充值券退款总金额', '充值券退款金额'],
  ['手续费总金额', '手续费'],
  ['订单总金额', '订单金额'],
  ['申请退款总金额', '申请退款金额'],
];
const TOTALS_HEADER = `总交易单数,${TOTALS.map(([total]) => total).join(',')}`;

/** In a bill of refunds alone these columns speak of the payments behind them, and the totals do not add them up. */
const NOT_TOTALLED_IN_REFUNDS = new Set(['应结订单金额', '订单金额']);

/** The layout that this header line names; undefined when it is no trade bill of WeChat Pay. */
export function wechatTradeReader(header: string): BillReader | undefined {
  const layout = LAYOUTS.find((one) => one.header === header);
  return layout && new WechatTradeReader(layout);
}

class WechatTradeReader implements BillReader {
  readonly #layout: Layout;
  readonly #header: readonly string[];
  readonly #at: ReadonlyMap<string, number>;
  readonly #sums = new Sums();
  #rowCount = 0;
  #merchantIds: readonly string[] | null = null;
  #stage: 'rows' | 'totals' | 'done' = 'rows';

  constructor(layout: Layout) {
    this.#layout = layout;
    this.#header = layout.header.split(',');
    this.#at = columnsAt(this.#header);
  }

  take(record: BillRecord): BillLine | LineFault | null {
    if (this.#stage === 'done') return fault('汇总之后不应再有内容');
    if (this.#stage === 'totals') return this.#checkTotals(record);
    if (record.cells.length === 1 && record.cells[0] === TOTALS_HEADER) {
      this.#stage = 'totals';
      return null;
    }
    return this.#row(record);
  }

  end(lastLine: number): BillSummary | LineFault {
    if (this.#stage !== 'done') return fault(`账单不完整：到第 ${lastLine} 行就没有了，缺少末尾的两行汇总，请重新下载`);
    return { provider: 'WECHAT', covers: this.#layout.covers, days: [], merchantIds: this.#merchantIds ?? [] };
  }

  #row({ line, cells }: BillRecord): BillLine | LineFault {
    const texts = backTicked(cells);
    if (!texts) return fault('每一格前面都应有 ` 号，请上传原始账单，不要用表格软件另存');
    if (texts.length !== this.#header.length) {
      return fault(`有 ${texts.length} 列，应为 ${this.#header.length} 列`);
    }
    const row = new Cells(this.#at, texts);
    for (const [, column] of TOTALS) {
      if (!this.#at.has(column)) continue;
      const fen = row.fen(column);
      if (isFault(fen)) return fen;
      this.#sums.add(column, fen);
    }
    if (row.text('货币种类') !== 'CNY') return fault('货币不是人民币');
    const merchantIds = merchantsOf(row);
    const common = (this.#merchantIds ?? merchantIds).filter((one) => merchantIds.includes(one));
    if (common.length === 0) return fault(`“商户号”是 ${cut(merchantIds.join('、'))}，与上面各行的不是同一个商户`);
    this.#merchantIds = common;
    const wrong = kindFault(row);
    if (wrong) return wrong;
    this.#rowCount += 1;
    return isRefund(row) ? refundLine(row, line) : tradeLine(row, line);
  }

  #checkTotals({ cells }: BillRecord): LineFault | null {
    const texts = backTicked(cells);
    if (texts?.length !== TOTALS.length + 1) return fault('汇总行的列数不对');
    const count = countOf(texts[0] ?? '');
    if (count !== this.#rowCount) {
      return fault(`汇总写着共 ${texts[0] ?? ''} 笔，账单里有 ${this.#rowCount} 笔，文件可能被截断或改动，请重新下载`);
    }
    for (const [index, [total, column]] of TOTALS.entries()) {
      if (!this.#at.has(column) || (this.#layout.covers.length === 1 && this.#isNotTotalled(column))) continue;
      const text = texts[index + 1] ?? '';
      if (yuanToFen(text) !== this.#sums.of(column)) {
        return fault(`汇总的“${total}”是 ${text}，与各行相加不一致，文件可能被截断或改动，请重新下载`);
      }
    }
    this.#stage = 'done';
    return null;
  }

  #isNotTotalled(column: string): boolean {
    return this.#layout.covers[0] === 'REFUND' && NOT_TOTALLED_IN_REFUNDS.has(column);
  }
}

/** Who took the money: the merchant, and the one that it acts for where it is a provider of services. */
function merchantsOf(row: Cells): string[] {
  const ofService = row.text('特约商户号');
  return [row.text('商户号'), ...(ofService === '' || ofService === '0' ? [] : [ofService])];
}

/**
 * Records are cut at ",`", so that a comma in a product's name cuts nothing; the first cell keeps its back-tick. Null when
 * it has none: then somebody has saved the file anew.
 */
export function backTicked(cells: readonly string[]): string[] | null {
  const [first, ...rest] = cells;
  return first?.startsWith('`') ? [first.slice(1), ...rest] : null;
}

function isRefund(row: Cells): boolean {
  const refundNumber = row.text('微信退款单号');
  return refundNumber !== '' && refundNumber !== '0';
}

/** Two cells of a row tell what it is: they must agree, or one of them was altered. */
function kindFault(row: Cells): LineFault | null {
  const state = row.text('交易状态');
  const isOfRefund = state === 'REFUND' || state === 'REVOKED';
  if (isRefund(row)) return isOfRefund ? null : fault(`有“微信退款单号”，“交易状态”却是“${cut(state)}”`);
  if (isOfRefund) return fault(`“交易状态”是“${cut(state)}”，却没有“微信退款单号”`);
  return row.has('申请退款金额') && row.fen('申请退款金额') !== 0
    ? fault('没有“微信退款单号”，却有“申请退款金额”')
    : null;
}

function tradeLine(row: Cells, line: number): BillLine | LineFault {
  const at = row.text('交易时间');
  const amountFen = row.fen('订单金额');
  const settledFen = row.fen('应结订单金额');
  const feeFen = row.fen('手续费');
  const transactionId = row.text('微信订单号');
  const paymentId = row.text('商户订单号');
  if (!isMoment(at)) return fault('“交易时间”看不懂');
  if (isFault(amountFen)) return amountFen;
  if (isFault(settledFen)) return settledFen;
  if (amountFen < 0 || settledFen < 0) return fault('“订单金额”是负数，不是支付机构给出的账单');
  if (settledFen > amountFen) return fault('“应结订单金额”大于“订单金额”，不是支付机构给出的账单');
  if (isFault(feeFen)) return feeFen;
  if (!isNumber(transactionId) || !isNumber(paymentId)) return fault('“微信订单号”或“商户订单号”不是单号');
  const names = { number: transactionId, identity: transactionId, transactionId, paymentId, refundId: null };
  const kind = { provider: 'WECHAT', kind: 'TRADE', providerState: row.text('交易状态') } as const;
  return { ...kind, ...names, line, at, amountFen, settledFen, feeFen, balanceFen: null };
}

/** A refund that failed moved no money: it is listed with nothing. */
function refundLine(row: Cells, line: number): BillLine | LineFault {
  const at = row.text('退款申请时间') || row.text('交易时间');
  const asked = row.fen('申请退款金额');
  const settled = row.fen('退款金额');
  const feeFen = row.fen('手续费');
  const number = row.text('微信退款单号');
  const names = {
    transactionId: row.text('微信订单号'),
    paymentId: row.text('商户订单号'),
    refundId: row.text('商户退款单号'),
  };
  if (!isMoment(at)) return fault('“交易时间”看不懂');
  if (isFault(asked)) return asked;
  if (isFault(settled)) return settled;
  if (asked < 0 || settled < 0) return fault('“申请退款金额”是负数，不是支付机构给出的账单');
  if (settled > asked) return fault('“退款金额”大于“申请退款金额”，不是支付机构给出的账单');
  if (isFault(feeFen)) return feeFen;
  if (![number, ...Object.values(names)].every(isNumber)) return fault('退款行的单号不是单号');
  const providerState = row.text('退款状态');
  if (!isRefundState(providerState)) return fault(`“退款状态”是“${cut(providerState)}”，不知道这笔钱退了没有`);
  const kind = { provider: 'WECHAT', kind: 'REFUND', providerState } as const;
  const moved = movedNothing(providerState)
    ? { amountFen: 0, settledFen: 0, feeFen: 0 }
    : { amountFen: -asked || 0, settledFen: -settled || 0, feeFen };
  return { ...kind, ...names, ...moved, number, identity: number, line, at, balanceFen: null };
}

/** Numbers stand in ids and sentences: nothing else than what providers and merchants may use in them. */
export function isNumber(text: string): boolean {
  return /^[0-9A-Za-z_\-|*@]{1,64}$/.test(text);
}
