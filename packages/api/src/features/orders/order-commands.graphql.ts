import { toString as qrCode } from 'qrcode';
import { builder } from '../../graphql/builder.js';
import type { GraphqlContext } from '../../graphql/context.js';
import { localId } from '../../graphql/global-id.js';
import { resultUnion } from '../../graphql/refusal.graphql.js';
import { isRefusal, type Refusal } from '../../kernel/refusal.js';
import type { JsapiParameters, PaymentScene, Prepay } from '../payments/index.js';
import { cancelOrder, confirmReceipt, type Order, payOrder, placeOrder, shipParcel } from './index.js';
import { OrderType } from './orders.graphql.js';

const OrderLineInput = builder.inputType('OrderLineInput', {
  description: 'A product and how much of it.',
  fields: (t) => ({
    productId: t.id({ required: true, description: 'Each product at most once.' }),
    quantity: t.int({ required: true, description: 'Pieces, 1 to 999.' }),
    exclusionConfirmed: t.boolean({
      defaultValue: false,
      description: 'The buyer has confirmed, at this purchase, that it cannot be returned without a reason (rule 10).',
    }),
  }),
});

const PlaceOrderInput = builder.inputType('PlaceOrderInput', {
  description: 'A basket.',
  fields: (t) => ({
    idempotencyKey: t.string({ required: true, description: 'Of this press of the button, 8 to 100 characters.' }),
    addressId: t.id({ required: true, description: 'Of the own book.' }),
    lines: t.field({ type: [OrderLineInput], required: true, description: '1 to 50.' }),
    expectedTotalFen: t.field({ type: 'Fen', description: 'What the page showed: another total is refused.' }),
    expectedMatchFen: t.field({ type: 'Fen', description: 'What the page promised to be matched: less is refused.' }),
  }),
});

const OrderInput = builder.inputType('OrderInput', {
  description: 'An own order.',
  fields: (t) => ({ orderId: t.id({ required: true, description: 'Its id.' }) }),
});

const PaySceneType = builder.enumType('PayScene', {
  description: 'Where the buyer pays.',
  values: {
    NATIVE: { description: 'A code to scan.' },
    JSAPI: { description: 'Inside WeChat.' },
    H5: { description: 'Another phone browser.' },
  },
});

const PayOrderInput = builder.inputType('PayOrderInput', {
  description: 'An own order and where it is paid.',
  fields: (t) => ({
    orderId: t.id({ required: true, description: 'Its id.' }),
    scene: t.field({ type: PaySceneType, required: true, description: 'Where.' }),
    returnUrl: t.string({ description: 'Where the payment page leads back to, http(s).' }),
    payerOpenId: t.string({ description: 'The buyer’s openid, where the token does not say it. JSAPI needs one.' }),
  }),
});

const ShipParcelInput = builder.inputType('ShipParcelInput', {
  description: 'A parcel that left.',
  fields: (t) => ({
    orderId: t.id({ required: true, description: 'Its order.' }),
    parcelId: t.id({ required: true, description: 'The parcel’s id.' }),
    express: t.string({ required: true, description: 'Carrier and number, 1 to 60 characters.' }),
  }),
});

const orderDone = (name: string) =>
  builder.objectRef<{ order: Order }>(name).implement({
    description: 'The order as it is now.',
    readers: 'parent',
    fields: (t) => ({ order: t.expose('order', { type: OrderType, description: 'As it is now.' }) }),
  });

const OrderResult = resultUnion('OrderResult', orderDone('OrderDone'));

const done = (order: Order | Refusal): { order: Order } | Refusal => (isRefusal(order) ? order : { order });

interface Sheet {
  readonly order: Order;
  readonly scene: PaymentScene;
  readonly prepay: Prepay;
  readonly returnUrl: string | null;
}

const JsapiParametersType = builder.objectRef<JsapiParameters>('JsapiParameters').implement({
  description: 'What a page hands to `WeixinJSBridge`, unchanged.',
  readers: 'parent',
  fields: (t) => ({
    appId: t.exposeString('appId', { description: 'As the provider names it.' }),
    timeStamp: t.exposeString('timeStamp', { description: 'Seconds, as text.' }),
    nonceStr: t.exposeString('nonceStr', { description: 'Random.' }),
    package: t.exposeString('package', { description: '`prepay_id=…`' }),
    signType: t.exposeString('signType', { description: 'RSA.' }),
    paySign: t.exposeString('paySign', { description: 'Over the four above.' }),
  }),
});

const PaymentSheet = builder.objectRef<Sheet>('PaymentSheet').implement({
  description: 'How the buyer pays. One of codeUrl, h5Url and jsapi is there, by the scene.',
  readers: 'parent',
  fields: (t) => ({
    order: t.expose('order', { type: OrderType, description: 'What is paid.' }),
    scene: t.expose('scene', { type: PaySceneType, description: 'Where.' }),
    amountFen: t.field({ type: 'Fen', description: 'What is to be paid.', resolve: ({ order }) => order.totalFen }),
    expiresAt: t.field({ type: 'Instant', description: 'Until when.', resolve: ({ order }) => order.expiresAt }),
    codeUrl: t.string({
      nullable: true,
      description: 'What the code says.',
      resolve: ({ prepay }) => codeUrlOf(prepay),
    }),
    qrSvg: t.string({
      nullable: true,
      description: 'The code as an SVG.',
      resolve: ({ prepay }) => {
        const codeUrl = codeUrlOf(prepay);
        return codeUrl === null ? null : qrCode(codeUrl, { type: 'svg', margin: 1 });
      },
    }),
    h5Url: t.string({
      nullable: true,
      description: 'The page to open on the phone.',
      resolve: ({ prepay, returnUrl }) =>
        prepay.scene === 'H5' ? withQuery(prepay.h5Url, { redirect_url: returnUrl }) : null,
    }),
    jsapi: t.field({
      type: JsapiParametersType,
      nullable: true,
      description: 'For the payment inside WeChat.',
      resolve: ({ prepay }) => (prepay.scene === 'JSAPI' ? prepay.parameters : null),
    }),
    pageUrl: t.string({
      nullable: true,
      description: 'Sandbox only: the page where the buyer presses 支付. Null with a real provider.',
      resolve: ({ prepay, returnUrl }, _args, { sandboxPayPage }) => {
        const codeUrl = codeUrlOf(prepay);
        return sandboxPayPage === null || codeUrl === null
          ? null
          : withQuery(sandboxPayPage, { code_url: codeUrl, redirect_url: returnUrl });
      },
    }),
  }),
});

function codeUrlOf(prepay: Prepay): string | null {
  return prepay.scene === 'NATIVE' ? prepay.codeUrl : null;
}

function withQuery(address: string, query: Readonly<Record<string, string | null>>): string {
  const url = new URL(address);
  for (const [name, value] of Object.entries(query)) if (value !== null) url.searchParams.set(name, value);
  return url.href;
}

/** Only a page: a `javascript:` behind 返回 would run in the payment page. */
function pageAddress(text: string | null | undefined): string | null {
  return text && /^https?:\/\//.test(text) && URL.canParse(text) ? text : null;
}

builder.mutationFields((t) => ({
  placeOrder: t.field({
    type: resultUnion('PlaceOrderResult', orderDone('PlaceOrderDone')),
    readers: 'public',
    description:
      'Holds goods and the sponsors’ yuan until paid or expired. The same key gives the same order. Refusals: KEY_REUSED, ' +
      'KEY_INVALID, LINES_INVALID, NOT_ON_SHELF, NOT_CONFIRMED, PRICE_CHANGED, SOLD_OUT, OVER_LIMIT, PROMISE_GONE, ' +
      'NO_ORGANISATION, ADDRESS_UNKNOWN, SIGNED_OUT, NOT_ALLOWED.',
    args: { input: t.arg({ type: PlaceOrderInput, required: true, description: 'What to buy.' }) },
    resolve: (_root, { input }, context) => place(context, input),
  }),
  cancelOrder: t.field({
    type: OrderResult,
    readers: 'public',
    description: 'Frees what an unpaid order holds. Refusals: ORDER_UNKNOWN, ALREADY_PAID, NOT_CANCELLABLE, PAYMENT_….',
    args: { input: t.arg({ type: OrderInput, required: true, description: 'Which one.' }) },
    resolve: async (_root, { input }, context) => done(await cancelOrder(context, orderOf(input))),
  }),
  payOrder: t.field({
    type: resultUnion('PayOrderResult', PaymentSheet),
    readers: 'public',
    description:
      'Opens the payment; again for the same scene, the same payment. Refusals: ORDER_UNKNOWN, NOT_PAYABLE, TOO_MANY_ATTEMPTS, PAYMENT_….',
    args: { input: t.arg({ type: PayOrderInput, required: true, description: 'Which one, and where.' }) },
    resolve: (_root, { input }, context) => pay(context, input),
  }),
  confirmReceipt: t.field({
    type: OrderResult,
    readers: 'public',
    description:
      'The buyer has all of it: the return window begins. Refusals: ORDER_UNKNOWN, NOT_SENT, NOT_RECEIVABLE, TRY_AGAIN.',
    args: { input: t.arg({ type: OrderInput, required: true, description: 'Which one.' }) },
    resolve: async (_root, { input }, context) => done(await confirmReceipt(context, orderOf(input))),
  }),
  shipParcel: t.field({
    type: OrderResult,
    readers: 'public',
    description:
      'The supplier says that a parcel left. Refusals: ORDER_UNKNOWN, NOT_SHIPPABLE, EXPRESS_INVALID, TRY_AGAIN.',
    args: { input: t.arg({ type: ShipParcelInput, required: true, description: 'Which one.' }) },
    resolve: async (_root, { input }, context) => {
      const parcelId = localId('Parcel', input.parcelId).split('.').at(-1) ?? '';
      return done(await shipParcel(context, { ...orderOf(input), parcelId, express: input.express }));
    },
  }),
}));

function orderOf(input: { readonly orderId: string }): { orderId: string } {
  return { orderId: localId('Order', input.orderId) };
}

async function place(
  context: GraphqlContext,
  input: typeof PlaceOrderInput.$inferInput,
): Promise<{ order: Order } | Refusal> {
  const { addressId, lines, idempotencyKey, expectedTotalFen, expectedMatchFen } = input;
  return placeOrder(context, {
    idempotencyKey,
    addressId: localId('Address', addressId),
    lines: lines.map((line) => ({
      productId: localId('Product', line.productId),
      quantity: line.quantity,
      exclusionConfirmed: line.exclusionConfirmed ?? false,
    })),
    expectedTotalFen: expectedTotalFen ?? null,
    expectedMatchFen: expectedMatchFen ?? null,
  });
}

async function pay(context: GraphqlContext, input: typeof PayOrderInput.$inferInput): Promise<Sheet | Refusal> {
  const { scene, returnUrl } = input;
  // The portal's word goes before the page's.
  const payerOpenId = (context.actor.kind === 'person' ? context.actor.openId : undefined) ?? input.payerOpenId;
  const opened = await payOrder(context, {
    ...orderOf(input),
    scene,
    payerIp: context.clientIp,
    ...(payerOpenId ? { payerOpenId } : {}),
  });
  return isRefusal(opened) ? opened : { ...opened, scene, returnUrl: pageAddress(returnUrl) };
}
