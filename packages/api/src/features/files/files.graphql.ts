import { builder } from '../../graphql/builder.js';
import { requestLoader } from '../../graphql/loader.js';
import { readFiles, type StoredFile } from './index.js';

/** Other types join their files with it: one query for a page, however many files. */
export const storedFiles = requestLoader<StoredFile>(readFiles);

export const StoredFileType = builder.objectRef<StoredFile>('StoredFile').implement({
  description: 'A file that was brought or made. Its bytes are read over HTTP, by whoever may.',
  readers: 'parent',
  fields: (t) => ({
    id: t.exposeID('fileId', { description: 'As the upload answered it; commands that take a file take this.' }),
    name: t.exposeString('name', { description: 'As it was called by who brought it.' }),
    contentType: t.exposeString('contentType', { description: 'What its bytes are, e.g. `application/pdf`.' }),
    sizeBytes: t.float({ description: 'A whole number of bytes.', resolve: (file) => file.sizeBytes }),
    sha256: t.exposeString('sha256', { description: 'Of the bytes, in hex: anybody can check a copy against it.' }),
    url: t.string({
      description: 'Where the bytes are; ask with the same token.',
      resolve: (file, _args, { publicUrl }) => `${publicUrl}/files/${file.fileId}`,
    }),
    at: t.expose('at', { type: 'Instant', description: 'When it was stored.' }),
  }),
});
