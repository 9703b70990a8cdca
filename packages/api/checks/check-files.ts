import { createHash, type Hash } from 'node:crypto';
import mongoose from 'mongoose';
import { agreementStore } from '../src/features/agreements/index.js';
import { bankImportStore } from '../src/features/bank/index.js';
import { billImportStore } from '../src/features/bills/index.js';
import { BYTES_COLLECTION, fileIdOf, storedFileStore, type StoredFileDoc } from '../src/features/files/index.js';
import { spendStore } from '../src/features/projects/index.js';
import { receiptStore } from '../src/features/receipts/index.js';
import { Findings } from './check.js';
import type { Snapshot } from './snapshot.js';

/** A piece of a file as GridFS keeps it; whoever changed it by hand may have left anything there. */
interface Piece {
  readonly files_id: unknown;
  readonly data: unknown;
}

/**
 * I17: every stored file is the bytes that were brought, by their hash, which its id is made of; and every paper that an
 * agreement, a receipt, a spend, a bill or a posted statement names is there.
 */
export async function checkFiles(snapshot: Snapshot): Promise<Findings> {
  const findings = new Findings();
  const expect = (holds: boolean, fileId: string, message: string): void =>
    findings.expect(holds, { invariant: 'I17', subject: `file ${fileId}`, message });
  const files = new Map<string, StoredFileDoc>();
  for await (const file of snapshot.read(storedFileStore)) {
    files.set(file._id, file);
    expect(file._id === fileIdOf(file), file._id, 'is not what its id was made of');
  }
  const found = await hashBytes(snapshot);
  for (const { _id, bytesId, sizeBytes, sha256 } of files.values()) {
    const bytes = found.get(bytesId);
    const isWhole = bytes?.sizeBytes === sizeBytes && bytes.hash.digest('hex') === sha256;
    expect(isWhole, _id, bytes ? 'is not the bytes that were brought' : 'has lost its bytes');
  }
  for await (const [fileId, namedBy] of namedFiles(snapshot)) {
    expect(files.has(fileId), fileId, `is named by ${namedBy} and is missing`);
  }
  return findings;
}

interface Bytes {
  readonly hash: Hash;
  sizeBytes: number;
}

/** All bytes by their id, hashed in one walk: a piece is in memory at a time, never a file. */
async function hashBytes(snapshot: Snapshot): Promise<Map<string, Bytes>> {
  const found = new Map<string, Bytes>();
  for await (const { files_id, data } of snapshot.readRaw<Piece>(BYTES_COLLECTION, { files_id: 1, n: 1 })) {
    if (!(files_id instanceof mongoose.mongo.ObjectId && data instanceof mongoose.mongo.Binary)) continue;
    const bytesId = files_id.toHexString();
    const bytes = found.get(bytesId) ?? { hash: createHash('sha256'), sizeBytes: 0 };
    bytes.hash.update(data.value());
    bytes.sizeBytes += data.length();
    found.set(bytesId, bytes);
  }
  return found;
}

async function* namedFiles(snapshot: Snapshot): AsyncIterable<readonly [fileId: string, namedBy: string]> {
  for await (const { _id, fileIds } of snapshot.read(agreementStore)) {
    for (const fileId of fileIds) yield [fileId, `agreement ${_id}`];
  }
  for await (const { _id, fileIds } of snapshot.read(spendStore)) {
    for (const fileId of fileIds) yield [fileId, `spend ${_id}`];
  }
  for await (const { _id, fileId } of snapshot.read(receiptStore)) yield [fileId, `receipt ${_id}`];
  for await (const { _id, fileId } of snapshot.read(bankImportStore, {
    filter: { state: { $in: ['POSTED', 'BACK_ASKED', 'TAKING_BACK', 'TAKEN_BACK'] } },
  })) {
    yield [fileId, `statement ${_id}`];
  }
  for await (const { _id, fileId } of snapshot.read(billImportStore)) yield [fileId, `bill ${_id}`];
}
