import type { Payment } from './book.js';
import { type Desk, ProviderError } from './desk.js';
import { payResult, paySheet } from './page.js';
import { pay } from './payments.js';

export interface PageAnswer {
  readonly status: number;
  readonly html?: string;
  readonly location?: string;
}

/** The buyer's pages: `/pay?code_url=…` (what a phone does after the scan) and `/pay/{token}`. */
export function answerPage(desk: Desk, merchantName: string, method: string, url: URL, form: string): PageAnswer {
  const redirectUrl = webAddress(url.searchParams.get('redirect_url'));
  if (url.pathname === '/pay') {
    const found = resolvePayment(desk, Object.fromEntries(url.searchParams));
    if (!found) return unknown(redirectUrl);
    const query = redirectUrl === null ? '' : `?redirect_url=${encodeURIComponent(redirectUrl)}`;
    return { status: 303, location: `/pay/${found.token}${query}` };
  }
  const payment = desk.book.byToken(url.pathname.slice('/pay/'.length));
  if (!payment) return unknown(redirectUrl);
  if (method !== 'POST') return show(payment, merchantName, redirectUrl);
  const fields = new URLSearchParams(form);
  const backUrl = webAddress(fields.get('redirect_url')) ?? redirectUrl;
  if (fields.get('action') !== 'confirm') {
    if (backUrl !== null) return { status: 303, location: backUrl };
    return result(200, '已取消', '没有扣款。需要时可以重新打开付款页。', null, null);
  }
  try {
    return show(pay(desk, payment.outTradeNo), merchantName, backUrl);
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    return show(payment, merchantName, backUrl);
  }
}

function show(payment: Payment, merchantName: string, redirectUrl: string | null): PageAnswer {
  if (payment.paidAtMs > 0) return result(200, '支付成功', '付款已完成，可以返回商家页面了。', payment, redirectUrl);
  if (payment.state === 'CLOSED') return result(410, '订单已关闭', '请回到商家页面重新下单。', null, redirectUrl);
  if (Date.now() >= payment.expiresAtMs) {
    return result(410, '付款已超时', '请回到商家页面重新下单。', null, redirectUrl);
  }
  return { status: 200, html: paySheet(payment, merchantName, redirectUrl) };
}

function unknown(redirectUrl: string | null): PageAnswer {
  return result(404, '没有这笔付款', '请回到商家页面重新发起付款。', null, redirectUrl);
}

function result(
  status: number,
  title: string,
  hint: string,
  payment: Payment | null,
  redirectUrl: string | null,
): PageAnswer {
  return { status, html: payResult({ title, hint, payment, redirectUrl }) };
}

/** By any of the names a page or a script knows a payment by. */
export function resolvePayment({ book }: Desk, names: Readonly<Record<string, unknown>>): Payment | undefined {
  const { out_trade_no: outTradeNo, code_url: codeUrl, prepay_id: prepayId, h5_url: h5Url } = names;
  if (typeof outTradeNo === 'string') return book.payments.get(outTradeNo);
  if (typeof codeUrl === 'string') return book.byToken(/[?&]pr=([0-9A-Za-z]+)/.exec(codeUrl)?.[1] ?? '');
  if (typeof h5Url === 'string') return book.byToken(/\/pay\/([0-9A-Za-z]+)/.exec(h5Url)?.[1] ?? '');
  if (typeof prepayId === 'string') return book.byPrepayId(prepayId.replace(/^prepay_id=/, ''));
  return undefined;
}

/** Only pages: no `javascript:` behind 返回商家. */
function webAddress(text: string | null): string | null {
  return text !== null && /^https?:\/\//.test(text) && URL.canParse(text) ? text : null;
}
