import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { MongoMemoryReplSet } from 'mongodb-memory-server';
import { findMongod } from '../mongod.mjs';

export interface Database {
  readonly url: string;
  stop(): Promise<void>;
}

/**
 * The embedded MongoDB: a replica set of one node whose data stays in the folder. mongodb-memory-server sets a small
 * process beside it that ends it when we are killed.
 */
export async function startDatabase(options: {
  folder: string;
  port: number;
  log: (line: string) => void;
}): Promise<Database> {
  const { folder, port, log } = options;
  process.env['MONGOMS_SYSTEM_BINARY_VERSION_CHECK'] = 'false';
  const systemBinary = await findMongod({ log });
  const dbPath = join(folder, 'db');
  mkdirSync(dbPath, { recursive: true });
  const server = await MongoMemoryReplSet.create({
    binary: { systemBinary },
    instanceOpts: [{ dbPath, port, launchTimeout: 60_000, args: SERVER_ARGUMENTS }],
    replSet: { count: 1, name: 'aixin', storageEngine: 'wiredTiger' },
  });
  return {
    url: server.getUri(),
    async stop() {
      await server.stop({ doCleanup: false });
    },
  };
}

const SERVER_ARGUMENTS = [
  '--wiredTigerCacheSizeGB',
  '0.5',
  // A client that was killed inside a transaction blocks others until it dies: 5 s instead of 60.
  '--setParameter',
  'transactionLifetimeLimitSeconds=5',
];
