/**
 * Owns the cart of each member: product ids and quantities, on the server, so that it is the same in every tab and on
 * every device. Prices, stock and promises are asked anew each time, so that an old cart shows no old promise.
 * Never gives a cart to anybody but its owner, holds nothing back from others and orders nothing by itself.
 */
export { changeCart, type ChangeCartInput } from './change-cart.js';
export { type CartChange, type CartLine, changed, MOST_LINES } from './cart.rules.js';
export { type Cart, findCart } from './cart.store.js';
