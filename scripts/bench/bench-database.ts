import {
  type Base,
  createLogger,
  ensureCollections,
  loadPolicy,
  systemClock,
  systemRandom,
} from '@aixin/api/internals';
import { MongoMemoryReplSet } from 'mongodb-memory-server';
import mongoose from 'mongoose';
import { findMongod } from '../mongod.mjs';

export interface BenchDatabase {
  readonly url: string;
  readonly base: Base;
  stop(): Promise<void>;
}

/** A replica set of one node of its own, and the zone's rooms on it. The journal is flushed to disk as in production. */
export async function startBenchDatabase(): Promise<BenchDatabase> {
  process.env['MONGOMS_SYSTEM_BINARY_VERSION_CHECK'] = 'false';
  const systemBinary = await findMongod();
  const server = await MongoMemoryReplSet.create({
    binary: { systemBinary },
    instanceOpts: [{ args: ['--wiredTigerCacheSizeGB', '1', '--setParameter', 'transactionLifetimeLimitSeconds=5'] }],
    replSet: { count: 1, storageEngine: 'wiredTiger' },
  });
  const url = server.getUri();
  const db = mongoose.createConnection(url, { dbName: 'bench', writeConcern: { w: 'majority', journal: true } });
  await db.asPromise();
  const stopping = new AbortController();
  const base: Base = {
    db,
    clock: systemClock,
    random: systemRandom,
    log: createLogger({ level: 'error' }),
    stopping: stopping.signal,
  };
  await ensureCollections(db);
  await loadPolicy(base);
  return {
    url,
    base,
    async stop() {
      stopping.abort();
      await db.close();
      await server.stop();
    },
  };
}
