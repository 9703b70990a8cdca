/**
 * Owns the files that people and the zone itself put down: evidence, agreements, receipts, statements, bills, disclosure
 * documents. Bytes lie in GridFS, what is known of them in `storedFiles`; the same bytes by the same person for the same
 * purpose are one file. Other features keep file ids and may widen who reads their files (`fileReaders`).
 * Never changes a file once it is stored, never shows one in the browser but pictures and PDF, never believes a name or a
 * type that the sender gives: the bytes say what it is.
 */
export { type FileReader, fileReaders, mayReadFile } from './file-readers.js';
export { fileJobs } from './files.jobs.js';
export { openFile, readFiles, requireFiles } from './files.reads.js';
export { fileIdOf, type FilePurpose, isFilePurpose, mostBytesOf, shownInline } from './files.rules.js';
export { BYTES_COLLECTION, type StoredFile, type StoredFileDoc, storedFileStore } from './files.store.js';
export { saveFile, type SaveFileInput } from './save-file.js';
export { uploadFile, type UploadFileInput } from './upload-file.js';
