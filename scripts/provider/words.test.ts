import { generateKeyPairSync } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
// As in `adapter.test.ts`, by the folder: nothing else of the zone is needed.
import {
  createWechatV3,
  type PaymentPort,
  tellRefusals,
  type WechatV3Options,
} from '../../packages/api/src/features/payments/index.js';
import { type RunningProvider, startProvider } from './start-provider.js';

let provider: RunningProvider;
let port: PaymentPort;
let counter = 0;
const lines: object[] = [];
const log = {
  error: (facts: object) => void lines.push({ level: 'error', ...facts }),
  warn: (facts: object) => void lines.push({ level: 'warn', ...facts }),
};

beforeAll(async () => {
  provider = await startProvider({ refundDelayMs: 600_000 });
  port = portOf({});
});
afterEach(() => {
  provider.clearFaults();
  lines.length = 0;
});
afterAll(async () => {
  port.stop();
  await provider.stop();
});

function portOf(more: Partial<WechatV3Options>): PaymentPort {
  const notifyUrl = 'http://127.0.0.1:9/payments/wechat/notices';
  return tellRefusals(createWechatV3({ ...provider.merchant, notifyUrl, ...more }), log);
}

async function prepaid(): Promise<string> {
  counter += 1;
  const paymentId = `words${String(counter).padStart(19, '0')}01`;
  // Nobody listens for notices here.
  provider.faults({ drop: true }, paymentId);
  const expiresAtMs = Date.now() + 600_000;
  await port.prepay({ paymentId, amountFen: 6800, description: '城口蜂蜜', expiresAtMs, scene: 'NATIVE' });
  return paymentId;
}

describe('a payment, through HTTP', () => {
  it.each(['SUCCESS', 'REFUND', 'NOTPAY', 'USERPAYING', 'ACCEPT', 'PAYERROR', 'CLOSED', 'REVOKED'] as const)(
    'that is %s is told so',
    async (tradeState) => {
      const paymentId = await prepaid();
      if (tradeState === 'SUCCESS' || tradeState === 'REFUND') provider.pay(paymentId);
      provider.faults({ drop: true, tradeState }, paymentId);
      expect(await port.query(paymentId)).toMatchObject({ state: tradeState, paymentId });
    },
  );

  it('in a state that no document names is neither paid nor not yet, and is told in the log once', async () => {
    const paymentId = await prepaid();
    provider.faults({ tradeState: 'FROZEN' }, paymentId);
    for (let time = 0; time < 3; time += 1) {
      expect(await port.query(paymentId)).toMatchObject({
        code: 'PAYMENT_WORD_UNKNOWN',
        details: { providerCode: 'FROZEN' },
      });
    }
    expect(lines).toMatchObject([{ level: 'error', providerCode: 'FROZEN', operation: 'query' }]);
  });

  it('that a coupon helped to pay came in whole', async () => {
    const paymentId = await prepaid();
    provider.faults({ drop: true, couponFen: 500 }, paymentId);
    provider.pay(paymentId);
    expect(await port.query(paymentId)).toMatchObject({ state: 'SUCCESS', amountFen: 6800 });
  });

  it('that went back by hand at the platform is REFUND, with what was paid', async () => {
    const paymentId = await prepaid();
    provider.pay(paymentId);
    provider.refundByHand(paymentId, 1);
    expect(await port.query(paymentId)).toMatchObject({ state: 'REFUND', amountFen: 6800 });
  });
});

describe('a refund, through HTTP', () => {
  const refundOf = (paymentId: string) => ({
    refundId: `${paymentId.slice(0, -2)}r1`,
    paymentId,
    amountFen: 100,
    totalFen: 6800,
    reason: '退',
  });

  it.each(['SUCCESS', 'CLOSED', 'PROCESSING', 'ABNORMAL'] as const)('that is %s is told so', async (refundStatus) => {
    const paymentId = await prepaid();
    provider.pay(paymentId);
    provider.faults({ drop: true, refundStatus }, paymentId);
    expect(await port.refund(refundOf(paymentId))).toMatchObject({ state: refundStatus });
    expect(await port.queryRefund(refundOf(paymentId).refundId)).toMatchObject({ state: refundStatus });
  });

  it.each([
    [403, 'NOT_ENOUGH', 'PAYMENT_BALANCE_LOW'],
    [403, 'USER_ACCOUNT_ABNORMAL', 'PAYMENT_REFUSED'],
    [403, 'RULE_LIMIT', 'PAYMENT_REFUSED'],
    [400, 'INVALID_REQUEST', 'PAYMENT_REFUSED'],
    [400, 'PARAM_ERROR', 'PAYMENT_REFUSED'],
    [404, 'RESOURCE_NOT_EXISTS', 'PAYMENT_UNKNOWN'],
    [404, 'MCH_NOT_EXISTS', 'PAYMENT_SETTING_WRONG'],
    [403, 'NO_AUTH', 'PAYMENT_SETTING_WRONG'],
    [403, 'TRADE_ERROR', 'PAYMENT_REFUSED'],
    [429, 'FREQUENCY_LIMITED', 'PAYMENT_PROVIDER_UNAVAILABLE'],
    [500, 'SYSTEM_ERROR', 'PAYMENT_PROVIDER_UNAVAILABLE'],
    [500, 'BANK_ERROR', 'PAYMENT_PROVIDER_UNAVAILABLE'],
    [403, 'A_NEW_WORD', 'PAYMENT_REFUSED'],
  ] as const)('refused with %i %s is %s, with its words', async (status, providerCode, code) => {
    const paymentId = await prepaid();
    provider.pay(paymentId);
    provider.faults({ drop: true, refuse: { call: 'refund', status, code: providerCode, message: '原话' } }, paymentId);
    expect(await port.refund(refundOf(paymentId))).toMatchObject({
      code,
      details: { providerCode, providerMessage: '原话' },
    });
  });
});

describe('a wrong key of ours', () => {
  it('is asked with once, and told in the log once with the provider’s words', async () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const merchantPrivateKey = privateKey.export({ type: 'pkcs8', format: 'pem' }) as string;
    const wrong = portOf({ merchantPrivateKey });
    for (let time = 0; time < 2; time += 1) {
      expect(await wrong.query('words0000000000000001')).toMatchObject({
        code: 'PAYMENT_SETTING_WRONG',
        details: { providerCode: 'SIGN_ERROR', providerMessage: expect.stringContaining('SIGN_ERROR') },
      });
    }
    wrong.stop();
    expect(lines).toMatchObject([{ level: 'error', providerCode: 'SIGN_ERROR', operation: 'query' }]);
  });
});
