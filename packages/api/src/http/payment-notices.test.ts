import { type AddressInfo } from 'node:net';
import { request as httpRequest, type Server } from 'node:http';
import { afterEach, describe, expect, it } from '@jest/globals';
import Koa from 'koa';
import type { Middleware } from 'koa';
import { pino } from 'pino';
import { type NoticeInput, type PaymentNotice, paymentPort, type PaymentPort } from '../features/payments/index.js';
import type { Base } from '../kernel/context.js';
import { type Refusal, refuse } from '../kernel/refusal.js';
import { paymentNoticeHandler, type PaymentNoticeHandlerOptions } from './payment-notices.js';

const paid: PaymentNotice = {
  kind: 'paid',
  noticeId: 'n1',
  paymentId: 'order01',
  transactionId: 't1',
  amountFen: 100,
  paidAtMs: 1,
};
const refunded: PaymentNotice = {
  kind: 'refund',
  noticeId: 'n2',
  refundId: 'refund01',
  paymentId: 'order01',
  providerRefundId: 'r1',
  state: 'SUCCESS',
  amountFen: 100,
  refundedAtMs: 1,
};

const servers: Server[] = [];

afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

interface Seen {
  readonly inputs: NoticeInput[];
  readonly notices: PaymentNotice[];
  readonly logged: string[];
}

/** A host with the handler behind `before`; the port gives `verdict` for whatever it reads. */
async function mount(
  verdict: PaymentNotice | Refusal,
  more: Partial<PaymentNoticeHandlerOptions> = {},
  before: Middleware = (_ctx, next) => next(),
): Promise<{ url: string; seen: Seen }> {
  const seen: Seen = { inputs: [], notices: [], logged: [] };
  const base = { log: pino({}, { write: (line: string) => void seen.logged.push(line) }) } as unknown as Base;
  const port = {
    readNotice: (input: NoticeInput) => {
      seen.inputs.push(input);
      return Promise.resolve(verdict);
    },
  } as PaymentPort;
  paymentPort.fill(base, port);
  const note = (notice: PaymentNotice) => {
    seen.notices.push(notice);
    return Promise.resolve();
  };
  const app = new Koa();
  app.use(before);
  app.use(paymentNoticeHandler({ base, onPaid: note, onRefund: note, clock: () => 42, ...more }));
  const server = app.listen(0, '127.0.0.1');
  servers.push(server);
  await new Promise((resolve) => server.once('listening', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, seen };
}

async function post(url: string, body: string | Buffer = '{"id":"城口"}'): Promise<{ status: number; body: unknown }> {
  const bytes = typeof body === 'string' ? body : new Uint8Array(body);
  const response = await fetch(url, { method: 'POST', body: bytes, headers: { 'wechatpay-serial': 'S' } });
  return { status: response.status, body: await response.json() };
}

describe('a payment notice', () => {
  it('is read as the bytes that came, with its headers and the time', async () => {
    const { url, seen } = await mount(paid);
    const bytes = Buffer.from([0x7b, 0xff, 0xfe, 0x7d]);
    expect(await post(url, bytes)).toEqual({ status: 200, body: { code: 'SUCCESS' } });
    expect(seen.inputs).toEqual([expect.objectContaining({ rawBody: bytes, nowMs: 42 })]);
    expect(seen.inputs[0]?.headers['wechatpay-serial']).toBe('S');
    expect(seen.notices).toEqual([paid]);
  });

  it('of a refund goes to the other door', async () => {
    const { url, seen } = await mount(refunded, {
      onPaid: () => Promise.reject(new Error('not this one')),
    });
    expect((await post(url)).status).toBe(200);
    expect(seen.notices).toEqual([refunded]);
  });

  it('is acknowledged only after it is durable', async () => {
    let finish = (): void => undefined;
    const durable = new Promise<void>((resolve) => (finish = resolve));
    const { url } = await mount(paid, { onPaid: () => durable });
    let answered = false;
    const answer = post(url).then((result) => {
      answered = true;
      return result;
    });
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(answered).toBe(false);
    finish();
    expect((await answer).status).toBe(200);
  });

  it.each([
    ['PAYMENT_NOTICE_FORGED', 401],
    ['PAYMENT_NOTICE_UNREADABLE', 400],
  ])('that is %s is refused with %d and reaches nobody', async (code, status) => {
    const { url, seen } = await mount(refuse(code, '不行', { details: { reason: 'tag' } }));
    expect(await post(url)).toEqual({ status, body: { code: 'FAIL', message: `${code} tag` } });
    expect(seen.notices).toEqual([]);
    expect(seen.logged.join()).toContain(code);
  });

  it('that the zone refuses is sent again by the provider', async () => {
    const { url } = await mount(paid, { onPaid: () => Promise.resolve(refuse('AMOUNT_DIFFERS', '金额不符')) });
    expect(await post(url)).toEqual({ status: 400, body: { code: 'FAIL', message: 'AMOUNT_DIFFERS' } });
  });

  it('that fails tells the provider nothing but that', async () => {
    const { url, seen } = await mount(paid, { onPaid: () => Promise.reject(new Error('mongo at 10.0.0.1 is down')) });
    expect(await post(url)).toEqual({ status: 500, body: { code: 'FAIL', message: 'internal error' } });
    expect(seen.logged.join()).toContain('10.0.0.1');
  });

  it('is answered in time even when the work takes longer', async () => {
    const { url } = await mount(paid, { onPaid: () => new Promise(() => undefined), answerWithinMs: 50 });
    expect((await post(url)).status).toBe(503);
  });

  it('above 64 kB is refused unread', async () => {
    const { url, seen } = await mount(paid);
    const tooLong = Buffer.alloc(64 * 1024 + 1, 'x');
    expect(await post(url, tooLong.subarray(1))).toMatchObject({ status: 200 });
    expect(await postSlowly(url, tooLong)).toBe(413);
    expect(seen.inputs).toHaveLength(1);
  });
});

describe('behind a host’s body parser', () => {
  it('takes the bytes the parser kept', async () => {
    const { url, seen } = await mount(paid, {}, async (ctx, next) => {
      const chunks: Buffer[] = [];
      for await (const chunk of ctx.req as AsyncIterable<Buffer>) chunks.push(chunk);
      (ctx.request as { rawBody?: string }).rawBody = Buffer.concat(chunks).toString('utf8');
      await next();
    });
    expect((await post(url)).status).toBe(200);
    expect(seen.inputs[0]?.rawBody.toString('utf8')).toBe('{"id":"城口"}');
  });

  it('says loudly that the bytes are gone, and believes nothing', async () => {
    const { url, seen } = await mount(paid, {}, async (ctx, next) => {
      for await (const chunk of ctx.req) expect(chunk).toBeDefined();
      await next();
    });
    expect((await post(url)).status).toBe(500);
    expect(seen.inputs).toEqual([]);
    expect(seen.logged.join()).toContain('rawBody');
  });
});

/** fetch reports a connection closed while it still writes as an error; the status is what matters. */
function postSlowly(url: string, body: Buffer): Promise<number> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(url, { method: 'POST' }, (response) => {
      resolve(response.statusCode ?? 0);
      response.resume();
    });
    request.on('error', reject);
    request.end(body);
  });
}
