import { describe, expect, it } from '@jest/globals';
import {
  ERROR_WORDS,
  PAYMENT_WORDS,
  paymentMeaning,
  type PaymentWord,
  refundRefusal,
  REFUND_WORDS,
  wordRefusal,
} from './wechat-v3.words.rules.js';

describe('the words of the provider', () => {
  it.each([
    ['SUCCESS', 'PAID'],
    ['REFUND', 'PAID'],
    ['NOTPAY', 'WAITING'],
    ['USERPAYING', 'WAITING'],
    ['ACCEPT', 'WAITING'],
    ['PAYERROR', 'ENDED'],
    ['CLOSED', 'ENDED'],
    ['REVOKED', 'ENDED'],
  ] as const)('a payment that is %s is %s', (word, meaning) => expect(paymentMeaning(word)).toBe(meaning));

  it.each([
    ['SUCCESS', 'DONE'],
    ['PROCESSING', 'UNDER_WAY'],
    ['CLOSED', 'FAILED'],
    ['ABNORMAL', 'FAILED'],
  ] as const)('a refund that is %s is %s', (word, meaning) => expect(REFUND_WORDS[word].meaning).toBe(meaning));

  // What a refund that is refused in this word becomes: tried again by itself, or ended with the provider's reason.
  it.each([
    ['ORDERPAID', 'ANSWER', false],
    ['ORDER_PAID', 'ANSWER', false],
    ['ORDER_CLOSED', 'ANSWER', true],
    ['ORDERCLOSED', 'ANSWER', true],
    ['ORDER_NOT_EXIST', 'ANSWER', true],
    ['ORDERNOTEXIST', 'ANSWER', true],
    ['RESOURCE_NOT_EXISTS', 'ANSWER', true],
    ['OUT_TRADE_NO_USED', 'ANSWER', false],
    ['NO_STATEMENT_EXIST', 'ANSWER', false],
    ['STATEMENT_CREATING', 'LATER', false],
    ['NOT_ENOUGH', 'LATER', false],
    ['FREQUENCY_LIMITED', 'LATER', false],
    ['FREQUENCY_LIMIT_EXCEED', 'LATER', false],
    ['RATELIMIT_EXCEEDED', 'LATER', false],
    ['SYSTEM_ERROR', 'LATER', false],
    ['SYSTEMERROR', 'LATER', false],
    ['BANK_ERROR', 'LATER', false],
    ['BANKERROR', 'LATER', false],
    ['USERPAYING', 'LATER', false],
    ['SIGN_ERROR', 'SETTING', false],
    ['MCH_NOT_EXISTS', 'SETTING', false],
    ['NO_AUTH', 'SETTING', false],
    ['NOAUTH', 'SETTING', false],
    ['APPID_MCHID_NOT_MATCH', 'SETTING', false],
    ['INVALID_REQUEST', 'FINAL', true],
    ['PARAM_ERROR', 'FINAL', true],
    ['RULE_LIMIT', 'FINAL', true],
    ['RULELIMIT', 'FINAL', true],
    ['USER_ACCOUNT_ABNORMAL', 'FINAL', true],
    ['ACCOUNT_ERROR', 'FINAL', true],
    ['ACCOUNTERROR', 'FINAL', true],
    ['TRADE_ERROR', 'FINAL', true],
    ['REQUEST_BLOCKED', 'FINAL', true],
    ['INVALID_TRANSACTIONID', 'FINAL', true],
    ['OPENID_MISMATCH', 'FINAL', true],
    ['SOMETHING_NEW', 'UNKNOWN', false],
  ] as const)('an error %s is of the kind %s, final for a refund: %s', (code, meaning, isFinal) => {
    const refusal = wordRefusal({ code, message: '原话' });
    expect(refusal.details).toEqual({ providerCode: code, providerMessage: '原话', meaning });
    expect(refundRefusal(refusal)).toEqual({ isFinal, text: `原话（${code}）` });
    seen.add(code);
  });
  const seen = new Set<string>();

  it('have a row each', () => {
    expect(Object.keys(ERROR_WORDS).filter((code) => !seen.has(code))).toEqual([]);
    expect(Object.keys(PAYMENT_WORDS) as PaymentWord[]).toHaveLength(8);
    expect(Object.keys(REFUND_WORDS)).toHaveLength(4);
  });

  it('stay one short line, whoever wrote them', () => {
    const { details } = wordRefusal({ code: 'X\n\u0000Y', message: `${'长'.repeat(300)}\u202e` });
    expect(details).toMatchObject({ providerCode: 'X Y', providerMessage: '长'.repeat(256) });
  });
});
