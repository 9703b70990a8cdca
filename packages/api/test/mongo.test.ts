import { afterAll, describe, expect, it } from '@jest/globals';
import { testDatabase } from './mongo.js';

const first = testDatabase('first');
const second = testDatabase('second');

afterAll(async () => {
  await first.drop();
  await second.drop();
});

describe('a test database', () => {
  it('is a replica set, so that a transaction works', async () => {
    const connection = await first.connect();
    await connection.createCollection('things');
    await connection.transaction(async (session) => {
      await connection.collection('things').insertOne({ n: 1 }, { session });
    });
    expect(await connection.collection('things').countDocuments()).toBe(1);
  });

  it('is not seen by another file, and is gone after drop', async () => {
    const other = await second.connect();
    expect(await other.collection('things').countDocuments()).toBe(0);
    await first.drop();
    const names = (await other.getClient().db('admin').admin().listDatabases()).databases.map(
      (database) => database.name,
    );
    expect(names).not.toContain(first.dbName);
  });
});
