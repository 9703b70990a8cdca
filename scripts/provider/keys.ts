import {
  createPrivateKey,
  createPublicKey,
  generateKeyPair,
  type KeyObject,
  randomBytes,
  randomUUID,
} from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { selfSignedCertificate } from './certificate.js';

/** A key that the platform signs with, and the certificate that says so. */
interface PlatformKey {
  readonly platformSerial: string;
  readonly platformPrivateKey: string;
  readonly platformCertificate: string;
}

/** What is kept in `keys.json`: text only. */
interface StoredKeys extends PlatformKey {
  /** Those it does not sign with: the next one, or the one before. Left out by files of before there were any. */
  readonly otherPlatformKeys?: readonly PlatformKey[];
  readonly mchid: string;
  readonly appid: string;
  readonly apiV3Key: string;
  readonly merchantSerial: string;
  readonly merchantPrivateKey: string;
}

export interface ProviderKeys extends StoredKeys {
  readonly merchantPublicKeyObject: KeyObject;
  readonly platformPrivateKeyObject: KeyObject;
  readonly platformPublicKey: string;
}

const TEN_YEARS_MS = 10 * 365 * 86_400_000;
const makePair = promisify(generateKeyPair);

/** Making two RSA pairs takes up to a second: all providers of one process without a folder share theirs. */
let shared: Promise<StoredKeys> | undefined;

/** The keys of this provider and of its one merchant; made once and kept in the folder, so that a restart changes nothing. */
export async function loadKeys(dataDir: string | undefined): Promise<ProviderKeys> {
  if (dataDir === undefined) return withObjects(await (shared ??= makeKeys()));
  const file = join(dataDir, 'keys.json');
  if (existsSync(file)) return withObjects(JSON.parse(readFileSync(file, 'utf8')) as StoredKeys);
  const keys = await makeKeys();
  writeFileSync(file, JSON.stringify(keys, null, 2), { mode: 0o600 });
  return withObjects(keys);
}

async function makeRsa(): Promise<KeyObject> {
  return (await makePair('rsa', { modulusLength: 2048 })).privateKey;
}

async function makeKeys(): Promise<StoredKeys> {
  const [merchant, platform] = await Promise.all([makeRsa(), makePlatformKey()]);
  return {
    ...platform,
    mchid: `19${digits(8)}`,
    appid: `wx${randomBytes(8).toString('hex')}`,
    apiV3Key: randomBytes(16).toString('hex'),
    merchantSerial: newSerial(),
    merchantPrivateKey: pemOf(merchant),
  };
}

/** When a certificate is to be believed; of five years as the real ones, if nobody says otherwise. */
export interface Validity {
  readonly fromMs?: number;
  readonly untilMs?: number;
}

async function makePlatformKey(validity: Validity = {}): Promise<PlatformKey> {
  const privateKey = await makeRsa();
  const nowMs = Date.now();
  const serial = newSerial();
  const platformCertificate = selfSignedCertificate({
    commonName: 'Sandbox Payment Platform',
    serial,
    fromMs: validity.fromMs ?? nowMs - 86_400_000,
    untilMs: validity.untilMs ?? nowMs + TEN_YEARS_MS,
    privateKey,
  });
  return { platformSerial: serial, platformPrivateKey: pemOf(privateKey), platformCertificate };
}

/**
 * The platform changes its key as the real one does: the next certificate is in the list (`announce`) before it is signed
 * with (`change-over`), and the one before stays there until it is taken off (`retire`).
 */
export async function rotate(
  keys: ProviderKeys,
  step: 'announce' | 'change-over' | 'retire',
  options: { validity?: Validity; dataDir?: string | undefined } = {},
): Promise<void> {
  const others = keys.otherPlatformKeys ?? [];
  const changed: StoredKeys = { ...keys, ...(await nextKeys(keys, others, step, options.validity)) };
  Object.assign(keys, withObjects(changed));
  if (options.dataDir === undefined) return;
  const { merchantPublicKeyObject: _m, platformPrivateKeyObject: _p, platformPublicKey: _k, ...stored } = keys;
  writeFileSync(join(options.dataDir, 'keys.json'), JSON.stringify(stored, null, 2), { mode: 0o600 });
}

async function nextKeys(
  keys: PlatformKey,
  others: readonly PlatformKey[],
  step: 'announce' | 'change-over' | 'retire',
  validity: Validity | undefined,
): Promise<Partial<StoredKeys>> {
  if (step === 'retire') return { otherPlatformKeys: [] };
  if (step === 'announce') return { otherPlatformKeys: [...others, await makePlatformKey(validity)] };
  const next = others.at(-1);
  if (!next) throw new Error('no key was announced');
  const { platformSerial, platformPrivateKey, platformCertificate } = keys;
  return {
    ...next,
    otherPlatformKeys: [...others.slice(0, -1), { platformSerial, platformPrivateKey, platformCertificate }],
  };
}

function withObjects(keys: StoredKeys): ProviderKeys {
  return {
    ...keys,
    merchantPublicKeyObject: createPublicKey(keys.merchantPrivateKey),
    platformPrivateKeyObject: createPrivateKey(keys.platformPrivateKey),
    platformPublicKey: createPublicKey(keys.platformPrivateKey).export({ type: 'spki', format: 'pem' }) as string,
  };
}

function pemOf(key: KeyObject): string {
  return key.export({ type: 'pkcs8', format: 'pem' }) as string;
}

/** 40 hexadecimal digits, as certificates' serial numbers there look. */
function newSerial(): string {
  return `5${randomBytes(20).toString('hex').slice(1)}`.toUpperCase();
}

/** Random decimal digits, at most 30. A UUID is the cheapest randomness node has: it is drawn in stock. */
export function digits(count: number): string {
  return BigInt(`0x${randomUUID().replaceAll('-', '')}`)
    .toString()
    .slice(-count);
}
