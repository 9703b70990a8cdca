import { type Actor, hasRole } from '../../kernel/authority.js';
import { sumFen } from '../../kernel/fen.js';
import type { Order, OrderLine, OrderRefund, Parcel } from './orders.store.js';

/** The part of an order that a reader may see, with sums of that part only. */
export interface OrderView {
  readonly lines: readonly OrderLine[];
  readonly parcels: readonly Parcel[];
  readonly refunds: readonly OrderRefund[];
  readonly goodsFen: number;
  readonly postageFen: number;
  readonly packagingFen: number;
  readonly totalFen: number;
  readonly refundedFen: number;
}

/** The buyer and the operator see all of it; a supplier its own parcels and what is asked back of them; others nothing. */
export function viewOf(order: Order, actor: Actor): OrderView {
  if (isBuyer(order, actor) || hasRole(actor, 'operator')) return order;
  const supplierIds = suppliedBy(actor);
  const lines = order.lines.filter((line) => supplierIds.has(line.supplierId));
  const parcels = order.parcels.filter((parcel) => supplierIds.has(parcel.supplierId));
  const own = new Set(lines.map((line) => line.lineId));
  const refunds = order.refunds.filter((refund) => refund.lines.every((line) => own.has(line.lineId)));
  const goodsFen = sumFen(lines.map((line) => line.goodsFen));
  const postageFen = sumFen(parcels.map((parcel) => parcel.postageFen));
  const packagingFen = sumFen(parcels.map((parcel) => parcel.packagingFen));
  return {
    lines,
    parcels,
    refunds,
    goodsFen,
    postageFen,
    packagingFen,
    totalFen: goodsFen + postageFen + packagingFen,
    refundedFen: sumFen(refunds.filter((refund) => refund.state === 'DONE').map((refund) => refund.amountFen)),
  };
}

export function isBuyer(order: Pick<Order, 'memberId'>, actor: Actor): boolean {
  return actor.kind === 'person' && actor.memberId === order.memberId;
}

/** Suppliers hear of an order when it is paid: before that it may vanish again. */
export function suppliersOf(order: Pick<Order, 'parcels' | 'paidAt'>): string[] {
  return order.paidAt ? order.parcels.map((parcel) => parcel.supplierId) : [];
}

function suppliedBy(actor: Actor): ReadonlySet<string> {
  const roles = actor.kind === 'person' ? actor.roles : [];
  return new Set(roles.flatMap((role) => (role.name === 'supplier' ? [role.supplierId] : [])));
}
