import type { Payment, Refund } from './book.js';
import { type Desk, ProviderError } from './desk.js';
import { digits } from './keys.js';
import { findPayment } from './payments.js';
import { rfc3339 } from './protocol.js';

export type RefundInput = Pick<Refund, 'outRefundNo' | 'outTradeNo' | 'amountFen' | 'totalFen' | 'notifyUrl'>;

const MAX_REFUNDS_PER_PAYMENT = 50;

const SUMMARIES = { SUCCESS: '退款成功', CLOSED: '退款关闭', ABNORMAL: '退款异常' } as const;

/** One refund per number: the same content again gives the same refund, another content is an error. */
export function refund(desk: Desk, input: RefundInput): Refund {
  const before = desk.book.refunds.get(input.outRefundNo);
  if (before) {
    const same =
      before.outTradeNo === input.outTradeNo &&
      before.amountFen === input.amountFen &&
      before.totalFen === input.totalFen;
    if (same) return before;
    throw invalid('订单金额或退款金额与之前请求不一致，请核实后再试');
  }
  const payment = desk.book.payments.get(input.outTradeNo);
  if (!payment) throw new ProviderError(404, 'RESOURCE_NOT_EXISTS', '订单不存在');
  checkRefundable(desk, payment, input);
  const made = desk.book.putRefund({
    ...input,
    refundId: `50000${digits(24)}`,
    status: 'PROCESSING',
    createdAtMs: Date.now(),
    doneAtMs: 0,
  });
  desk.book.putPayment({ ...payment, state: 'REFUND' });
  finishLater(desk, made.outRefundNo);
  return made;
}

function checkRefundable({ book, faults }: Desk, payment: Payment, input: RefundInput): void {
  if (payment.paidAtMs === 0) throw invalid('订单未支付，不能退款');
  if (input.totalFen !== payment.amountFen) throw invalid('订单金额不一致');
  const others = book.refundsOf(payment.outTradeNo).filter((one) => one.status !== 'CLOSED');
  const refundedFen = others.reduce((sumFen, one) => sumFen + one.amountFen, 0);
  if (refundedFen + input.amountFen > payment.amountFen) throw invalid('退款总金额大于订单金额');
  if (others.length >= MAX_REFUNDS_PER_PAYMENT) throw new ProviderError(403, 'RULE_LIMIT', '退款次数超过 50 次');
  if (faults.of(payment.outTradeNo).refund === 'NOT_ENOUGH') {
    throw new ProviderError(403, 'NOT_ENOUGH', '基本账户余额不足，请充值后重新发起');
  }
}

function invalid(message: string): ProviderError {
  return new ProviderError(400, 'INVALID_REQUEST', message);
}

export function findRefund({ book }: Desk, outRefundNo: string): Refund {
  const found = book.refunds.get(outRefundNo);
  if (!found) throw new ProviderError(404, 'RESOURCE_NOT_EXISTS', '退款单不存在');
  return found;
}

/** Goes on with what was under way before a restart. */
export function resumeRefunds(desk: Desk): void {
  for (const one of desk.book.refunds.values()) if (one.status === 'PROCESSING') finishLater(desk, one.outRefundNo);
}

function finishLater(desk: Desk, outRefundNo: string): void {
  const timer = setTimeout(() => {
    desk.timers.delete(timer);
    finish(desk, outRefundNo);
  }, desk.refundDelayMs);
  desk.timers.add(timer);
}

function finish(desk: Desk, outRefundNo: string): void {
  const wanted = desk.faults.of(findRefund(desk, outRefundNo).outTradeNo).refund;
  endRefund(desk, outRefundNo, wanted === 'ABNORMAL' || wanted === 'CLOSED' ? wanted : 'SUCCESS');
}

/** A refund ends, or ends otherwise than before: one that was abnormal arrives once somebody names another account. */
export function endRefund(desk: Desk, outRefundNo: string, status: 'SUCCESS' | 'ABNORMAL' | 'CLOSED'): void {
  const open = findRefund(desk, outRefundNo);
  const done = desk.book.putRefund({ ...open, status, doneAtMs: Date.now() });
  const payment = findPayment(desk, open.outTradeNo);
  const { totalFen: total, amountFen } = done;
  desk.notices.enqueue({
    outTradeNo: done.outTradeNo,
    url: done.notifyUrl,
    eventType: `REFUND.${status}`,
    originalType: 'refund',
    summary: SUMMARIES[status],
    resource: {
      mchid: desk.keys.mchid,
      out_trade_no: done.outTradeNo,
      transaction_id: payment.transactionId,
      out_refund_no: done.outRefundNo,
      refund_id: done.refundId,
      refund_status: status,
      ...(status === 'SUCCESS' ? { success_time: rfc3339(done.doneAtMs) } : {}),
      user_received_account: '支付用户零钱',
      amount: { total, refund: amountFen, payer_total: total, payer_refund: amountFen },
    },
  });
}

/** A refund as the API answers it. */
export function refundAnswer(desk: Desk, found: Refund): Record<string, unknown> {
  const { totalFen: total, amountFen } = found;
  return {
    refund_id: found.refundId,
    out_refund_no: found.outRefundNo,
    transaction_id: findPayment(desk, found.outTradeNo).transactionId,
    out_trade_no: found.outTradeNo,
    channel: 'ORIGINAL',
    user_received_account: '支付用户零钱',
    ...(found.status === 'SUCCESS' ? { success_time: rfc3339(found.doneAtMs) } : {}),
    create_time: rfc3339(found.createdAtMs),
    status: desk.faults.of(found.outTradeNo).refundStatus ?? found.status,
    funds_account: 'UNSETTLED',
    amount: {
      total,
      refund: amountFen,
      payer_total: total,
      payer_refund: amountFen,
      settlement_total: total,
      settlement_refund: amountFen,
      discount_refund: 0,
      currency: 'CNY',
    },
  };
}

/** Somebody gives money back by hand at the merchant platform, under a number that only the platform knows. */
export function refundByHand(desk: Desk, outTradeNo: string, amountFen: number): Refund {
  const payment = findPayment(desk, outTradeNo);
  return refund(desk, {
    outRefundNo: `platform${digits(16)}`,
    outTradeNo,
    amountFen,
    totalFen: payment.amountFen,
    notifyUrl: payment.notifyUrl,
  });
}
