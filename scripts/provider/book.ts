import { closeSync, existsSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';

export interface Payment {
  readonly outTradeNo: string;
  readonly scene: 'NATIVE' | 'JSAPI' | 'H5';
  readonly description: string;
  readonly attach: string;
  readonly amountFen: number;
  readonly notifyUrl: string;
  readonly openId: string;
  readonly prepayId: string;
  /** What `code_url` and the pay page are found by. */
  readonly token: string;
  readonly expiresAtMs: number;
  readonly state: 'NOTPAY' | 'SUCCESS' | 'REFUND' | 'CLOSED';
  readonly transactionId: string;
  readonly paidAtMs: number;
}

export interface Refund {
  readonly outRefundNo: string;
  readonly outTradeNo: string;
  readonly refundId: string;
  readonly amountFen: number;
  readonly totalFen: number;
  readonly notifyUrl: string;
  readonly status: 'PROCESSING' | 'SUCCESS' | 'ABNORMAL' | 'CLOSED';
  readonly createdAtMs: number;
  readonly doneAtMs: number;
}

/** One event for the merchant, encrypted only when it is sent: a new signature each time, the same id. */
export interface Notice {
  readonly id: string;
  readonly outTradeNo: string;
  readonly url: string;
  readonly eventType: string;
  readonly originalType: 'transaction' | 'refund';
  readonly summary: string;
  readonly createdAtMs: number;
  readonly resource: Readonly<Record<string, unknown>>;
}

interface Line {
  readonly payment?: Payment;
  readonly refund?: Refund;
  readonly notice?: Notice;
  readonly noticeDone?: string;
}

/** All the provider knows, in memory; each change is also a line of a file, and reading the lines again gives it back. */
export interface Book {
  readonly payments: ReadonlyMap<string, Payment>;
  readonly refunds: ReadonlyMap<string, Refund>;
  /** Not yet acknowledged. */
  readonly notices: ReadonlyMap<string, Notice>;
  byToken(token: string): Payment | undefined;
  byPrepayId(prepayId: string): Payment | undefined;
  refundsOf(outTradeNo: string): readonly Refund[];
  putPayment(payment: Payment): Payment;
  putRefund(refund: Refund): Refund;
  putNotice(notice: Notice): void;
  endNotice(id: string): void;
  close(): void;
}

export function openBook(dataDir: string | undefined): Book {
  const payments = new Map<string, Payment>();
  const refunds = new Map<string, Refund>();
  const notices = new Map<string, Notice>();
  const tokens = new Map<string, string>();
  const prepayIds = new Map<string, string>();
  const refundNumbers = new Map<string, Set<string>>();

  function apply(line: Line): void {
    if (line.payment) {
      payments.set(line.payment.outTradeNo, line.payment);
      tokens.set(line.payment.token, line.payment.outTradeNo);
      prepayIds.set(line.payment.prepayId, line.payment.outTradeNo);
    }
    if (line.refund) {
      refunds.set(line.refund.outRefundNo, line.refund);
      const numbers = refundNumbers.get(line.refund.outTradeNo) ?? new Set();
      refundNumbers.set(line.refund.outTradeNo, numbers.add(line.refund.outRefundNo));
    }
    if (line.notice) notices.set(line.notice.id, line.notice);
    if (line.noticeDone !== undefined) notices.delete(line.noticeDone);
  }

  let file: number | undefined;
  if (dataDir !== undefined) {
    mkdirSync(dataDir, { recursive: true });
    const path = join(dataDir, 'book.jsonl');
    if (existsSync(path)) for (const line of readLines(path)) apply(line);
    file = openSync(path, 'a', 0o600);
    // A line cut off by a kill must not swallow the next one.
    writeSync(file, '\n');
  }
  function write(line: Line): void {
    apply(line);
    // Written before the answer: the operating system keeps it when this process is killed.
    if (file !== undefined) writeSync(file, `${JSON.stringify(line)}\n`);
  }
  const find = (outTradeNo: string | undefined): Payment | undefined =>
    outTradeNo === undefined ? undefined : payments.get(outTradeNo);

  return {
    payments,
    refunds,
    notices,
    byToken: (token) => find(tokens.get(token)),
    byPrepayId: (prepayId) => find(prepayIds.get(prepayId)),
    refundsOf: (outTradeNo) =>
      [...(refundNumbers.get(outTradeNo) ?? [])].flatMap((number) => refunds.get(number) ?? []),
    putPayment(payment) {
      write({ payment });
      return payment;
    },
    putRefund(refund) {
      write({ refund });
      return refund;
    },
    putNotice: (notice) => write({ notice }),
    endNotice: (id) => write({ noticeDone: id }),
    close() {
      if (file !== undefined) closeSync(file);
      file = undefined;
    },
  };
}

function readLines(path: string): Line[] {
  const lines: Line[] = [];
  for (const text of readFileSync(path, 'utf8').split('\n')) {
    if (text === '') continue;
    try {
      lines.push(JSON.parse(text) as Line);
    } catch {
      // The one line a kill cut off: what it told was never answered.
    }
  }
  return lines;
}
