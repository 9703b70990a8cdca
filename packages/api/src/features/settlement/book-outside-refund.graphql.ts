import { builder } from '../../graphql/builder.js';
import { localId } from '../../graphql/global-id.js';
import { isRefusal } from '../../kernel/refusal.js';
import { OutsideRefundResult } from '../orders/outside-refunds.graphql.js';
import { RefundLineInput } from '../orders/refunds.graphql.js';
import { bookOutsideRefund } from './index.js';

const BookOutsideRefundInput = builder.inputType('BookOutsideRefundInput', {
  description: 'A refund made at the payment platform, as one of its order’s goods.',
  fields: (t) => ({
    orderId: t.id({ required: true, description: 'The order that was paid.' }),
    outsideId: t.string({ required: true, description: 'As the list gives it.' }),
    lines: t.field({
      type: [RefundLineInput],
      description: 'Which goods it gave back; left out: all that is left, postage included.',
    }),
    reason: t.string({ required: true, description: '1 to 200 characters.' }),
  }),
});

builder.mutationField('bookOutsideRefund', (t) =>
  t.field({
    type: OutsideRefundResult,
    readers: 'public',
    description:
      'The operator books it on its order: points and matched yuan of those goods are taken back, once. Refusals: ' +
      'OUTSIDE_REFUND_UNKNOWN, REASON_INVALID, ALREADY_DECIDED, OUTSIDE_REFUND_UNCLEAR, OUTSIDE_REFUND_AMOUNT, ' +
      'NOT_REFUNDABLE, REFUND_LINES_INVALID, REFUND_TOO_MUCH.',
    args: { input: t.arg({ type: BookOutsideRefundInput, required: true, description: 'Which, and of what.' }) },
    resolve: async (_root, { input }, context) => {
      const { lines, outsideId, reason } = input;
      const orderId = localId('Order', input.orderId);
      const booked = await bookOutsideRefund(context, { orderId, outsideId, reason, lines: lines ?? null });
      return isRefusal(booked) ? booked : { outsideRefund: booked };
    },
  }),
);
