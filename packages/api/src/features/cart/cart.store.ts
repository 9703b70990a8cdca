import { Schema } from 'mongoose';
import type { Base } from '../../kernel/context.js';
import { defineStore } from '../../kernel/store.js';
import { isDuplicateKey } from '../../kernel/transaction.js';
import type { CartLine } from './cart.rules.js';

/** The whole cart in one document: a change needs no transaction, and to erase a person's cart is to delete it. */
export interface Cart {
  /** The member. */
  readonly _id: string;
  /** Counts the changes: of two answers the greater is the later. */
  readonly revision: number;
  /** Names these contents; another after each change. Empty for a cart that was never changed. */
  readonly version: string;
  readonly lines: readonly CartLine[];
  /** The last order that was made of this cart, and of which contents. */
  readonly ordered?: { readonly version: string; readonly orderId: string };
  /** Keys of the last changes, so that the same one sent again changes nothing. */
  readonly doneKeys: readonly string[];
}

const cartStore = defineStore<Cart>(
  'carts',
  new Schema({
    _id: { type: String, required: true },
    revision: { type: Number, required: true },
    version: { type: String, required: true },
    lines: {
      type: [
        new Schema(
          { productId: { type: String, required: true }, quantity: { type: Number, required: true } },
          { _id: false },
        ),
      ],
      required: true,
    },
    ordered: new Schema(
      { version: { type: String, required: true }, orderId: { type: String, required: true } },
      { _id: false },
    ),
    doneKeys: { type: [String], required: true },
  }),
);

export async function findCart(base: Base, memberId: string): Promise<Cart> {
  const cart = await cartStore.collection(base).findOne({ _id: memberId });
  return cart ?? { _id: memberId, revision: 0, version: '', lines: [], doneKeys: [] };
}

/** Writes the cart if nobody wrote since the revision before it; false when somebody did. */
export async function replaceCart(base: Base, cart: Cart): Promise<boolean> {
  const before = cart.revision - 1;
  try {
    const written = await cartStore
      .collection(base)
      .replaceOne({ _id: cart._id, revision: before }, cart, { upsert: before === 0 });
    return written.matchedCount + written.upsertedCount === 1;
  } catch (error) {
    // Two first changes at once: the other one made the cart.
    if (isDuplicateKey(error)) return false;
    throw error;
  }
}
