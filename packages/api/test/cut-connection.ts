import { type AddressInfo, type Socket, connect, createServer } from 'node:net';
import mongoose from 'mongoose';

/** A connection that ends between one byte and the next, as the database sees it when a process is killed. */
export interface CutConnection {
  readonly db: mongoose.Connection;
  /** From this moment on nothing goes through, in either direction, and nothing is said before. */
  cut(): void;
  close(): Promise<void>;
}

/** A command that has waited this long for a server that is gone gives up. */
const GIVE_UP_MS = 2_000;

/**
 * Closing a connection is no kill: a driver takes its time, and what waits meanwhile may still go through. Here the bytes
 * go by a relay of our own, which is torn down at once.
 */
export async function cutConnection(dbName: string): Promise<CutConnection> {
  const { hostname, port } = new URL((process.env['AIXIN_TEST_MONGO_URL'] ?? '').split(',')[0] ?? '');
  const sockets = new Set<Socket>();
  const relay = createServer((inner) => {
    const outer = connect(Number(port), hostname);
    for (const [from, to] of [
      [inner, outer],
      [outer, inner],
    ] as const) {
      sockets.add(from);
      from.on('error', () => to.destroy()).on('close', () => to.destroy());
      from.pipe(to);
    }
  });
  await new Promise<void>((resolve) => relay.listen(0, '127.0.0.1', resolve));
  const url = `mongodb://127.0.0.1:${(relay.address() as AddressInfo).port}/?directConnection=true`;
  const options = { autoCreate: false, autoIndex: false, serverSelectionTimeoutMS: GIVE_UP_MS };
  const db = await mongoose.createConnection(url, { dbName, ...options }).asPromise();
  const cut = (): void => {
    relay.close();
    for (const socket of sockets) socket.destroy();
  };
  return {
    db,
    cut,
    async close() {
      cut();
      await db.close(true);
    },
  };
}
