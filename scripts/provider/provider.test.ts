import { createDecipheriv, sign, X509Certificate } from 'node:crypto';
import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RETRY_SECONDS } from './notices.js';
import { type RunningProvider, startProvider } from './start-provider.js';

const folder = mkdtempSync(join(tmpdir(), 'provider-'));
let provider: RunningProvider;

beforeAll(async () => {
  provider = await startProvider({ dataDir: folder, noticeScale: 1, refundDelayMs: 60_000 });
});

afterAll(async () => {
  await provider.stop();
  rmSync(folder, { recursive: true });
});

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Record<string, unknown>;
}

/** What of a request is not as it was signed, or not lately. */
interface Lie {
  readonly serial?: string;
  readonly sentBody?: string;
  readonly ageSeconds?: number;
}

/** A merchant written from the documents, by hand. */
async function call(method: string, target: string, content?: object, lie: Lie = {}): Promise<Answer> {
  const { merchant } = provider;
  const body = content === undefined ? '' : JSON.stringify(content);
  const timestamp = Math.floor(Date.now() / 1000) - (lie.ageSeconds ?? 0);
  const text = `${method}\n${target}\n${timestamp}\nNONCE\n${body}\n`;
  const signature = sign('sha256', Buffer.from(text), merchant.merchantPrivateKey).toString('base64');
  const fields = `mchid="${merchant.mchid}",nonce_str="NONCE",signature="${signature}",timestamp="${timestamp}"`;
  const authorization = `WECHATPAY2-SHA256-RSA2048 ${fields},serial_no="${lie.serial ?? merchant.merchantSerial}"`;
  const init = { method, headers: { authorization }, ...(content === undefined ? {} : { body: lie.sentBody ?? body }) };
  const response = await fetch(provider.url + target, init);
  const answer = await response.text();
  return { status: response.status, headers: response.headers, body: answer === '' ? {} : JSON.parse(answer) };
}

const order = (outTradeNo: string, more: object = {}) => ({
  appid: provider.merchant.appid,
  mchid: provider.merchant.mchid,
  description: '秀山土鸡 <b>一只</b>',
  out_trade_no: outTradeNo,
  notify_url: 'http://127.0.0.1:1/notices',
  amount: { total: 12800, currency: 'CNY' },
  ...more,
});

const prepay = (outTradeNo: string, more: object = {}) =>
  call('POST', '/v3/pay/transactions/native', order(outTradeNo, more));

async function dev(path: string, body: object, method = 'POST'): Promise<{ status: number; body: unknown }> {
  const response = await fetch(`${provider.url}/dev/${path}`, { method, body: JSON.stringify(body) });
  return { status: response.status, body: await response.json() };
}

describe('the API', () => {
  it('signs its answers', async () => {
    const answer = await prepay('order1');
    expect(answer.status).toBe(200);
    expect(answer.headers.get('wechatpay-serial')).toBe(Object.keys(provider.merchant.providerKeys)[0]);
    expect(answer.headers.get('wechatpay-signature')).toHaveLength(344);
  });

  it.each<[string, Lie]>([
    ['by an unknown certificate', { serial: 'ABCDEF0123' }],
    ['for another body', { sentBody: '{}' }],
    ['six minutes ago', { ageSeconds: 360 }],
  ])('refuses what was signed %s, without a signature of its own', async (_how, lie) => {
    const answer = await call('POST', '/v3/pay/transactions/native', order('order2'), lie);
    expect(answer).toMatchObject({ status: 401, body: { code: 'SIGN_ERROR' } });
    expect(answer.headers.get('wechatpay-signature')).toBeNull();
  });

  it.each([
    ['no number', { out_trade_no: 'a b' }],
    ['a fraction of a fen', { amount: { total: 1.5 } }],
    ['another currency', { amount: { total: 1, currency: 'USD' } }],
    ['a notice address with a query', { notify_url: 'http://a/b?c=1' }],
    ['an expiry that is over', { time_expire: '2020-01-01T00:00:00+08:00' }],
  ])('refuses %s', async (_what, more) => {
    expect(await prepay('order3', more)).toMatchObject({ status: 400, body: { code: 'PARAM_ERROR' } });
  });

  it('refuses another app, another merchant and a path it has not', async () => {
    expect((await prepay('order4', { appid: 'wx0' })).body['code']).toBe('APPID_MCHID_NOT_MATCH');
    expect((await call('GET', '/v3/pay/transactions/out-trade-no/order1?mchid=1')).body['code']).toBe('PARAM_ERROR');
    expect((await call('GET', '/v3/nothing')).status).toBe(404);
  });

  it('hands out its certificate, encrypted for the merchant', async () => {
    const { body } = await call('GET', '/v3/certificates');
    const [entry] = body['data'] as {
      serial_no: string;
      encrypt_certificate: { ciphertext: string; nonce: string; associated_data: string };
    }[];
    const { ciphertext = '', nonce = '', associated_data: aad = '' } = entry?.encrypt_certificate ?? {};
    const bytes = Buffer.from(ciphertext, 'base64');
    const cipher = createDecipheriv('aes-256-gcm', provider.merchant.apiV3Key, nonce);
    cipher.setAAD(Buffer.from(aad)).setAuthTag(bytes.subarray(-16));
    const pem = Buffer.concat([cipher.update(bytes.subarray(0, -16)), cipher.final()]).toString();
    const certificate = new X509Certificate(pem);
    expect(certificate.serialNumber).toBe(entry?.serial_no);
    expect(certificate.verify(certificate.publicKey)).toBe(true);
    expect(Date.parse(certificate.validTo)).toBeGreaterThan(Date.now());
    const exported = certificate.publicKey.export({ type: 'spki', format: 'pem' });
    expect(exported).toBe(Object.values(provider.merchant.providerKeys)[0]);
  });

  it('waits 24 hours and 4 minutes in all before it gives a notice up', () => {
    expect(RETRY_SECONDS.reduce((sum, seconds) => sum + seconds, 0)).toBe(24 * 3600 + 4 * 60);
    expect(RETRY_SECONDS).toHaveLength(15);
  });
});

describe('the pay page', () => {
  const open = (path: string, init: RequestInit = {}) => fetch(provider.url + path, { redirect: 'manual', ...init });
  const press = (path: string, fields: Record<string, string>) =>
    open(path, { method: 'POST', body: new URLSearchParams(fields) });

  async function pagePath(outTradeNo: string): Promise<string> {
    const { body } = await prepay(outTradeNo);
    const found = await open(`/pay?code_url=${encodeURIComponent(String(body['code_url']))}`);
    expect(found.status).toBe(303);
    return found.headers.get('location') ?? '';
  }

  it('shows what is to be paid, to whom and for what, and that it is not real', async () => {
    const html = await (await open(await pagePath('page01'))).text();
    for (const text of ['模拟支付', '消费帮扶献爱心专区', '128.00', '确认支付', '取消', 'lang="zh-CN"']) {
      expect(html).toContain(text);
    }
    expect(html).not.toContain('<b>');
    expect(html).not.toContain('<script');
  });

  it('takes the money on 确认支付 and leads back', async () => {
    const path = await pagePath('page02');
    const html = await (
      await press(path, { action: 'confirm', redirect_url: 'https://shop.example/o?a=1&b=2' })
    ).text();
    expect(html).toContain('支付成功');
    expect(html).toContain('href="https://shop.example/o?a=1&#38;b=2"');
    expect(provider.payment('page02')?.state).toBe('SUCCESS');
    expect(await (await open(path)).text()).toContain('支付成功');
  });

  it('takes nothing on 取消', async () => {
    const path = await pagePath('page03');
    const back = await press(path, { action: 'cancel', redirect_url: 'https://shop.example/o' });
    expect(back.headers.get('location')).toBe('https://shop.example/o');
    expect(await (await press(path, { action: 'cancel' })).text()).toContain('没有扣款');
    expect(provider.payment('page03')?.state).toBe('NOTPAY');
  });

  it('leads to web pages only, and says so when there is no such payment', async () => {
    const html = await (
      await press(await pagePath('page04'), { action: 'confirm', redirect_url: 'javascript:x' })
    ).text();
    expect(html).not.toContain('javascript');
    expect((await open('/pay/nothing')).status).toBe(404);
    expect((await open('/pay?code_url=x')).status).toBe(404);
  });
});

describe('the buttons for scripts', () => {
  it('press 支付 by number or by code_url', async () => {
    const { body } = await prepay('dev001');
    expect(await dev('pay', { code_url: body['code_url'] })).toMatchObject({ body: { trade_state: 'SUCCESS' } });
    await prepay('dev002');
    expect(await dev('pay', { out_trade_no: 'dev002' })).toMatchObject({ body: { out_trade_no: 'dev002' } });
    expect(await dev('pay', { out_trade_no: 'dev003' })).toMatchObject({ status: 404 });
  });

  it('set and clear faults, and refuse ones that do not exist', async () => {
    expect(await dev('faults', { out_trade_no: 'dev004', duplicate: 2 })).toEqual({
      status: 200,
      body: { dev004: { duplicate: 2 } },
    });
    expect(await dev('faults', { explode: true })).toMatchObject({ status: 400 });
    expect(await dev('faults', {}, 'DELETE')).toEqual({ status: 200, body: {} });
  });

  it('forge and flush', async () => {
    await prepay('dev005');
    expect(await dev('forge', { out_trade_no: 'dev005', kind: 'tag' })).toEqual({
      status: 200,
      body: { status: 0, body: '' },
    });
    expect((await dev('notices/flush', {})).body).toMatchObject({ acknowledged: 0 });
  });
});

describe('a restart', () => {
  it('forgets nothing: keys, payments, refunds under way, notices not acknowledged', async () => {
    await prepay('restart1');
    await prepay('restart2');
    const { transactionId } = provider.pay('restart1');
    await call('POST', '/v3/refund/domestic/refunds', {
      out_trade_no: 'restart1',
      out_refund_no: 'back01',
      amount: { refund: 100, total: 12800, currency: 'CNY' },
    });
    await expectWaiting(provider);
    const before = provider.merchant;
    await provider.stop();
    // A kill in the middle of a line.
    appendFileSync(join(folder, 'book.jsonl'), '{"payment":{"outTra');
    provider = await startProvider({ dataDir: folder, noticeScale: 1, refundDelayMs: 1 });
    expect({ ...provider.merchant, baseUrl: '' }).toEqual({ ...before, baseUrl: '' });
    expect(provider.payment('restart1')).toMatchObject({ state: 'REFUND', transactionId });
    expect(provider.payment('restart2')).toMatchObject({ state: 'NOTPAY' });
    await expectWaiting(provider);
    const refund = async () => (await call('GET', '/v3/refund/domestic/refunds/back01')).body['status'];
    for (let round = 0; round < 100 && (await refund()) !== 'SUCCESS'; round += 1) await pause();
    expect(await refund()).toBe('SUCCESS');
    // What was written after the cut line is not lost with it.
    await provider.stop();
    provider = await startProvider({ dataDir: folder, noticeScale: 1, refundDelayMs: 60_000 });
    expect(await refund()).toBe('SUCCESS');
  });
});

/** Nobody listens at the notice address: a sent notice waits for its next time. */
async function expectWaiting(running: RunningProvider): Promise<void> {
  for (let round = 0; round < 200 && running.waitingNotices() === 0; round += 1) await pause();
  expect(running.waitingNotices()).toBeGreaterThan(0);
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 10));
}
