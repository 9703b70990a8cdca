import { builder } from '../../graphql/builder.js';
import {
  addDifferenceSource,
  type FundDifference,
  FundDifferenceType,
} from '../../graphql/fund-differences.graphql.js';
import { FUND_ROLES, roles } from '../../graphql/readers.js';
import type { Base } from '../../kernel/context.js';
import { type Order, type OutsideRefundOfOrder, readOrders } from '../orders/index.js';
import { OutsideRefundType } from '../orders/outside-refunds.graphql.js';
import { BillProviderType, numberedOrders } from './bills.graphql.js';
import {
  type BillDifference,
  countDifferences,
  differenceText,
  DIFFERENCE_PARTS,
  type Explanation,
  pageOfDifferences,
} from './index.js';

/** A difference of a bill as the list of all differences shows it. */
export type ShownDifference = FundDifference &
  Pick<BillDifference, 'provider' | 'part' | 'explanations' | 'otherDay'> & {
    readonly orderId: string | null;
    readonly paymentId: string;
    readonly refundId: string | null;
    readonly outside: OutsideRefundOfOrder | null;
  };

/** With the refund made at the platform that each is about, where it is about one. */
export async function shownDifferences(base: Base, found: readonly BillDifference[]): Promise<ShownDifference[]> {
  const orderIds = found.flatMap(({ orderId, refundId }) => (orderId === null || refundId === null ? [] : [orderId]));
  const orders = await readOrders(base, [...new Set(orderIds)]);
  const byId = new Map(orders.map((order) => [order._id, order]));
  return found.map((one) => shownDifference(one, outsideOf(one, byId.get(one.orderId ?? ''))));
}

function outsideOf({ refundId }: BillDifference, order: Order | undefined): OutsideRefundOfOrder | null {
  const outside = order?.outsideRefunds?.find((one) => one.refundId !== null && one.refundId === refundId);
  return order && outside ? { order, outside } : null;
}

function shownDifference(one: BillDifference, of: OutsideRefundOfOrder | null): ShownDifference {
  const { _id: id, day, kind, ourFen, theirFen, state, reason } = one;
  const { provider, part, explanations, otherDay, orderId, paymentId, refundId } = one;
  const common: FundDifference = {
    id,
    source: 'BILL',
    day,
    kind,
    text: differenceText(one, of?.outside ?? null),
    ourFen,
    theirFen,
    state,
    reason,
  };
  return { ...common, provider, part, explanations, otherDay, orderId, paymentId, refundId, outside: of };
}

const PartType = builder.enumType('BillDifferencePart', {
  description: 'MONEY: paid and given back. FEE: what the provider keeps. FLOW: its fund bill against its trade bill.',
  values: DIFFERENCE_PARTS,
});

const ExplanationType = builder.objectRef<Explanation>('BillExplanation').implement({
  description: 'What somebody said about a difference. Kept for ever.',
  readers: 'parent',
  fields: (t) => ({
    reason: t.exposeString('reason', { description: 'In their words.' }),
    at: t.expose('at', { type: 'Instant', description: 'When.' }),
  }),
});

export const BillDifferenceType = builder.objectRef<ShownDifference>('BillDifference').implement({
  description: 'A difference between a provider’s bill and our books, or between two of its bills.',
  interfaces: [FundDifferenceType],
  readers: roles(...FUND_ROLES),
  fields: (t) => ({
    provider: t.expose('provider', { type: BillProviderType, description: 'Whose bill.' }),
    part: t.expose('part', { type: PartType, description: 'What of the bill.' }),
    otherDay: t.exposeString('otherDay', { nullable: true, description: 'The day with the other half.' }),
    orderNumber: t.string({
      nullable: true,
      description: 'Number of the order that it is about; null when we know of none.',
      resolve: async ({ orderId }, _args, context) =>
        orderId === null ? null : ((await numberedOrders(context).load(orderId))?.number ?? null),
    }),
    paymentId: t.exposeString('paymentId', { description: 'Our number of the payment; empty where there is none.' }),
    refundId: t.exposeString('refundId', { nullable: true, description: 'Our number of the refund.' }),
    outsideRefund: t.field({
      type: OutsideRefundType,
      nullable: true,
      description: 'The refund made at the payment platform that it is about, and whether somebody said what it is.',
      resolve: ({ outside }) => outside,
    }),
    explanations: t.field({
      type: [ExplanationType],
      description: 'All that was said about it, oldest first.',
      resolve: (one) => [...one.explanations],
    }),
  }),
});

addDifferenceSource({
  name: 'BILL',
  page: async (base, { state, day, first, after }) => {
    const filter = { ...(state ? { state } : {}), ...(day === null ? {} : { day }) };
    return shownDifferences(base, await pageOfDifferences(base, { filter, first, after }));
  },
  count: (base, { state, day }) =>
    countDifferences(base, { ...(state ? { state } : {}), ...(day === null ? {} : { day }) }),
});
