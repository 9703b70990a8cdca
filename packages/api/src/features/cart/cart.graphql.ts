import { builder } from '../../graphql/builder.js';
import { localId } from '../../graphql/global-id.js';
import { owner } from '../../graphql/readers.js';
import { resultUnion } from '../../graphql/refusal.graphql.js';
import { isRefusal } from '../../kernel/refusal.js';
import { MemberType } from '../portal/portal.graphql.js';
import { type Cart, type CartLine, changeCart, findCart } from './index.js';

const CartLineType = builder.objectRef<CartLine>('CartLine').implement({
  description: 'A product in the cart. Price, stock and promise are asked of the product itself.',
  readers: 'parent',
  fields: (t) => ({
    productId: t.globalID({
      description: 'The product; it may have left the shelf since.',
      resolve: ({ productId }) => ({ type: 'Product', id: productId }),
    }),
    quantity: t.exposeInt('quantity', { description: 'Pieces, 1 to 999.' }),
  }),
});

const CartOrderType = builder.objectRef<NonNullable<Cart['ordered']>>('CartOrder').implement({
  description: 'The last order that was made of the cart.',
  readers: 'parent',
  fields: (t) => ({
    version: t.exposeString('version', { description: 'Of which contents.' }),
    orderId: t.globalID({
      description: 'The order.',
      resolve: ({ orderId }) => ({ type: 'Order', id: orderId }),
    }),
  }),
});

const CartType = builder.objectRef<Cart>('Cart').implement({
  description: 'What a member wants to buy, the same on every device. Nothing is held for it.',
  readers: owner((cart) => cart._id),
  fields: (t) => ({
    revision: t.exposeInt('revision', { description: 'Counts the changes: of two answers the greater is the later.' }),
    version: t.exposeString('version', {
      description: 'Names these contents; another after each change. The key under which they are ordered once.',
    }),
    lines: t.field({ type: [CartLineType], description: 'At most fifty.', resolve: ({ lines }) => [...lines] }),
    ordered: t.field({
      type: CartOrderType,
      nullable: true,
      description: 'Null before the first order.',
      resolve: ({ ordered }) => ordered ?? null,
    }),
  }),
});

builder.objectField(MemberType, 'cart', (t) =>
  t.field({
    type: CartType,
    description: 'The person’s own cart.',
    resolve: ({ memberId }, _args, { base }) => findCart(base, memberId),
  }),
);

const CartChangeKind = builder.enumType('CartChangeKind', {
  description: 'How a change meets what was done elsewhere meanwhile.',
  values: {
    ADD: { description: 'So many more.' },
    TAKE: { description: 'So many fewer; none at zero.' },
    SET: { description: 'Exactly so many; 0 takes the product out.' },
    AT_LEAST: { description: 'No fewer than so many: twice is as once.' },
  } as const,
});

const CartChangeInput = builder.inputType('CartChangeInput', {
  description: 'One thing that a person did.',
  fields: (t) => ({
    productId: t.id({ required: true, description: 'The product.' }),
    kind: t.field({ type: CartChangeKind, required: true, description: 'How it counts.' }),
    quantity: t.int({ required: true, description: 'Pieces, 0 to 999.' }),
  }),
});

const CartOrderInput = builder.inputType('CartOrderInput', {
  description: 'The order whose goods leave the cart.',
  fields: (t) => ({
    version: t.string({ required: true, description: 'The contents that were ordered.' }),
    orderId: t.id({ required: true, description: 'The order.' }),
  }),
});

const ChangeCartInput = builder.inputType('ChangeCartInput', {
  description: 'Changes to the own cart, done one after the other.',
  fields: (t) => ({
    idempotencyKey: t.string({ required: true, description: 'Of this change; 8 to 100 characters.' }),
    seenVersion: t.string({ required: true, description: 'The contents that the person saw; empty for none.' }),
    changes: t.field({ type: [CartChangeInput], required: true, description: 'At most fifty.' }),
    ordered: t.field({ type: CartOrderInput, description: 'Where the goods leave because they were ordered.' }),
  }),
});

const CartDone = builder.objectRef<{ cart: Cart }>('CartDone').implement({
  description: 'The cart as it is now.',
  readers: 'parent',
  fields: (t) => ({ cart: t.expose('cart', { type: CartType, description: 'After the change.' }) }),
});

builder.mutationField('changeCart', (t) =>
  t.field({
    type: resultUnion('CartResult', CartDone),
    readers: 'public',
    description:
      'Changes the own cart after whatever was done to it meanwhile; nothing of either is lost. Refusals: SIGNED_OUT, NOT_ALLOWED, KEY_INVALID, CART_INVALID, CART_FULL, CART_BUSY.',
    args: { input: t.arg({ type: ChangeCartInput, required: true, description: 'What was done.' }) },
    resolve: async (_root, { input: { changes, ordered, ...rest } }, context) => {
      const cart = await changeCart(context, {
        ...rest,
        changes: changes.map((change) => ({ ...change, productId: localId('Product', change.productId) })),
        ...(ordered ? { ordered: { ...ordered, orderId: localId('Order', ordered.orderId) } } : {}),
      });
      return isRefusal(cart) ? cart : { cart };
    },
  }),
);
