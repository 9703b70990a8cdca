import { z } from 'zod';

/** How a notice is forged. All but `amount` must be refused; `amount` is genuine, and for the order to notice. */
export const FORGERIES = [
  'unsigned',
  'signature',
  'probe',
  'serial',
  'body',
  'timestamp',
  'tag',
  'mchid',
  'appid',
  'amount',
] as const;

export type Forgery = (typeof FORGERIES)[number];

/** `system-error` and `frequency`: not done. `hang` and the rest: done, and the answer is lost or spoiled. */
export const API_FAILURES = [
  'system-error',
  'frequency',
  'hang',
  'hangup',
  'unsigned',
  'stale',
  'forged',
  'probe',
  'garbage',
] as const;

export const faultSchema = z.strictObject({
  /** Sends each notice this many times more. */
  duplicate: z.int().min(0).max(100).optional(),
  /** Waits this long before the first sending, in real milliseconds. */
  delayMs: z.int().min(0).max(86_400_000).optional(),
  /** Holds notices until this many are there, then sends them last first. */
  reorder: z.int().min(2).max(10_000).optional(),
  /** Sends only forged notices of this kind. */
  forge: z.enum(FORGERIES).optional(),
  /** Never sends a notice. */
  drop: z.boolean().optional(),
  /** What the API does to the merchant's calls; `times` bounds how often. */
  api: z
    .strictObject({
      slowMs: z.int().min(0).max(60_000).optional(),
      fail: z.enum(API_FAILURES).optional(),
      times: z.int().min(1).optional(),
    })
    .optional(),
  /**
   * How a payment stands in its day's bill: left out, a fen more, a fen more fee, or twice under two numbers. Of all:
   * `creating` (not there yet), `truncated` (its end is lost on the way).
   */
  bill: z.enum(['missing', 'amount', 'fee', 'extra', 'creating', 'truncated']).optional(),
  /** How refunds end. `NOT_ENOUGH` refuses them: the merchant's account is empty. */
  refund: z.enum(['ABNORMAL', 'CLOSED', 'NOT_ENOUGH']).optional(),
  /** What a query says of the payment, whatever is true. */
  tradeState: z.string().max(64).optional(),
  /** What an answer says of its refunds, whatever is true. */
  refundStatus: z.string().max(64).optional(),
  /** Refuses calls of this kind in these words. */
  refuse: z
    .strictObject({
      call: z.enum(['prepay', 'query', 'close', 'refund', 'query-refund', 'certificates']),
      status: z.int().min(400).max(599),
      code: z.string().max(64),
      message: z.string().max(256).default(''),
    })
    .optional(),
  /** The provider pays this part of the price for the buyer: a coupon of its own. */
  couponFen: z.int().min(1).optional(),
});

export type Faults = z.input<typeof faultSchema>;
export type ApiFault = NonNullable<Faults['api']>;

export interface FaultTable {
  /** Replaces the faults of one payment, or of all when no number is given. `{}` clears them. */
  set(faults: Faults, outTradeNo?: string): void;
  clear(): void;
  of(outTradeNo: string | undefined): Faults;
  /** The fault this call meets, counted down. */
  takeApiFault(outTradeNo: string | undefined): ApiFault | undefined;
  list(): Record<string, Faults>;
}

export function createFaultTable(): FaultTable {
  const table = new Map<string, Faults>();
  const ALL = '*';
  return {
    set: (faults, outTradeNo = ALL) => void table.set(outTradeNo, structuredClone(faults)),
    clear: () => table.clear(),
    of: (outTradeNo) => ({ ...table.get(ALL), ...table.get(outTradeNo ?? ALL) }),
    takeApiFault(outTradeNo) {
      for (const key of [outTradeNo ?? ALL, ALL]) {
        const faults = table.get(key);
        if (!faults?.api) continue;
        const { times, ...fault } = faults.api;
        if (times === undefined) return fault;
        const { api: _spent, ...others } = faults;
        table.set(key, times > 1 ? { ...faults, api: { ...fault, times: times - 1 } } : others);
        return fault;
      }
      return undefined;
    },
    list: () => Object.fromEntries(table),
  };
}
