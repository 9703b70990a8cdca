import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import {
  createWechatV3,
  type PaymentPort,
  wechatV3OptionsFromEnv,
} from '../../packages/api/src/features/payments/index.js';
import { merchantEnv } from './merchant-env.js';
import { rfc3339 } from './protocol.js';
import { type RunningProvider, startProvider } from './start-provider.js';

let provider: RunningProvider;
let port: PaymentPort;
let counter = 0;

beforeAll(async () => {
  provider = await startProvider({ notifyUrl: 'http://127.0.0.1:1/notices', noticeScale: 1, refundDelayMs: 1 });
  port = createWechatV3(wechatV3OptionsFromEnv(merchantEnv(provider.merchant)));
});
afterAll(async () => {
  port.stop();
  await provider.stop();
});
afterEach(() => provider.clearFaults());

const day = (): string => rfc3339(Date.now()).slice(0, 10);

async function paid(amountFen: number): Promise<string> {
  counter += 1;
  const paymentId = `billed${String(counter).padStart(18, '0')}01`;
  const scene = 'NATIVE' as const;
  await port.prepay({ paymentId, amountFen, description: '蜂蜜, 500 克', expiresAtMs: Date.now() + 60_000, scene });
  provider.pay(paymentId);
  return paymentId;
}

async function bill(kind: 'TRADE' | 'FLOW' = 'TRADE'): Promise<string[]> {
  const bytes = await port.downloadBill({ day: day(), kind });
  if (!Buffer.isBuffer(bytes)) throw new Error(bytes.code);
  return bytes.toString('utf8').replace('\uFEFF', '').trimEnd().split('\r\n');
}

const cellsOf = (line: string | undefined): string[] => (line ?? '').slice(1).split(',`');

describe('the bills of a day', () => {
  it('are not there before anything happened', async () => {
    expect(await port.downloadBill({ day: day(), kind: 'TRADE' })).toMatchObject({ code: 'PAYMENT_BILL_NONE' });
    expect(await port.downloadBill({ day: day(), kind: 'FLOW' })).toMatchObject({ code: 'PAYMENT_BILL_NONE' });
    expect(await port.downloadBill({ day: '1 or 1', kind: 'FLOW' })).toMatchObject({ code: 'PAYMENT_INPUT_INVALID' });
  });

  it('list payments and refunds in 27 columns, with fees that a whole refund gives back', async () => {
    const paymentId = await paid(13_605);
    for (const [n, amountFen] of [
      [1, 3_605],
      [2, 10_000],
    ] as const) {
      await port.refund({ refundId: `${paymentId}r${n}`, paymentId, amountFen, totalFen: 13_605, reason: '退款' });
    }
    const lines = await bill();
    expect(lines[0]?.split(',')).toHaveLength(27);
    const rows = lines.slice(1, 4).map(cellsOf);
    expect(rows.map((row) => row.length)).toEqual([27, 27, 27]);
    expect(rows[0]).toEqual(expect.arrayContaining([paymentId, '136.05', '0.82000', '蜂蜜, 500 克']));
    const fees = rows.map((row) => Number(row[22]));
    expect(fees[0]! + fees[1]! + fees[2]!).toBeCloseTo(0, 9);
    expect(cellsOf(lines[5])).toEqual(['3.0', '136.05', '136.05', '0.00', '0.00000', '136.05', '136.05']);
    const flow = await bill('FLOW');
    expect(cellsOf(flow.at(-1))).toEqual(['4', '1', '136.05', '3', '136.05']);
    expect(cellsOf(flow.at(-3))[7]).toBe('0.00');
  });

  it('get a payment wrong when the fault says so', async () => {
    const [left, more, dear, twice] = [await paid(5_000), await paid(5_000), await paid(5_000), await paid(5_000)];
    provider.faults({ bill: 'missing' }, left);
    provider.faults({ bill: 'amount' }, more);
    provider.faults({ bill: 'fee' }, dear);
    provider.faults({ bill: 'extra' }, twice);
    const rows = (await bill()).map(cellsOf);
    const of = (paymentId: string): string[][] =>
      rows.filter((row) => row[6] === paymentId).map((row) => [row[24]!, row[22]!]);
    expect([left, more, dear, twice].map(of)).toEqual([
      [],
      [['50.01', '0.30000']],
      [['50.00', '0.31000']],
      [
        ['50.00', '0.30000'],
        ['50.00', '0.30000'],
      ],
    ]);
  });

  it('that are still written, or lose their end on the way, are not taken', async () => {
    await paid(100);
    provider.faults({ bill: 'creating' });
    expect(await port.downloadBill({ day: day(), kind: 'TRADE' })).toMatchObject({ code: 'PAYMENT_BILL_NOT_READY' });
    provider.faults({ bill: 'truncated' });
    expect(await port.downloadBill({ day: day(), kind: 'TRADE' })).toMatchObject({ code: 'PAYMENT_BILL_SPOILED' });
    provider.faults({ api: { fail: 'forged' } });
    const hasty = createWechatV3({ ...provider.merchant, timeoutMs: 200 });
    const unproven = await hasty.downloadBill({ day: day(), kind: 'TRADE' });
    expect(unproven).toMatchObject({ code: 'PAYMENT_PROVIDER_UNAVAILABLE' });
    hasty.stop();
  });

  it('are asked for at the provider’s own address only', async () => {
    await paid(100);
    const elsewhere = createWechatV3({ ...provider.merchant, baseUrl: provider.url.replace('127.0.0.1', 'localhost') });
    const bytes = await elsewhere.downloadBill({ day: day(), kind: 'TRADE' });
    expect(bytes).toMatchObject({ code: 'PAYMENT_PROVIDER_UNAVAILABLE', details: { reason: 'foreign-download' } });
    elsewhere.stop();
    const unknown = await fetch(`${provider.url}/v3/billdownload/file?token=x`);
    expect(unknown.status).toBe(401);
  });
});
