import { type Facts, type MatchTerms, decideMatches } from '@aixin/points-engine';
import { formatYuan } from '../../kernel/fen.js';
import { type Refusal, refuse } from '../../kernel/refusal.js';
import { budgetIds, type PromiseGone } from '../agreements/index.js';
import type { Order, OrderPromise } from './orders.store.js';

/** Terms of an agreement as a draft brings them; what is left of it comes from the shelf. */
export interface DraftTerms extends Omit<MatchTerms, 'leftFen'> {
  /** The month of placement, where the agreement has a cap per month. */
  readonly budgetMonth?: string;
}

/** An order that is ready but for what only the shelf can say: whether the pieces and the promised yuan are there. */
export interface Draft {
  /** As it will be stored, promises apart. */
  readonly order: Omit<Order, 'promises'>;
  /** Pieces by product; lines of one product are summed before (rule 9). */
  readonly pieces: ReadonlyMap<string, number>;
  /** Pieces and the month's limit by tally, for products with a limit. */
  readonly limited: ReadonlyMap<string, { readonly productId: string; readonly count: number; readonly limit: number }>;
  readonly facts: Facts;
  /** Of the agreements whose products are in the order. */
  readonly terms: readonly DraftTerms[];
  /** What the buyer was told the sponsors would match, when the client says. */
  readonly expectedMatchFen: number | null;
}

/** What one transaction read; a group's drafts are decided against it one after the other. */
export interface Shelf {
  readonly left: Map<string, number>;
  readonly bought: Map<string, number>;
  /** By budget: an agreement's total, and its month. */
  readonly budgetFen: Map<string, number>;
}

/** What an order takes of the shelf. */
export interface Taken {
  readonly stock: Map<string, number>;
  readonly tallies: Map<string, number>;
  /** Negative: yuan held of each budget. */
  readonly budgets: Map<string, number>;
}

/**
 * Decides one draft against what is left and takes its part of the shelf, so that the next draft of the group sees it.
 * All or nothing: a refusal leaves the shelf as it was.
 */
export function decidePlacement(draft: Draft, shelf: Shelf): { promises: readonly OrderPromise[] } | Refusal {
  for (const [productId, count] of draft.pieces) {
    const leftCount = shelf.left.get(productId) ?? 0;
    if (leftCount < count) return soldOut(draft, { productId, leftCount });
  }
  for (const [tallyId, { productId, count, limit }] of draft.limited) {
    const boughtCount = shelf.bought.get(tallyId) ?? 0;
    if (boughtCount + count > limit) return overLimit(draft, { productId, limit, boughtCount });
  }
  const promises = promisesOf(draft, shelf);
  const promisedFen = promises.reduce((sum, promise) => sum + promise.amountFen, 0);
  if (draft.expectedMatchFen !== null && promisedFen < draft.expectedMatchFen) {
    // The shelf knows how much, not why: `placeOrder` looks for the reason where somebody has to be told.
    return promiseGone(promisedFen, 'CHANGED');
  }
  take(shelf, takenBy(draft, promises));
  return { promises };
}

/** As much as both caps still allow: a unit is promised whole or not at all. */
function promisesOf({ terms, facts, order }: Draft, shelf: Shelf): readonly OrderPromise[] {
  if (terms.length === 0) return [];
  const left = (one: DraftTerms): number => Math.min(...budgetIds(one).map((id) => shelf.budgetFen.get(id) ?? 0));
  const { matches } = decideMatches({
    facts,
    terms: terms.map((one) => ({ ...one, leftFen: left(one) })),
    nowMs: order.placedAt.getTime(),
  });
  return matches.map((match) => {
    const budgetMonth = terms.find((one) => one.agreementId === match.agreementId)?.budgetMonth;
    return budgetMonth === undefined ? match : { ...match, budgetMonth };
  });
}

/** What an accepted order takes of the shelf; the same figures go back when its hold ends. */
export function takenBy(draft: Pick<Draft, 'pieces' | 'limited'>, promises: readonly OrderPromise[]): Taken {
  return {
    stock: new Map(draft.pieces),
    tallies: new Map([...draft.limited].map(([tallyId, one]) => [tallyId, one.count])),
    budgets: budgetsOf(promises, -1),
  };
}

/** What these promises hold (−1) or give back (1), by budget. */
export function budgetsOf(promises: readonly OrderPromise[], sign: 1 | -1): Map<string, number> {
  const budgets = new Map<string, number>();
  for (const promise of promises) {
    for (const id of budgetIds(promise)) budgets.set(id, (budgets.get(id) ?? 0) + sign * promise.amountFen);
  }
  return budgets;
}

/** Adds up what several orders take. */
export function sumTaken(all: readonly Taken[]): Taken {
  const sum: Taken = { stock: new Map(), tallies: new Map(), budgets: new Map() };
  for (const one of all) {
    addInto(sum.stock, one.stock, 1);
    addInto(sum.tallies, one.tallies, 1);
    addInto(sum.budgets, one.budgets, 1);
  }
  return sum;
}

function take(shelf: Shelf, taken: Taken): void {
  addInto(shelf.left, taken.stock, -1);
  addInto(shelf.bought, taken.tallies, 1);
  addInto(shelf.budgetFen, taken.budgets, 1);
}

function addInto(sums: Map<string, number>, parts: ReadonlyMap<string, number>, sign: 1 | -1): void {
  for (const [key, count] of parts) sums.set(key, (sums.get(key) ?? 0) + sign * count);
}

function titleOf(draft: Draft, productId: string): { title: string; path: string } {
  const position = draft.order.lines.findIndex((line) => line.productId === productId);
  return { title: draft.order.lines[position]?.title ?? '', path: `lines.${position}.quantity` };
}

function soldOut(draft: Draft, at: { productId: string; leftCount: number }): Refusal {
  const { title, path } = titleOf(draft, at.productId);
  const message =
    at.leftCount === 0
      ? `“${title}”已经卖完了，请从购物车移除或等下一次上货。`
      : `“${title}”只剩 ${at.leftCount} 件，请减少数量后再下单。`;
  return refuse('SOLD_OUT', message, { path, details: { productId: at.productId, leftCount: at.leftCount } });
}

function overLimit(draft: Draft, at: { productId: string; limit: number; boughtCount: number }): Refusal {
  const { title, path } = titleOf(draft, at.productId);
  const restCount = Math.max(0, at.limit - at.boughtCount);
  const message = `“${title}”每人每月限购 ${at.limit} 件，您本月已买 ${at.boughtCount} 件，还可以买 ${restCount} 件。`;
  return refuse('OVER_LIMIT', message, { path, details: { productId: at.productId, leftCount: restCount } });
}

/** Why less is matched than the page showed, and what comes of it. */
const GONE: Readonly<Record<PromiseGone, string>> = {
  CAP_REACHED: '配捐方承诺的总额度刚刚用完',
  MONTH_REACHED: '配捐方本月的额度刚刚用完，下月 1 日恢复',
  ENDED_EARLY: '这份配捐协议已经提前终止，以前的订单照常配捐',
  TERM_OVER: '这份配捐协议的期限已满，以前的订单照常配捐',
  CHANGED: '配捐的范围或标准刚刚变动',
};

export function promiseGone(promisedFen: number, why: PromiseGone): Refusal {
  const rest =
    promisedFen === 0 ? '这一单现在没有配捐' : `这一单现在能配捐 ${formatYuan(promisedFen)} 元，比您看到的少`;
  return refuse('PROMISE_GONE', `${GONE[why]}；${rest}。请看清楚后再决定是否下单。`, { details: { promisedFen } });
}
