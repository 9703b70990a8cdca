import { createPrivateKey, createPublicKey, type KeyObject, X509Certificate } from 'node:crypto';
import type { Clock } from '../../kernel/clock.js';
import type { RandomSource } from '../../kernel/ids.js';

/** All that tells one provider, or the sandbox, from another. Nothing else differs between them. */
export interface WechatV3Options {
  /** `https://api.mch.weixin.qq.com`, or the sandbox's address. */
  readonly baseUrl: string;
  /** 商户号 */
  readonly mchid: string;
  readonly appid: string;
  /** Serial number of our own certificate at the provider. */
  readonly merchantSerial: string;
  /** PEM, PKCS#8 or PKCS#1. */
  readonly merchantPrivateKey: string;
  /** The provider's public keys: serial number (`PUB_KEY_ID_…` or a certificate's) → PEM of key or certificate. */
  readonly providerKeys: Readonly<Record<string, string>>;
  /** APIv3密钥, 32 bytes. */
  readonly apiV3Key: string;
  /** Where the provider sends its notices: `https://…<mount>/payments/wechat/notices`. */
  readonly notifyUrl: string;
  /** The longest one call may take, repeats included. At most 5 s: a buyer waits. */
  readonly timeoutMs?: number;
  readonly clock?: Clock;
  readonly random?: RandomSource;
}

/** The environment variable of each setting. */
export const WECHAT_V3_VARIABLES = {
  baseUrl: 'AIXIN_WECHAT_BASE_URL',
  mchid: 'AIXIN_WECHAT_MCHID',
  appid: 'AIXIN_WECHAT_APPID',
  merchantSerial: 'AIXIN_WECHAT_MERCHANT_SERIAL',
  merchantPrivateKey: 'AIXIN_WECHAT_MERCHANT_PRIVATE_KEY',
  providerKeys: 'AIXIN_WECHAT_PROVIDER_KEYS',
  apiV3Key: 'AIXIN_WECHAT_API_V3_KEY',
  notifyUrl: 'AIXIN_WECHAT_NOTIFY_URL',
} as const;

type Name = keyof typeof WECHAT_V3_VARIABLES;

/** Reads and checks the eight variables. Throws an error that names the first bad one: a wrong value stops the start. */
export function wechatV3OptionsFromEnv(env: Readonly<Record<string, string | undefined>>): WechatV3Options {
  const read = (name: Name): string => {
    const value = env[WECHAT_V3_VARIABLES[name]]?.trim();
    if (!value) throw new Error(`${WECHAT_V3_VARIABLES[name]} is missing`);
    return value;
  };
  const options: WechatV3Options = {
    baseUrl: read('baseUrl'),
    mchid: read('mchid'),
    appid: read('appid'),
    merchantSerial: read('merchantSerial'),
    // A variable often cannot hold line breaks: `\n` written out is one.
    merchantPrivateKey: read('merchantPrivateKey').replaceAll('\\n', '\n'),
    providerKeys: readProviderKeys(read('providerKeys')),
    apiV3Key: read('apiV3Key'),
    notifyUrl: read('notifyUrl'),
  };
  readWechatV3Keys(options);
  return options;
}

function readProviderKeys(text: string): Record<string, string> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    value = null;
  }
  const entries = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  if (entries.length === 0 || entries.some(([, pem]) => typeof pem !== 'string')) {
    throw new Error(`${WECHAT_V3_VARIABLES.providerKeys} must be a JSON object from serial number to PEM`);
  }
  return Object.fromEntries(entries);
}

/** One of the provider's, and the time in which it is believed: a certificate's own, for ever for a public key. */
export interface ProviderKey {
  readonly serial: string;
  readonly key: KeyObject;
  readonly fromMs: number;
  readonly untilMs: number;
}

export interface WechatV3Keys {
  readonly merchantPrivateKey: KeyObject;
  readonly providerKeys: ReadonlyMap<string, ProviderKey>;
  readonly apiV3Key: Buffer;
}

const MAX_TIMEOUT_MS = 5_000;

/** Checks the options and parses the keys, once. Throws an error that names the variable of the bad one. */
export function readWechatV3Keys(options: WechatV3Options): WechatV3Keys {
  const fail = (name: Name, what: string): never => {
    throw new Error(`${WECHAT_V3_VARIABLES[name]} ${what}`);
  };
  for (const name of ['baseUrl', 'notifyUrl'] as const) {
    if (!/^https?:\/\//.test(options[name]) || !URL.canParse(options[name])) fail(name, 'is not an http(s) address');
  }
  if (!/^\d{8,32}$/.test(options.mchid)) fail('mchid', 'must be digits');
  if (!/^[\w-]{6,32}$/.test(options.appid)) fail('appid', 'must be 6 to 32 letters and digits');
  if (!/^\w{8,64}$/.test(options.merchantSerial)) fail('merchantSerial', 'must be 8 to 64 letters and digits');
  const apiV3Key = Buffer.from(options.apiV3Key, 'utf8');
  if (apiV3Key.length !== 32) fail('apiV3Key', 'must be 32 bytes');
  if ((options.timeoutMs ?? 1) > MAX_TIMEOUT_MS) throw new Error(`timeoutMs is above ${MAX_TIMEOUT_MS}`);
  return {
    merchantPrivateKey: rsaKey(() => createPrivateKey(options.merchantPrivateKey), 'merchantPrivateKey', fail),
    // `createPublicKey` takes certificates too.
    providerKeys: new Map(
      Object.entries(options.providerKeys).map(([serial, pem]) => [serial, providerKey(serial, pem, fail)]),
    ),
    apiV3Key,
  };
}

/** A certificate under another serial number would make every answer unproven, hours after the start. */
function providerKey(serial: string, pem: string, fail: (name: Name, what: string) => never): ProviderKey {
  const key = rsaKey(() => createPublicKey(pem), 'providerKeys', fail);
  if (!pem.includes('BEGIN CERTIFICATE')) return { serial, key, fromMs: -Infinity, untilMs: Infinity };
  const { serialNumber: own, validFrom, validTo } = new X509Certificate(pem);
  if (bareSerial(own) === bareSerial(serial)) {
    return { serial, key, fromMs: Date.parse(validFrom), untilMs: Date.parse(validTo) };
  }
  return fail('providerKeys', `has the certificate ${own} under another serial number: ${serial}`);
}

/** The same number is written with and without leading zeros, in capitals and not. */
export function bareSerial(serial: string): string {
  return serial.toUpperCase().replace(/^0+/, '');
}

function rsaKey(parse: () => KeyObject, name: Name, fail: (name: Name, what: string) => never): KeyObject {
  let key: KeyObject;
  try {
    key = parse();
  } catch {
    // The parser's message may quote the key: it stays here.
    return fail(name, 'is not a PEM key');
  }
  const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
  if (key.asymmetricKeyType !== 'rsa' || bits < 2048) return fail(name, 'must be an RSA key of 2048 bits or more');
  return key;
}
