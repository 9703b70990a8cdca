import { builder } from '../../graphql/builder.js';
import { localId } from '../../graphql/global-id.js';
import { anyOf, owner, roles } from '../../graphql/readers.js';
import { resultUnion } from '../../graphql/refusal.graphql.js';
import { isRefusal } from '../../kernel/refusal.js';
import {
  decideOutsideRefund,
  MAX_ORDERS_PAGE,
  type Order,
  type OutsideRefundOfOrder,
  readOrdersWithOutsideRefunds,
} from './index.js';
import { OrderType } from './orders.graphql.js';

export const OutsideRefundType = builder.objectRef<OutsideRefundOfOrder>('OutsideRefund').implement({
  description: 'Money that went back to the buyer at the payment platform, and that this zone never sent.',
  readers: anyOf<OutsideRefundOfOrder>(
    owner(({ order }) => order.memberId),
    roles('operator', 'fund-maker', 'fund-checker', 'auditor'),
  ),
  fields: (t) => ({
    outsideId: t.string({
      description: 'The provider’s number of it; the payment’s where no other is known.',
      resolve: ({ outside }) => outside.outsideId,
    }),
    order: t.field({
      type: OrderType,
      nullable: true,
      readers: roles('operator'),
      description: 'What was bought; null to those who may not read it. Read by who says what the refund is.',
      resolve: ({ order }) => order,
    }),
    orderNumber: t.string({ description: 'What people read out.', resolve: ({ order }) => order.number }),
    paymentId: t.string({ description: 'Our number of the payment.', resolve: ({ outside }) => outside.paymentId }),
    refundId: t.string({
      nullable: true,
      description: 'The number that whoever made it gave it; null where it is not known.',
      resolve: ({ outside }) => outside.refundId,
    }),
    amountFen: t.field({
      type: 'Fen',
      nullable: true,
      description: 'What went back; null until the next day’s bill says how much.',
      resolve: ({ outside }) => outside.amountFen,
    }),
    seenAt: t.field({
      type: 'Instant',
      description: 'When the provider said so.',
      resolve: ({ outside }) => outside.seenAt,
    }),
    decidedAt: t.field({
      type: 'Instant',
      nullable: true,
      description: 'When the operator said what it is; null while nobody did.',
      resolve: ({ outside }) => outside.decidedAt ?? null,
    }),
    decisionReason: t.string({
      nullable: true,
      description: 'What it is, in the operator’s words.',
      resolve: ({ outside }) => outside.decisionReason ?? null,
    }),
  }),
});

function outsideOf(order: Order): OutsideRefundOfOrder[] {
  return (order.outsideRefunds ?? []).map((outside) => ({ order, outside }));
}

builder.objectField(OrderType, 'outsideRefunds', (t) =>
  t.field({
    type: [OutsideRefundType],
    nullable: true,
    readers: anyOf(
      owner((order) => order.memberId),
      roles('operator'),
    ),
    description: 'Money of it that went back at the payment platform, oldest first.',
    resolve: outsideOf,
  }),
);

builder.queryField('outsideRefunds', (t) =>
  t.field({
    type: [OutsideRefundType],
    nullable: true,
    readers: roles('operator', 'fund-maker', 'fund-checker', 'auditor'),
    description: 'Refunds made at the payment platform, the longest known first; at most those of 100 orders.',
    args: { openOnly: t.arg.boolean({ description: 'Only those that nobody has decided. True unless told.' }) },
    resolve: async (_root, args, { base }) => {
      const openOnly = args.openOnly ?? true;
      const orders = await readOrdersWithOutsideRefunds(base, { openOnly, first: MAX_ORDERS_PAGE });
      return orders.flatMap(outsideOf).filter(({ outside }) => !openOnly || outside.decidedAt === undefined);
    },
  }),
);

const DecideOutsideRefundInput = builder.inputType('DecideOutsideRefundInput', {
  description: 'What a refund made at the payment platform is.',
  fields: (t) => ({
    orderId: t.id({ required: true, description: 'The order that was paid.' }),
    outsideId: t.string({ required: true, description: 'As the list gives it.' }),
    reason: t.string({ required: true, description: '1 to 200 characters.' }),
  }),
});

export const OutsideRefundResult = resultUnion(
  'OutsideRefundResult',
  builder.objectRef<{ outsideRefund: OutsideRefundOfOrder }>('OutsideRefundDone').implement({
    description: 'The refund as it is now.',
    readers: 'parent',
    fields: (t) => ({
      outsideRefund: t.expose('outsideRefund', { type: OutsideRefundType, description: 'As it is now.' }),
    }),
  }),
);

builder.mutationField('decideOutsideRefund', (t) =>
  t.field({
    type: OutsideRefundResult,
    readers: 'public',
    description:
      'The operator says what it is, once. Refusals: OUTSIDE_REFUND_UNKNOWN, REASON_INVALID, ALREADY_DECIDED.',
    args: { input: t.arg({ type: DecideOutsideRefundInput, required: true, description: 'Which, and what.' }) },
    resolve: async (_root, { input }, context) => {
      const decided = await decideOutsideRefund(context, { ...input, orderId: localId('Order', input.orderId) });
      return isRefusal(decided) ? decided : { outsideRefund: decided };
    },
  }),
);
