// Starts one MongoDB replica set of one node for all tests of a run, and tells them its address.
// Set AIXIN_TEST_MONGO_URL yourself to run against a server of your own.
import { MongoMemoryReplSet } from 'mongodb-memory-server';
import { findMongod } from '../../../scripts/mongod.mjs';

export default async function globalSetup() {
  if (process.env.AIXIN_TEST_MONGO_URL) return;
  process.env.MONGOMS_SYSTEM_BINARY_VERSION_CHECK = 'false';
  const systemBinary = await findMongod();
  const replicaSet = await MongoMemoryReplSet.create({
    binary: { systemBinary },
    instanceOpts: [{ args: serverArguments, launchTimeout: 60_000 }],
    replSet: { count: 1, storageEngine: 'wiredTiger' },
  });
  process.env.AIXIN_TEST_MONGO_URL = replicaSet.getUri();
  // Jest runs set-up and tear-down in one process, and gives them no other way to hand a value on.
  Object.assign(globalThis, { aixinTestReplicaSet: replicaSet });
}

// A killed client inside a transaction blocks others until its transaction dies: 5 s instead of MongoDB's 60.
const serverArguments = [
  '--wiredTigerCacheSizeGB',
  '0.25',
  '--oplogSize',
  '256',
  '--setParameter',
  'transactionLifetimeLimitSeconds=5',
  '--setParameter',
  'diagnosticDataCollectionEnabled=false',
];
