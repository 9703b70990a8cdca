import { builder } from '../../graphql/builder.js';
import { connectionType, pageArgs } from '../../graphql/connection.js';
import type { GraphqlContext } from '../../graphql/context.js';
import { requestError } from '../../graphql/errors.js';
import { localId } from '../../graphql/global-id.js';
import { firstOf, pageOf } from '../../graphql/paging.js';
import { coarseStock } from '../../kernel/crowd.rules.js';
import { isRefusal } from '../../kernel/refusal.js';
import {
  catalogue,
  type CatalogueProduct,
  pricePer500gFen,
  type ProductSort,
  returnRuleText,
  type Story,
  unitPriceText,
} from './index.js';
import {
  CategoryType,
  CertificateType,
  CharityItemType,
  CountyType,
  PictureType,
  ReturnRuleType,
  SupplierType,
} from './product-parts.graphql.js';

export const ProductType = builder.objectRef<CatalogueProduct>('Product');

builder.node(ProductType, {
  name: 'Product',
  description: 'A product on the shelf, with its prices told in full (rule 11).',
  readers: 'public',
  id: { resolve: ({ product }) => product._id },
  loadOne: (id, { base }) => catalogue(base).product(id) ?? null,
  fields: (t) => ({
    title: t.string({ description: 'Its name.', resolve: ({ product }) => product.title }),
    subtitle: t.string({ description: 'One line below the name.', resolve: ({ product }) => product.subtitle }),
    story: t.string({ description: 'Two to four plain sentences (rule 14).', resolve: ({ product }) => product.story }),
    county: t.field({
      type: CountyType,
      description: 'Where it comes from.',
      resolve: ({ product }, _args, { base }) => known(catalogue(base).county(product.countyCode), 'county'),
    }),
    category: t.field({
      type: CategoryType,
      description: 'What kind of goods it is.',
      resolve: ({ product }, _args, { base }) => known(catalogue(base).category(product.categoryKey), 'category'),
    }),
    supplier: t.field({
      type: SupplierType,
      description: 'Who sends it.',
      resolve: ({ product }, _args, { base }) => known(catalogue(base).supplier(product.supplierId), 'supplier'),
    }),
    picture: t.field({
      type: PictureType,
      description: 'Its picture.',
      resolve: ({ product }) => ({ ...product.picture, pictureId: product._id }),
    }),
    stockLeft: t.int({
      description:
        'Pieces that can be had now: exact below 10, else by the first digit (37 → 30), so that no purchase shows. ' +
        'Placement decides, not this figure.',
      resolve: ({ stockLeft }) => coarseStock(stockLeft),
    }),
    limitPerPerson: t.int({
      nullable: true,
      description: 'Pieces a person may buy in a month; null without limit (rule 9).',
      resolve: ({ product }) => product.limitPerPerson,
    }),
    nextSupplyOn: t.string({
      nullable: true,
      description: 'Day of the next supply, `2026-12-05`, when it is known.',
      resolve: ({ product }) => product.nextSupplyOn,
    }),
    charityItem: t.expose('charityItem', {
      type: CharityItemType,
      nullable: true,
      description: 'The promise; null in the moment the agreement ends or its yuan are used up.',
    }),
  }),
});

/** Prices told in full: each part stands apart (rule 11). */
builder.objectFields(ProductType, (t) => ({
  priceFen: t.field({
    type: 'Fen',
    description: 'Online price of one unit.',
    resolve: ({ product }) => product.priceFen,
  }),
  localPriceFen: t.field({
    type: 'Fen',
    description: '线下价: what it costs where it is made.',
    resolve: ({ product }) => product.localPriceFen,
  }),
  postageFen: t.field({
    type: 'Fen',
    description: 'Of one parcel; several products of one supplier travel together at the dearest one’s.',
    resolve: ({ product }) => product.postageFen,
  }),
  packagingFen: t.field({
    type: 'Fen',
    description: 'Of one piece.',
    resolve: ({ product }) => product.packagingFen,
  }),
  netWeightGrams: t.int({
    description: 'Net weight of one unit, grams.',
    resolve: ({ product }) => product.netWeightGrams,
  }),
  specification: t.string({ description: '`500克×2瓶`', resolve: ({ product }) => product.specification }),
  pricePer500gFen: t.field({
    type: 'Fen',
    nullable: true,
    description: 'For comparing, rounded to a fen; null where it is sold by piece.',
    resolve: ({ product }) => pricePer500gFen(product),
  }),
  unitPriceText: t.string({
    description: '`¥68.00 / 500克` or `¥1.50 / 枚`.',
    resolve: ({ product }) => unitPriceText(product),
  }),
}));

/** What a buyer may rely on. */
builder.objectFields(ProductType, (t) => ({
  returnRule: t.field({
    type: ReturnRuleType,
    description: 'Its return rule.',
    resolve: ({ product }) => product.returnKind,
  }),
  returnRuleText: t.string({
    description: 'The rule in one sentence.',
    resolve: ({ product }) => returnRuleText(product.returnKind),
  }),
  score: t.int({
    nullable: true,
    description: 'Stars × 10, 0 to 50; null without reviews.',
    resolve: ({ scoreTenths }) => scoreTenths,
  }),
  reviewCount: t.exposeInt('reviewCount', { description: 'Reviews by verified buyers.' }),
  soldCount: t.exposeInt('soldCount', {
    description: 'Pieces sold, less what came back: in steps, and by days that are over.',
  }),
  listedAt: t.field({
    type: 'Instant',
    description: 'Since when it is listed.',
    resolve: ({ product }) => product.listedAt,
  }),
  certificates: t.field({
    type: [CertificateType],
    description: 'Its certificates.',
    resolve: ({ product }) => product.certificates,
  }),
  traceCode: t.string({
    nullable: true,
    description: 'Of the lot that is being sold.',
    resolve: ({ product }) => product.traceCode,
  }),
}));

const StoryType = builder.objectRef<Story>('Story').implement({
  description: '第一书记说产品: a story, not an advertisement (rule 14).',
  readers: 'public',
  fields: (t) => ({
    id: t.globalID({ description: 'Opaque and stable.', resolve: (story) => ({ type: 'Story', id: story._id }) }),
    title: t.exposeString('title', { description: 'Its heading.' }),
    quote: t.exposeString('quote', { description: 'One sentence of the person who tells it.' }),
    body: t.exposeString('body', { description: 'The story.' }),
    place: t.exposeString('place', { description: 'Who tells it, and where.' }),
    product: t.field({
      type: ProductType,
      nullable: true,
      description: 'What it is about; null when that is not on the shelf.',
      resolve: ({ productId }, _args, { base }) => (productId ? (catalogue(base).product(productId) ?? null) : null),
    }),
    picture: t.field({
      type: PictureType,
      description: 'Its picture.',
      resolve: (story) => ({ ...story.picture, pictureId: story._id }),
    }),
  }),
});

/** A product names a county, a category and a supplier that the importer has checked. */
function known<Found>(found: Found | undefined, what: string): Found {
  if (!found) throw new Error(`a product names a ${what} that the catalogue does not hold`);
  return found;
}

const ProductSortType = builder.enumType('ProductSort', {
  description: 'The order of a list of products.',
  values: {
    RECOMMENDED: { description: 'What can be had first, counties taking turns, the operator’s order within each.' },
    SALES: { description: 'Most pieces sold first.' },
    SCORE: { description: 'Best reviewed first.' },
    NEWEST: { description: 'Last listed first.' },
    PRICE_ASC: { description: 'Cheapest first.' },
    PRICE_DESC: { description: 'Dearest first.' },
  },
});

const ProductConnection = connectionType<CatalogueProduct, { readonly totalCount: number }>(
  ProductType,
  'Product',
  (t) => ({
    totalCount: t.int({ description: 'All that the filters let through.', resolve: (page) => page.totalCount }),
  }),
);

builder.queryFields((t) => ({
  counties: t.field({
    type: [CountyType],
    readers: 'public',
    description: 'All supported counties, in the operator’s order.',
    resolve: (_root, _args, { base }) => catalogue(base).counties(),
  }),
  categories: t.field({
    type: [CategoryType],
    readers: 'public',
    description: 'All kinds of goods, in the operator’s order.',
    resolve: (_root, _args, { base }) => catalogue(base).categories(),
  }),
  products: t.field({
    type: ProductConnection,
    readers: 'public',
    description: 'The shelf. Several filters narrow it together.',
    args: {
      ...pageArgs(USUAL_PAGE),
      county: t.arg.string({ description: 'Code of a county.' }),
      category: t.arg.string({ description: 'Key of a category.' }),
      charityItem: t.arg.boolean({ description: 'true: only with the badge; false: only without.' }),
      text: t.arg.string({ description: 'Words in Chinese or pinyin; slips of the hand are forgiven.' }),
      sort: t.arg({ type: ProductSortType, defaultValue: 'RECOMMENDED', description: 'The order.' }),
    },
    resolve: (_root, args, context) => productPage(args, context),
  }),
  product: t.field({
    type: ProductType,
    nullable: true,
    readers: 'public',
    description: 'One product; null when it is not on the shelf.',
    args: { id: t.arg.id({ required: true, description: 'As the product itself gave it.' }) },
    resolve: (_root, { id }, { base }) => catalogue(base).product(localId('Product', id)) ?? null,
  }),
  stories: t.field({
    type: [StoryType],
    readers: 'public',
    description: 'Reviewed stories in the editor’s order.',
    args: { first: t.arg.int({ defaultValue: 3, description: 'How many, 1 to 100.' }) },
    resolve: (_root, args, { base }) => catalogue(base).stories().slice(0, firstOf(args, 3)),
  }),
}));

/** Six rows of four: a screen and a half. */
const USUAL_PAGE = 24;

interface ProductArgs {
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
  readonly county?: string | null | undefined;
  readonly category?: string | null | undefined;
  readonly charityItem?: boolean | null | undefined;
  readonly text?: string | null | undefined;
  readonly sort?: ProductSort | null | undefined;
}

function productPage({ county, category, ...query }: ProductArgs, { base }: GraphqlContext) {
  const first = firstOf(query, USUAL_PAGE);
  const found = catalogue(base).products({ ...query, first, countyCode: county, categoryKey: category });
  if (isRefusal(found)) throw requestError(found.code, found.message);
  const page = pageOf({
    nodes: found.edges,
    cursorOf: (edge) => edge.cursor,
    hasNextPage: found.hasNextPage,
    hasPreviousPage: found.hasPreviousPage,
  });
  const edges = page.edges.map(({ cursor, node }) => ({ cursor, node: node.product }));
  return { ...page, edges, totalCount: found.totalCount };
}
