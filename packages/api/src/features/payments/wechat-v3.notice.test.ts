import { createCipheriv, generateKeyPairSync, sign } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isRefusal } from '../../kernel/refusal.js';
import { readWechatV3Notice as readNotice } from './wechat-v3.notice.js';
import { signatureFault } from './wechat-v3.signing.js';

const NOW_MS = Date.parse('2026-11-22T10:00:00+08:00');
const provider = generateKeyPairSync('rsa', { modulusLength: 2048 });
const apiV3Key = Buffer.from('0123456789abcdef0123456789abcdef');
const keys = {
  merchantPrivateKey: provider.privateKey,
  providerKeys: new Map([['SERIAL01', provider.publicKey]]),
  apiV3Key,
};
/** With keys that stand for good; how they come is the ring's, and tried in its own test. */
const readWechatV3Notice = (input: Parameters<typeof readNotice>[0], of: typeof keys, to: typeof us) =>
  readNotice(
    input,
    { apiV3Key: of.apiV3Key, faultOf: async (...given) => signatureFault(...given, of.providerKeys) },
    to,
  );
const us = { mchid: '1900000109', appid: 'wx8888888888888888' };

const paid = {
  mchid: us.mchid,
  appid: us.appid,
  out_trade_no: 'order00000000000000000001',
  transaction_id: '4200001234202611220000000001',
  trade_type: 'NATIVE',
  trade_state: 'SUCCESS',
  success_time: '2026-11-22T09:59:58+08:00',
  amount: { total: 6800, payer_total: 6800, currency: 'CNY', payer_currency: 'CNY' },
};

const refunded = {
  mchid: us.mchid,
  out_trade_no: paid.out_trade_no,
  transaction_id: paid.transaction_id,
  out_refund_no: 'refund0000000000000000001',
  refund_id: '50000000382026112200000000001',
  refund_status: 'SUCCESS',
  success_time: '2026-11-22T09:59:59+08:00',
  amount: { total: 6800, refund: 3400, payer_total: 6800, payer_refund: 3400 },
};

function encrypt(resource: object) {
  const nonce = 'fdasflkja484';
  const cipher = createCipheriv('aes-256-gcm', apiV3Key, nonce).setAAD(Buffer.from('transaction'));
  const bytes = [cipher.update(JSON.stringify(resource), 'utf8'), cipher.final(), cipher.getAuthTag()];
  return {
    original_type: 'transaction',
    algorithm: 'AEAD_AES_256_GCM',
    ciphertext: Buffer.concat(bytes).toString('base64'),
    nonce,
    associated_data: 'transaction',
  };
}

function packed(eventType: string, resource: object, more: object = {}) {
  const body = JSON.stringify({
    id: 'EV-2026112211223320873',
    create_time: '2026-11-22T09:59:59+08:00',
    resource_type: 'encrypt-resource',
    event_type: eventType,
    summary: '支付成功',
    resource: encrypt(resource),
    ...more,
  });
  return signed(Buffer.from(body));
}

function signed(rawBody: Buffer) {
  const timestamp = String(NOW_MS / 1000);
  const nonce = 'c5ac7061fccab6bf3e254dcf98995b8c';
  const text = Buffer.concat([Buffer.from(`${timestamp}\n${nonce}\n`), rawBody, Buffer.from('\n')]);
  const headers: Record<string, string> = {
    'wechatpay-timestamp': timestamp,
    'wechatpay-nonce': nonce,
    'wechatpay-serial': 'SERIAL01',
    'wechatpay-signature': sign('sha256', text, provider.privateKey).toString('base64'),
  };
  return { headers, rawBody, nowMs: NOW_MS };
}

const read = (input: ReturnType<typeof signed>) => readWechatV3Notice(input, keys, us);
const refusal = async (input: ReturnType<typeof signed>) => {
  const result = await read(input);
  return isRefusal(result) ? `${result.code} ${String(result.details?.['reason'])}` : 'accepted';
};

describe('a genuine notice', () => {
  it('of a payment says what was paid, when and by which number', async () => {
    expect(await read(packed('TRANSACTION.SUCCESS', paid))).toEqual({
      kind: 'paid',
      noticeId: 'EV-2026112211223320873',
      paymentId: paid.out_trade_no,
      transactionId: paid.transaction_id,
      amountFen: 6800,
      paidAtMs: NOW_MS - 2000,
    });
  });

  it.each([
    ['SUCCESS', NOW_MS - 1000],
    ['ABNORMAL', null],
    ['CLOSED', null],
  ])('of a refund that ended as %s says so', async (status, refundedAtMs) => {
    const { success_time: successTime, ...others } = refunded;
    const resource = { ...others, refund_status: status, ...(refundedAtMs ? { success_time: successTime } : {}) };
    expect(await read(packed(`REFUND.${status}`, resource))).toEqual({
      kind: 'refund',
      noticeId: 'EV-2026112211223320873',
      refundId: refunded.out_refund_no,
      paymentId: refunded.out_trade_no,
      providerRefundId: refunded.refund_id,
      state: status,
      amountFen: 3400,
      refundedAtMs,
    });
  });

  it('is read by the key of its own serial number when there are several', async () => {
    const other = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey;
    const providerKeys = new Map([['SERIAL00', other], ...keys.providerKeys, ['SERIAL02', other]]);
    const input = packed('TRANSACTION.SUCCESS', paid);
    expect(await readWechatV3Notice(input, { ...keys, providerKeys }, us)).toMatchObject({ kind: 'paid' });
    const wrongKey = { ...input, headers: { ...input.headers, 'wechatpay-serial': 'SERIAL02' } };
    expect(await readWechatV3Notice(wrongKey, { ...keys, providerKeys }, us)).toMatchObject({
      code: 'PAYMENT_NOTICE_FORGED',
    });
  });
});

describe('a tampered notice', () => {
  const genuine = packed('TRANSACTION.SUCCESS', paid);

  it('is refused whichever byte of the body is another', async () => {
    const change = fc.tuple(fc.nat(genuine.rawBody.length - 1), fc.integer({ min: 1, max: 255 }));
    await fc.assert(
      fc.asyncProperty(change, async ([at, mask]) => {
        const rawBody = Buffer.from(genuine.rawBody);
        rawBody[at] = (rawBody[at] ?? 0) ^ mask;
        expect(await refusal({ ...genuine, rawBody })).toBe('PAYMENT_NOTICE_FORGED signature-wrong');
      }),
      { numRuns: 300 },
    );
  });

  it('is refused whichever character of a header is another', async () => {
    const names = Object.keys(genuine.headers);
    const change = fc.record({
      name: fc.constantFrom(...names),
      at: fc.nat(10_000),
      to: fc.integer({ min: 32, max: 126 }),
    });
    await fc.assert(
      fc.asyncProperty(change, async ({ name, at, to }) => {
        const value = genuine.headers[name] ?? '';
        const index = at % value.length;
        const changed = `${value.slice(0, index)}${String.fromCharCode(to)}${value.slice(index + 1)}`;
        fc.pre(changed !== value);
        expect(await refusal({ ...genuine, headers: { ...genuine.headers, [name]: changed } })).toMatch(
          /^PAYMENT_NOTICE_FORGED/,
        );
      }),
      { numRuns: 500 },
    );
  });

  it('is refused when bytes are added or taken', async () => {
    const { rawBody } = genuine;
    for (const changed of [rawBody.subarray(1), rawBody.subarray(0, -1), Buffer.concat([rawBody, Buffer.from('\n')])]) {
      expect(await refusal({ ...genuine, rawBody: changed })).toBe('PAYMENT_NOTICE_FORGED signature-wrong');
    }
  });
});

describe('a signed notice that is not for us or makes no sense', () => {
  it('is refused when its tag does not fit, whatever the signature says', async () => {
    const resource = encrypt(paid);
    const bytes = Buffer.from(resource.ciphertext, 'base64');
    bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
    const input = packed('TRANSACTION.SUCCESS', paid, {
      resource: { ...resource, ciphertext: bytes.toString('base64') },
    });
    expect(await refusal(input)).toBe('PAYMENT_NOTICE_FORGED tag');
  });

  it('is refused when it names another merchant or app', async () => {
    expect(await refusal(packed('TRANSACTION.SUCCESS', { ...paid, mchid: '1900000108' }))).toBe(
      'PAYMENT_NOTICE_FORGED addressee',
    );
    expect(await refusal(packed('TRANSACTION.SUCCESS', { ...paid, appid: 'wx1' }))).toBe(
      'PAYMENT_NOTICE_FORGED addressee',
    );
    expect(await refusal(packed('REFUND.SUCCESS', { ...refunded, mchid: '1' }))).toBe(
      'PAYMENT_NOTICE_FORGED addressee',
    );
  });

  it('is refused when it says paid without having been', async () => {
    const states = { ...paid, trade_state: 'NOTPAY' };
    expect(await refusal(packed('TRANSACTION.SUCCESS', states))).toBe('PAYMENT_NOTICE_UNREADABLE transaction');
    const foreign = { ...paid, amount: { total: 6800, currency: 'USD' } };
    expect(await refusal(packed('TRANSACTION.SUCCESS', foreign))).toBe('PAYMENT_NOTICE_UNREADABLE transaction');
    const fraction = { ...paid, amount: { total: 0.5, currency: 'CNY' } };
    expect(await refusal(packed('TRANSACTION.SUCCESS', fraction))).toBe('PAYMENT_NOTICE_UNREADABLE transaction');
  });

  it('is refused when the event is not what the resource says, or is unknown', async () => {
    expect(await refusal(packed('REFUND.CLOSED', refunded))).toBe('PAYMENT_NOTICE_UNREADABLE refund');
    expect(await refusal(packed('COUPON.USE', paid))).toBe('PAYMENT_NOTICE_UNREADABLE event-type');
    expect(await refusal(signed(Buffer.from('not json')))).toBe('PAYMENT_NOTICE_UNREADABLE envelope');
    expect(await refusal(signed(Buffer.from('{"id":"1"}')))).toBe('PAYMENT_NOTICE_UNREADABLE envelope');
  });
});
