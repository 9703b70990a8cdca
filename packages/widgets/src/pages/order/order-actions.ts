import { isAbort, type Client } from '../../client/index.js';
import { orderTexts } from '../../texts/order.js';
import { CancelOrder, ConfirmReceipt, EscalateRefund, RequestRefund, type OrderParts } from './order.documents.js';
import type { RefundWish } from './refund-dialog.js';

/** What came of an action: the order as it is now, or the sentence why not. */
export type ActionOutcome = { readonly order: OrderParts } | { readonly refusal: string };

/** A wire that broke is told like a refusal, beside the button that was pressed: what was filled in stays. */
const attempt = async (act: () => Promise<ActionOutcome>): Promise<ActionOutcome> => {
  try {
    return await act();
  } catch (reason) {
    if (isAbort(reason)) throw reason;
    return { refusal: orderTexts.offline };
  }
};

export const cancelOrder = (client: Client, orderId: string): Promise<ActionOutcome> =>
  attempt(async () => {
    const { cancelOrder: done } = await client.send(CancelOrder, { input: { orderId } });
    return done.__typename === 'Refusal' ? { refusal: done.message } : { order: done.order };
  });

export const confirmReceipt = (client: Client, orderId: string): Promise<ActionOutcome> =>
  attempt(async () => {
    const { confirmReceipt: done } = await client.send(ConfirmReceipt, { input: { orderId } });
    return done.__typename === 'Refusal' ? { refusal: done.message } : { order: done.order };
  });

export interface KeyedRefund extends RefundWish {
  readonly orderId: string;
  /** The same for each try of one wish: a request that was lost on the way back must not become two. */
  readonly idempotencyKey: string;
}

export const requestRefund = (client: Client, input: KeyedRefund): Promise<ActionOutcome> =>
  attempt(async () => {
    const { requestRefund: done } = await client.send(RequestRefund, {
      input: { ...input, lines: input.lines ? [...input.lines] : null },
    });
    return done.__typename === 'Refusal' ? { refusal: done.message } : { order: done.refund.order };
  });

export const escalateRefund = (
  client: Client,
  input: { readonly refundId: string; readonly reason: string },
): Promise<ActionOutcome> =>
  attempt(async () => {
    const { escalateRefund: done } = await client.send(EscalateRefund, { input });
    return done.__typename === 'Refusal' ? { refusal: done.message } : { order: done.refund.order };
  });
