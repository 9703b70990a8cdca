import { denyUnless, personOf } from '../../kernel/authority.js';
import { refuseKey } from '../../kernel/command-input.js';
import type { Context } from '../../kernel/context.js';
import { derivedId } from '../../kernel/ids.js';
import { type Refusal, refuse } from '../../kernel/refusal.js';
import { type CartChange, changed, MOST_LINES, MOST_QUANTITY } from './cart.rules.js';
import { type Cart, findCart, replaceCart } from './cart.store.js';

export interface ChangeCartInput {
  readonly idempotencyKey: string;
  /** The contents that the person saw; empty for none. */
  readonly seenVersion: string;
  readonly changes: readonly CartChange[];
  /** Where the change takes out what an order took: which order, of which contents. */
  readonly ordered?: { readonly version: string; readonly orderId: string };
}

/** A member's own taps on two devices, no more. */
const MAX_ATTEMPTS = 8;
/** A device that was away for longer than so many changes would be believed twice. */
const KEPT_KEYS = 200;
const LONGEST_ID = 100;

/**
 * Changes the person's own cart after whatever was done to it meanwhile. Where the person saw its present contents, the
 * key of the change becomes their name (`version`); else they get another, since the person has not seen them so. The
 * same change sent again changes nothing. Refusals: `KEY_INVALID`, `CART_INVALID`, `CART_FULL`, `CART_BUSY`.
 */
export async function changeCart(ctx: Context, input: ChangeCartInput): Promise<Cart | Refusal> {
  const denied = denyUnless(ctx, 'member');
  if (denied) return denied;
  const wrong = refuseKey(input.idempotencyKey) ?? refuseChange(input);
  if (wrong) return wrong;
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
    const cart = await findCart(ctx.base, personOf(ctx));
    if (cart.doneKeys.includes(input.idempotencyKey)) return cart;
    const next = cartAfter(cart, input);
    const lost = input.changes.find(({ productId }) => isPutIn(input, productId) && !holds(next, productId));
    if (lost) {
      return refuse('CART_FULL', `购物车最多放 ${MOST_LINES} 种商品，请先结算或删除一些。`, { path: 'changes' });
    }
    if (await replaceCart(ctx.base, next)) return next;
  }
  return refuse('CART_BUSY', '购物车正在别处修改，请稍后再试。');
}

function cartAfter(cart: Cart, { idempotencyKey, seenVersion, changes, ordered }: ChangeCartInput): Cart {
  const version =
    seenVersion === cart.version ? idempotencyKey : derivedId('cart', cart._id, cart.version, idempotencyKey);
  // The other device told of the same order already, under a key of its own: its goods are out.
  const isTold = ordered !== undefined && cart.ordered?.orderId === ordered.orderId;
  return {
    _id: cart._id,
    revision: cart.revision + 1,
    version,
    lines: isTold ? cart.lines : changed(cart.lines, changes),
    ...(ordered ? { ordered } : cart.ordered ? { ordered: cart.ordered } : {}),
    doneKeys: [...cart.doneKeys, idempotencyKey].slice(-KEPT_KEYS),
  };
}

function isPutIn({ changes }: ChangeCartInput, productId: string): boolean {
  const last = changes.filter((one) => one.productId === productId).at(-1);
  return last !== undefined && last.kind !== 'TAKE' && last.quantity > 0;
}

function holds({ lines }: Cart, productId: string): boolean {
  return lines.some((line) => line.productId === productId);
}

function refuseChange({ changes, ordered, seenVersion }: ChangeCartInput): Refusal | null {
  const ids = [seenVersion, ...changes.map(({ productId }) => productId), ...Object.values(ordered ?? {})];
  const isSound =
    changes.length <= MOST_LINES &&
    changes.every(({ productId }) => productId !== '') &&
    ids.every((id) => id.length <= LONGEST_ID) &&
    changes.every(({ quantity }) => Number.isSafeInteger(quantity) && quantity >= 0 && quantity <= MOST_QUANTITY);
  if (isSound) return null;
  return refuse(
    'CART_INVALID',
    `每种商品的数量应为 0 至 ${MOST_QUANTITY}，一次最多改 ${MOST_LINES} 种，请刷新页面后重试。`,
    {
      path: 'changes',
    },
  );
}
