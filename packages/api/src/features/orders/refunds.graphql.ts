import { builder } from '../../graphql/builder.js';
import { connectionType } from '../../graphql/connection.js';
import type { GraphqlContext } from '../../graphql/context.js';
import { localId } from '../../graphql/global-id.js';
import { firstOf, MAX_PAGE, pageOf } from '../../graphql/paging.js';
import { pageArgs } from '../../graphql/connection.js';
import { anyOf, owner, roles, supplierOf } from '../../graphql/readers.js';
import { resultUnion } from '../../graphql/refusal.graphql.js';
import { hasRole } from '../../kernel/authority.js';
import { isRefusal, type Refusal } from '../../kernel/refusal.js';
import {
  decideRefund,
  escalateRefund,
  mayDecideRefund,
  waitsForDecision,
  orderIdOfNumber,
  readOrder,
  readOrdersWithOpenRefunds,
  type RefundLine,
  type RefundOfOrder,
  type RefundState,
  requestRefund,
} from './index.js';
import { viewOf } from './order-view.rules.js';
import { OrderType } from './orders.graphql.js';

const STATES: Readonly<Record<RefundState, { readonly text: string; readonly description: string }>> = {
  REQUESTED: { text: '待处理', description: 'Waits for the supplier, or for the operator once escalated.' },
  REJECTED: { text: '未通过', description: 'Rejected with a reason; the buyer may escalate it once.' },
  APPROVED: { text: '已同意，等待退款', description: 'Approved; the money is about to be sent.' },
  SENT: { text: '退款中', description: 'The provider has it.' },
  DONE: { text: '已退款', description: 'The money went back, and exactly its share was undone.' },
  FAILED: { text: '退款未成功，平台处理中', description: 'The provider could not; somebody looks at it.' },
};

const RefundStateType = builder.enumType('RefundState', { description: 'Where a refund stands.', values: STATES });

interface ShownLine extends RefundLine {
  readonly title: string;
}

const RefundLineType = builder.objectRef<ShownLine>('RefundLine').implement({
  description: 'Pieces of a line that are asked back.',
  readers: 'parent',
  fields: (t) => ({
    lineId: t.exposeID('lineId', { description: 'Of the order.' }),
    title: t.exposeString('title', { description: 'As it was called.' }),
    quantity: t.exposeInt('quantity', { description: 'Pieces.' }),
    amountFen: t.expose('amountFen', {
      type: 'Fen',
      description: 'What they give back, with their share of packaging and postage.',
    }),
  }),
});

export const RefundType = builder.objectRef<RefundOfOrder>('Refund');

builder.node(RefundType, {
  name: 'Refund',
  description: 'Money asked back: whole, by line or by quantity.',
  readers: anyOf<RefundOfOrder>(
    owner(({ order }) => order.memberId),
    // Of all its lines: one that concerns two suppliers is the operator's, and shows neither what the other sold.
    supplierOf((one) => soleSupplier(one)),
    roles('operator'),
  ),
  id: { resolve: ({ refund }) => refund.refundId },
  loadOne: async (refundId, { base }) => {
    const order = await readOrder(base, orderIdOfNumber(refundId));
    const refund = order?.refunds.find((one) => one.refundId === refundId);
    return order && refund ? { order, refund } : null;
  },
  fields: (t) => ({
    order: t.field({ type: OrderType, description: 'What was bought.', resolve: ({ order }) => order }),
    state: t.field({ type: RefundStateType, description: 'Where it stands.', resolve: ({ refund }) => refund.state }),
    stateText: t.string({ description: 'The same in Chinese.', resolve: ({ refund }) => STATES[refund.state].text }),
    amountFen: t.field({ type: 'Fen', description: 'What goes back.', resolve: ({ refund }) => refund.amountFen }),
    reason: t.string({ description: 'The buyer’s.', resolve: ({ refund }) => refund.reason }),
    decisionReason: t.string({
      nullable: true,
      description: 'Of who decided; every decision has one (rule 10).',
      resolve: ({ refund }) => refund.decisionReason ?? null,
    }),
    failureReason: t.string({
      nullable: true,
      description: 'Why the provider could not give it back, in its own words; null unless the state is FAILED.',
      resolve: ({ refund }) => refund.failureReason ?? null,
    }),
    requestedAt: t.field({
      type: 'Instant',
      description: 'When it was asked.',
      resolve: ({ refund }) => refund.requestedAt,
    }),
    doneAt: t.field({
      type: 'Instant',
      nullable: true,
      description: 'When the money went back.',
      resolve: ({ refund }) => refund.doneAt ?? null,
    }),
    lines: t.field({
      type: [RefundLineType],
      description: 'What is asked back.',
      resolve: (one): ShownLine[] => {
        const titles = new Map(one.order.lines.map((line) => [line.lineId, line.title]));
        return one.refund.lines.map((line) => ({ ...line, title: titles.get(line.lineId) ?? '' }));
      },
    }),
    escalated: t.boolean({ description: 'The operator decides.', resolve: ({ refund }) => refund.escalated }),
  }),
});

function soleSupplier({ order, refund }: RefundOfOrder): string[] {
  const asked = new Set(refund.lines.map((line) => line.lineId));
  const lines = order.lines.filter((line) => asked.has(line.lineId));
  const suppliers = new Set(lines.map((line) => line.supplierId));
  return suppliers.size === 1 ? [...suppliers] : [];
}

builder.objectField(OrderType, 'refunds', (t) =>
  t.field({
    type: [RefundType],
    description: 'What was asked back, oldest first; a supplier sees those of its own lines.',
    resolve: (order, _args, { actor }) => viewOf(order, actor).refunds.map((refund) => ({ order, refund })),
  }),
);

const RefundConnection = connectionType<RefundOfOrder, object>(RefundType, 'Refund', () => ({}));

builder.queryField('refundRequests', (t) =>
  t.field({
    type: RefundConnection,
    nullable: true,
    readers: roles('supplier', 'operator'),
    description: 'Refunds that wait for this person’s decision, oldest first.',
    args: pageArgs(20),
    resolve: (_root, args, context) => openRefunds(context, { first: firstOf(args, 20), after: args.after ?? null }),
  }),
);

/** Those that wait are few: one read of at most a hundred orders, and the page is cut from it. */
async function openRefunds({ base, actor }: GraphqlContext, page: { first: number; after: string | null }) {
  const roleNames = actor.kind === 'person' ? actor.roles : [];
  const supplier = roleNames.find((role) => role.name === 'supplier');
  const supplierId = hasRole(actor, 'operator') ? null : (supplier?.supplierId ?? '');
  const orders = await readOrdersWithOpenRefunds(base, { supplierId, first: MAX_PAGE });
  const all = orders.flatMap((order) =>
    order.refunds
      .filter((refund) => waitsForDecision(actor, refund) && mayDecideRefund(actor, order, refund))
      .map((refund) => ({ order, refund })),
  );
  const start = page.after === null ? 0 : all.findIndex(({ refund }) => refund.refundId === page.after) + 1;
  return pageOf({
    nodes: all.slice(start, start + page.first),
    cursorOf: ({ refund }) => refund.refundId,
    hasNextPage: all.length > start + page.first,
    hasPreviousPage: start > 0,
  });
}

export const RefundLineInput = builder.inputType('RefundLineInput', {
  description: 'Pieces of a line.',
  fields: (t) => ({
    lineId: t.id({ required: true, description: 'Of the order.' }),
    quantity: t.int({ required: true, description: 'Pieces, at least one.' }),
  }),
});

const RequestRefundInput = builder.inputType('RequestRefundInput', {
  description: 'What to ask back, and why.',
  fields: (t) => ({
    idempotencyKey: t.string({ required: true, description: 'Of this press of the button.' }),
    orderId: t.id({ required: true, description: 'An own order.' }),
    lines: t.field({ type: [RefundLineInput], description: 'Null: all that is left.' }),
    reason: t.string({ required: true, description: '1 to 200 characters.' }),
  }),
});

const DecideRefundInput = builder.inputType('DecideRefundInput', {
  description: 'A decision and its reason.',
  fields: (t) => ({
    refundId: t.id({ required: true, description: 'Which one.' }),
    approve: t.boolean({ required: true, description: 'Money back, or not.' }),
    reason: t.string({ required: true, description: '1 to 200 characters.' }),
  }),
});

const EscalateRefundInput = builder.inputType('EscalateRefundInput', {
  description: 'A rejected refund that the operator is asked to look at.',
  fields: (t) => ({
    refundId: t.id({ required: true, description: 'Which one.' }),
    reason: t.string({ required: true, description: 'Why it should be looked at again.' }),
  }),
});

const RefundResult = resultUnion(
  'RefundResult',
  builder.objectRef<{ refund: RefundOfOrder }>('RefundDone').implement({
    description: 'The refund as it is now.',
    readers: 'parent',
    fields: (t) => ({ refund: t.expose('refund', { type: RefundType, description: 'As it is now.' }) }),
  }),
);

const done = (refund: RefundOfOrder | Refusal) => (isRefusal(refund) ? refund : { refund });

builder.mutationFields((t) => ({
  requestRefund: t.field({
    type: RefundResult,
    readers: 'public',
    description:
      'The buyer asks money back. Refusals: ORDER_UNKNOWN, NOT_REFUNDABLE, REFUND_LINES_INVALID, REFUND_TOO_MUCH, ' +
      'REASON_INVALID, KEY_REUSED, TRY_AGAIN.',
    args: { input: t.arg({ type: RequestRefundInput, required: true, description: 'What, and why.' }) },
    resolve: async (_root, { input }, context) =>
      done(
        await requestRefund(context, {
          ...input,
          orderId: localId('Order', input.orderId),
          lines: input.lines ?? null,
        }),
      ),
  }),
  decideRefund: t.field({
    type: RefundResult,
    readers: 'public',
    description:
      'The supplier of the lines or the operator decides. Refusals: REFUND_UNKNOWN, REASON_INVALID, ALREADY_DECIDED.',
    args: { input: t.arg({ type: DecideRefundInput, required: true, description: 'The decision.' }) },
    resolve: async (_root, { input }, context) =>
      done(await decideRefund(context, { ...input, refundId: localId('Refund', input.refundId) })),
  }),
  escalateRefund: t.field({
    type: RefundResult,
    readers: 'public',
    description:
      'After a rejection the buyer asks the operator, once. Refusals: REASON_INVALID, REFUND_UNKNOWN, ' +
      'NOT_ESCALATABLE, REFUND_TOO_MUCH.',
    args: { input: t.arg({ type: EscalateRefundInput, required: true, description: 'Which one.' }) },
    resolve: async (_root, { input }, context) =>
      done(await escalateRefund(context, { ...input, refundId: localId('Refund', input.refundId) })),
  }),
}));
