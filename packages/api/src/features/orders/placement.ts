import type { Base } from '../../kernel/context.js';
import { type GroupCommit, createGroupCommit } from '../../kernel/group-commit.js';
import { type Refusal, isRefusal, refuse } from '../../kernel/refusal.js';
import { slot } from '../../kernel/slot.js';
import { inTransaction, isDuplicateKey } from '../../kernel/transaction.js';
import { budgetIds, moveBudgets, readBudgetLeft } from '../agreements/index.js';
import { readShelf, takePieces } from '../stock/index.js';
import { type Order, type OrderPromise, orderStore } from './orders.store.js';
import { type Draft, decidePlacement, sumTaken, takenBy } from './placement.rules.js';

/** Enough that 64 buyers who press at once share one disk flush; small enough to stay far below 16 MB and 5 s. */
const MAX_GROUP = 64;
/** About a second of work on a slow disk: beyond it a buyer is better served by an honest "try again". */
const MAX_WAITING = 8_000;
/** A group meets its own earlier orders, or another process's, at most once each per round. */
const MAX_ROUNDS = 5;

export type Placed = { readonly order: Order; readonly placedBefore: boolean } | Refusal;

/**
 * The queue of drafts that wait to be placed: stock, limits, budgets and orders of up to 64 drafts are one transaction.
 * One lane: two groups would meet on the same stock and only conflict.
 */
export const placementQueue = slot<GroupCommit<Draft, Placed>>('placement queue', (base) =>
  createGroupCommit<Draft, Placed>({
    maxGroup: MAX_GROUP,
    maxWaiting: MAX_WAITING,
    lanes: 1,
    commit: (drafts) => placeGroup(base, drafts),
  }),
);

async function placeGroup(base: Base, drafts: readonly Draft[]): Promise<readonly Placed[]> {
  // The first round trusts that all keys are new: a second run of a key is rare, and the unique `_id` tells of it.
  let known = new Map<string, Order>();
  for (let round = 1; ; round += 1) {
    try {
      const answers = await inTransaction(base, (session) => placeInTransaction(base, { drafts, known }, session));
      return await withStandingOrders(base, { drafts, answers, known });
    } catch (error) {
      if (!isDuplicateKey(error) || round >= MAX_ROUNDS) throw error;
      known = await readOrders(base, drafts);
    }
  }
}

async function placeInTransaction(
  base: Base,
  group: { drafts: readonly Draft[]; known: ReadonlyMap<string, Order> },
  session: Parameters<Parameters<typeof inTransaction>[1]>[0],
): Promise<readonly Placed[]> {
  const { drafts, known } = group;
  const { left, bought } = await readShelf(
    base,
    {
      productIds: unique(drafts.flatMap((draft) => [...draft.pieces.keys()])),
      tallyIds: unique(drafts.flatMap((draft) => [...draft.limited.keys()])),
    },
    session,
  );
  const budgets = unique(drafts.flatMap((draft) => draft.terms.flatMap(budgetIds)));
  const shelf = { left, bought, budgetFen: await readBudgetLeft(base, budgets, session) };
  const fresh = new Map<string, { draft: Draft; order: Order; promises: readonly OrderPromise[] }>();
  const answers = drafts.map((draft): Placed => {
    const before = known.get(draft.order._id) ?? fresh.get(draft.order._id)?.order;
    if (before) return standing(draft, before);
    const decision = decidePlacement(draft, shelf);
    if (isRefusal(decision)) return decision;
    const order: Order = { ...draft.order, promises: decision.promises };
    fresh.set(order._id, { draft, order, promises: decision.promises });
    return { order, placedBefore: false };
  });
  if (fresh.size > 0) {
    const taken = sumTaken([...fresh.values()].map((one) => takenBy(one.draft, one.promises)));
    await takePieces(base, taken, session);
    await moveBudgets(base, taken.budgets, session);
    await orderStore.collection(base).insertMany(
      [...fresh.values()].map((one) => one.order),
      { session, ordered: true },
    );
  }
  return answers;
}

/**
 * A refusal of a key whose order stands already would be wrong: the buyer has the goods. So each refused draft is looked
 * up once more before the answer goes out.
 */
async function withStandingOrders(
  base: Base,
  group: { drafts: readonly Draft[]; answers: readonly Placed[]; known: ReadonlyMap<string, Order> },
): Promise<readonly Placed[]> {
  const { drafts, answers } = group;
  const refused = drafts.filter((_, index) => isRefusal(answers[index]));
  if (refused.length === 0) return answers;
  const found = await readOrders(base, refused);
  return answers.map((answer, index) => {
    const draft = drafts[index];
    const before = draft && isRefusal(answer) ? found.get(draft.order._id) : undefined;
    return draft && before ? standing(draft, before) : answer;
  });
}

async function readOrders(base: Base, drafts: readonly Draft[]): Promise<Map<string, Order>> {
  const ids = unique(drafts.map((draft) => draft.order._id));
  const orders = await orderStore
    .collection(base)
    .find({ _id: { $in: ids } })
    .toArray();
  return new Map(orders.map((order) => [order._id, order]));
}

/** The answer to a key that was used before: its order, or a refusal when something else was asked under it. */
export function standing(asked: { order: Pick<Order, 'contentHash'> }, before: Order): Placed {
  if (before.contentHash === asked.order.contentHash) return { order: before, placedBefore: true };
  return refuse('KEY_REUSED', '这个下单编号已经用于另一份订单，请回到购物车重新提交。', { path: 'idempotencyKey' });
}

function unique(values: readonly string[]): string[] {
  return [...new Set(values)];
}
