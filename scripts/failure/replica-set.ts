import { MongoMemoryReplSet, type MongoMemoryServer } from 'mongodb-memory-server';
import type { Base } from '@aixin/api/internals';
import { findMongod } from '../mongod.mjs';
import { until } from './wait.js';

export interface ReplicaSet {
  readonly url: string;
  /** kill -9 of the node that is primary now; gives its port. */
  killPrimary(base: Base): Promise<number>;
  /** Starts a killed node again on its own data. */
  restart(port: number): Promise<void>;
  stop(): Promise<void>;
}

/** A replica set of one node (with fail points) or three (with quick elections) that can be hurt without harm to others. */
export async function startReplicaSet(nodes: 1 | 3): Promise<ReplicaSet> {
  process.env['MONGOMS_SYSTEM_BINARY_VERSION_CHECK'] = 'false';
  const systemBinary = await findMongod();
  const set = await MongoMemoryReplSet.create({
    binary: { systemBinary },
    instanceOpts: Array.from({ length: nodes }, () => ({ args: SERVER_ARGUMENTS, launchTimeout: 60_000 })),
    // MongoDB waits ten seconds for a silent primary unless told otherwise.
    replSet: {
      count: nodes,
      storageEngine: 'wiredTiger',
      configSettings: { electionTimeoutMillis: 2_000, heartbeatIntervalMillis: 500 },
    },
  });
  return {
    url: set.getUri(),
    async killPrimary(base) {
      const port = await primaryPort(base);
      const server = nodeAt(set, port);
      const pid = server.instanceInfo?.instance.mongodProcess?.pid;
      if (pid === undefined) throw new Error('the primary does not run here');
      process.kill(pid, 'SIGKILL');
      await until('the killed node is gone', () => !isAlive(pid));
      return port;
    },
    async restart(port) {
      const server = nodeAt(set, port);
      await server.stop({ doCleanup: false });
      await server.start(true);
    },
    stop: async () => void (await set.stop({ doCleanup: true, force: true })),
  };
}

const SERVER_ARGUMENTS = [
  '--wiredTigerCacheSizeGB',
  '0.25',
  '--oplogSize',
  '256',
  '--setParameter',
  'enableTestCommands=1',
  // What a killed client leaves open inside a transaction blocks others for so long.
  '--setParameter',
  'transactionLifetimeLimitSeconds=3',
  '--setParameter',
  'diagnosticDataCollectionEnabled=false',
];

async function primaryPort(base: Base): Promise<number> {
  const hello = await base.db.getClient().db('admin').command({ hello: 1 });
  return Number(String(hello['primary']).split(':').at(-1));
}

function nodeAt(set: MongoMemoryReplSet, port: number): MongoMemoryServer {
  const server = set.servers.find((one) => one.instanceInfo?.port === port);
  if (!server) throw new Error(`no node of the set listens on ${port}`);
  return server;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
