import { denyUnless, personOf } from '../../kernel/authority.js';
import { contentHash } from '../../kernel/canonical.js';
import type { Context } from '../../kernel/context.js';
import { derivedId } from '../../kernel/ids.js';
import { type Refusal, isRefusal, refuse } from '../../kernel/refusal.js';
import { shanghaiMonth } from '../../kernel/shanghai.js';
import { sealedAddressFor } from '../addresses/index.js';
import { type CatalogueProduct, type CharityItem, catalogue } from '../catalogue/index.js';
import { membershipOn } from '../portal/index.js';
import { boughtTallyId } from '../stock/index.js';
import { ordersOptions } from './orders.options.js';
import { type PricedProduct, orderNumber, priceOrder, purchaseFacts } from './orders.rules.js';
import { type Order, orderStore } from './orders.store.js';
import type { Draft, DraftTerms } from './placement.rules.js';
import { withReason } from './promise-gone.reads.js';
import { type Placed, placementQueue, standing } from './placement.js';

/** 50 different lines fill a canteen's list; more is a mistake or an attack. */
export const MAX_LINES = 50;
/** Pieces of one line. A unit that needs more buys by contract. */
export const MAX_QUANTITY = 999;
const MAX_KEY_LENGTH = 100;

export interface PlaceOrderInput {
  /** Made by the client once per press of the button; the same key gives the same order. 8–100 characters. */
  readonly idempotencyKey: string;
  readonly addressId: string;
  readonly lines: readonly {
    readonly productId: string;
    readonly quantity: number;
    readonly exclusionConfirmed: boolean;
  }[];
  /** What the page showed, fen; another total is refused, so that nobody pays a price not seen. */
  readonly expectedTotalFen?: number | null;
  /** What the page promised to be matched, fen; less is refused (rule 5: a promise shown is a promise kept). */
  readonly expectedMatchFen?: number | null;
}

/**
 * Places an order: holds the goods and the sponsors' yuan until it is paid or expires. Idempotent by key. Refusals:
 * `KEY_REUSED`, `KEY_INVALID`, `LINES_INVALID`, `NOT_ON_SHELF`, `NOT_CONFIRMED`, `PRICE_CHANGED`, `SOLD_OUT`,
 * `OVER_LIMIT`, `PROMISE_GONE`, `NO_ORGANISATION`, and the address's own.
 */
export async function placeOrder(ctx: Context, input: PlaceOrderInput): Promise<Placed> {
  const denied = denyUnless(ctx, 'member');
  if (denied) return denied;
  if (input.idempotencyKey.length < 8 || input.idempotencyKey.length > MAX_KEY_LENGTH) {
    return refuse('KEY_INVALID', '下单编号不正确，请刷新页面后重试。', { path: 'idempotencyKey' });
  }
  const asked = { orderId: derivedId('order', personOf(ctx), input.idempotencyKey), contentHash: hashOf(input) };
  const draft = await draftOrder(ctx, input, asked);
  if (!isRefusal(draft)) {
    const placed = await placementQueue(ctx.base).submit(draft);
    return isRefusal(placed) && placed.code === 'PROMISE_GONE' ? withReason(ctx.base, draft, placed) : placed;
  }
  // The shelf may have changed since the first run of this key: its order counts, not today's refusal.
  const before = await orderStore.collection(ctx.base).findOne({ _id: asked.orderId });
  return before ? standing({ order: asked }, before) : draft;
}

function hashOf(input: PlaceOrderInput): string {
  const { addressId, lines } = input;
  return contentHash({ addressId, lines: lines.map((line) => [line.productId, line.quantity]) });
}

async function draftOrder(
  ctx: Context,
  input: PlaceOrderInput,
  asked: { orderId: string; contentHash: string },
): Promise<Draft | Refusal> {
  const nowMs = ctx.base.clock();
  const memberId = personOf(ctx);
  const chosen = chooseProducts(ctx, input);
  if (isRefusal(chosen)) return chosen;
  const membership = await membershipOn(ctx.base, memberId, nowMs);
  if (!membership) return refuse('NO_ORGANISATION', '您的组织关系还没有同步到专区，请联系所在党支部或门户管理员。');
  const address = await sealedAddressFor(ctx, memberId, input.addressId);
  if (isRefusal(address)) return address;
  const priced = priceOrder(chosen.map((one) => ({ product: pricedProduct(one.found), quantity: one.quantity })));
  if (typeof input.expectedTotalFen === 'number' && input.expectedTotalFen !== priced.totalFen) {
    return refuse('PRICE_CHANGED', '商品价格或邮费有变动，请核对新的金额后再下单。', {
      path: 'expectedTotalFen',
      details: { totalFen: priced.totalFen },
    });
  }
  const order: Omit<Order, 'promises'> = {
    _id: asked.orderId,
    memberId,
    contentHash: asked.contentHash,
    number: orderNumber(asked.orderId, nowMs),
    state: 'PLACED',
    revision: 1,
    channel: 'ONLINE',
    placedAt: new Date(nowMs),
    expiresAt: new Date(nowMs + ordersOptions(ctx.base).holdMs),
    organisationId: membership.organisationId,
    ancestorIds: membership.ancestorIds,
    ...priced,
    refundedFen: 0,
    address,
    payments: [],
    refunds: [],
  };
  return { order, ...takesOf({ order, chosen, nowMs }), expectedMatchFen: input.expectedMatchFen ?? null };
}

interface Chosen {
  readonly found: CatalogueProduct;
  readonly quantity: number;
}

function chooseProducts(ctx: Context, input: PlaceOrderInput): readonly Chosen[] | Refusal {
  const { lines } = input;
  if (lines.length < 1 || lines.length > MAX_LINES) {
    return refuse('LINES_INVALID', `一份订单可以有 1 到 ${MAX_LINES} 种商品，请调整购物车。`, { path: 'lines' });
  }
  if (new Set(lines.map((line) => line.productId)).size !== lines.length) {
    return refuse('LINES_INVALID', '同一种商品请合并成一行再下单。', { path: 'lines' });
  }
  const chosen: Chosen[] = [];
  for (const [index, line] of lines.entries()) {
    const path = `lines.${index}`;
    if (!Number.isSafeInteger(line.quantity) || line.quantity < 1 || line.quantity > MAX_QUANTITY) {
      return refuse('LINES_INVALID', `每种商品的数量应在 1 到 ${MAX_QUANTITY} 之间。`, { path: `${path}.quantity` });
    }
    const found = catalogue(ctx.base).product(line.productId);
    if (!found)
      return refuse('NOT_ON_SHELF', '有一种商品已经下架，请从购物车移除。', {
        path,
        details: { productId: line.productId },
      });
    if (found.product.returnKind === 'EXCLUDED' && !line.exclusionConfirmed) {
      const message = `“${found.product.title}”不支持七天无理由退货，请先勾选确认。`;
      return refuse('NOT_CONFIRMED', message, {
        path: `${path}.exclusionConfirmed`,
        details: { productId: line.productId },
      });
    }
    chosen.push({ found, quantity: line.quantity });
  }
  return chosen;
}

function pricedProduct({ product, charityItem }: CatalogueProduct): PricedProduct {
  return {
    ...product,
    productId: product._id,
    traceCode: product.traceCode ?? null,
    limitPerPerson: product.limitPerPerson ?? null,
    charityItem: charityItem !== null,
  };
}

/** What the order asks of the shelf, and what the engine must know to promise the sponsors' yuan. */
function takesOf(input: {
  order: Omit<Order, 'promises'>;
  chosen: readonly Chosen[];
  nowMs: number;
}): Pick<Draft, 'pieces' | 'limited' | 'facts' | 'terms'> {
  const { order, chosen, nowMs } = input;
  const month = shanghaiMonth(nowMs);
  const limited = new Map<string, { productId: string; count: number; limit: number }>();
  const terms = new Map<string, DraftTerms>();
  for (const { found, quantity } of chosen) {
    const { product, charityItem } = found;
    const limit = product.limitPerPerson ?? null;
    if (limit !== null) {
      const tallyId = boughtTallyId({ memberId: order.memberId, productId: product._id, month });
      limited.set(tallyId, { productId: product._id, count: quantity, limit });
    }
    if (charityItem) terms.set(charityItem.agreementId, termsOf(charityItem, { chosen, month }));
  }
  return {
    pieces: new Map(chosen.map((one) => [one.found.product._id, one.quantity])),
    limited,
    terms: [...terms.values()],
    facts: purchaseFacts(order),
  };
}

/** The catalogue shows only what is in force, so the term's beginning is behind us. */
function termsOf(charityItem: CharityItem, order: { chosen: readonly Chosen[]; month: string }): DraftTerms {
  const { agreementId, unit, amountFen, validUntil, monthlyCap } = charityItem;
  // Of an agreement with ten thousand products only those in this order matter.
  const covered = order.chosen.filter((one) => one.found.charityItem?.agreementId === agreementId);
  return {
    agreementId,
    unit,
    amountFenPerUnit: amountFen,
    productIds: covered.map((one) => one.found.product._id),
    fromMs: 0,
    untilMs: validUntil.getTime(),
    ...(monthlyCap ? { budgetMonth: order.month } : {}),
  };
}
