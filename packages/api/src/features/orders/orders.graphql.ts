import { builder } from '../../graphql/builder.js';
import { globalId } from '../../graphql/global-id.js';
import { anyOf, owner, roles, supplierOf } from '../../graphql/readers.js';
import { addressReaders, AddressType } from '../addresses/addresses.graphql.js';
import { maskMobile, openSealedAddress } from '../addresses/index.js';
import { publicSponsorName } from '../agreements/index.js';
import { agreementById, MatchUnitType } from '../agreements/agreements.graphql.js';
import { ProductType } from '../catalogue/catalogue.graphql.js';
import { PictureType, ReturnRuleType, type ShownPicture, SupplierType } from '../catalogue/product-parts.graphql.js';
import { catalogue } from '../catalogue/index.js';
import {
  type Order,
  type OrderLine,
  type OrderPromise,
  orderRights,
  orderStateText,
  type Parcel,
  readOrder,
  returnedQuantities,
} from './index.js';
import { isBuyer, suppliersOf, viewOf } from './order-view.rules.js';

/** The buyer, the suppliers of its parcels once it is paid, and the operator. Never a secretary (rule 1). */
export const orderReaders = anyOf<Order>(
  owner((order) => order.memberId),
  supplierOf(suppliersOf),
  roles('operator'),
);

export const OrderStateType = builder.enumType('OrderState', {
  description: 'Where an order stands.',
  values: {
    PLACED: { description: 'Goods and the sponsor’s yuan are held until it is paid or expires.' },
    PAID: { description: 'Settled: help record, points and matches stand.' },
    SHIPPED: { description: 'Its last parcel is on its way.' },
    RECEIVED: { description: 'The buyer has it; the return window runs.' },
    COMPLETED: { description: 'The return window is over.' },
    CANCELLED: { description: 'Cancelled unpaid.' },
    EXPIRED: { description: 'Not paid in time.' },
    LATE_REFUNDED: { description: 'Paid too late, nothing left: the money went back by itself.' },
    REFUNDED: { description: 'All of it was given back.' },
  },
});

/** A line with the order it belongs to. */
interface LineOfOrder extends OrderLine {
  readonly order: Order;
}

const OrderLineType = builder.objectRef<LineOfOrder>('OrderLine').implement({
  description: 'One product of an order, as it was on the day.',
  readers: 'parent',
  fields: (t) => ({
    lineId: t.exposeID('lineId', { description: '`1`, `2` … within the order.' }),
    product: t.field({
      type: ProductType,
      nullable: true,
      description: 'As it is on the shelf now; null when it is there no more.',
      resolve: (line, _args, { base }) => catalogue(base).product(line.productId) ?? null,
    }),
    title: t.exposeString('title', { description: 'As it was called.' }),
    specification: t.exposeString('specification', { description: 'What one piece was.' }),
    picture: t.field({
      type: PictureType,
      description: 'Its picture now; a plain one when the product is gone.',
      resolve: (line, _args, { base }): ShownPicture => ({
        icon: '',
        alt: line.title,
        background: '#f3efe8',
        version: '',
        ...catalogue(base).product(line.productId)?.product.picture,
        pictureId: line.productId,
      }),
    }),
    countyName: t.string({
      description: 'Where it comes from.',
      resolve: (line, _args, { base }) => catalogue(base).county(line.countyCode)?.name ?? '',
    }),
    quantity: t.exposeInt('quantity', { description: 'Pieces.' }),
    unitPriceFen: t.expose('unitPriceFen', { type: 'Fen', description: 'Of one piece, as it was.' }),
    goodsFen: t.expose('goodsFen', { type: 'Fen', description: 'Price × pieces.' }),
    returnedQuantity: t.int({
      description: 'Pieces whose money went back.',
      resolve: (line) => returnedQuantities(line.order).get(line.lineId) ?? 0,
    }),
    traceCode: t.string({ nullable: true, description: 'Of its lot.', resolve: (line) => line.traceCode }),
    returnRule: t.field({ type: ReturnRuleType, description: 'As it was.', resolve: (line) => line.returnKind }),
  }),
});

interface ParcelOfOrder extends Parcel {
  readonly order: Order;
}

const ParcelType = builder.objectRef<ParcelOfOrder>('Parcel').implement({
  description: 'What one supplier sends.',
  readers: 'parent',
  fields: (t) => ({
    id: t.id({
      description: 'Opaque; unique among all parcels.',
      resolve: (parcel) => globalId('Parcel', `${parcel.order._id}.${parcel.parcelId}`),
    }),
    supplier: t.field({
      type: SupplierType,
      description: 'Who sends it.',
      resolve: (parcel, _args, { base }) =>
        catalogue(base).supplier(parcel.supplierId) ?? {
          _id: parcel.supplierId,
          name: '',
          countyCode: '',
          countyName: '',
        },
    }),
    lines: t.field({
      type: [OrderLineType],
      description: 'What is in it.',
      resolve: ({ order, lineIds }) =>
        order.lines.filter((line) => lineIds.includes(line.lineId)).map((line) => ({ ...line, order })),
    }),
    postageFen: t.expose('postageFen', { type: 'Fen', description: 'Of this parcel.' }),
    packagingFen: t.expose('packagingFen', { type: 'Fen', description: 'Of all its pieces.' }),
    shippedAt: t.field({
      type: 'Instant',
      nullable: true,
      description: 'When it left; null before.',
      resolve: (parcel) => parcel.shippedAt ?? null,
    }),
    express: t.string({
      nullable: true,
      description: 'Carrier and number, as the supplier wrote them.',
      resolve: (parcel) => parcel.express ?? null,
    }),
  }),
});

const MatchPromiseType = builder.objectRef<OrderPromise>('MatchPromise').implement({
  description: 'What a sponsor promised when the order was placed. Kept even if the agreement ends before payment.',
  readers: 'parent',
  fields: (t) => ({
    agreementId: t.globalID({
      description: 'The agreement.',
      resolve: (promise) => ({ type: 'Agreement', id: promise.agreementId }),
    }),
    sponsorName: t.string({
      description: 'Who promised; without the name where the donor refused to be named (慈善法 art. 82).',
      resolve: async (promise, _args, context) => {
        const agreement = await agreementById(context).load(promise.agreementId);
        return agreement ? publicSponsorName(agreement) : '';
      },
    }),
    amountFen: t.expose('amountFen', { type: 'Fen', description: 'In all.' }),
    unit: t.expose('unit', { type: MatchUnitType, description: 'For what.' }),
    lineId: t.id({
      nullable: true,
      description: 'The line it is for; null when it is for the whole order.',
      resolve: (promise) => promise.lineId,
    }),
  }),
});

export const OrderType = builder.objectRef<Order>('Order');

builder.node(OrderType, {
  name: 'Order',
  description: 'An order. A supplier sees its own parcels and their sums only.',
  readers: orderReaders,
  id: { resolve: (order) => order._id },
  loadOne: (orderId, { base }) => readOrder(base, orderId),
  fields: (t) => ({
    number: t.exposeString('number', { description: 'What people read out: day and eight digits.' }),
    state: t.expose('state', { type: OrderStateType, description: 'Where it stands.' }),
    stateText: t.string({ description: 'The same in Chinese.', resolve: (order) => orderStateText(order.state) }),
    placedAt: t.expose('placedAt', { type: 'Instant', description: 'When it was placed.' }),
    expiresAt: t.expose('expiresAt', { type: 'Instant', description: 'Until when it can be paid.' }),
    paidAt: t.field({
      type: 'Instant',
      nullable: true,
      description: 'When it was paid.',
      resolve: (order) => order.paidAt ?? null,
    }),
    receivedAt: t.field({
      type: 'Instant',
      nullable: true,
      description: 'When the buyer said that it is there.',
      resolve: (order) => order.receivedAt ?? null,
    }),
    parcels: t.field({
      type: [ParcelType],
      description: 'One for each supplier.',
      resolve: (order, _args, { actor }) => viewOf(order, actor).parcels.map((parcel) => ({ ...parcel, order })),
    }),
    address: t.field({
      type: AddressType,
      nullable: true,
      description: 'As it was at placement. For the buyer (mobile masked) and the supplier of a paid parcel (in full).',
      resolve: (order, _args, { base, actor }) => {
        const supplierIds = suppliersOf(order);
        const shown = { memberId: order.memberId, supplierIds };
        if (!order.address || !addressReaders.allows(actor, shown)) return null;
        const text = openSealedAddress(base, order.address);
        const mobile = isBuyer(order, actor) ? maskMobile(text.mobile) : text.mobile;
        return { ...text, ...shown, mobile, addressId: order.address.addressId, isDefault: false };
      },
    }),
    promises: t.field({
      type: [MatchPromiseType],
      readers: anyOf(
        owner((order) => order.memberId),
        roles('operator'),
      ),
      description: 'What was promised at placement.',
      resolve: (order) => order.promises,
    }),
  }),
});

/** Sums of what the reader may see of it. */
builder.objectFields(OrderType, (t) => ({
  goodsFen: t.field({
    type: 'Fen',
    description: 'Goods.',
    resolve: (order, _args, { actor }) => viewOf(order, actor).goodsFen,
  }),
  postageFen: t.field({
    type: 'Fen',
    description: 'Postage of its parcels.',
    resolve: (order, _args, { actor }) => viewOf(order, actor).postageFen,
  }),
  packagingFen: t.field({
    type: 'Fen',
    description: 'Packaging.',
    resolve: (order, _args, { actor }) => viewOf(order, actor).packagingFen,
  }),
  totalFen: t.field({
    type: 'Fen',
    description: 'Goods, postage and packaging.',
    resolve: (order, _args, { actor }) => viewOf(order, actor).totalFen,
  }),
  refundedFen: t.field({
    type: 'Fen',
    description: 'What went back.',
    resolve: (order, _args, { actor }) => viewOf(order, actor).refundedFen,
  }),
}));

/** What the buyer can do with it now: what the buttons of a page follow. */
builder.objectFields(OrderType, (t) => ({
  canPay: t.boolean({
    description: 'It can be paid now.',
    resolve: (order, _args, { base }) => orderRights(order, base.clock()).canPay,
  }),
  canCancel: t.boolean({
    description: 'It can be cancelled now.',
    resolve: (order, _args, { base }) => orderRights(order, base.clock()).canCancel,
  }),
  canConfirmReceipt: t.boolean({
    description: 'The buyer can say that it is there: all parcels have left.',
    resolve: (order, _args, { base }) => orderRights(order, base.clock()).canConfirmReceipt,
  }),
  canRequestRefund: t.boolean({
    description: 'The buyer can ask money back.',
    resolve: (order, _args, { base }) => orderRights(order, base.clock()).canRequestRefund,
  }),
}));
