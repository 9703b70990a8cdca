import {
  type BillLine,
  Cells,
  columnsAt,
  countOf,
  cut,
  isMoment,
  fault,
  fullWidth,
  isFault,
  type LineFault,
  yuanToFen,
} from './bill-line.rules.js';
import type { BillReader, BillRecord, BillSummary } from './bill-format.rules.js';
import { backTicked, isNumber } from './wechat-trade.rules.js';

const HEADER =
  '记账时间,微信支付业务单号,资金流水单号,业务名称,业务类型,收支类型,收支金额（元）,账户结余（元）,资金变更提交申请人,备注,业务凭证号';
const TOTALS_HEADER = '资金流水总笔数,收入笔数,收入金额,支出笔数,支出金额';

/** A provider of services may move money for us, too: a few names are enough to find ours among them. */
const MOST_MERCHANTS = 100;

/** 资金账单; undefined when the header line is not its. Brackets come half and full width. */
export function wechatFlowReader(header: string): BillReader | undefined {
  return fullWidth(header) === HEADER ? new WechatFlowReader() : undefined;
}

/** One side of the account: how often, how much. */
interface Side {
  count: number;
  fen: number;
}

class WechatFlowReader implements BillReader {
  readonly #header = HEADER.split(',');
  readonly #at = columnsAt(this.#header);
  readonly #income: Side = { count: 0, fen: 0 };
  readonly #expense: Side = { count: 0, fen: 0 };
  readonly #chain = new BalanceChain();
  /** Whose programs asked for the movements: the only place where a fund bill names a 商户号. */
  readonly #merchantIds = new Set<string>();
  #stage: 'rows' | 'totals' | 'done' = 'rows';

  take(record: BillRecord): BillLine | LineFault | null {
    if (this.#stage === 'done') return fault('汇总之后不应再有内容');
    if (this.#stage === 'totals') return this.#checkTotals(record);
    if (record.cells.length === 1 && record.cells[0] === TOTALS_HEADER) {
      this.#stage = 'totals';
      return this.#chain.fault();
    }
    const texts = backTicked(record.cells);
    if (!texts) return fault('每一格前面都应有 ` 号，请上传原始账单，不要用表格软件另存');
    if (texts.length !== this.#header.length) return fault(`有 ${texts.length} 列，应为 ${this.#header.length} 列`);
    const row = new Cells(this.#at, texts);
    const read = flowLine(row, record.line);
    if (isFault(read)) return read;
    const applicant = /^(\d{8,10})API$/.exec(row.text('资金变更提交申请人'))?.[1];
    if (applicant !== undefined && this.#merchantIds.size < MOST_MERCHANTS) this.#merchantIds.add(applicant);
    const side = read.amountFen < 0 ? this.#expense : this.#income;
    side.count += 1;
    side.fen += Math.abs(read.amountFen);
    this.#chain.add({ line: record.line, amountFen: read.amountFen, balanceFen: read.balanceFen ?? 0 });
    return read;
  }

  end(lastLine: number): BillSummary | LineFault {
    if (this.#stage !== 'done') return fault(`账单不完整：到第 ${lastLine} 行就没有了，缺少末尾的两行汇总，请重新下载`);
    return { provider: 'WECHAT', covers: ['FLOW'], days: [], merchantIds: [...this.#merchantIds] };
  }

  #checkTotals({ cells }: BillRecord): LineFault | null {
    const texts = backTicked(cells);
    if (texts?.length !== 5) return fault('汇总行的列数不对');
    const [all = '', incomes = '', incomeYuan = '', expenses = '', expenseYuan = ''] = texts;
    const agrees =
      countOf(all) === this.#income.count + this.#expense.count &&
      countOf(incomes) === this.#income.count &&
      countOf(expenses) === this.#expense.count;
    if (!agrees) {
      const found = `收入 ${this.#income.count} 笔、支出 ${this.#expense.count} 笔`;
      return fault(
        `汇总写着收入 ${incomes} 笔、支出 ${expenses} 笔，账单里有${found}，文件可能被截断或改动，请重新下载`,
      );
    }
    if (yuanToFen(incomeYuan) !== this.#income.fen || yuanToFen(expenseYuan) !== this.#expense.fen) {
      return fault(`汇总的收入 ${incomeYuan}、支出 ${expenseYuan} 与各行相加不一致，文件可能被截断或改动，请重新下载`);
    }
    this.#stage = 'done';
    return null;
  }
}

function flowLine(row: Cells, line: number): BillLine | LineFault {
  const at = row.text('记账时间');
  const fen = row.fen('收支金额（元）');
  const balanceFen = row.fen('账户结余（元）');
  const number = row.text('资金流水单号');
  const side = row.text('收支类型');
  if (!isMoment(at)) return fault('“记账时间”看不懂');
  if (isFault(fen)) return fen;
  if (isFault(balanceFen)) return balanceFen;
  if (!isNumber(number)) return fault('“资金流水单号”不是单号');
  if (side !== '收入' && side !== '支出') return fault(`“收支类型”应为收入或支出，这里是“${cut(side)}”`);
  if (fen < 0) return fault('“收支金额（元）”是负数，不是支付机构给出的账单');
  const transactionId = row.text('微信支付业务单号');
  if (transactionId !== '' && !isNumber(transactionId)) return fault('“微信支付业务单号”不是单号');
  const providerState = row.text('业务类型');
  const names = { number, transactionId, paymentId: '', refundId: null };
  const kind = { provider: 'WECHAT', kind: 'FLOW', providerState } as const;
  const identity = movementIdentity({ number, transactionId, providerState, at });
  const amountFen = side === '支出' ? -fen || 0 : fen;
  return { ...kind, ...names, identity, line, at, amountFen, settledFen: amountFen, feeFen: 0, balanceFen };
}

/**
 * A payment, its fee and its refunds all carry the payment's number as 资金流水单号, and a refund that is tried again comes
 * under the same numbers at another moment: only all four together are one movement.
 */
export function movementIdentity(
  movement: Pick<BillLine, 'number' | 'transactionId' | 'providerState' | 'at'>,
): string {
  const { number, transactionId, providerState, at } = movement;
  return [transactionId, number, providerState, at.replaceAll(/\D/g, '')].join('.');
}

interface Step {
  readonly line: number;
  readonly amountFen: number;
  readonly balanceFen: number;
}

/** Each balance follows from the one before. Bills run oldest first or newest first; the chain must hold one way. */
class BalanceChain {
  #before: Step | null = null;
  #downFault: LineFault | null = null;
  #upFault: LineFault | null = null;

  add(step: Step): void {
    const before = this.#before;
    this.#before = step;
    if (!before) return;
    const says = (at: Step): LineFault =>
      fault(`第 ${at.line} 行的账户结余与上下行接不上，账单缺行或被改动，请重新下载`);
    if (before.balanceFen + step.amountFen !== step.balanceFen) this.#downFault ??= says(step);
    if (step.balanceFen + before.amountFen !== before.balanceFen) this.#upFault ??= says(before);
  }

  fault(): LineFault | null {
    return this.#downFault && this.#upFault ? this.#downFault : null;
  }
}
