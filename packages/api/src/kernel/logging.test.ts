import { describe, expect, it } from '@jest/globals';
import mongoose from 'mongoose';
import { createLogger } from './logging.js';

function logged(error: unknown): string {
  const lines: string[] = [];
  createLogger({ level: 'info', destination: { write: (line) => lines.push(line) } })
    .child({ requestId: 'r1' })
    .error({ err: error }, 'a job failed');
  return lines.join('');
}

describe('an error in the log', () => {
  it('is named with its place, and carries no document and no value of a key', () => {
    const errmsg = 'E11000 duplicate key error collection: zone.bankLines index: a_1 dup key: { counterparty: "张三" }';
    const op = { counterparty: '张三', memo: '捐款' };
    const written = { message: errmsg, code: 11_000, writeErrors: [{ index: 0, code: 11_000, errmsg, op }] };
    const error = new mongoose.mongo.MongoBulkWriteError(written as never, { insertedCount: 0 } as never);
    const line = logged(new Error('a chunk was not written', { cause: error }));
    for (const said of ['a job failed', 'r1', 'a chunk was not written', 'MongoBulkWriteError', 'bankLines', '11000']) {
      expect(line).toContain(said);
    }
    expect(line).toContain('logging.test');
    for (const kept of ['张三', '捐款']) expect(line).not.toContain(kept);
  });

  it('may be anything that was thrown', () => {
    for (const thrown of ['张三', null, { name: '张三' }]) expect(logged(thrown)).not.toContain('张三');
  });
});
