import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { openBook, type Payment, type Refund } from './book.js';
import type { Desk } from './desk.js';
import { createFaultTable, type Faults, type Forgery } from './faults.js';
import { loadKeys, rotate, type Validity } from './keys.js';
import { createNotices, type SentAnswer } from './notices.js';
import { type BridgeParameters, closePayment, forgePaid, pay, payInWechat } from './payments.js';
import { createPostman } from './post-notice.js';
import { endRefund, refundByHand, resumeRefunds } from './refunds.js';
import { answer, type Site } from './site.js';

export interface ProviderOptions {
  /** 0 or nothing: a free one. Always on 127.0.0.1. */
  readonly port?: number;
  /** Keeps keys and book over a restart. Nothing is kept without it. */
  readonly dataDir?: string;
  /** Where the merchant wants its notices. Each prepay names its own; this one is for the merchant's configuration. */
  readonly notifyUrl?: string;
  /** Share of the official waiting times between notices. Default 1/15: the first repeat after one second. */
  readonly noticeScale?: number;
  /** How long a refund is PROCESSING. Default 200. */
  readonly refundDelayMs?: number;
  readonly merchantName?: string;
}

/** What the merchant's adapter needs to know, by the names of its options. */
export interface MerchantConfiguration {
  readonly baseUrl: string;
  readonly mchid: string;
  readonly appid: string;
  readonly merchantSerial: string;
  readonly merchantPrivateKey: string;
  readonly providerKeys: Readonly<Record<string, string>>;
  readonly apiV3Key: string;
  readonly notifyUrl: string;
}

export interface RunningProvider {
  readonly url: string;
  readonly merchant: MerchantConfiguration;
  /** Presses the buyer's button. Throws a `ProviderError` when it is not there to press. */
  pay(outTradeNo: string, options?: { late?: boolean }): Payment;
  /** Pays in WeChat's own sheet, as the person of this openid. Gives what WeChat answers the page. */
  payInWechat(parameters: BridgeParameters, openId: string): { readonly err_msg: string };
  /** Sets the faults of one payment, or of all. `{}` takes them back. */
  faults(faults: Faults, outTradeNo?: string): void;
  clearFaults(): void;
  /** Sends all waiting notices now. */
  flush(): Promise<{ sent: number; acknowledged: number }>;
  /** Sends one forged "paid" notice, whether paid or not, and gives the merchant's answer. */
  forge(outTradeNo: string, kind: Forgery): Promise<SentAnswer>;
  payment(outTradeNo: string): Payment | undefined;
  /** Closes a payment behind the merchant's back. */
  close(outTradeNo: string): void;
  /** Gives money back by hand, as an operator does on the merchant platform. */
  refundByHand(outTradeNo: string, amountFen: number): Refund;
  /** Ends a refund that is under way, or changes how it ended, and sends the notice. */
  endRefund(outRefundNo: string, status: 'SUCCESS' | 'ABNORMAL' | 'CLOSED'): void;
  /** Changes the platform's key, step by step. */
  rotate(step: 'announce' | 'change-over' | 'retire', validity?: Validity): Promise<void>;
  /** Serial number → PEM of the platform's certificates, the one that it signs with first. */
  certificates(): Record<string, string>;
  /** How often the certificates were asked for. */
  certificateReads(): number;
  /** Notices not yet acknowledged and not given up. */
  waitingNotices(): number;
  stop(): Promise<void>;
}

const DEFAULT_SCALE = 1 / 15;

export async function startProvider(options: ProviderOptions = {}): Promise<RunningProvider> {
  const book = openBook(options.dataDir);
  const keys = await loadKeys(options.dataDir);
  const faults = createFaultTable();
  const scale = options.noticeScale ?? DEFAULT_SCALE;
  const notices = createNotices({ book, keys, faults, postman: createPostman(), scale });
  const desk: Desk = {
    ...{ book, keys, faults, notices, bills: new Map(), timers: new Set(), counts: { certificateReads: 0 } },
    refundDelayMs: options.refundDelayMs ?? 200,
  };

  const server = createServer({ keepAliveTimeout: 65_000 });
  await listen(server, options.port ?? 0);
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const site: Site = {
    desk,
    publicUrl: url,
    notifyUrl: options.notifyUrl,
    merchantName: options.merchantName ?? '消费帮扶献爱心专区',
  };
  server.on('request', (request, response) => void answer(site, request, response));
  notices.resume();
  resumeRefunds(desk);

  return {
    url,
    merchant: {
      baseUrl: url,
      mchid: keys.mchid,
      appid: keys.appid,
      merchantSerial: keys.merchantSerial,
      merchantPrivateKey: keys.merchantPrivateKey,
      providerKeys: { [keys.platformSerial]: keys.platformPublicKey },
      apiV3Key: keys.apiV3Key,
      notifyUrl: options.notifyUrl ?? '',
    },
    pay: (outTradeNo, how) => pay(desk, outTradeNo, how),
    payInWechat: (parameters, openId) => payInWechat(desk, parameters, openId),
    faults: (wanted, outTradeNo) => faults.set(wanted, outTradeNo),
    clearFaults: () => faults.clear(),
    flush: () => notices.flush(),
    forge: (outTradeNo, kind) => forgePaid(desk, outTradeNo, kind),
    close: (outTradeNo) => closePayment(desk, outTradeNo),
    refundByHand: (outTradeNo, amountFen) => refundByHand(desk, outTradeNo, amountFen),
    endRefund: (outRefundNo, status) => endRefund(desk, outRefundNo, status),
    rotate: (step, validity) => rotate(keys, step, { dataDir: options.dataDir, ...(validity ? { validity } : {}) }),
    certificates: () =>
      Object.fromEntries(
        [keys, ...(keys.otherPlatformKeys ?? [])].map((one) => [one.platformSerial, one.platformCertificate]),
      ),
    certificateReads: () => desk.counts.certificateReads,
    payment: (outTradeNo) => book.payments.get(outTradeNo),
    waitingNotices: () => book.notices.size,
    async stop() {
      notices.stop();
      for (const timer of desk.timers) clearTimeout(timer);
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      book.close();
    },
  };
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
}
