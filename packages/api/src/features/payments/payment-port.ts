import type { Refusal } from '../../kernel/refusal.js';
import { type Slot, slot } from '../../kernel/slot.js';

/** Where the buyer pays: a code to scan, inside WeChat, or in another phone browser. */
export type PaymentScene = 'NATIVE' | 'JSAPI' | 'H5';

export interface PrepayInput {
  /** Our number of this attempt to pay: 6–32 letters and digits, never used for another amount or description. */
  readonly paymentId: string;
  readonly amountFen: number;
  /** What the buyer reads on the payment sheet. Cut at 127 bytes, the provider's bound. */
  readonly description: string;
  /** After this instant the provider takes no money for it. */
  readonly expiresAtMs: number;
  readonly scene: PaymentScene;
  /** The buyer's id at the provider. JSAPI needs it. */
  readonly payerOpenId?: string;
  /** The buyer's network address. H5 needs it. */
  readonly payerIp?: string;
}

/** What a page hands to `WeixinJSBridge`/`wx.requestPayment`, unchanged. */
export interface JsapiParameters {
  readonly appId: string;
  readonly timeStamp: string;
  readonly nonceStr: string;
  readonly package: string;
  readonly signType: 'RSA';
  readonly paySign: string;
}

/** What the buyer's page needs so that the buyer can pay. */
export type Prepay =
  | { readonly scene: 'NATIVE'; readonly codeUrl: string }
  | { readonly scene: 'JSAPI'; readonly parameters: JsapiParameters }
  | { readonly scene: 'H5'; readonly h5Url: string };

/** `SUCCESS`: paid. `REFUND`: paid, and at least a part was given back since. The others: no money of ours is there. */
export type PaymentState =
  | {
      readonly state: 'SUCCESS' | 'REFUND';
      readonly paymentId: string;
      readonly transactionId: string;
      readonly amountFen: number;
      readonly paidAtMs: number;
    }
  | {
      readonly state: 'NOTPAY' | 'USERPAYING' | 'ACCEPT' | 'PAYERROR' | 'CLOSED' | 'REVOKED';
      readonly paymentId: string;
    };

export interface RefundInput {
  /** Our number of this refund: 6–32 letters and digits. The same number with the same content is one refund. */
  readonly refundId: string;
  readonly paymentId: string;
  readonly amountFen: number;
  /** The whole amount of the payment. */
  readonly totalFen: number;
  /** The buyer reads it in the refund message. Cut at 80 bytes, the provider's bound. */
  readonly reason: string;
}

/** `ABNORMAL`: the buyer's card cannot take it back, somebody must act. `CLOSED`: the refund did not happen. */
export interface RefundState {
  readonly refundId: string;
  readonly paymentId: string;
  readonly providerRefundId: string;
  readonly state: 'PROCESSING' | 'SUCCESS' | 'CLOSED' | 'ABNORMAL';
  readonly amountFen: number;
  /** Set when `state` is SUCCESS. */
  readonly refundedAtMs: number | null;
}

export interface NoticeInput {
  /** As node gives them: names in lower case. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** The bytes as they came: the signature covers these and nothing else. */
  readonly rawBody: Buffer;
  readonly nowMs: number;
}

export interface PaidNotice {
  readonly kind: 'paid';
  /** The provider's id of the event. Sent again, a notice keeps it. */
  readonly noticeId: string;
  readonly paymentId: string;
  readonly transactionId: string;
  /** What the provider says was asked for. Whether it is what the order costs is for the order to judge. */
  readonly amountFen: number;
  readonly paidAtMs: number;
}

export interface RefundNotice {
  readonly kind: 'refund';
  readonly noticeId: string;
  readonly refundId: string;
  readonly paymentId: string;
  readonly providerRefundId: string;
  readonly state: 'SUCCESS' | 'CLOSED' | 'ABNORMAL';
  readonly amountFen: number;
  readonly refundedAtMs: number | null;
}

export type PaymentNotice = PaidNotice | RefundNotice;

/** `TRADE`: what buyers paid and got back. `FLOW`: what came into and left our account at the provider. */
export interface BillInput {
  /** In Asia/Shanghai, `2026-11-22`; over, and for some hours: the provider writes its bills by ten in the morning. */
  readonly day: string;
  readonly kind: 'TRADE' | 'FLOW';
}

/**
 * One payment provider, seen from here. Every refusal's code begins with `PAYMENT_`:
 * `PAYMENT_PROVIDER_UNAVAILABLE` (no trustworthy answer: nobody knows what happened, so query or repeat),
 * `PAYMENT_UNKNOWN`, `PAYMENT_ALREADY_PAID`, `PAYMENT_CLOSED`, `PAYMENT_ID_REUSED`, `PAYMENT_BALANCE_LOW` (our account
 * at the provider cannot cover the refund now), `PAYMENT_INPUT_INVALID` (refused before anything was sent),
 * `PAYMENT_SETTING_WRONG` (nothing works before a key, a number or a contract is mended), `PAYMENT_WORD_UNKNOWN` (a state
 * that no document names: neither paid nor not yet),
 * `PAYMENT_REFUSED` (the provider said no; `details` have its own words and what they mean), for bills `PAYMENT_BILL_NONE` (nothing happened
 * on that day), `PAYMENT_BILL_NOT_READY` and `PAYMENT_BILL_SPOILED` (ask again), and for notices
 * `PAYMENT_NOTICE_FORGED` (do not believe it) and `PAYMENT_NOTICE_UNREADABLE` (genuine, but not understood).
 */
export interface PaymentPort {
  readonly provider: 'wechat-v3';
  /** Idempotent by `paymentId` as long as the content is the same. */
  prepay(input: PrepayInput): Promise<Prepay | Refusal>;
  query(paymentId: string): Promise<PaymentState | Refusal>;
  /** Null: closed, no money can arrive any more. `PAYMENT_ALREADY_PAID` when it has. Closing twice is fine. */
  close(paymentId: string): Promise<null | Refusal>;
  /** Idempotent by `refundId`. */
  refund(input: RefundInput): Promise<RefundState | Refusal>;
  queryRefund(refundId: string): Promise<RefundState | Refusal>;
  /** The bytes of a day's bill, as the provider wrote it and as its signed answer vouches for by their hash. */
  downloadBill(input: BillInput): Promise<Buffer | Refusal>;
  /** Gives a notice only after signature, age, decryption and addressee were verified. Writes nothing. */
  readNotice(input: NoticeInput): Promise<PaymentNotice | Refusal>;
  /** Whether our settings are those that the provider has. Null: as far as it tells. Waits for it, and stops nothing. */
  check?(): Promise<null | Refusal>;
  /** Lets go of the kept-alive connections. */
  stop(): void;
}

/** The zone's provider. Filled by the zone from its configuration, or with a fake by a test. */
export const paymentPort: Slot<PaymentPort> = slot<PaymentPort>('payment port');
