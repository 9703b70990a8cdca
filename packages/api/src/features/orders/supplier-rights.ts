import { type Actor, hasRole } from '../../kernel/authority.js';
import type { Order, OrderRefund, Parcel } from './orders.store.js';

/** The supplier of the parcel, or the operator. */
export function suppliesParcel(actor: Actor, parcel: Pick<Parcel, 'supplierId'>): boolean {
  if (actor.kind !== 'person') return false;
  if (hasRole(actor, 'operator')) return true;
  return actor.roles.some((role) => role.name === 'supplier' && role.supplierId === parcel.supplierId);
}

/** A supplier decides a refund only when all its lines are the supplier's own and nobody has escalated it. */
export function mayDecideRefund(actor: Actor, order: Order, refund: OrderRefund): boolean {
  if (hasRole(actor, 'operator')) return true;
  if (refund.escalated) return false;
  return refund.lines.every((one) => {
    const line = order.lines.find((candidate) => candidate.lineId === one.lineId);
    return line !== undefined && suppliesParcel(actor, line);
  });
}

/** Requested; or failed at the provider, which only the operator can judge. */
export function waitsForDecision(actor: Actor, refund: Pick<OrderRefund, 'state'>): boolean {
  return refund.state === 'REQUESTED' || (refund.state === 'FAILED' && hasRole(actor, 'operator'));
}
