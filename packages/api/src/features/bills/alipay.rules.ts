import {
  type BillLine,
  Cells,
  columnsAt,
  countOf,
  cut,
  dayOf,
  isMoment,
  daysBetween,
  fault,
  fullWidth,
  isDay,
  isFault,
  type LineFault,
  yuanToFen,
} from './bill-line.rules.js';
import type { BillReader, BillRecord, BillSummary } from './bill-format.rules.js';
import { isNumber } from './wechat-trade.rules.js';

const DETAIL_TITLE = '#支付宝业务明细查询';
const TOTALS_TITLE = '#支付宝业务汇总查询';
const DETAIL_HEADER =
  '支付宝交易号,商户订单号,业务类型,商品名称,创建时间,完成时间,门店编号,门店名称,操作员,终端号,对方账户,订单金额（元）,商家实收（元）,' +
  '支付宝红包（元）,集分宝（元）,支付宝优惠（元）,商家优惠（元）,券核销金额（元）,券名称,商家红包消费金额（元）,卡消费金额（元）,' +
  '退款批次号/请求号,服务费（元）,分润（元）,备注';
const TOTALS_HEADER =
  '门店编号,门店名称,交易订单总笔数,退款订单总笔数,订单金额（元）,商家实收（元）,支付宝优惠（元）,商家优惠（元）,卡消费金额（元）,服务费（元）,' +
  '分润（元）,实收净额（元）';
const WHOLE_ZIP = '支付宝的账单是一个压缩包，里面有明细和汇总两份，请把下载的压缩包原样上传，不要解开';
/** A bill is of a day, or of a month. */
const MOST_DAYS = 31;

/** What the detail file adds up to, and what the other file of the zip must say. */
interface AlipaySums {
  tradeCount: number;
  refundCount: number;
  amountFen: number;
  tradeReceivedFen: number;
  refundReceivedFen: number;
  feeFen: number;
}

/**
 * The two files of an Alipay bill, one after the other: 业务明细 and 业务明细(汇总), each with a preamble and a trailer of
 * lines that begin with #. Undefined when the first line is neither's.
 */
export function alipayReader(title: string): BillReader | undefined {
  return title === DETAIL_TITLE || title === TOTALS_TITLE ? new AlipayReader(title) : undefined;
}

class AlipayReader implements BillReader {
  readonly #sums: AlipaySums = {
    ...{ tradeCount: 0, refundCount: 0, amountFen: 0, tradeReceivedFen: 0, refundReceivedFen: 0, feeFen: 0 },
  };
  readonly #at = columnsAt(DETAIL_HEADER.split(','));
  #file: 'detail' | 'totals';
  #stage: 'preamble' | 'rows' | 'trailer' = 'preamble';
  #days: readonly string[] = [];
  /** The account that the bill is of; both files name it. */
  #account = '';
  #seen = { trades: false, refunds: false };
  /** The line of the other file that sums all up, kept until the detail is known: either file may come first. */
  #total: BillRecord | null = null;

  #hasDetail: boolean;

  constructor(title: string) {
    this.#file = title === DETAIL_TITLE ? 'detail' : 'totals';
    this.#hasDetail = this.#file === 'detail';
  }

  take(record: BillRecord): BillLine | LineFault | null {
    const { cells } = record;
    const text = cells.join(',').trim();
    if (text === DETAIL_TITLE || text === TOTALS_TITLE) {
      this.#file = text === DETAIL_TITLE ? 'detail' : 'totals';
      this.#hasDetail ||= this.#file === 'detail';
      this.#stage = 'preamble';
      return null;
    }
    return this.#file === 'totals' ? this.#takeTotals(record, text) : this.#takeDetail(record, text);
  }

  end(lastLine: number): BillSummary | LineFault {
    if (!this.#hasDetail) return fault(`只有业务明细(汇总)，缺少业务明细：${WHOLE_ZIP}`);
    if (!this.#seen.trades || !this.#seen.refunds) {
      return fault(`业务明细不完整：到第 ${lastLine} 行就没有了，缺少末尾的交易合计或退款合计，请重新下载`);
    }
    if (this.#days.length === 0) return fault('业务明细没有写明起始日期和终止日期');
    const wrong = this.#total ? this.#totalFault(this.#total) : fault(`只有业务明细，缺少业务明细(汇总)：${WHOLE_ZIP}`);
    return wrong ?? { provider: 'ALIPAY', covers: ['TRADE', 'REFUND'], days: this.#days, merchantIds: this.#holders() };
  }

  /** `20881234567890120156` is the account `2088123456789012` in yuan: people know it by its first 16 digits. */
  #holders(): string[] {
    const account = this.#account;
    return account === '' ? [] : account.length === 20 ? [account.slice(0, 16), account] : [account];
  }

  /** `#账号：[20881234567890120156]` */
  #takeAccount(text: string): LineFault | null {
    const account = /^#账号：\[(\d{10,28})\]/.exec(text)?.[1];
    if (account === undefined) return null;
    if (this.#account !== '' && this.#account !== account) {
      return fault(`账号是 ${account}，与另一份的 ${this.#account} 不同，不是同一份账单`);
    }
    this.#account = account;
    return null;
  }

  #takeDetail(record: BillRecord, text: string): BillLine | LineFault | null {
    if (text.startsWith('#')) return this.#takeNote(text);
    if (this.#stage === 'trailer') return fault('业务明细结束之后不应再有内容');
    if (this.#stage === 'preamble') {
      if (fullWidth(text) !== DETAIL_HEADER) return fault('业务明细的表头与支付宝的格式不符');
      this.#stage = 'rows';
      return null;
    }
    const columnCount = this.#at.size;
    if (record.cells.length !== columnCount) return fault(`有 ${record.cells.length} 列，应为 ${columnCount} 列`);
    return this.#row(new Cells(this.#at, record.cells), record.line);
  }

  /** `#起始日期：[2026年11月22日 00:00:00]   终止日期：[2026年11月23日 00:00:00]` and the sums at the end. */
  #takeNote(text: string): LineFault | null {
    const period = /^#起始日期：\[(.+?)\]\s*终止日期：\[(.+?)\]/.exec(text);
    if (period) {
      const [from, until] = [noteDay(period[1] ?? ''), noteDay(period[2] ?? '')];
      if (from === null || until === null || from >= until) return fault('起始日期和终止日期看不懂');
      this.#days = daysBetween(from, until, MOST_DAYS + 1);
      return this.#days.length > MOST_DAYS ? fault(`一份账单最多 ${MOST_DAYS} 天`) : null;
    }
    const otherAccount = this.#takeAccount(text);
    if (otherAccount) return otherAccount;
    if (text.includes('业务明细列表结束')) this.#stage = 'trailer';
    const { tradeCount, refundCount, tradeReceivedFen, refundReceivedFen } = this.#sums;
    const trades = /^#交易合计：(\d+)笔，商家实收共(-?[\d.]+)元/.exec(text);
    if (trades) {
      this.#seen.trades = true;
      return sumFault('交易合计', trades, { count: tradeCount, fen: tradeReceivedFen });
    }
    const refunds = /^#退款合计：(\d+)笔，商家实收退款共(-?[\d.]+)元/.exec(text);
    if (!refunds) return null;
    this.#seen.refunds = true;
    return sumFault('退款合计', refunds, { count: refundCount, fen: refundReceivedFen });
  }

  #row(row: Cells, line: number): BillLine | LineFault {
    const kind = row.text('业务类型');
    const at = row.text('完成时间');
    const amountFen = row.fen('订单金额（元）');
    const receivedFen = row.fen('商家实收（元）');
    const fee = row.fen('服务费（元）');
    const transactionId = row.text('支付宝交易号');
    const paymentId = row.text('商户订单号');
    if (!isMoment(at)) return fault('“完成时间”看不懂');
    if (!this.#days.includes(dayOf(at))) return fault(`完成时间 ${dayOf(at)} 不在账单的起止日期之内`);
    if (isFault(amountFen)) return amountFen;
    if (isFault(receivedFen)) return receivedFen;
    if (isFault(fee)) return fee;
    if (!isNumber(transactionId) || !isNumber(paymentId)) return fault('“支付宝交易号”或“商户订单号”不是单号');
    if (kind !== '交易' && kind !== '退款') return fault(`“业务类型”应为交易或退款，这里是“${cut(kind)}”`);
    const refundId = kind === '退款' ? row.text('退款批次号/请求号') : null;
    if (refundId !== null && !isNumber(refundId)) return fault('“退款批次号/请求号”不是单号');
    const isBackwards = [amountFen, receivedFen].some((fen) => (refundId === null ? fen < 0 : fen > 0));
    if (isBackwards) return fault(`${kind}的金额正负号不对，不是支付宝给出的账单`);
    const number = refundId === null ? transactionId : `${transactionId}.${refundId}`;
    return this.#count({
      ...{ line, at, transactionId, paymentId, refundId, balanceFen: null, providerState: kind },
      provider: 'ALIPAY',
      kind: refundId === null ? 'TRADE' : 'REFUND',
      number,
      identity: number,
      amountFen,
      settledFen: receivedFen,
      // The bill writes what we lose as negative.
      feeFen: -fee || 0,
    });
  }

  #count(line: BillLine): BillLine {
    const sums = this.#sums;
    sums.amountFen += line.amountFen;
    sums.feeFen += line.feeFen;
    if (line.kind === 'TRADE') {
      sums.tradeCount += 1;
      sums.tradeReceivedFen += line.settledFen;
    } else {
      sums.refundCount += 1;
      sums.refundReceivedFen += line.settledFen;
    }
    return line;
  }

  #takeTotals(record: BillRecord, text: string): LineFault | null {
    if (text.startsWith('#')) return this.#takeAccount(text);
    if (this.#stage === 'preamble') {
      if (fullWidth(text) !== TOTALS_HEADER) return fault('业务明细(汇总)的表头与支付宝的格式不符');
      this.#stage = 'rows';
      return null;
    }
    if (record.cells[0]?.trim() === '合计') this.#total = record;
    return null;
  }

  #totalFault({ line, cells }: BillRecord): LineFault | null {
    const row = new Cells(columnsAt(TOTALS_HEADER.split(',')), cells);
    const sums = this.#sums;
    const expected: readonly (readonly [string, number | null, number])[] = [
      ['交易订单总笔数', countOf(row.text('交易订单总笔数')), sums.tradeCount],
      ['退款订单总笔数', countOf(row.text('退款订单总笔数')), sums.refundCount],
      ['订单金额（元）', yuanToFen(row.text('订单金额（元）')), sums.amountFen],
      ['商家实收（元）', yuanToFen(row.text('商家实收（元）')), sums.tradeReceivedFen + sums.refundReceivedFen],
      ['服务费（元）', yuanToFen(row.text('服务费（元）')), -sums.feeFen || 0],
    ];
    const wrong = expected.find(([, says, adds]) => says !== adds);
    if (!wrong) return null;
    const says = cut(row.text(wrong[0]));
    return fault(`汇总第 ${line} 行的“${wrong[0]}”是 ${says}，与明细相加不一致，文件可能被截断或改动，请重新下载`);
  }
}

function sumFault(name: string, says: RegExpExecArray, sums: { count: number; fen: number }): LineFault | null {
  const [, count = '', yuan = ''] = says;
  if (Number(count) === sums.count && yuanToFen(yuan) === sums.fen) return null;
  return fault(
    `${name}写着 ${count} 笔 ${yuan} 元，与明细相加不一致（明细 ${sums.count} 笔），文件可能被截断或改动，请重新下载`,
  );
}

function noteDay(text: string): string | null {
  const parts = /^(\d{4})年(\d{2})月(\d{2})日/.exec(text);
  const day = parts ? parts.slice(1).join('-') : '';
  return isDay(day) ? day : null;
}
