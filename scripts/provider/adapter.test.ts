import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
// The adapter by its folder and not by the package's front door: the provider must work with nothing else of the zone.
import {
  createWechatV3,
  type PaymentNotice,
  type PaymentPort,
  type PrepayInput,
  wechatV3OptionsFromEnv,
} from '../../packages/api/src/features/payments/index.js';
import { FORGERIES } from './faults.js';
import { merchantEnv } from './merchant-env.js';
import { type RunningProvider, startProvider } from './start-provider.js';

/** The merchant's side: acknowledges what the adapter believes. */
interface Merchant {
  readonly notices: PaymentNotice[];
  readonly refusals: string[];
  /** What it answers to notices it believes. */
  status: number;
}

const merchant: Merchant = { notices: [], refusals: [], status: 200 };
let server: Server;
let provider: RunningProvider;
let port: PaymentPort;
let counter = 0;

beforeAll(async () => {
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      void port
        .readNotice({ headers: request.headers, rawBody: Buffer.concat(chunks), nowMs: Date.now() })
        .then((result) => {
          if ('refused' in result) merchant.refusals.push(String(result.details?.['reason']));
          else merchant.notices.push(result);
          response.writeHead('refused' in result ? 401 : merchant.status).end();
        });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const notifyUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/payments/wechat/notices`;
  provider = await startProvider({ notifyUrl, noticeScale: 0.002, refundDelayMs: 10 });
  port = createWechatV3(wechatV3OptionsFromEnv(merchantEnv(provider.merchant)));
});

afterAll(async () => {
  port.stop();
  await provider.stop();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

beforeEach(() => {
  merchant.notices.length = 0;
  merchant.refusals.length = 0;
  merchant.status = 200;
});

afterEach(async () => {
  provider.clearFaults();
  merchant.status = 200;
  await provider.flush();
  await until(() => provider.waitingNotices() === 0);
});

function order(more: Partial<PrepayInput> = {}): PrepayInput {
  counter += 1;
  return {
    paymentId: `order${String(counter).padStart(19, '0')}01`,
    amountFen: 6800,
    description: '城口蜂蜜 500 克',
    expiresAtMs: Date.now() + 60_000,
    scene: 'NATIVE',
    ...more,
  };
}

async function prepaid(more: Partial<PrepayInput> = {}): Promise<string> {
  const input = order(more);
  expect(await port.prepay(input)).not.toHaveProperty('refused');
  return input.paymentId;
}

async function paid(more: Partial<PrepayInput> = {}): Promise<string> {
  const paymentId = await prepaid(more);
  provider.pay(paymentId);
  await until(() => merchant.notices.some((notice) => notice.paymentId === paymentId));
  return paymentId;
}

async function until(condition: () => boolean): Promise<void> {
  const endMs = Date.now() + 120_000;
  while (!condition()) {
    if (Date.now() > endMs) throw new Error('it did not happen within two minutes');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** Of this payment alone: refunds of the test before may still be under way. */
const noticesOf = (paymentId: string): PaymentNotice[] =>
  merchant.notices.filter((notice) => notice.paymentId === paymentId);

const code = async (answer: Promise<unknown>): Promise<unknown> => ((await answer) as { code?: unknown } | null)?.code;

describe('prepay', () => {
  it('gives what each scene needs', async () => {
    expect(await port.prepay(order())).toEqual({
      scene: 'NATIVE',
      codeUrl: expect.stringMatching(/^weixin:\/\/wxpay\/bizpayurl\?pr=\w+$/),
    });
    expect(await port.prepay(order({ scene: 'H5', payerIp: '203.0.113.9' }))).toEqual({
      scene: 'H5',
      h5Url: expect.stringMatching(/^http.*\/pay\/\w+$/),
    });
    expect(await port.prepay(order({ scene: 'JSAPI', payerOpenId: 'oUpF8uMuAJO' }))).toEqual({
      scene: 'JSAPI',
      parameters: expect.objectContaining({ package: expect.stringMatching(/^prepay_id=wx/), signType: 'RSA' }),
    });
  });

  it('is idempotent, and refuses another content under the same number', async () => {
    const input = order();
    const first = await port.prepay(input);
    expect(await port.prepay(input)).toEqual(first);
    expect(await code(port.prepay({ ...input, amountFen: 6801 }))).toBe('PAYMENT_ID_REUSED');
  });

  it('refuses what was paid or closed', async () => {
    const input = order();
    await port.prepay(input);
    provider.pay(input.paymentId);
    expect(await code(port.prepay(input))).toBe('PAYMENT_ALREADY_PAID');
    const other = order();
    await port.prepay(other);
    await port.close(other.paymentId);
    expect(await code(port.prepay(other))).toBe('PAYMENT_CLOSED');
  });

  it('cuts a long description at a whole character', async () => {
    const paymentId = await prepaid({ description: '蜂'.repeat(100) });
    expect(provider.payment(paymentId)?.description).toBe('蜂'.repeat(42));
  });

  it('sends nothing that cannot be right', async () => {
    expect(await code(port.prepay(order({ paymentId: 'a/../b' })))).toBe('PAYMENT_INPUT_INVALID');
    expect(await code(port.prepay(order({ amountFen: 0 })))).toBe('PAYMENT_INPUT_INVALID');
    expect(await code(port.prepay(order({ scene: 'JSAPI' })))).toBe('PAYMENT_INPUT_INVALID');
    expect(await code(port.prepay(order({ scene: 'H5' })))).toBe('PAYMENT_INPUT_INVALID');
    expect(await code(port.prepay(order({ expiresAtMs: Date.now() })))).toBe('PAYMENT_CLOSED');
    await expect(port.prepay(order({ amountFen: 0.5 }))).rejects.toThrow(RangeError);
  });
});

describe('query and close', () => {
  it('tell where a payment stands', async () => {
    const paymentId = await prepaid();
    expect(await port.query(paymentId)).toEqual({ state: 'NOTPAY', paymentId });
    const { transactionId } = provider.pay(paymentId);
    expect(await port.query(paymentId)).toEqual({
      state: 'SUCCESS',
      paymentId,
      transactionId,
      amountFen: 6800,
      paidAtMs: expect.any(Number),
    });
    expect(await code(port.query('unknown0001'))).toBe('PAYMENT_UNKNOWN');
  });

  it('close once and for all, unless the money is there', async () => {
    const paymentId = await prepaid();
    expect(await port.close(paymentId)).toBeNull();
    expect(await port.close(paymentId)).toBeNull();
    expect(await port.query(paymentId)).toEqual({ state: 'CLOSED', paymentId });
    expect(() => provider.pay(paymentId)).toThrow('订单已关闭');
    expect(await code(port.close(await paid()))).toBe('PAYMENT_ALREADY_PAID');
    expect(await code(port.close('unknown0001'))).toBe('PAYMENT_UNKNOWN');
  });

  it('find that no money is taken after the expiry', async () => {
    const paymentId = await prepaid({ expiresAtMs: Date.now() + 2_000 });
    await until(() => Date.now() >= (provider.payment(paymentId)?.expiresAtMs ?? 0));
    expect(() => provider.pay(paymentId)).toThrow('超过');
    expect(provider.pay(paymentId, { late: true }).state).toBe('SUCCESS');
  });
});

describe('a paid notice', () => {
  it('arrives and says what was paid', async () => {
    const paymentId = await paid();
    const { transactionId } = provider.payment(paymentId) ?? {};
    expect(noticesOf(paymentId)).toEqual([
      expect.objectContaining({ kind: 'paid', paymentId, transactionId, amountFen: 6800 }),
    ]);
  });

  it('is sent again under the same id until it is acknowledged', async () => {
    merchant.status = 500;
    const paymentId = await paid();
    await until(() => noticesOf(paymentId).length >= 3);
    merchant.status = 204;
    await until(() => provider.waitingNotices() === 0);
    expect(new Set(noticesOf(paymentId).map((notice) => notice.noticeId)).size).toBe(1);
  });

  it('comes several times when the fault says so', async () => {
    const paymentId = await prepaid();
    provider.faults({ duplicate: 4 }, paymentId);
    provider.pay(paymentId);
    await until(() => merchant.notices.length === 5);
  });

  it('comes late, or last first, or never when the fault says so', async () => {
    const [first, second, third] = [await prepaid(), await prepaid(), await prepaid()];
    provider.faults({ delayMs: 60_000 }, first);
    provider.pay(first);
    expect(provider.waitingNotices()).toBe(1);
    expect(await provider.flush()).toEqual({ sent: 1, acknowledged: 1 });
    provider.faults({ reorder: 2 });
    provider.pay(second);
    provider.pay(third);
    await until(() => merchant.notices.length === 3);
    expect(merchant.notices.map((notice) => notice.paymentId)).toEqual([first, third, second]);
    const dropped = await prepaid();
    provider.faults({ drop: true });
    provider.pay(dropped);
    expect(await provider.flush()).toEqual({ sent: 0, acknowledged: 0 });
    expect(merchant.notices).toHaveLength(3);
    expect(await port.query(dropped)).toMatchObject({ state: 'SUCCESS' });
  });

  it.each(FORGERIES.filter((kind) => kind !== 'amount'))('forged by its %s is refused', async (kind) => {
    const paymentId = await prepaid();
    expect(await provider.forge(paymentId, kind)).toMatchObject({ status: 401 });
    expect(merchant.notices).toEqual([]);
    expect(merchant.refusals).toHaveLength(1);
  });

  it('with another amount is genuine, and says the other amount', async () => {
    const paymentId = await prepaid();
    expect(await provider.forge(paymentId, 'amount')).toMatchObject({ status: 200 });
    expect(merchant.notices).toEqual([expect.objectContaining({ paymentId, amountFen: 6801 })]);
  });

  it('goes through once the forging ends', async () => {
    const paymentId = await prepaid();
    provider.faults({ forge: 'signature' }, paymentId);
    provider.pay(paymentId);
    await until(() => merchant.refusals.length >= 1);
    provider.clearFaults();
    await until(() => merchant.notices.length === 1);
  });
});

describe('refund', () => {
  let refundNumber = 0;
  const ask = (paymentId: string, amountFen: number, more: { refundId?: string; totalFen?: number } = {}) =>
    port.refund({
      refundId: `refund${String((refundNumber += 1)).padStart(20, '0')}`,
      paymentId,
      amountFen,
      totalFen: 6800,
      reason: '商品破损',
      ...more,
    });

  it('is under way, then done, and a notice says so', async () => {
    const paymentId = await paid();
    const made = await ask(paymentId, 3400);
    expect(made).toMatchObject({ state: 'PROCESSING', paymentId, amountFen: 3400, refundedAtMs: null });
    await until(() => noticesOf(paymentId).length === 2);
    expect(noticesOf(paymentId)[1]).toMatchObject({ kind: 'refund', state: 'SUCCESS', paymentId, amountFen: 3400 });
    const { refundId } = made as { refundId: string };
    expect(await port.queryRefund(refundId)).toMatchObject({ state: 'SUCCESS', refundedAtMs: expect.any(Number) });
    expect(await port.query(paymentId)).toMatchObject({ state: 'REFUND', amountFen: 6800 });
  });

  it('happens once per number, and never with another content', async () => {
    const paymentId = await paid();
    const refundId = 'refundtwice00000000000000';
    const first = await ask(paymentId, 3400, { refundId });
    expect(await ask(paymentId, 3400, { refundId })).toMatchObject({
      providerRefundId: (first as { providerRefundId: string }).providerRefundId,
    });
    expect(await code(ask(paymentId, 3401, { refundId }))).toBe('PAYMENT_REFUSED');
  });

  it('never gives back more than was paid', async () => {
    const paymentId = await paid();
    await ask(paymentId, 3400);
    await ask(paymentId, 3400);
    expect(await ask(paymentId, 1)).toMatchObject({
      code: 'PAYMENT_REFUSED',
      details: { providerCode: 'INVALID_REQUEST' },
    });
    expect(await code(ask(paymentId, 6801))).toBe('PAYMENT_INPUT_INVALID');
    expect(await code(ask(paymentId, 100, { totalFen: 200 }))).toBe('PAYMENT_REFUSED');
    expect(await code(ask(await prepaid(), 100))).toBe('PAYMENT_REFUSED');
    expect(await code(ask('unknown0001', 100))).toBe('PAYMENT_UNKNOWN');
    expect(await code(port.queryRefund('unknown0001'))).toBe('PAYMENT_UNKNOWN');
  });

  it('may end as abnormal or closed, or wait for money', async () => {
    const paymentId = await paid();
    provider.faults({ refund: 'ABNORMAL' }, paymentId);
    await ask(paymentId, 100);
    await until(() => noticesOf(paymentId).length === 2);
    expect(noticesOf(paymentId)[1]).toMatchObject({ kind: 'refund', state: 'ABNORMAL', refundedAtMs: null });
    provider.faults({ refund: 'CLOSED' }, paymentId);
    await ask(paymentId, 6700);
    await until(() => noticesOf(paymentId).length === 3);
    expect(noticesOf(paymentId)[2]).toMatchObject({ state: 'CLOSED' });
    provider.faults({ refund: 'NOT_ENOUGH' }, paymentId);
    expect(await code(ask(paymentId, 6700))).toBe('PAYMENT_BALANCE_LOW');
    provider.clearFaults();
    expect(await ask(paymentId, 6700)).toMatchObject({ state: 'PROCESSING' });
  });
});

describe('a provider in trouble', () => {
  const TROUBLES = ['system-error', 'frequency', 'hangup', 'unsigned', 'stale', 'forged', 'garbage'] as const;

  it.each(TROUBLES)('that answers once with %s is asked again', async (fail) => {
    provider.faults({ api: { fail, times: 1 } });
    const input = order();
    expect(await port.prepay(input)).toMatchObject({ scene: 'NATIVE' });
  });

  it.each(TROUBLES)('that always answers with %s is unavailable, and nothing is assumed', async (fail) => {
    const paymentId = await prepaid();
    provider.faults({ api: { fail } }, paymentId);
    const hasty = createWechatV3({ ...provider.merchant, timeoutMs: 200 });
    expect(await code(hasty.query(paymentId))).toBe('PAYMENT_PROVIDER_UNAVAILABLE');
    expect(await code(hasty.close(paymentId))).toBe('PAYMENT_PROVIDER_UNAVAILABLE');
    hasty.stop();
  });

  it('that does not answer is given up', async () => {
    const hasty = createWechatV3({ ...provider.merchant, timeoutMs: 200 });
    const paymentId = await prepaid();
    provider.faults({ api: { fail: 'hang' } }, paymentId);
    // The provider never answers this one: that there is an answer at all says that it was given up.
    expect(await hasty.query(paymentId)).toMatchObject({ code: 'PAYMENT_PROVIDER_UNAVAILABLE', message: /稍后/ });
    hasty.stop();
  });

  it('that is not there is unavailable', async () => {
    const lost = createWechatV3({ ...provider.merchant, baseUrl: 'http://127.0.0.1:1' });
    expect(await code(lost.query('order0001'))).toBe('PAYMENT_PROVIDER_UNAVAILABLE');
    lost.stop();
  });

  it('does not know a merchant whose clock is wrong, and the adapter knows no provider with other keys and another secret', async () => {
    const slow = createWechatV3({ ...provider.merchant, clock: () => Date.now() - 301_000 });
    expect(await code(slow.query('order0001'))).toBe('PAYMENT_SETTING_WRONG');
    slow.stop();
    const [pem = ''] = Object.values(provider.merchant.providerKeys);
    const foreign = { providerKeys: { ANOTHER01: pem }, apiV3Key: 'x'.repeat(32) };
    const stranger = createWechatV3({ ...provider.merchant, ...foreign });
    expect(await code(stranger.query('order0001'))).toBe('PAYMENT_PROVIDER_UNAVAILABLE');
    stranger.stop();
  });
});
