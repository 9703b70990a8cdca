import { type Refusal, refuse } from '../../kernel/refusal.js';

/** What a word for a payment's state means here. `WAITING`: the buyer may still pay. `ENDED`: under this number never. */
export type PaymentMeaning = 'PAID' | 'WAITING' | 'ENDED';

/** `trade_state`: every word that the documents of API v3 know. */
export const PAYMENT_WORDS = {
  SUCCESS: 'PAID',
  /** Paid, and at least a part went back since: what came in stays a fact. */
  REFUND: 'PAID',
  NOTPAY: 'WAITING',
  USERPAYING: 'WAITING',
  /** Taken, the bank has not said yes yet. */
  ACCEPT: 'WAITING',
  PAYERROR: 'ENDED',
  CLOSED: 'ENDED',
  REVOKED: 'ENDED',
} as const satisfies Readonly<Record<string, PaymentMeaning>>;

export type PaymentWord = keyof typeof PAYMENT_WORDS;

export function paymentMeaning(word: PaymentWord): PaymentMeaning {
  return PAYMENT_WORDS[word];
}

/** `FAILED`: it did not happen, and will not by itself. */
export type RefundMeaning = 'DONE' | 'UNDER_WAY' | 'FAILED';

/** `status` and `refund_status`, with what a person is told of a refund that failed. */
export const REFUND_WORDS = {
  SUCCESS: { meaning: 'DONE', text: '退款成功' },
  PROCESSING: { meaning: 'UNDER_WAY', text: '退款处理中' },
  CLOSED: { meaning: 'FAILED', text: '支付平台已关闭这笔退款，钱没有退出' },
  ABNORMAL: {
    meaning: 'FAILED',
    text: '退款异常：付款的银行卡已作废或冻结，请在商户平台改退到其他账户',
  },
} as const satisfies Readonly<Record<string, { meaning: RefundMeaning; text: string }>>;

export type RefundWord = keyof typeof REFUND_WORDS;

/**
 * What a provider's “no” means. `ANSWER`: it tells where the payment stands. `FINAL`: the same request gets the same no.
 * `LATER`: it may succeed by itself. `SETTING`: nothing works until somebody mends a key, a number or a contract.
 * `UNKNOWN`: a word that no document names; nothing is concluded from it.
 */
export type ErrorMeaning = 'ANSWER' | 'FINAL' | 'LATER' | 'SETTING' | 'UNKNOWN';

interface ErrorWord {
  readonly meaning: ErrorMeaning;
  /** Ours, as the port names it. */
  readonly code: string;
  readonly message: string;
}

const paid: ErrorWord = {
  meaning: 'ANSWER',
  code: 'PAYMENT_ALREADY_PAID',
  message: '这笔款已经付过了，请刷新订单查看。',
};
const closed: ErrorWord = {
  meaning: 'ANSWER',
  code: 'PAYMENT_CLOSED',
  message: '这次付款已经关闭，请重新发起付款。',
};
const unknown: ErrorWord = {
  meaning: 'ANSWER',
  code: 'PAYMENT_UNKNOWN',
  message: '支付平台没有这笔付款，请重新发起付款。',
};
const later: ErrorWord = {
  meaning: 'LATER',
  code: 'PAYMENT_PROVIDER_UNAVAILABLE',
  message: '支付平台正忙，请稍后再试；如果已经付款，系统会自动核对。',
};
const setting: ErrorWord = {
  meaning: 'SETTING',
  code: 'PAYMENT_SETTING_WRONG',
  message: '支付的商户设置有误，暂时不能付款和退款，请联系平台运营。',
};
const final: ErrorWord = {
  meaning: 'FINAL',
  code: 'PAYMENT_REFUSED',
  message: '支付平台没有受理，请联系平台运营。',
};

/** The error codes of pay, query, close, refund and bills. Older spellings stand beside those of today. */
export const ERROR_WORDS: Readonly<Record<string, ErrorWord>> = {
  ORDERPAID: paid,
  ORDER_PAID: paid,
  ORDER_CLOSED: closed,
  ORDERCLOSED: closed,
  ORDER_NOT_EXIST: unknown,
  ORDERNOTEXIST: unknown,
  RESOURCE_NOT_EXISTS: { ...unknown, message: '支付平台没有这笔记录，请核对单号。' },
  OUT_TRADE_NO_USED: {
    meaning: 'ANSWER',
    code: 'PAYMENT_ID_REUSED',
    message: '这个付款单号已经用过，请重新发起付款。',
  },
  NO_STATEMENT_EXIST: { meaning: 'ANSWER', code: 'PAYMENT_BILL_NONE', message: '这一天没有交易，也没有账单。' },
  STATEMENT_CREATING: {
    meaning: 'LATER',
    code: 'PAYMENT_BILL_NOT_READY',
    message: '账单还在生成，请在第二天 10 点以后再取。',
  },
  NOT_ENOUGH: { meaning: 'LATER', code: 'PAYMENT_BALANCE_LOW', message: '商户账户余额不足，退款稍后会再次办理。' },
  FREQUENCY_LIMITED: later,
  FREQUENCY_LIMIT_EXCEED: later,
  RATELIMIT_EXCEEDED: later,
  SYSTEM_ERROR: later,
  SYSTEMERROR: later,
  BANK_ERROR: later,
  BANKERROR: later,
  USERPAYING: later,
  SIGN_ERROR: setting,
  MCH_NOT_EXISTS: setting,
  NO_AUTH: setting,
  NOAUTH: setting,
  APPID_MCHID_NOT_MATCH: setting,
  INVALID_REQUEST: final,
  PARAM_ERROR: final,
  RULE_LIMIT: final,
  RULELIMIT: final,
  USER_ACCOUNT_ABNORMAL: { ...final, message: '收款的账户已注销或异常，支付平台不能退到那里，请联系平台运营。' },
  ACCOUNT_ERROR: { ...final, message: '付款账户异常，请换一个账户付款，或联系平台运营。' },
  ACCOUNTERROR: { ...final, message: '付款账户异常，请换一个账户付款，或联系平台运营。' },
  TRADE_ERROR: final,
  REQUEST_BLOCKED: final,
  INVALID_TRANSACTIONID: final,
  OPENID_MISMATCH: { ...final, message: '微信身份与这个公众号不符，请从微信里重新打开。' },
};

const UNKNOWN_WORD: ErrorWord = {
  meaning: 'UNKNOWN',
  code: 'PAYMENT_REFUSED',
  message: '支付平台没有受理，请稍后再试，或联系平台运营。',
};

/** The provider's no as ours, with its own words in `details`: whoever must act reads them. */
export function wordRefusal(said: { readonly code: string; readonly message: string }): Refusal {
  const word = (Object.hasOwn(ERROR_WORDS, said.code) ? ERROR_WORDS[said.code] : undefined) ?? UNKNOWN_WORD;
  return refuse(word.code, word.message, {
    details: {
      providerCode: oneLine(said.code, 64),
      providerMessage: oneLine(said.message, 256),
      meaning: word.meaning,
    },
  });
}

/** A state that no document names: nothing is concluded from it, neither paid nor not yet. */
export function unknownState(word: string): Refusal {
  return refuse('PAYMENT_WORD_UNKNOWN', '支付平台给出了系统不认识的状态，请联系平台运营核对。', {
    details: { providerCode: oneLine(word, 64), providerMessage: '', meaning: 'UNKNOWN' },
  });
}

/** What a refusal of the port means for a refund that was asked for: whether to try again, and what to tell. */
export function refundRefusal(refusal: Refusal): { readonly isFinal: boolean; readonly text: string } {
  const { providerCode, providerMessage, meaning } = refusal.details ?? {};
  const said = String(providerMessage ?? '') || refusal.message;
  const text = providerCode === undefined ? refusal.message : `${said}（${providerCode}）`;
  // Neither a payment that it does not know nor an input that we would not send gets better by itself.
  const isFinal =
    meaning === 'FINAL' || ['PAYMENT_UNKNOWN', 'PAYMENT_CLOSED', 'PAYMENT_INPUT_INVALID'].includes(refusal.code);
  return { isFinal, text };
}

/** Whoever wrote it, it stays one short line of a log. */
function oneLine(text: string, maxLength: number): string {
  return text.replace(/[\p{C}\p{Zl}\p{Zp}]+/gu, ' ').slice(0, maxLength);
}
