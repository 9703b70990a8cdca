import mongoose, { type Connection } from 'mongoose';

/** Requests of one process that speak to MongoDB at the same time; more wait their turn. */
const MAX_POOL_SIZE = 20;
/** No primary for this long: the caller hears of it instead of waiting through an election that does not come. */
const SERVER_SELECTION_TIMEOUT_MS = 10_000;

/** A connection of the zone's own: the host's mongoose, if it has one, is not touched. Not open yet. */
export function createConnection(): Connection {
  return mongoose.createConnection();
}

export async function openConnection(db: Connection, options: { mongoUrl: string; dbName: string }): Promise<void> {
  await db.openUri(options.mongoUrl, {
    dbName: options.dbName,
    maxPoolSize: MAX_POOL_SIZE,
    serverSelectionTimeoutMS: SERVER_SELECTION_TIMEOUT_MS,
    retryWrites: true,
    retryReads: true,
    // Collections and indexes are made by `ensureCollections` before anything is served.
    autoCreate: false,
    autoIndex: false,
    writeConcern: { w: 'majority', journal: true },
  });
  // Told at the start in one sentence, rather than by the first transaction in the middle of a purchase.
  const hello = await db.db?.command({ hello: 1 });
  const isReplicated = typeof hello?.['setName'] === 'string' || hello?.['msg'] === 'isdbgrid';
  if (!isReplicated) {
    await db.close();
    throw new Error(
      'the MongoDB is no replica set, which transactions need: start mongod with --replSet and call rs.initiate() once',
    );
  }
}

export async function pingDatabase(db: Connection): Promise<boolean> {
  if (db.readyState !== mongoose.ConnectionStates.connected) return false;
  try {
    await db.db?.command({ ping: 1 }, { timeoutMS: 2_000 });
    return true;
  } catch {
    return false;
  }
}
