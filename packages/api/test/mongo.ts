import { randomBytes } from 'node:crypto';
import mongoose from 'mongoose';

export interface TestDatabase {
  /** The replica set's address, without a database name. */
  url: string;
  dbName: string;
  /** A new connection to this database, set up as the zone sets up its own; `drop` closes it. */
  connect(): Promise<mongoose.Connection>;
  /** Drops the database and closes every connection that `connect` gave. Call it in `afterAll`; it never throws. */
  drop(): Promise<void>;
}

/** A database of its own for one test file, on the replica set that jest's global setup started. */
export function testDatabase(name = 'test'): TestDatabase {
  const url = process.env.AIXIN_TEST_MONGO_URL;
  if (!url) throw new Error('AIXIN_TEST_MONGO_URL is not set: run the test through jest.config.mjs at the root');
  // MongoDB allows 63 bytes in a database name.
  const dbName = `${name.replace(/[^a-zA-Z0-9-]/g, '-').slice(0, 40)}-${randomBytes(5).toString('hex')}`;
  const connections: mongoose.Connection[] = [];
  const connect = async (): Promise<mongoose.Connection> => {
    const connection = mongoose.createConnection(url, {
      dbName,
      autoCreate: false,
      autoIndex: false,
      writeConcern: { w: 'majority', journal: true },
    });
    connections.push(connection);
    return await connection.asPromise();
  };
  const drop = async (): Promise<void> => {
    // A throwing afterAll would leave the server running and hang the run.
    try {
      const connection = connections.find((one) => one.readyState === mongoose.ConnectionStates.connected);
      await (connection ?? (await connect())).dropDatabase();
    } catch (error) {
      process.stderr.write(`dropping ${dbName} failed: ${String(error)}\n`);
    }
    await Promise.allSettled(connections.map((connection) => connection.close(true)));
  };
  return { url, dbName, connect, drop };
}
