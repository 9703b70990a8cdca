import { generateKeyPairSync, X509Certificate } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { WECHAT_V3_VARIABLES, wechatV3OptionsFromEnv } from './wechat-v3.options.js';

const pair = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});

const good = {
  AIXIN_WECHAT_BASE_URL: 'https://api.mch.weixin.qq.com',
  AIXIN_WECHAT_MCHID: '1900000109',
  AIXIN_WECHAT_APPID: 'wx8888888888888888',
  AIXIN_WECHAT_MERCHANT_SERIAL: '5157F09EFDC096DE15EBE81A47057A7232F1B8E1',
  AIXIN_WECHAT_MERCHANT_PRIVATE_KEY: pair.privateKey,
  AIXIN_WECHAT_PROVIDER_KEYS: JSON.stringify({ PUB_KEY_ID_01: pair.publicKey }),
  AIXIN_WECHAT_API_V3_KEY: '0123456789abcdef0123456789abcdef',
  AIXIN_WECHAT_NOTIFY_URL: 'https://portal.example/aixin/payments/wechat/notices',
};

/** Made for this test, valid for a hundred years; nobody has its private key. */
const CERTIFICATE = `-----BEGIN CERTIFICATE-----
MIIDCTCCAfGgAwIBAgIUKjvrkQoL4WvmOa+vBO6xcxWYir0wDQYJKoZIhvcNAQEL
BQAwEzERMA8GA1UEAwwIbWVyY2hhbnQwIBcNMjYxMjAxMTMzNDAzWhgPMjEyNjEx
MDcxMzM0MDNaMBMxETAPBgNVBAMMCG1lcmNoYW50MIIBIjANBgkqhkiG9w0BAQEF
AAOCAQ8AMIIBCgKCAQEA48VaskPqCUx0JKztUETjkOiAE/NA6VZ9iepu0w+eyg79
h3d8oO7UkryiliCM+gOhmTHepEQaLuHP8n4YIHeRppbJ0Q2lu8AxQ2y6pjzLsaKK
ofgfmlAOKVBrJRm/MBJ16OjEvVnHNMfEpWWD7eFdVFWCqMfYEK48dhSFeZuvzMRG
k3H5m3IkuI1kvmiB4QAoEvpzc6j5okqMCkX4pphlcAxHkyX1Z4FeC8Op2JFjmHrR
47OH7wlNPF7xXbtjRl2ZtoVhyVxiNqfZYtprDAAHtfAVMlJZoQXTwywtKYCVsp3v
xdlL2bQcG7LuEyqwyIndsztLcKV14l/8tQnkSHrJgwIDAQABo1MwUTAdBgNVHQ4E
FgQU7T5hz0X51ICmatE/tzOYwFM5ph4wHwYDVR0jBBgwFoAU7T5hz0X51ICmatE/
tzOYwFM5ph4wDwYDVR0TAQH/BAUwAwEB/zANBgkqhkiG9w0BAQsFAAOCAQEAOCjt
dT7NIwNGl20iWtBWnDpE3S26Y7LqesikplAnP0jSYLyAIxDWhmlggvJmX5o4Tt+p
aiqPt+tTmcEIN3edXzg12d/m+y5l/veywqV9ObyRHYCXIHswJhxnnoo1bOO+5i+U
XqNPk/oDH2uMO5BJmDFA4ZTNCyfCxxElKFsK/Er0pthgB/8Y/il6yk9qJa9kBxm/
lZ5luRnrv4jHTDuRWGDifO6K4xebXIXhghLJYUUd2t1sX3P7Ny2gL2F1IJAwgqpb
C+KmlUUTBSS54kspsCSFBxUcqpBIgKGaHl1sdSW7vPtgg6sfbEEX1qPo2+9WA6O8
DBD3o24l2lrMpJfa5g==
-----END CERTIFICATE-----
`;

const withValue = (name: string, value: string | undefined) => () => wechatV3OptionsFromEnv({ ...good, [name]: value });

describe('the payment variables', () => {
  it('become options', () => {
    expect(wechatV3OptionsFromEnv(good)).toMatchObject({
      baseUrl: 'https://api.mch.weixin.qq.com',
      mchid: '1900000109',
      providerKeys: { PUB_KEY_ID_01: pair.publicKey },
    });
  });

  it('may write line breaks of a key out', () => {
    const oneLine = pair.privateKey.replaceAll('\n', '\\n');
    expect(withValue('AIXIN_WECHAT_MERCHANT_PRIVATE_KEY', oneLine)().merchantPrivateKey).toBe(
      pair.privateKey.trim() + '\n',
    );
  });

  it('take a certificate under its own serial number, and under no other', () => {
    const keys = (serial: string) => withValue('AIXIN_WECHAT_PROVIDER_KEYS', JSON.stringify({ [serial]: CERTIFICATE }));
    const { serialNumber } = new X509Certificate(CERTIFICATE);
    expect(keys(serialNumber.toLowerCase())().providerKeys).toHaveProperty(serialNumber.toLowerCase());
    expect(keys('5157F09EFDC096DE15EBE81A47057A7232F1B8E1')).toThrow(
      `AIXIN_WECHAT_PROVIDER_KEYS has the certificate ${serialNumber} under another serial number`,
    );
  });

  it('stop the start with their name when one is missing', () => {
    for (const name of Object.values(WECHAT_V3_VARIABLES)) {
      expect(withValue(name, undefined)).toThrow(`${name} is missing`);
      expect(withValue(name, ' ')).toThrow(`${name} is missing`);
    }
  });

  it.each([
    ['AIXIN_WECHAT_BASE_URL', 'ftp://x'],
    ['AIXIN_WECHAT_NOTIFY_URL', '/payments'],
    ['AIXIN_WECHAT_MCHID', 'merchant'],
    ['AIXIN_WECHAT_APPID', 'wx"'],
    ['AIXIN_WECHAT_MERCHANT_SERIAL', 'a"b'],
    ['AIXIN_WECHAT_MERCHANT_PRIVATE_KEY', 'secret'],
    ['AIXIN_WECHAT_PROVIDER_KEYS', '{}'],
    ['AIXIN_WECHAT_PROVIDER_KEYS', 'x'],
    ['AIXIN_WECHAT_PROVIDER_KEYS', '{"a":1}'],
    ['AIXIN_WECHAT_PROVIDER_KEYS', '{"a":"b"}'],
    ['AIXIN_WECHAT_API_V3_KEY', 'short'],
  ])('stop the start with their name: %s = %s', (name, value) => {
    expect(withValue(name, value)).toThrow(name);
    // A message that quotes a key would end in the log.
    expect(withValue(name, value)).not.toThrow('secret');
  });

  it('refuse a key that is too short to trust', () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 1024 });
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }) as string;
    expect(withValue('AIXIN_WECHAT_MERCHANT_PRIVATE_KEY', pem)).toThrow('2048');
  });
});
