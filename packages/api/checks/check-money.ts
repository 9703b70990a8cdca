import { sealedText } from '../src/kernel/canonical.js';
import {
  type Agreement,
  agreementOf,
  agreementStore,
  budgetIds,
  budgetMonthOf,
  budgetStore,
  fullBudgets,
  termsHash,
} from '../src/features/agreements/index.js';
import type { PurchaseEntry, RefundEntry } from '../src/features/journal/index.js';
import { isSettled } from '../src/features/orders/index.js';
import { strayPaymentStore } from '../src/features/settlement/index.js';
import { Findings } from './check.js';
import type { OrderFacts } from './facts.js';
import type { Snapshot } from './snapshot.js';

export interface Books {
  readonly orders: ReadonlyMap<string, OrderFacts>;
  /** By order id. */
  readonly purchases: ReadonlyMap<string, PurchaseEntry>;
  /** By order id. */
  readonly refunds: ReadonlyMap<string, readonly RefundEntry[]>;
}

/** I5: a paid payment and a settled order are the same thing; money that settled nothing is in nobody's journal. */
export async function checkPayments(snapshot: Snapshot, books: Books): Promise<Findings> {
  const findings = new Findings();
  for (const [orderId, order] of books.orders) {
    const purchase = books.purchases.get(orderId);
    const subject = `order ${orderId}`;
    findings.expect(isSettled(order.state) === (purchase !== undefined), {
      invariant: 'I5',
      subject,
      message: `is ${order.state} and ${purchase ? 'stands' : 'does not stand'} in the journal`,
    });
    findings.expect(order.paidBy?.paymentId === purchase?.paymentId, {
      invariant: 'I5',
      subject,
      message: 'was settled by another payment than it says',
    });
    if (purchase) {
      findings.expect(order.totalFen === purchase.totalFen, {
        invariant: 'I5',
        subject,
        message: 'was settled at another amount',
      });
      findings.expect(settledAs(order) === settledAs(purchase), {
        invariant: 'I5',
        subject,
        message: 'was settled for another member or branch, or for other lines',
      });
    }
  }
  for (const [orderId, purchase] of books.purchases) {
    findings.expect(books.orders.has(orderId), {
      invariant: 'I5',
      subject: `entry ${purchase._id}`,
      message: 'settles an order that does not exist',
    });
  }
  for await (const stray of snapshot.read(strayPaymentStore)) {
    const settled = books.purchases.get(stray.orderId)?.paymentId === stray._id;
    findings.expect(!settled, {
      invariant: 'I5',
      subject: `payment ${stray._id}`,
      message: 'was settled and is sent back as well',
    });
  }
  return findings;
}

/** Who bought what for how much: in the order and in the entry the same. */
function settledAs({ memberId, organisationId, lines }: OrderFacts | PurchaseEntry): string {
  const parts = lines.map(({ lineId, productId, quantity, paidFen }) => [lineId, productId, quantity, paidFen].join());
  return [memberId, organisationId, ...parts.sort()].join('|');
}

/** I6: what went back never exceeds what was paid, line by line, and order and journal agree on it. */
export function checkRefunds(books: Books): Findings {
  const findings = new Findings();
  for (const [orderId, order] of books.orders) {
    const entries = books.refunds.get(orderId) ?? [];
    const backFen = entries.reduce((sum, entry) => sum + entry.amountFen, 0);
    const doneFen = order.refunds.filter((one) => one.state === 'DONE').reduce((sum, one) => sum + one.amountFen, 0);
    const subject = `order ${orderId}`;
    findings.expect(backFen === doneFen && backFen === order.refundedFen, {
      invariant: 'I6',
      subject,
      message: `journal ${backFen}, refunds ${doneFen}, order ${order.refundedFen} fen went back`,
    });
    findings.expect(backFen <= order.totalFen, {
      invariant: 'I6',
      subject,
      message: `${backFen} of ${order.totalFen} fen went back`,
    });
    for (const line of order.lines) {
      const parts = entries.flatMap((entry) => entry.lines).filter((one) => one.lineId === line.lineId);
      const count = parts.reduce((sum, one) => sum + one.quantity, 0);
      const lineFen = parts.reduce((sum, one) => sum + one.refundFen, 0);
      findings.expect(count <= line.quantity && lineFen <= line.paidFen, {
        invariant: 'I6',
        subject: `${subject} line ${line.lineId}`,
        message: `${count} of ${line.quantity} pieces, ${lineFen} of ${line.paidFen} fen went back`,
      });
    }
  }
  return findings;
}

/**
 * I3: what was promised is what was matched; undone at most once; held + matched + left = the sponsor's cap, in total and
 * in each month where there is a cap per month.
 */
export async function checkMatches(snapshot: Snapshot, books: Books): Promise<Findings> {
  const findings = new Findings();
  const usedFen = new Map<string, number>();
  const capsFen = await readCaps(snapshot, findings, books);
  const use = (order: OrderFacts, { agreementId, amountFen }: { agreementId: string; amountFen: number }) => {
    const promise = order.promises.find((one) => one.agreementId === agreementId) ?? { agreementId };
    for (const id of budgetIds(promise)) usedFen.set(id, (usedFen.get(id) ?? 0) + amountFen);
  };
  for (const [orderId, order] of books.orders) {
    const purchase = books.purchases.get(orderId);
    if (order.state === 'PLACED') for (const promise of order.promises) use(order, promise);
    if (!purchase) continue;
    const key = (one: PurchaseEntry['matches'][number]) =>
      `${one.agreementId}|${one.lineId ?? ''}|${one.unitCount}|${one.amountFen}`;
    const promised = order.promises.map(key).sort().join();
    findings.expect(promised === purchase.matches.map(key).sort().join(), {
      invariant: 'I3',
      subject: `order ${orderId}`,
      message: 'what was promised is not what was matched',
    });
    for (const match of purchase.matches) use(order, match);
    const undone = (books.refunds.get(orderId) ?? []).flatMap((entry) => entry.matches);
    for (const one of undone) use(order, { ...one, amountFen: -one.amountFen });
    for (const match of purchase.matches) {
      const undoneFen = undone
        .filter((one) => one.agreementId === match.agreementId && one.lineId === match.lineId)
        .reduce((sum, one) => sum + one.amountFen, 0);
      findings.expect(undoneFen <= match.amountFen, {
        invariant: 'I3',
        subject: `order ${orderId}`,
        message: `${undoneFen} of ${match.amountFen} matched fen were undone`,
      });
    }
  }
  for await (const budget of snapshot.read(budgetStore)) {
    const used = usedFen.get(budget._id) ?? 0;
    usedFen.delete(budget._id);
    findings.expect(budget.leftFen >= 0 && budget.leftFen + used === capsFen.get(budget._id), {
      invariant: 'I3',
      subject: `agreement ${budget._id}`,
      message: `used ${used} + left ${budget.leftFen} is not the cap of ${capsFen.get(budget._id) ?? 0} fen`,
    });
  }
  for (const budgetId of usedFen.keys()) {
    findings.expect(false, {
      invariant: 'I3',
      subject: `agreement ${budgetId}`,
      message: 'has matches but no budget',
    });
  }
  return findings;
}

/** What two persons agreed to. An importer's agreement has no steps. */
function hasItsTerms(agreement: Agreement): boolean {
  const last = agreement.history.at(-1);
  return !last || sealedText(() => termsHash(agreement)) === last.contentHash;
}

/** The caps by budget; every promise of an agreement with a cap per month must count in the month of its placement. */
async function readCaps(snapshot: Snapshot, findings: Findings, books: Books): Promise<Map<string, number>> {
  const agreements = new Map<string, Agreement>();
  const capsFen = new Map<string, number>();
  for await (const stored of snapshot.read(agreementStore)) {
    const agreement = agreementOf(stored);
    agreements.set(agreement._id, agreement);
    findings.expect(hasItsTerms(agreement), {
      invariant: 'I3',
      subject: `agreement ${agreement._id}`,
      message: 'was changed: its terms are not those of its last step',
    });
    for (const budget of fullBudgets(agreement)) capsFen.set(budget._id, budget.capFen);
  }
  for (const [orderId, order] of books.orders) {
    for (const { agreementId, budgetMonth } of order.promises) {
      const agreement = agreements.get(agreementId);
      const expected = agreement && budgetMonthOf(agreement, order.placedAt.getTime()).budgetMonth;
      findings.expect(budgetMonth === expected, {
        invariant: 'I3',
        subject: `order ${orderId}`,
        message: `counts in the month ${budgetMonth ?? 'of none'}, placed in ${expected ?? 'one without a cap'}`,
      });
    }
  }
  return capsFen;
}
