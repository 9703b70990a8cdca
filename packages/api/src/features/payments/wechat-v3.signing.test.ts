import { createCipheriv, createPublicKey, generateKeyPairSync, verify } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { Formatter } from 'wechatpay-axios-plugin';
import { authorization, decryptResource, jsapiParameters, signatureFault } from './wechat-v3.signing.js';

/** Known answers of the provider's own documentation (如何使用微信支付公钥验签, 如何构造签名, JSAPI调起支付签名). */
const documented = {
  providerKey: publicKey(
    'MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAwXNI6sdlknHBnK8Fu2U6Cwor9qY747jP8KAfeBMeveEt1TqaHkLfaSD07trZLhGpfs8/AHqjhgSMO1O10YQWOrrJ4hjIWPKqxbgrYMkBQc+mwdiWp4W3ByCqxBRagCveCXRWCmuJYovl9H/bsDI0iGbpVtEOghJtfciisYSgxcLufUDTRkvwxjIBK1pCRjk33jJ5YTBWTHMRtMAOcFLNF6hdEYdX8SPsgHHeLZ5Lv2T/686w1xtgCHef/sd4uSfWmyzsalQdHG/e4IyYmrhx+O3VBoNDzE3nx23bFeV/RVNCG7cV6VhmYokJNHa/erIPkEmEFID6A5wQOXuxUkmJWwIDAQAB',
  ),
  answer: {
    atMs: 1_722_850_421_000,
    headers: {
      'wechatpay-timestamp': '1722850421',
      'wechatpay-nonce': 'd824f2e086d3c1df967785d13fcd22ef',
      'wechatpay-serial': 'PUB_KEY_ID_0000000000000024101100397200000006',
      'wechatpay-signature':
        'mfI1CPqvBrgcXfgXMFjdNIhBf27ACE2YyeWsWV9ZI7T7RU0vHvbQpu9Z32ogzc+k8ZC5n3kz7h70eWKjgqNdKQF0eRp8mVKlmfzMLBVHbssB9jEZEDXThOX1XFqX7s7ymia1hoHQxQagPGzkdWxtlZPZ4ZPvr1RiqkgAu6Is8MZgXXrRoBKqjmSdrP1N7uxzJ/cjfSiis9FiLjuADoqmQ1P7p2N876YPAol7Rn0+GswwAwxldbdLrmVSjfytfSBJFqTMHn4itojgxSWWN1byuckQt8hSTEv/Lg97QoeGniYP17T80pJeQyL3b+295FPHSO2AtvCgyIbKMZ0BALilAA==',
    },
    body: '{"code_url":"weixin://wxpay/bizpayurl?pr=JyC91EIz1"}',
  },
  merchantKey: publicKey(
    'MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAptpm+qvIDCh/9wjU26SQCK26ogYkBhDrYxnAaw2JbbBsp1oDbHKk+1r381NeBUG2HEFAuU+Fr72u5ot3yKdzoF/FajAzQNKnm569/D3upKoi8mYBaST15Uig8j8qoUW1U217LL0jEHlSnHV3lcaDTXqDpTRR4Bfz9IqOgJgFZ8/oTfEomSrjrLYef81Eyxr7ZIMQXEKKEK7V4UXKS0+/fDsiG/cXidhzt8UbTL9vqXqxM2+IDImyO+FAc/tkBG55LmzxPto1Nq0WbnZzRM/wTzrd0I/8NlevxtFbphg4evlHjFNI7+GrqR87ViEwuAJJ9Je5QQjct5YJfFRWiZ5CMQIDAQAB',
  ),
  request: {
    body: '{"appid":"wxd678efh567hg6787","mchid":"1900007291","description":"Image形象店-深圳腾大-QQ公仔","out_trade_no":"1217752501201407033233368018","notify_url":"https://www.weixin.qq.com/wxpay/pay.php","amount":{"total":100,"currency":"CNY"},"payer":{"openid":"oUpF8uMuAJO_M2pxb1Q9zNjWeS6o"}}',
    signature:
      'jnks4dlrPw3ZX+ozVvSK39oa0t7OMBsg83BHAwd8BRdUFiVaQNTLTvci+wURgP1OQBbKYhFGvt7iqYpDSTQkp7Uq1sltaQKyncCyrA1g88m5bsKERQfPyT0ahSwKTYJ1CAn9QiJuSJRq1QsQs07eehbU/k9BCS51jTyc1Jpsi2H77HF9f/BnjXAOP3/sPObg6V5Ee4EzwLox684hhuMuIwHo7D8KFk3LIHOKDcNI4It1aCXydFWNpNK+SG86VUDe5kwoDpw4Ulqfu9z8OFDGbDs9TCxEv8iqQzbpxOlEVoOe2kalSYM5kApQb3nZcxdUtoE0liJGW3RGUNE0t4v01A==',
  },
  paySign:
    'mI35pfNEQV6777ke/1T+LJLQDNTm7yeoUJH+j/adPGhmCCi0PbgkvYQTRcXH0uibcLVtvFLdGLpmoYO9FV6lBBsTAjuhh5YOvQi0e2g3e0yytitiNET9FEuqM0pjnKfRW4K6LIZDdbWJv9KhZUx3DrJa5TL7OJ7VdADVivxVySIlPVKjGwuCXzuXSJes0UcILgWQUMyha5/3nYofuHtS7r+KYyMuxD+oJ9VM1Qdxk4UIG59CP5Y3wtYIFybyF3bdu1caHTRRX+DLyMXyYA/IrTmiW01c4RPjpHBX5Dk1sZyY1zVsWNsvMHr2e1NTWtBxKJ+qk5N61J7caYoepHFaxw==',
};

function publicKey(base64: string) {
  return createPublicKey({ key: Buffer.from(base64, 'base64'), format: 'der', type: 'spki' });
}

const merchantPair = generateKeyPairSync('rsa', { modulusLength: 2048 });
const ours = { mchid: '1900007291', serial: '0123ABCD', privateKey: merchantPair.privateKey };

function signedBy(key: typeof documented.merchantKey, text: string, signature: string): boolean {
  return verify('sha256', Buffer.from(text), key, Buffer.from(signature, 'base64'));
}

describe('our signatures', () => {
  const nonce = '593BEC0C930BF1AFEB40B4A08C8FB242';
  const timestampSeconds = 1_554_208_460;

  it('cover the documented lines of a request', async () => {
    const target = '/v3/pay/transactions/jsapi';
    const text = Formatter.request('POST', target, timestampSeconds, nonce, documented.request.body);
    expect(signedBy(documented.merchantKey, text, documented.request.signature)).toBe(true);

    const request = { method: 'POST', target, body: documented.request.body, timestampSeconds, nonce } as const;
    const header = await authorization(request, ours);
    const fields = Object.fromEntries([...header.matchAll(/(\w+)="([^"]*)"/g)].map(([, name, value]) => [name, value]));
    expect(header).toMatch(/^WECHATPAY2-SHA256-RSA2048 mchid=/);
    expect(fields).toMatchObject({
      mchid: '1900007291',
      serial_no: '0123ABCD',
      timestamp: '1554208460',
      nonce_str: nonce,
    });
    expect(signedBy(merchantPair.publicKey, text, fields['signature'] ?? '')).toBe(true);
  });

  it('cover the documented lines of the JSAPI parameters', async () => {
    const input = {
      appid: 'wx2421b1c4370ec43b',
      prepayId: 'wx201410272009395522657a690389285100',
      timestampSeconds,
      nonce,
    };
    const parameters = await jsapiParameters(input, merchantPair.privateKey);
    const text = `${parameters.appId}\n${parameters.timeStamp}\n${parameters.nonceStr}\n${parameters.package}\n`;
    expect(signedBy(documented.merchantKey, text, documented.paySign)).toBe(true);
    expect(signedBy(merchantPair.publicKey, text, parameters.paySign)).toBe(true);
    expect(parameters.signType).toBe('RSA');
  });
});

describe('the provider’s signatures', () => {
  const { headers, body, atMs } = documented.answer;
  const keys = new Map([[headers['wechatpay-serial'], documented.providerKey]]);
  const fault = (change: Record<string, string | undefined> = {}, text = body, nowMs = atMs) =>
    signatureFault({ ...headers, ...change }, Buffer.from(text), nowMs, keys);

  it('hold for the documented answer', () => {
    expect(fault()).toBeNull();
  });

  it('are refused outside 300 seconds, on both sides of our clock', () => {
    expect(fault({}, body, atMs + 300_000)).toBeNull();
    expect(fault({}, body, atMs - 300_000)).toBeNull();
    expect(fault({}, body, atMs + 300_001)).toBe('stale');
    expect(fault({}, body, atMs - 300_001)).toBe('stale');
  });

  it('are refused when anything signed is another', () => {
    expect(fault({}, `${body} `)).toBe('wrong');
    expect(fault({ 'wechatpay-timestamp': '1722850422' })).toBe('wrong');
    expect(fault({ 'wechatpay-nonce': 'd824f2e086d3c1df967785d13fcd22ee' })).toBe('wrong');
    expect(fault({ 'wechatpay-serial': 'PUB_KEY_ID_1' })).toBe('unknown-serial');
    expect(fault({ 'wechatpay-signature': 'WECHATPAY/SIGNTEST/abc' })).toBe('probe');
  });

  it('are refused when a header is missing or no number', () => {
    for (const name of Object.keys(headers)) expect(fault({ [name]: undefined })).toBe('missing');
    expect(fault({ 'wechatpay-timestamp': '0x66b09e35' })).toBe('missing');
  });

  it('are refused when the base64 was padded with foreign characters', () => {
    expect(fault({ 'wechatpay-signature': `${headers['wechatpay-signature']} ` })).toBe('wrong');
  });
});

describe('decryption', () => {
  // Test case 14 of the GCM specification: everything zero.
  const key = Buffer.alloc(32);
  const nonce = '\0'.repeat(12);
  const bytes = Buffer.from('cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919', 'hex');
  const open = (changed: Buffer, associatedData = '') =>
    decryptResource({ ciphertext: changed.toString('base64'), nonce, associated_data: associatedData }, key);

  it('gives the specification’s text', () => {
    expect(open(bytes)).toBe('\0'.repeat(16));
  });

  it('gives nothing when any byte of text or tag is another', () => {
    for (let at = 0; at < bytes.length; at += 1) {
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(open(changed)).toBeNull();
    }
  });

  it('gives nothing for other associated data, another key or another nonce', () => {
    expect(open(bytes, 'transaction')).toBeNull();
    const resource = { ciphertext: bytes.toString('base64'), nonce };
    expect(decryptResource(resource, Buffer.alloc(32, 1))).toBeNull();
    expect(decryptResource({ ...resource, nonce: '\0'.repeat(11) }, key)).toBeNull();
  });

  it('asks for a whole tag', () => {
    // Eight bytes of text and the right first four of their tag: the cipher accepts it, and a forger guesses four bytes.
    const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.alloc(0));
    const text = Buffer.concat([cipher.update('{"a":10}', 'utf8'), cipher.final()]);
    expect(open(Buffer.concat([text, cipher.getAuthTag()]))).toBe('{"a":10}');
    expect(open(Buffer.concat([text, cipher.getAuthTag().subarray(0, 4)]))).toBeNull();
    for (const length of [0, 4, 8, 12, 15, 16]) expect(open(bytes.subarray(bytes.length - length))).toBeNull();
  });
});
