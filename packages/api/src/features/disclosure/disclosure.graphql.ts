import { builder } from '../../graphql/builder.js';
import { connectionType, pageArgs } from '../../graphql/connection.js';
import { requestLoader } from '../../graphql/loader.js';
import { decodeCursor, encodeCursor, firstOf, pageOf } from '../../graphql/paging.js';
import { localId } from '../../graphql/global-id.js';
import {
  correctionOf,
  holding,
  type Pack,
  type PackContent,
  type PackHead,
  readPublished,
  readPublishedHeads,
} from './index.js';
import { PackContentType } from './pack-content.graphql.js';

const contents = requestLoader<PackContent>(
  async (base, ids) =>
    new Map((await readPublished(base, ids)).map((pack) => [pack._id, JSON.parse(pack.json) as PackContent])),
);

/** All published packs in one read, however many fields ask. */
const published = requestLoader<readonly PackHead[]>(
  async (base) => new Map([['all', await readPublishedHeads(base)]]),
);

type Shown = PackHead | Pack;

export const DisclosureType = builder.objectRef<Shown>('Disclosure');

builder.node(DisclosureType, {
  name: 'Disclosure',
  description: 'What the fund has told the public of a period (慈善法 art. 79). Never changed once it is out.',
  readers: 'public',
  id: { resolve: (pack) => pack._id },
  loadOne: async (id, { base }) => (await readPublished(base, [id]))[0] ?? null,
  fields: (t) => ({
    number: t.exposeString('_id', { description: '`GS20260701-20260930`; a correction ends with `-G1`.' }),
    from: t.exposeString('from', { description: 'First day in Asia/Shanghai.' }),
    until: t.exposeString('until', { description: 'Last day.' }),
    publishedAt: t.field({
      type: 'Instant',
      description: 'When it came out.',
      resolve: (pack) => pack.publishedAt ?? new Date(0),
    }),
    hash: t.exposeString('hash', { description: 'SHA-256 of its JSON file, hex.' }),
    prevHash: t.exposeString('prevHash', { description: 'Of the pack published before; empty for the first.' }),
    reason: t.exposeString('reason', {
      nullable: true,
      description: 'Why it corrects; null where it corrects nothing.',
    }),
    corrects: t.field({
      type: DisclosureType,
      nullable: true,
      description: 'The pack that it takes the place of.',
      resolve: async (pack, _args, context) => {
        const all = (await published(context).load('all')) ?? [];
        return all.find((one) => one._id === pack.correctsId) ?? null;
      },
    }),
    correctedBy: t.field({
      type: DisclosureType,
      nullable: true,
      description: 'The pack that corrects it; null while it holds.',
      resolve: async (pack, _args, context) => correctionOf((await published(context).load('all')) ?? [], pack._id),
    }),
    content: t.field({
      type: PackContentType,
      description: 'What it says.',
      resolve: async (pack, _args, context) => {
        const content = await contents(context).load(pack._id);
        if (!content) throw new Error(`the published pack ${pack._id} has no content`);
        return content;
      },
    }),
    jsonUrl: t.string({
      description: 'Its canonical JSON: the bytes whose SHA-256 is the hash. For anybody.',
      resolve: (pack, _args, { publicUrl }) => `${publicUrl}/disclosure/${pack._id}.json`,
    }),
    pdfUrl: t.string({
      description: 'Made from the JSON alone.',
      resolve: (pack, _args, { publicUrl }) => `${publicUrl}/disclosure/${pack._id}.pdf`,
    }),
    xlsxUrl: t.string({
      description: 'Made from the JSON alone.',
      resolve: (pack, _args, { publicUrl }) => `${publicUrl}/disclosure/${pack._id}.xlsx`,
    }),
  }),
});

const DisclosureConnection = connectionType<PackHead, { readonly count: number }>(
  DisclosureType,
  'Disclosure',
  (t) => ({
    totalCount: t.int({ description: 'All of them.', resolve: (page) => page.count }),
  }),
);

builder.queryField('disclosures', (t) =>
  t.field({
    type: DisclosureConnection,
    readers: 'public',
    description: 'What the fund has disclosed, the newest publication first. For everybody, signed in or not.',
    args: {
      ...pageArgs(20),
      correctionsOnly: t.arg.boolean({ defaultValue: false, description: 'Only what corrects an earlier one.' }),
    },
    resolve: async (_root, args, { base }) => {
      const all = (await readPublishedHeads(base)).filter((pack) => !args.correctionsOnly || pack.correctsId !== null);
      const [before] = decodeCursor(args.after) ?? [];
      const rest = before === undefined ? all : all.filter((pack) => (pack.seq ?? 0) < Number(before));
      const first = firstOf(args, 20);
      return {
        ...pageOf({
          nodes: rest.slice(0, first),
          cursorOf: (pack) => encodeCursor(pack.seq ?? 0),
          hasNextPage: rest.length > first,
          hasPreviousPage: before !== undefined,
        }),
        count: all.length,
      };
    },
  }),
);

builder.queryField('disclosure', (t) =>
  t.field({
    type: DisclosureType,
    nullable: true,
    readers: 'public',
    description: 'One disclosure. For everybody, signed in or not. Null when there is none.',
    args: { id: t.arg.id({ description: 'Left out: the one that holds for the newest period.' }) },
    resolve: async (_root, args, { base }) => {
      const all = await readPublishedHeads(base);
      if (!args.id) return holding(all)[0] ?? null;
      const packId = localId('Disclosure', args.id);
      return all.find((pack) => pack._id === packId) ?? null;
    },
  }),
);
