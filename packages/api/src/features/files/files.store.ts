import mongoose, { Schema } from 'mongoose';
import type { Base } from '../../kernel/context.js';
import { defineStore } from '../../kernel/store.js';
import { isDuplicateKey } from '../../kernel/transaction.js';
import type { FilePurpose } from './files.rules.js';

/** What is known of a file. Written once, never changed. */
export interface StoredFile {
  readonly fileId: string;
  readonly name: string;
  readonly contentType: string;
  readonly sizeBytes: number;
  readonly sha256: string;
  readonly purpose: FilePurpose;
  /** A member's id, or the name of what stored it in the zone. */
  readonly uploadedBy: string;
  readonly at: Date;
}

export interface StoredFileDoc extends Omit<StoredFile, 'fileId'> {
  readonly _id: string;
  /** Where the bytes lie in GridFS. */
  readonly bytesId: string;
}

/** Bytes that are on their way in. What stays here when a process dies is swept later. */
interface Upload {
  /** The id that the bytes have in GridFS. */
  readonly _id: string;
  readonly startedAt: Date;
}

export const storedFileStore = defineStore<StoredFileDoc>(
  'storedFiles',
  new Schema({
    _id: { type: String, required: true },
    bytesId: { type: String, required: true },
    name: { type: String, required: true },
    contentType: { type: String, required: true },
    sizeBytes: { type: Number, required: true },
    sha256: { type: String, required: true },
    purpose: { type: String, required: true },
    uploadedBy: { type: String, required: true },
    at: { type: Date, required: true },
  }).index({ bytesId: 1 }, { unique: true }),
);

const uploadStore = defineStore<Upload>(
  'fileUploads',
  new Schema({
    _id: { type: String, required: true },
    startedAt: { type: Date, required: true },
  }).index({ startedAt: 1 }),
);

const BUCKET = 'fileBytes';
/** Where GridFS keeps the pieces. */
export const BYTES_COLLECTION = `${BUCKET}.chunks`;
/** Half a gigabyte in five hundred writes; a piece is held twice in memory at most. */
const CHUNK_BYTES = 1_024 * 1_024;

function database(base: Base): mongoose.mongo.Db {
  if (!base.db.db) throw new Error('the database is not open');
  return base.db.db;
}

function bucket(base: Base): mongoose.mongo.GridFSBucket {
  return new mongoose.mongo.GridFSBucket(database(base), { bucketName: BUCKET, chunkSizeBytes: CHUNK_BYTES });
}

/** A place for bytes that come in pieces. Either `finish` or `drop` ends it. */
export interface BytesSink {
  readonly bytesId: string;
  /** Resolves when the piece is taken, so that the sender is never faster than the database. */
  write(piece: Uint8Array): Promise<void>;
  finish(): Promise<void>;
  /** Nothing of it stays. */
  drop(): Promise<void>;
}

export async function openSink(base: Base): Promise<BytesSink> {
  const id = new mongoose.mongo.ObjectId();
  const bytesId = id.toHexString();
  await uploadStore.collection(base).insertOne({ _id: bytesId, startedAt: new Date(base.clock()) });
  const stream = bucket(base).openUploadStreamWithId(id, bytesId);
  // Each write hears of its own failure; without a listener the stream's own event would end the process.
  stream.on('error', ignoreSecondReport);
  const done = (begin: (callback: (error?: Error | null) => void) => void): Promise<void> =>
    new Promise((resolve, reject) => {
      begin((error) => (error ? reject(error) : resolve()));
    });
  return {
    bytesId,
    write: (piece) => done((callback) => stream.write(piece, callback)),
    finish: () => done((callback) => stream.end(callback)),
    drop: () => dropBytes(base, bytesId),
  };
}

function ignoreSecondReport(): void {}

async function dropBytes(base: Base, bytesId: string): Promise<void> {
  const id = new mongoose.mongo.ObjectId(bytesId);
  const db = database(base);
  await db.collection(`${BUCKET}.files`).deleteOne({ _id: id });
  await db.collection(BYTES_COLLECTION).deleteMany({ files_id: id });
  await uploadStore.collection(base).deleteOne({ _id: bytesId });
}

/** Keeps the file with the finished bytes; where it is there already, the first stays and the new bytes go. */
export async function keepFile(base: Base, file: StoredFile, sink: BytesSink): Promise<StoredFile> {
  const { fileId, ...rest } = file;
  try {
    await storedFileStore.collection(base).insertOne({ _id: fileId, bytesId: sink.bytesId, ...rest });
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
    await sink.drop();
    return (await findFiles(base, [fileId])).get(fileId) ?? file;
  }
  await uploadStore.collection(base).deleteOne({ _id: sink.bytesId });
  return file;
}

export async function findFiles(base: Base, fileIds: readonly string[]): Promise<Map<string, StoredFile>> {
  const docs = await storedFileStore
    .collection(base)
    .find({ _id: { $in: [...fileIds] } })
    .toArray();
  return new Map(docs.map((doc) => [doc._id, fileOf(doc)]));
}

function fileOf({ _id, bytesId: _bytesId, ...rest }: StoredFileDoc): StoredFile {
  return { fileId: _id, ...rest };
}

/** The file and its bytes as a stream; null when there is no such file. */
export async function findFileBytes(
  base: Base,
  fileId: string,
): Promise<{ meta: StoredFile; stream: NodeJS.ReadableStream } | null> {
  const doc = await storedFileStore.collection(base).findOne({ _id: fileId });
  if (!doc) return null;
  return { meta: fileOf(doc), stream: bucket(base).openDownloadStream(new mongoose.mongo.ObjectId(doc.bytesId)) };
}

/** Removes what uploads that began before `before` left behind. Gives how many. */
export async function sweepUploads(base: Base, before: Date, most: number): Promise<number> {
  const left = await uploadStore
    .collection(base)
    .find({ startedAt: { $lt: before } })
    .limit(most)
    .toArray();
  for (const { _id } of left) {
    const isKept = await storedFileStore.collection(base).countDocuments({ bytesId: _id }, { limit: 1 });
    if (isKept > 0) await uploadStore.collection(base).deleteOne({ _id });
    else await dropBytes(base, _id);
  }
  return left.length;
}
