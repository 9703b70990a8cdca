/** @typedef {import('mongodb-memory-server').MongoMemoryReplSet} ReplicaSet */

export default async function globalTeardown() {
  const { aixinTestReplicaSet } = /** @type {{ aixinTestReplicaSet?: ReplicaSet }} */ (globalThis);
  await aixinTestReplicaSet?.stop({ doCleanup: true, force: true });
}
