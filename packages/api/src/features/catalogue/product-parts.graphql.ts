import { builder } from '../../graphql/builder.js';
import { lastDay, MatchUnitType } from '../agreements/agreements.graphql.js';
import {
  catalogue,
  type CatalogueCategory,
  type CatalogueCounty,
  type CatalogueSupplier,
  type Certificate,
  type CharityItem,
  matchUnitText,
  type PictureFacts,
  picturePath,
} from './index.js';

export const CountyType = builder.objectRef<CatalogueCounty>('County').implement({
  description: 'A supported county.',
  readers: 'public',
  fields: (t) => ({
    code: t.string({ description: 'GB/T 2260, six digits.', resolve: (county) => county._id }),
    name: t.exposeString('name', { description: 'Short name, `城口`.' }),
    productCount: t.exposeInt('productCount', { description: 'Products on the shelf now.' }),
    color: t.exposeString('color', { description: 'Its colour on charts and pictures, `#rrggbb`.' }),
  }),
});

export const CategoryType = builder.objectRef<CatalogueCategory>('Category').implement({
  description: 'A kind of goods.',
  readers: 'public',
  fields: (t) => ({
    key: t.string({ description: 'Stable key, for the filter.', resolve: (category) => category._id }),
    name: t.exposeString('name', { description: 'What people read.' }),
    productCount: t.exposeInt('productCount', { description: 'Products on the shelf now.' }),
    icon: t.exposeString('icon', { description: 'A name of the icon set.' }),
  }),
});

export const SupplierType = builder.objectRef<CatalogueSupplier>('Supplier');

builder.node(SupplierType, {
  name: 'Supplier',
  description: 'Who grows or makes it, and sends it.',
  readers: 'public',
  id: { resolve: (supplier) => supplier._id },
  loadOne: (id, { base }) => catalogue(base).supplier(id) ?? null,
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Its name.' }),
    countyName: t.exposeString('countyName', { description: 'Where it is at home.' }),
  }),
});

/** What a picture needs to be shown: its facts and whose picture it is. */
export interface ShownPicture extends PictureFacts {
  readonly pictureId: string;
}

export const PictureType = builder.objectRef<ShownPicture>('Picture').implement({
  description: 'A picture that is there without a network: composed from an icon set.',
  readers: 'parent',
  fields: (t) => ({
    url: t.string({
      description: 'An SVG. The address changes with the picture, so it may be kept forever.',
      resolve: ({ pictureId, version }, _args, { publicUrl }) => `${publicUrl}${picturePath(pictureId, version)}`,
    }),
    alt: t.exposeString('alt', { description: 'What a person hears who cannot see it.' }),
    background: t.exposeString('background', { description: '`#rrggbb`, shown until the picture is there.' }),
  }),
});

export const CertificateType = builder.objectRef<Certificate>('Certificate').implement({
  description: 'A certificate of a product. An expired one takes the product off the shelf (rule 13).',
  readers: 'parent',
  fields: (t) => ({
    kind: t.exposeString('kind', { description: 'HELP_RECOGNITION, GREEN, ORGANIC, GEOGRAPHICAL or PROMISE.' }),
    name: t.exposeString('name', { description: 'What people read.' }),
    number: t.exposeString('number', { description: 'As on the paper.' }),
    validUntil: t.string({
      nullable: true,
      description: 'Last day, `2027-03-31`; null when it has no end.',
      resolve: ({ validUntil }) => validUntil && lastDay(validUntil),
    }),
  }),
});

export const CharityItemType = builder.objectRef<CharityItem>('CharityItem').implement({
  description: '公益宝贝: what the sponsor matches when it is bought. There only while the agreement holds (rule 5).',
  readers: 'parent',
  fields: (t) => ({
    agreementId: t.globalID({
      description: 'The agreement.',
      resolve: ({ agreementId }) => ({ type: 'Agreement', id: agreementId }),
    }),
    sponsorName: t.exposeString('sponsorName', { description: 'Who gives.' }),
    amountFen: t.expose('amountFen', { type: 'Fen', description: 'For one unit.' }),
    unit: t.expose('unit', { type: MatchUnitType, description: 'What one unit is.' }),
    unitText: t.string({
      description: '`每件配捐1元`',
      resolve: ({ unit, amountFen }) => matchUnitText(unit, amountFen),
    }),
    validUntil: t.string({ description: 'Last day, `2026-12-31`.', resolve: ({ validUntil }) => lastDay(validUntil) }),
  }),
});

export const ReturnRuleType = builder.enumType('ReturnRule', {
  description: 'What a buyer may count on (消费者权益保护法 art. 25).',
  values: {
    SEVEN_DAYS: { description: 'Seven days without a reason.' },
    EXCLUDED: { description: 'Fresh or made to order: no return without reason; the buyer confirms it at checkout.' },
  },
});
