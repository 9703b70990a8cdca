import { type KeyObject, X509Certificate } from 'node:crypto';
import { z } from 'zod';
import { isRefusal, type Refusal, refuse } from '../../kernel/refusal.js';
import type { HttpAnswer } from './http-call.js';
import { bareSerial, type ProviderKey, WECHAT_V3_VARIABLES } from './wechat-v3.options.js';
import { decryptResource, type Headers, type SignatureFault, signatureFault } from './wechat-v3.signing.js';

/** The provider's keys as they are believed at one moment, and how new ones come. */
export interface KeyRing {
  /** The key that we would have an answer signed with: a public key by its id, else the certificate that is valid longest. */
  wantedSerial(): string;
  /** What is wrong with a signature. A serial number that nobody knows has the certificates fetched first. */
  faultOf(headers: Headers, rawBody: Buffer, nowMs: number): Promise<SignatureFault | null>;
  /** Fetches the certificates now. `PAYMENT_CERTIFICATES_NONE`: this merchant has none, it works with the public key. */
  refresh(): Promise<null | Refusal>;
}

/** What the ring needs of the client. */
export interface KeySource {
  readonly configured: ReadonlyMap<string, ProviderKey>;
  readonly apiV3Key: Buffer;
  clock(): number;
  /** `GET /v3/certificates`, signed by us, unproven as yet. */
  fetch(): Promise<HttpAnswer | Refusal>;
  /** The refusal that an answer without certificates is. */
  refusalOf(answer: HttpAnswer): Refusal;
}

/** Whoever sends us serial numbers that nobody knows makes us ask the provider no more often than this. */
const LEAST_BETWEEN_MS = 60_000;
/** The provider has the next certificate ready ten days before the last one ends, and asks to look every twelve hours. */
const REFRESH_BEFORE_MS = 10 * 86_400_000;
const REFRESH_EVERY_MS = 12 * 3_600_000;
const REFRESH_AGAIN_MS = 3_600_000;

const certificatesAnswer = z.object({
  data: z
    .array(
      z.object({
        serial_no: z.string().min(1).max(64),
        encrypt_certificate: z.object({
          algorithm: z.literal('AEAD_AES_256_GCM'),
          ciphertext: z.string(),
          nonce: z.string(),
          associated_data: z.string().optional(),
        }),
      }),
    )
    .min(1)
    .max(20),
});

/**
 * Keys of the configuration stand for good; certificates are fetched as they come and believed while they are valid, so
 * that the old and the new one hold side by side and the provider changes over without a restart of ours.
 */
export function createKeyRing(source: KeySource): KeyRing {
  let fetched: ReadonlyMap<string, ProviderKey> = new Map();
  let askedAtMs = -Infinity;
  let asking: Promise<null | Refusal> | null = null;

  const all = (): ProviderKey[] => [...source.configured.values(), ...fetched.values()];
  const validAt = (nowMs: number): ReadonlyMap<string, KeyObject> =>
    new Map(
      all()
        .filter(({ fromMs, untilMs }) => fromMs <= nowMs && nowMs <= untilMs)
        .map(({ serial, key }) => [serial, key]),
    );

  async function ask(): Promise<null | Refusal> {
    askedAtMs = source.clock();
    const answer = await source.fetch();
    if (isRefusal(answer)) return answer;
    if (answer.status >= 300) return source.refusalOf(answer);
    const found = openCertificates(answer, source.apiV3Key);
    if (isRefusal(found)) return found;
    // The list is sealed with a secret of ours and the provider's; its answer is signed by one of the keys all the same.
    const nowMs = source.clock();
    const keys = new Map([...validAt(nowMs), ...[...found].map(([serial, { key }]) => [serial, key] as const)]);
    const fault = signatureFault(answer.headers, answer.rawBody, nowMs, keys);
    if (fault) return untrusted(`certificates-${fault}`);
    fetched = found;
    return null;
  }
  const refresh = (): Promise<null | Refusal> => (asking ??= ask().finally(() => (asking = null)));

  /** Ten days are left for it: what is refused is asked for again in an hour, and by then told by whoever asks the provider. */
  async function refreshAhead(): Promise<void> {
    const refused = await refresh();
    if (refused) askedAtMs = source.clock() - REFRESH_EVERY_MS + REFRESH_AGAIN_MS;
  }

  /** Where the certificates that we live by end soon: in time, and without anybody waiting for it. */
  function refreshInTime(nowMs: number): void {
    const certificates = all().filter((one) => one.untilMs !== Infinity);
    if (certificates.length === 0) return;
    const lastEndsMs = Math.max(...certificates.map((one) => one.untilMs));
    if (lastEndsMs - nowMs < REFRESH_BEFORE_MS && nowMs - askedAtMs >= REFRESH_EVERY_MS) void refreshAhead();
  }

  return {
    refresh,
    wantedSerial() {
      const nowMs = source.clock();
      const configured = [...source.configured.values()].at(-1);
      if (configured?.untilMs === Infinity) return configured.serial;
      const valid = all().filter((one) => one.fromMs <= nowMs && nowMs <= one.untilMs);
      return (valid.sort((a, b) => a.untilMs - b.untilMs).at(-1) ?? configured)?.serial ?? '';
    },
    async faultOf(headers, rawBody, nowMs) {
      refreshInTime(nowMs);
      const fault = signatureFault(headers, rawBody, nowMs, validAt(nowMs));
      if (fault !== 'unknown-serial' || !isCertificateSerial(headers['wechatpay-serial'])) return fault;
      if (!asking && source.clock() - askedAtMs < LEAST_BETWEEN_MS) return fault;
      const refused = await refresh();
      return refused ? fault : signatureFault(headers, rawBody, nowMs, validAt(nowMs));
    },
  };
}

/** Public keys have names (`PUB_KEY_ID_…`) and come from the merchant platform, by hand: none can be fetched. */
function isCertificateSerial(serial: unknown): boolean {
  return typeof serial === 'string' && /^[0-9A-Fa-f]{8,64}$/.test(serial);
}

/** All of the list or nothing: a key that does not open one of them opens none. */
function openCertificates(answer: HttpAnswer, apiV3Key: Buffer): ReadonlyMap<string, ProviderKey> | Refusal {
  const read = certificatesAnswer.safeParse(parse(answer.rawBody));
  if (!read.success) return untrusted('certificates-unreadable');
  const found = new Map<string, ProviderKey>();
  for (const { serial_no: serial, encrypt_certificate: sealed } of read.data.data) {
    const pem = decryptResource(sealed, apiV3Key);
    if (pem === null) return wrongApiV3Key();
    const key = certificateKey(serial, pem);
    if (!key) return untrusted('certificates-unreadable');
    found.set(serial, key);
  }
  return found;
}

function certificateKey(serial: string, pem: string): ProviderKey | null {
  try {
    const { publicKey, serialNumber, validFrom, validTo } = new X509Certificate(pem);
    const isRsa = publicKey.asymmetricKeyType === 'rsa' && bareSerial(serialNumber) === bareSerial(serial);
    return isRsa ? { serial, key: publicKey, fromMs: Date.parse(validFrom), untilMs: Date.parse(validTo) } : null;
  } catch {
    return null;
  }
}

function parse(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return undefined;
  }
}

/** What the provider sealed for us does not open: the secret is not the one that the merchant platform has. */
export function wrongApiV3Key(): Refusal {
  return refuse('PAYMENT_SETTING_WRONG', 'APIv3 密钥与商户平台上的不一致，付款通知读不出来，请联系平台运营。', {
    details: { meaning: 'SETTING', variable: WECHAT_V3_VARIABLES.apiV3Key },
  });
}

function untrusted(reason: string): Refusal {
  return refuse('PAYMENT_PROVIDER_UNAVAILABLE', '支付平台的证书暂时取不到，请稍后再试。', { details: { reason } });
}
