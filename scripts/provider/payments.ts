import { randomUUID, verify } from 'node:crypto';
import type { Payment } from './book.js';
import { type Desk, ProviderError } from './desk.js';
import type { Forgery } from './faults.js';
import { digits } from './keys.js';
import type { NewNotice, SentAnswer } from './notices.js';
import { rfc3339 } from './protocol.js';

export type PrepayInput = Omit<Payment, 'prepayId' | 'token' | 'state' | 'transactionId' | 'paidAtMs'>;

const STATE_TEXTS = { NOTPAY: '订单未支付', SUCCESS: '支付成功', REFUND: '转入退款', CLOSED: '已关闭' } as const;

/** Takes a new number, or the same content again: another content under a used number is refused. */
export function prepay({ book }: Desk, input: PrepayInput): Payment {
  const before = book.payments.get(input.outTradeNo);
  if (!before) {
    return book.putPayment({
      ...input,
      prepayId: `wx${randomUUID().replaceAll('-', '')}`,
      token: randomUUID().replaceAll('-', ''),
      state: 'NOTPAY',
      transactionId: '',
      paidAtMs: 0,
    });
  }
  refusePaidOrClosed(before);
  const same =
    before.scene === input.scene &&
    before.amountFen === input.amountFen &&
    before.description === input.description &&
    before.attach === input.attach &&
    (before.scene !== 'JSAPI' || before.openId === input.openId);
  if (!same) throw new ProviderError(403, 'OUT_TRADE_NO_USED', '商户订单号重复');
  return book.putPayment({ ...before, expiresAtMs: input.expiresAtMs, notifyUrl: input.notifyUrl });
}

function refusePaidOrClosed(payment: Payment): void {
  if (payment.paidAtMs > 0) throw new ProviderError(400, 'ORDERPAID', '该订单已支付');
  if (payment.state === 'CLOSED') throw new ProviderError(400, 'ORDER_CLOSED', '该订单已关闭');
}

export function findPayment({ book }: Desk, outTradeNo: string): Payment {
  const payment = book.payments.get(outTradeNo);
  if (!payment) throw new ProviderError(404, 'ORDER_NOT_EXIST', '订单不存在');
  return payment;
}

export function closePayment(desk: Desk, outTradeNo: string): void {
  const payment = findPayment(desk, outTradeNo);
  refusePaidOrClosed(payment);
  desk.book.putPayment({ ...payment, state: 'CLOSED' });
}

/** The buyer presses 支付. `late` takes the money after the expiry, as the real one may within its own delays. */
export function pay(desk: Desk, outTradeNo: string, options: { late?: boolean } = {}): Payment {
  const payment = findPayment(desk, outTradeNo);
  if (payment.paidAtMs > 0) return payment;
  if (payment.state === 'CLOSED') throw new ProviderError(409, 'ORDER_CLOSED', '订单已关闭');
  if (Date.now() >= payment.expiresAtMs && options.late !== true) {
    throw new ProviderError(409, 'ORDER_EXPIRED', '订单已超过付款时间');
  }
  const paid = desk.book.putPayment({ ...payment, ...receipt(payment), state: 'SUCCESS' });
  desk.notices.enqueue(paidNotice(desk, paid));
  return paid;
}

/** What a page hands to WeChat, as `WeixinJSBridge` gets it. */
export type BridgeParameters = Readonly<
  Record<'appId' | 'timeStamp' | 'nonceStr' | 'package' | 'signType' | 'paySign', string>
>;

/**
 * The buyer pays in WeChat's own sheet: its parameters must be signed by the merchant and name a payment that was opened for
 * this openid. Gives what WeChat answers the page.
 */
export function payInWechat(desk: Desk, parameters: BridgeParameters, openId: string): { readonly err_msg: string } {
  const { appId, timeStamp, nonceStr, package: prepay, signType, paySign } = parameters;
  const fail = (why: string) => ({ err_msg: `get_brand_wcpay_request:fail_${why}` });
  const text = Buffer.from(`${appId}\n${timeStamp}\n${nonceStr}\n${prepay}\n`);
  const isSigned = verify('sha256', text, desk.keys.merchantPublicKeyObject, Buffer.from(paySign, 'base64'));
  if (signType !== 'RSA' || appId !== desk.keys.appid || !isSigned) return fail('支付验证签名失败');
  const payment = desk.book.byPrepayId(prepay.replace(/^prepay_id=/, ''));
  if (payment?.scene !== 'JSAPI') return fail('缺少参数 prepay_id');
  if (payment.openId !== openId) return fail('下单账号与支付账号不一致');
  pay(desk, payment.outTradeNo);
  return { err_msg: 'get_brand_wcpay_request:ok' };
}

function receipt(payment: Payment): Pick<Payment, 'openId' | 'transactionId' | 'paidAtMs'> {
  return {
    openId: payment.openId || `o${randomUUID().slice(0, 27)}`,
    transactionId: `42000${digits(23)}`,
    paidAtMs: Date.now(),
  };
}

/** Sends the merchant a forged "paid" for this payment, paid or not, and gives its answer. */
export function forgePaid(desk: Desk, outTradeNo: string, kind: Forgery): Promise<SentAnswer> {
  const payment = findPayment(desk, outTradeNo);
  const claimed = payment.paidAtMs > 0 ? payment : { ...payment, ...receipt(payment) };
  return desk.notices.sendForged(paidNotice(desk, claimed), kind);
}

function paidNotice(desk: Desk, payment: Payment): NewNotice {
  return {
    outTradeNo: payment.outTradeNo,
    url: payment.notifyUrl,
    eventType: 'TRANSACTION.SUCCESS',
    originalType: 'transaction',
    summary: '支付成功',
    resource: transactionOf(desk, { ...payment, state: 'SUCCESS' }),
  };
}

/** A transaction as a query answers it and a notice carries it. */
export function transactionOf({ keys, faults }: Desk, payment: Payment): Record<string, unknown> {
  const couponFen = Math.min(faults.of(payment.outTradeNo).couponFen ?? 0, payment.amountFen);
  const total = payment.amountFen;
  const base = {
    mchid: keys.mchid,
    appid: keys.appid,
    out_trade_no: payment.outTradeNo,
    trade_state: payment.state,
    trade_state_desc: STATE_TEXTS[payment.state],
  };
  if (payment.paidAtMs === 0) return { ...base, attach: '', amount: { total, currency: 'CNY' } };
  return {
    ...base,
    transaction_id: payment.transactionId,
    trade_type: payment.scene === 'H5' ? 'MWEB' : payment.scene,
    bank_type: 'OTHERS',
    attach: payment.attach,
    success_time: rfc3339(payment.paidAtMs),
    payer: { openid: payment.openId },
    amount: { total, payer_total: total - couponFen, currency: 'CNY', payer_currency: 'CNY' },
    ...(couponFen > 0 ? { promotion_detail: [couponOf(couponFen)] } : {}),
  };
}

/** A coupon that the provider pays for (全场优惠, 充值型): the merchant gets the whole price. */
function couponOf(amountFen: number): Record<string, unknown> {
  return {
    coupon_id: '109519',
    name: '立减优惠',
    scope: 'GLOBAL',
    type: 'CASH',
    amount: amountFen,
    stock_id: '931386',
    wechatpay_contribute: amountFen,
    merchant_contribute: 0,
    other_contribute: 0,
    currency: 'CNY',
  };
}
