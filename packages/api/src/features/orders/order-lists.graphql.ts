import { builder } from '../../graphql/builder.js';
import { connectionType, pageArgs } from '../../graphql/connection.js';
import type { GraphqlContext } from '../../graphql/context.js';
import { requestError } from '../../graphql/errors.js';
import { localId } from '../../graphql/global-id.js';
import { decodeCursor, encodeCursor, firstOf, pageOf } from '../../graphql/paging.js';
import { roles, signedIn } from '../../graphql/readers.js';
import { untilClosed } from '../../graphql/until-closed.js';
import { personOf } from '../../kernel/authority.js';
import { isRefusal } from '../../kernel/refusal.js';
import { MemberType } from '../portal/portal.graphql.js';
import {
  countMemberOrders,
  countSupplierOrders,
  type Order,
  orderChanges,
  type OrderPosition,
  readMemberOrders,
  readOwnOrder,
  readSupplierOrders,
} from './index.js';
import { OrderStateType, OrderType } from './orders.graphql.js';

interface Counted {
  /** Counted only when it is asked for. */
  readonly count: () => Promise<number>;
}

const OrderConnection = connectionType<Order, Counted>(OrderType, 'Order', (t) => ({
  totalCount: t.int({ description: 'All that the filter lets through.', resolve: (page) => page.count() }),
}));

builder.objectField(MemberType, 'orders', (t) =>
  t.field({
    type: OrderConnection,
    description: 'Own orders, newest first.',
    args: { ...pageArgs(20), state: t.arg({ type: OrderStateType, description: 'Only those that stand here.' }) },
    resolve: async ({ memberId }, args, { base }) => {
      const state = args.state ?? null;
      const after = positionOf(args.after);
      const found = await readMemberOrders(base, { memberId, state, first: firstOf(args, 20), after });
      return {
        ...pageOf({
          nodes: found.orders,
          cursorOf: (order) => encodeCursor(order.placedAt.getTime(), order._id),
          hasNextPage: found.hasNextPage,
          hasPreviousPage: after !== null,
        }),
        count: () => countMemberOrders(base, { memberId, state }),
      };
    },
  }),
);

builder.queryField('supplierOrders', (t) =>
  t.field({
    type: OrderConnection,
    nullable: true,
    readers: roles('supplier'),
    description: 'Paid orders with parcels of this supplier, newest payment first; its own parcels and sums only.',
    args: pageArgs(20),
    resolve: async (_root, args, { base, actor }) => {
      const role = actor.kind === 'person' ? actor.roles.find((one) => one.name === 'supplier') : undefined;
      if (!role) return null;
      const after = positionOf(args.after);
      const found = await readSupplierOrders(base, { supplierId: role.supplierId, first: firstOf(args, 20), after });
      return {
        ...pageOf({
          nodes: found.orders,
          cursorOf: (order) => encodeCursor(order.placedAt.getTime(), order._id),
          hasNextPage: found.hasNextPage,
          hasPreviousPage: after !== null,
        }),
        count: () => countSupplierOrders(base, role.supplierId),
      };
    },
  }),
);

function positionOf(cursor: string | null | undefined): OrderPosition | null {
  const [atMs, orderId] = decodeCursor(cursor) ?? [];
  return typeof atMs === 'number' && typeof orderId === 'string' ? { atMs, orderId } : null;
}

builder.subscriptionField('orderChanged', (t) =>
  t.field({
    type: OrderType,
    readers: signedIn,
    description: 'An own order: as it is now, and again after every change, in whichever process it happened.',
    args: { orderId: t.arg.id({ required: true, description: 'Its id.' }) },
    subscribe: (_root, { orderId }, context) =>
      untilClosed((signal) => statesOf(context, localId('Order', orderId), signal)),
    resolve: (order) => order,
  }),
);

async function* statesOf(context: GraphqlContext, orderId: string, signal: AbortSignal): AsyncGenerator<Order> {
  const memberId = personOf(context);
  const read = async (): Promise<Order> => {
    const order = await readOwnOrder(context.base, { orderId, memberId });
    if (isRefusal(order)) throw requestError(order.code, order.message);
    return order;
  };
  const ended = new AbortController();
  const end = (): void => ended.abort();
  signal.addEventListener('abort', end, { once: true });
  // Asked for before the first look, so that no change falls between.
  const changes = orderChanges(context.base).follow(orderId, ended.signal);
  let change = changes.next();
  try {
    yield await read();
    while (!(await change).done) {
      change = changes.next();
      yield await read();
    }
  } finally {
    // It waits for a change that may never come: the signal ends it, `return()` would wait too.
    end();
  }
}
