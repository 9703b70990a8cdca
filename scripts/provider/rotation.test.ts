import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
// As in `adapter.test.ts`, by the folder: nothing else of the zone is needed.
import {
  createWechatV3,
  type PaymentPort,
  tellRefusals,
  type WechatV3Options,
} from '../../packages/api/src/features/payments/index.js';
import { type RunningProvider, startProvider } from './start-provider.js';

const DAY_MS = 86_400_000;
let server: Server;
let notifyUrl: string;
let provider: RunningProvider;
const ports: PaymentPort[] = [];
/** Who reads the notices that come. */
let reader: PaymentPort;
/** The kind of each notice, or why it was refused. */
const notices: string[] = [];
const lines: Record<string, unknown>[] = [];
const log = {
  error: (facts: object) => void lines.push({ level: 'error', ...facts }),
  warn: (facts: object) => void lines.push({ level: 'warn', ...facts }),
};

beforeAll(async () => {
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      void reader
        .readNotice({ headers: request.headers, rawBody: Buffer.concat(chunks), nowMs: Date.now() })
        .then((notice) => {
          notices.push('refused' in notice ? String(notice.details?.['reason']) : notice.kind);
          response.writeHead('refused' in notice ? 401 : 204).end();
        });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  notifyUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/payments/wechat/notices`;
});
beforeEach(async () => {
  provider = await startProvider({ notifyUrl, refundDelayMs: 600_000 });
});
afterEach(async () => {
  for (const port of ports.splice(0)) port.stop();
  await provider.stop();
  notices.length = 0;
  lines.length = 0;
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

/** A merchant that knows the certificates of this moment, unless told otherwise. */
function portOf(more: Partial<WechatV3Options> = {}): PaymentPort {
  const options = { ...provider.merchant, notifyUrl, providerKeys: provider.certificates(), ...more };
  const port = tellRefusals(createWechatV3(options), log);
  ports.push(port);
  reader = port;
  return port;
}

async function prepaid(port: PaymentPort, paymentId: string): Promise<string> {
  const more = { description: '城口蜂蜜', expiresAtMs: Date.now() + 600_000, scene: 'NATIVE' } as const;
  await port.prepay({ paymentId, amountFen: 6800, ...more });
  return paymentId;
}

const known = { code: 'PAYMENT_UNKNOWN' };
const unproven = { code: 'PAYMENT_PROVIDER_UNAVAILABLE', details: { reason: 'unproven-unknown-serial' } };

describe('a platform that changes its key', () => {
  it('is believed before, meanwhile and after, without a restart, and asked for its certificates once', async () => {
    const port = portOf();
    const paymentId = await prepaid(port, 'rotated0001');
    await provider.rotate('announce');
    expect(await port.query('unknown0001')).toMatchObject(known);
    await provider.rotate('change-over');
    provider.pay(paymentId);
    await provider.flush();
    expect(await port.query(paymentId)).toMatchObject({ state: 'SUCCESS' });
    // Back to the old one, as a platform that changes over little by little signs.
    await provider.rotate('change-over');
    expect(await port.query(paymentId)).toMatchObject({ state: 'SUCCESS' });
    await provider.rotate('change-over');
    await provider.rotate('retire');
    expect(await port.query(paymentId)).toMatchObject({ state: 'SUCCESS' });
    expect(new Set(notices)).toEqual(new Set(['paid']));
    expect(provider.certificateReads()).toBe(1);
  });

  it('is not believed by a certificate that is not valid yet, nor by one that is over', async () => {
    const port = portOf();
    await provider.rotate('announce', { fromMs: Date.now() + 3_600_000 });
    await provider.rotate('change-over');
    expect(await port.query('unknown0001')).toMatchObject(unproven);
    await provider.rotate('announce', { fromMs: Date.now() - 2 * DAY_MS, untilMs: Date.now() - DAY_MS });
    await provider.rotate('change-over');
    expect(await portOf().query('unknown0001')).toMatchObject(unproven);
  });

  it('is asked again before its certificate ends, and nobody waits for that', async () => {
    await provider.rotate('announce', { untilMs: Date.now() + 9 * DAY_MS });
    await provider.rotate('change-over');
    const [serial, pem] = Object.entries(provider.certificates())[0]!;
    const port = portOf({ providerKeys: { [serial]: pem } });
    for (let time = 0; time < 3; time += 1) expect(await port.query('unknown0001')).toMatchObject(known);
    await until(() => provider.certificateReads() === 1);
    const calm = portOf({ providerKeys: { ...provider.certificates() } });
    expect(await calm.query('unknown0001')).toMatchObject(known);
    expect(provider.certificateReads()).toBe(1);
  });

  it('is asked once a minute at most, whatever numbers strangers send', async () => {
    const port = portOf();
    const paymentId = await prepaid(port, 'stranger0001');
    for (let time = 0; time < 4; time += 1) await provider.forge(paymentId, 'serial');
    expect(notices).toEqual(Array(4).fill('signature-unknown-serial'));
    expect(provider.certificateReads()).toBe(1);
  });

  it('that has a public key is believed by its id, and a merchant without certificates is fine', async () => {
    const [serial = '', pem = ''] = Object.entries(provider.merchant.providerKeys)[0] ?? [];
    const none = {
      call: 'certificates',
      status: 404,
      code: 'RESOURCE_NOT_EXISTS',
      message: '无可用的平台证书',
    } as const;
    provider.faults({ refuse: none });
    const port = portOf({ providerKeys: { [serial]: pem } });
    expect(await port.check?.()).toBeNull();
    expect(lines).toEqual([]);
  });
});

describe('a wrong setting of ours', () => {
  it.each([
    ['apiV3Key', 'x'.repeat(32), 'AIXIN_WECHAT_API_V3_KEY'],
    ['merchantSerial', '5'.repeat(40), 'AIXIN_WECHAT_MERCHANT_SERIAL'],
    ['mchid', '1900000000', 'AIXIN_WECHAT_MCHID'],
  ] as const)('%s is told at the start, once, with the name of its variable', async (name, value, variable) => {
    const port = portOf({ [name]: value });
    for (let time = 0; time < 2; time += 1) {
      expect(await port.check?.()).toMatchObject({ code: 'PAYMENT_SETTING_WRONG' });
    }
    expect(lines).toMatchObject([
      {
        level: 'error',
        operation: 'check',
        code: 'PAYMENT_SETTING_WRONG',
        variable: expect.stringContaining(variable),
      },
    ]);
  });

  it('of the provider’s own words, where it has some', async () => {
    expect(await portOf({ merchantSerial: '5'.repeat(40) }).check?.()).toHaveProperty('refused');
    expect(lines[0]?.['providerMessage']).toContain('商户证书序列号有误');
  });

  it('a secret that opens no notice is told by its name, and not once a notice', async () => {
    const port = portOf({ apiV3Key: 'x'.repeat(32) });
    const paymentId = await prepaid(port, 'sealed0001');
    provider.pay(paymentId);
    await until(() => notices.length >= 2);
    expect(lines).toMatchObject([{ level: 'error', operation: 'notice', variable: 'AIXIN_WECHAT_API_V3_KEY' }]);
  });
});

describe('a probe of the provider', () => {
  it('is refused as any wrong signature, told apart, and what follows it is believed', async () => {
    const port = portOf();
    const paymentId = await prepaid(port, 'probed0001');
    expect(await provider.forge(paymentId, 'probe')).toMatchObject({ status: 401 });
    expect(notices).toEqual(['signature-probe']);
    provider.faults({ api: { fail: 'probe', times: 1 } });
    expect(await port.query('unknown0001')).toMatchObject(known);
    expect(lines).toEqual([]);
  });
});

describe('a refund that changes its end', () => {
  it('is told so by each notice and by the query', async () => {
    const port = portOf();
    const paymentId = await prepaid(port, 'refunded0001');
    provider.pay(paymentId);
    const refund = { refundId: 'refundedr1', paymentId, amountFen: 100, totalFen: 6800, reason: '退款' };
    expect(await port.refund(refund)).toMatchObject({ state: 'PROCESSING' });
    for (const state of ['ABNORMAL', 'CLOSED', 'SUCCESS'] as const) {
      provider.endRefund(refund.refundId, state);
      expect(await port.queryRefund(refund.refundId)).toMatchObject({ state });
    }
    await until(() => notices.filter((one) => one === 'refund').length === 3);
  });
});

async function until(condition: () => boolean): Promise<void> {
  const endMs = Date.now() + 60_000;
  while (!condition()) {
    if (Date.now() > endMs) throw new Error('it did not happen within a minute');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
