import type { Match } from '@aixin/points-engine';
import { Schema } from 'mongoose';
import { defineStore } from '../../kernel/store.js';
import type { Tries } from '../../kernel/work-queue.js';
import type { SealedAddress } from '../addresses/index.js';

/**
 * PLACED holds stock and the sponsor's yuan until it is paid, cancelled or expired.
 * PAID → SHIPPED → RECEIVED → COMPLETED (return window over). REFUNDED: all of it was given back after settlement.
 * LATE_REFUNDED: paid after expiry, nothing left to sell, money sent back by itself.
 */
export const ORDER_STATES = [
  'PLACED',
  'PAID',
  'SHIPPED',
  'RECEIVED',
  'COMPLETED',
  'CANCELLED',
  'EXPIRED',
  'LATE_REFUNDED',
  'REFUNDED',
] as const;
export type OrderState = (typeof ORDER_STATES)[number];

export type ReturnKind = 'SEVEN_DAYS' | 'EXCLUDED';

/** One product of an order, with all that must not change afterwards. */
export interface OrderLine {
  /** `1`, `2` … within the order. */
  readonly lineId: string;
  readonly productId: string;
  readonly supplierId: string;
  readonly countyCode: string;
  readonly categoryKey: string;
  readonly title: string;
  readonly specification: string;
  readonly traceCode: string | null;
  readonly returnKind: ReturnKind;
  readonly quantity: number;
  readonly unitPriceFen: number;
  /** unitPriceFen × quantity */
  readonly goodsFen: number;
  readonly packagingFen: number;
  /** This line's frozen share of its parcel's postage (largest remainder by goods). */
  readonly postageFen: number;
  /** goods + packaging + postage share: the most a refund of this line can give back. */
  readonly paidFen: number;
  /** Counted against the member's monthly limit for this product. */
  readonly limited: boolean;
  /** It carried the 公益宝贝 badge when it was placed. */
  readonly charityItem: boolean;
}

export interface Parcel {
  readonly parcelId: string;
  readonly supplierId: string;
  readonly lineIds: readonly string[];
  readonly postageFen: number;
  readonly packagingFen: number;
  readonly shippedAt?: Date;
  readonly express?: string;
}

/**
 * The yuan a sponsor promised for this order when it was placed. Kept even if the agreement ends before payment. Where the
 * agreement has a cap per month it remembers the month it counts in: given back, the yuan go back there.
 */
export interface OrderPromise extends Match {
  readonly budgetMonth?: string;
}

export interface PaymentAttempt {
  readonly paymentId: string;
  readonly scene: 'NATIVE' | 'JSAPI' | 'H5';
  readonly createdAt: Date;
  /** Derived from the buyer's id at the provider, or network address: another one gets another number. */
  readonly payerKey?: string;
  /** The provider takes no money under this number any more. */
  readonly closedAt?: Date;
}

/**
 * Money that went back to the buyer and that this zone never sent: somebody did so at the payment platform. Appended
 * when the provider says it, decided once by the operator.
 */
export interface OutsideRefund {
  /** The provider's number of the refund; for one that is only known from the payment's state, the payment's. */
  readonly outsideId: string;
  readonly paymentId: string;
  /** The merchant's number, as whoever made it chose it; null where it is not known. */
  readonly refundId: string | null;
  /** Null: the provider only says that something went back; the next day's bill says how much. */
  readonly amountFen: number | null;
  readonly seenAt: Date;
  readonly decidedAt?: Date;
  readonly decidedBy?: string;
  readonly decisionReason?: string;
}

export const REFUND_STATES = ['REQUESTED', 'REJECTED', 'APPROVED', 'SENT', 'DONE', 'FAILED'] as const;
export type RefundState = (typeof REFUND_STATES)[number];

export interface RefundLine {
  readonly lineId: string;
  readonly quantity: number;
  readonly amountFen: number;
}

export interface OrderRefund {
  readonly refundId: string;
  /** Hash of what was asked, so that the same key with other content is refused. */
  readonly contentHash: string;
  readonly state: RefundState;
  readonly lines: readonly RefundLine[];
  readonly amountFen: number;
  readonly reason: string;
  readonly requestedAt: Date;
  readonly escalated: boolean;
  readonly decidedAt?: Date;
  readonly decidedBy?: string;
  readonly decisionReason?: string;
  /** The goods had not left the supplier: they go back on the shelf. */
  readonly restock?: boolean;
  readonly doneAt?: Date;
  /** Made at the payment platform and booked by the operator: the merchant's number as the provider's bill has it. */
  readonly outsideNumber?: string;
  /** Why it is FAILED, in the provider's words. */
  readonly failureReason?: string;
  /** Of sending it and asking after it. */
  readonly tries?: Tries;
}

export interface Order {
  /** Derived from member and idempotency key: the same key finds the same order. */
  readonly _id: string;
  readonly memberId: string;
  /** Hash of what was asked for. */
  readonly contentHash: string;
  /** What people read out: day and eight digits, `20261122 0931 0417`. */
  readonly number: string;
  readonly state: OrderState;
  /** Grows with every change; commands write only what they have read. */
  readonly revision: number;
  readonly channel: 'ONLINE';
  readonly placedAt: Date;
  readonly expiresAt: Date;
  readonly paidAt?: Date;
  readonly shippedAt?: Date;
  readonly receivedAt?: Date;
  /** When the return window ends; set on receipt. */
  readonly completesAt?: Date;
  readonly closedAt?: Date;
  /** The member's organisation and all above it (root first), as on the day of placement (rule 2). */
  readonly organisationId: string;
  readonly ancestorIds: readonly string[];
  readonly lines: readonly OrderLine[];
  readonly parcels: readonly Parcel[];
  readonly goodsFen: number;
  readonly postageFen: number;
  readonly packagingFen: number;
  readonly totalFen: number;
  readonly refundedFen: number;
  readonly promises: readonly OrderPromise[];
  readonly address: SealedAddress | null;
  readonly payments: readonly PaymentAttempt[];
  readonly paidBy?: { readonly paymentId: string; readonly transactionId: string };
  readonly refunds: readonly OrderRefund[];
  /** Left out where there is none. */
  readonly outsideRefunds?: readonly OutsideRefund[];
  /** Payments that were sent back before this order was paid: they never settle it. */
  readonly strayPaymentIds?: readonly string[];
  /** Of the jobs that wait for this order: asking after its payments, ending its holds, completing it. */
  readonly tries?: Partial<Readonly<Record<OrderQueue, Tries>>>;
}

export type OrderQueue = 'ask' | 'expiry' | 'completion';

const line = new Schema(
  {
    lineId: String,
    productId: String,
    supplierId: String,
    countyCode: String,
    categoryKey: String,
    title: String,
    specification: String,
    traceCode: { type: String, default: null },
    returnKind: String,
    quantity: Number,
    unitPriceFen: Number,
    goodsFen: Number,
    packagingFen: Number,
    postageFen: Number,
    paidFen: Number,
    limited: Boolean,
    charityItem: Boolean,
  },
  { _id: false },
);

export const orderStore = defineStore<Order>(
  'orders',
  new Schema({
    _id: { type: String, required: true },
    memberId: { type: String, required: true },
    contentHash: String,
    number: String,
    state: { type: String, enum: ORDER_STATES, required: true },
    revision: { type: Number, required: true },
    channel: String,
    placedAt: Date,
    expiresAt: Date,
    paidAt: Date,
    shippedAt: Date,
    receivedAt: Date,
    completesAt: Date,
    closedAt: Date,
    organisationId: String,
    ancestorIds: [String],
    lines: [line],
    parcels: [new Schema({}, { _id: false, strict: false })],
    goodsFen: Number,
    postageFen: Number,
    packagingFen: Number,
    totalFen: Number,
    refundedFen: Number,
    promises: [new Schema({}, { _id: false, strict: false })],
    address: { type: Schema.Types.Mixed, default: null },
    payments: [new Schema({}, { _id: false, strict: false })],
    paidBy: { type: Schema.Types.Mixed },
    refunds: [new Schema({}, { _id: false, strict: false })],
    outsideRefunds: { type: [new Schema({}, { _id: false, strict: false })], default: undefined },
    strayPaymentIds: { type: [String], default: undefined },
    tries: { type: Schema.Types.Mixed },
  })
    .index({ memberId: 1, placedAt: -1 })
    // What the expiry job looks for: few documents at any time.
    .index({ expiresAt: 1 }, { partialFilterExpression: { state: 'PLACED' } })
    .index({ completesAt: 1 }, { partialFilterExpression: { state: 'RECEIVED' } })
    // A supplier's own parcels. By placement, which never changes: paying an order then writes no key of it.
    .index({ 'parcels.supplierId': 1, placedAt: -1 })
    // Refunds that wait, sparse against all orders.
    .index(
      { 'refunds.state': 1, 'refunds.requestedAt': 1 },
      { partialFilterExpression: { 'refunds.refundId': { $exists: true } } },
    )
    .index(
      { 'outsideRefunds.seenAt': 1 },
      { partialFilterExpression: { 'outsideRefunds.outsideId': { $exists: true } } },
    ),
);
