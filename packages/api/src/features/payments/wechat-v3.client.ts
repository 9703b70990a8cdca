import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { Clock } from '../../kernel/clock.js';
import { base32, type RandomSource } from '../../kernel/ids.js';
import { type Refusal, refuse } from '../../kernel/refusal.js';
import { brokenTextAt } from '../../kernel/text.js';
import { createHttpCaller, type HttpAnswer, type HttpCaller } from './http-call.js';
import { createKeyRing, type KeyRing } from './wechat-v3.key-ring.js';
import type { WechatV3Keys, WechatV3Options } from './wechat-v3.options.js';
import { authorization, type Merchant, type SignatureFault } from './wechat-v3.signing.js';
import { wordRefusal } from './wechat-v3.words.rules.js';

/** An answer the provider provably gave. `body` is undefined when there was none (204). */
export interface ProvenAnswer {
  readonly status: number;
  readonly body: unknown;
}

export interface WechatV3Client {
  /** Every call of this API is idempotent by our own numbers, so a call without a trustworthy answer is repeated. */
  call(method: 'GET' | 'POST', path: string, body?: object): Promise<ProvenAnswer | Refusal>;
  /**
   * The file at an address that a proven answer gave. Files are not signed: the caller holds their hash. An address that
   * is not the provider's own is refused, as we would sign a request to somebody else.
   */
  download(address: string): Promise<Buffer | Refusal>;
  /** Whose signatures are believed. */
  readonly ring: KeyRing;
  nonce(): string;
  timestampSeconds(): number;
  stop(): void;
}

const TIMEOUT_MS = 5_000;
/** Nobody waits for a bill before a page; a large one takes its time. */
const DOWNLOAD_TIMEOUT_MS = 120_000;
/** A packed day of a busy shop is a few MB. */
const MOST_DOWNLOAD_BYTES = 64 * 1024 * 1024;
/** The first try and two repeats, as far as the time allows. */
const WAITS_MS = [100, 400] as const;

export function createWechatV3Client(
  options: WechatV3Options,
  keys: WechatV3Keys,
  clock: Clock,
  random: RandomSource,
): WechatV3Client {
  const { origin, pathname } = new URL(options.baseUrl);
  const prefix = pathname.replace(/\/$/, '');
  const http = createHttpCaller(origin);
  const merchant = { mchid: options.mchid, serial: options.merchantSerial, privateKey: keys.merchantPrivateKey };
  const nonce = (): string => base32(random(20), 32);
  const timestampSeconds = (): number => Math.floor(clock() / 1000);
  const { signedHeaders, ask } = createAsker(http, merchant, {
    nonce,
    timestampSeconds,
    wantedSerial: () => ring.wantedSerial(),
  });
  const ring = createKeyRing({
    configured: keys.providerKeys,
    apiV3Key: keys.apiV3Key,
    clock,
    fetch: async () => (await ask('GET', `${prefix}/v3/certificates`, '', TIMEOUT_MS)) ?? unavailable('unreachable'),
    refusalOf: certificatesRefused,
  });

  async function tryOnce(method: 'GET' | 'POST', target: string, body: string, timeoutMs: number): Promise<Outcome> {
    const answer = await ask(method, target, body, timeoutMs);
    if (!answer) return { again: unavailable('unreachable') };
    return outcomeOf(answer, await ring.faultOf(answer.headers, answer.rawBody, clock()));
  }

  return {
    async call(method, path, body) {
      const text = body === undefined ? '' : JSON.stringify(body);
      const endMs = performance.now() + (options.timeoutMs ?? TIMEOUT_MS);
      for (let attempt = 0; ; attempt += 1) {
        const leftMs = endMs - performance.now();
        const outcome = await tryOnce(method, prefix + path, text, Math.max(leftMs, 1));
        if ('proven' in outcome) return outcome.proven;
        if ('refusal' in outcome) return outcome.refusal;
        const waitMs = WAITS_MS[attempt];
        if (waitMs === undefined || performance.now() + waitMs >= endMs) return outcome.again;
        await sleep(waitMs);
      }
    },
    async download(address) {
      const url = URL.canParse(address) ? new URL(address) : null;
      if (url?.origin !== origin) return unavailable('foreign-download');
      const target = `${url.pathname}${url.search}`;
      const headers = { ...(await signedHeaders('GET', target, '')), accept: '*/*' };
      const wanted = { method: 'GET', target, headers, body: '', timeoutMs: DOWNLOAD_TIMEOUT_MS } as const;
      try {
        const answer = await http.call({ ...wanted, mostBytes: MOST_DOWNLOAD_BYTES });
        return answer.status === 200 ? answer.rawBody : unavailable(`download-${answer.status}`);
      } catch {
        return unavailable('unreachable');
      }
    },
    ring,
    nonce,
    timestampSeconds,
    stop: http.stop,
  };
}

interface Asker {
  readonly signedHeaders: (method: 'GET' | 'POST', target: string, body: string) => Promise<Record<string, string>>;
  /** Null: no whole answer in time. */
  readonly ask: (method: 'GET' | 'POST', target: string, body: string, timeoutMs: number) => Promise<HttpAnswer | null>;
}

/** Asks as the merchant, once, and says nothing of whether the answer can be believed. */
function createAsker(
  http: HttpCaller,
  merchant: Merchant,
  stamp: Pick<WechatV3Client, 'nonce' | 'timestampSeconds'> & { wantedSerial(): string },
): Asker {
  async function signedHeaders(method: 'GET' | 'POST', target: string, body: string): Promise<Record<string, string>> {
    const request = { method, target, body, timestampSeconds: stamp.timestampSeconds(), nonce: stamp.nonce() };
    return {
      accept: 'application/json',
      'content-type': 'application/json',
      'user-agent': 'aixin',
      'wechatpay-serial': stamp.wantedSerial(),
      authorization: await authorization(request, merchant),
    };
  }

  async function ask(
    method: 'GET' | 'POST',
    target: string,
    body: string,
    timeoutMs: number,
  ): Promise<HttpAnswer | null> {
    const headers = await signedHeaders(method, target, body);
    try {
      return await http.call({ method, target, headers, body, timeoutMs });
    } catch {
      return null;
    }
  }

  return { signedHeaders, ask };
}

/** `again`: there is no answer to act on yet, and another try may have one; the refusal is for when none is left. */
type Outcome = { readonly proven: ProvenAnswer } | { readonly refusal: Refusal } | { readonly again: Refusal };

function outcomeOf(answer: HttpAnswer, fault: SignatureFault | null): Outcome {
  // Who is unknown there gets no signed answer: the words are untrusted, and only good for somebody to read.
  if (fault === 'missing' && answer.status === 401) return { refusal: settingRefused(answer) };
  if (fault) return { again: unavailable(answer.status >= 500 ? 'server-error' : `unproven-${fault}`) };
  const proven = readProven(answer);
  if (proven === null) return { again: unavailable('not-json') };
  if (answer.status !== 429 && answer.status < 500) return { proven };
  const said = readWords(proven.body);
  return { again: said ? wordRefusal(said) : unavailable('server-error') };
}

/** Null: no JSON, or a text in it that is none. */
function readProven(answer: HttpAnswer): ProvenAnswer | null {
  if (answer.rawBody.length === 0) return { status: answer.status, body: undefined };
  try {
    const body: unknown = JSON.parse(answer.rawBody.toString('utf8'));
    return brokenTextAt(body) === null ? { status: answer.status, body } : null;
  } catch {
    return null;
  }
}

const words = z.object({ code: z.string().max(64), message: z.string().default('') });

function readWords(body: unknown): { code: string; message: string } | null {
  const read = words.safeParse(body);
  return read.success ? read.data : null;
}

/** A merchant that works with the public key has no certificates; an unsigned 401 names a wrong key or number of ours. */
function certificatesRefused(answer: HttpAnswer): Refusal {
  if (answer.status === 401) return settingRefused(answer);
  const said = readWords(readProven(answer)?.body);
  if (said?.code === 'RESOURCE_NOT_EXISTS') {
    return refuse('PAYMENT_CERTIFICATES_NONE', '这个商户号没有平台证书，使用微信支付公钥。');
  }
  return said ? wordRefusal(said) : unavailable('server-error');
}

/** Asking three times with a wrong key helps nobody: the first answer is told. */
function settingRefused(answer: HttpAnswer): Refusal {
  const said = readWords(readProven(answer)?.body);
  return wordRefusal({ code: 'SIGN_ERROR', message: said ? `${said.code} ${said.message}` : 'HTTP 401' });
}

/** Nobody knows whether it happened: the caller asks again later, never assumes. */
export function unavailable(reason: string): Refusal {
  return refuse('PAYMENT_PROVIDER_UNAVAILABLE', '支付服务暂时没有回应，请稍后再试；如果已经付款，系统会自动核对。', {
    details: { reason },
  });
}
