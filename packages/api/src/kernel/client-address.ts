/**
 * A client's address as others know it: a server that listens on IPv6 sees `::ffff:203.0.113.7` where the client, the
 * payment provider and the limits mean `203.0.113.7`.
 */
export function clientAddress(address: string): string {
  return /^::ffff:(\d{1,3}(?:\.\d{1,3}){3})$/i.exec(address)?.[1] ?? address;
}
