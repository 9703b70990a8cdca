import { builder } from '../../graphql/builder.js';
import { requestLoader } from '../../graphql/loader.js';
import { catalogue } from '../catalogue/index.js';
import { CountyType } from '../catalogue/product-parts.graphql.js';
import { readCountySales, readZoneSales, type SalesFigures } from './index.js';

/** All counties' sales in one read, however many counties ask. */
const countySales = requestLoader<SalesFigures>((base) => readCountySales(base));

builder.objectFields(CountyType, (t) => ({
  purchaseCount: t.int({
    description:
      'Purchases of its products, one for each line: in steps, and by days that are over, so that no purchase shows.',
    resolve: async (county, _args, context) => (await countySales(context).load(county._id))?.purchaseCount ?? 0,
  }),
  salesFen: t.field({
    type: 'Fen',
    description: 'Sales, less what came back; in steps and by days.',
    resolve: async (county, _args, context) => (await countySales(context).load(county._id))?.salesFen ?? 0,
  }),
}));

const ZoneType = builder.objectRef<SalesFigures & { readonly asOf: Date }>('Zone').implement({
  description:
    'What the zone achieved so far, in steps and by days that are over: no person is in it, nor between two reads.',
  readers: 'public',
  fields: (t) => ({
    purchaseCount: t.exposeInt('purchaseCount', { description: 'Purchases, less those given back whole.' }),
    salesFen: t.expose('salesFen', { type: 'Fen', description: 'Sales, less refunds.' }),
    matchedFen: t.expose('matchedFen', { type: 'Fen', description: 'What sponsors matched, less what became void.' }),
    countyCount: t.int({
      description: 'Counties with products on the shelf.',
      resolve: (_zone, _args, { base }) =>
        catalogue(base)
          .counties()
          .filter((county) => county.productCount > 0).length,
    }),
    productCount: t.int({
      description: 'Products on the shelf.',
      resolve: (_zone, _args, { base }) =>
        catalogue(base)
          .counties()
          .reduce((sum, county) => sum + county.productCount, 0),
    }),
    asOf: t.expose('asOf', {
      type: 'Instant',
      description: 'When these figures were read; a block of entries may be on its way.',
    }),
  }),
});

builder.queryField('zone', (t) =>
  t.field({
    type: ZoneType,
    readers: 'public',
    description: 'What the zone achieved so far.',
    resolve: async (_root, _args, { base }) => ({ ...(await readZoneSales(base)), asOf: new Date(base.clock()) }),
  }),
);
