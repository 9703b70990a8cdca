/** What caused an entry, as its `sourceKey`: the same cause can never make a second entry in a stream. */
export function purchaseKey(orderId: string): string {
  return `purchase:${orderId}`;
}

export function refundKey(refundId: string): string {
  return `refund:${refundId}`;
}
