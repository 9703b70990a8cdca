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

/** What is kept in `keys.json`: text only. */
interface StoredKeys {
  readonly mchid: string;
  readonly appid: string;
  readonly apiV3Key: string;
  readonly merchantSerial: string;
  readonly merchantPrivateKey: string;
  readonly platformSerial: string;
  readonly platformPrivateKey: string;
  readonly platformCertificate: string;
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

async function makeKeys(): Promise<StoredKeys> {
  const makeRsa = async (): Promise<KeyObject> => (await makePair('rsa', { modulusLength: 2048 })).privateKey;
  const [merchant, platform] = await Promise.all([makeRsa(), makeRsa()]);
  const nowMs = Date.now();
  const platformSerial = newSerial();
  return {
    mchid: `19${digits(8)}`,
    appid: `wx${randomBytes(8).toString('hex')}`,
    apiV3Key: randomBytes(16).toString('hex'),
    merchantSerial: newSerial(),
    merchantPrivateKey: pemOf(merchant),
    platformSerial,
    platformPrivateKey: pemOf(platform),
    platformCertificate: selfSignedCertificate({
      commonName: 'Sandbox Payment Platform',
      serial: platformSerial,
      fromMs: nowMs - 86_400_000,
      untilMs: nowMs + TEN_YEARS_MS,
      privateKey: platform,
    }),
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
