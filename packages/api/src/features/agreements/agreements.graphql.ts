import { builder } from '../../graphql/builder.js';
import { globalId } from '../../graphql/global-id.js';
import { requestLoader } from '../../graphql/loader.js';
import { FUND_ROLES, anyOf, roles, sponsorOf } from '../../graphql/readers.js';
import { type Actor, hasRole } from '../../kernel/authority.js';
import { shanghaiDay } from '../../kernel/shanghai.js';
import { storedFiles, StoredFileType } from '../files/files.graphql.js';
import { personNames } from '../portal/person-names.graphql.js';
import {
  type Agreement,
  type AgreementStep,
  coverageOf,
  endAskedOf,
  isSigned,
  listAgreements,
  makersOf,
  type NamedProduct,
  readAgreements,
  readScopedProducts,
  type ShownAgreement,
  shownAgreements,
  termsHash,
} from './index.js';

export { shownAgreements };

export const MatchUnitType = builder.enumType('MatchUnit', {
  description: 'What the sponsor matches an amount for.',
  values: {
    LINE: { value: 'line', description: 'Each product of an order, however many pieces.' },
    ORDER: { value: 'order', description: 'Each order.' },
    PIECE: { value: 'piece', description: 'Each piece.' },
  },
});

export const AgreementStateType = builder.enumType('AgreementState', {
  description: 'The way of an agreement. Only one in force carries a badge (rule 5).',
  values: {
    DRAFT: { description: 'Being written, or given back by the checker.' },
    SUBMITTED: { description: 'Waits for a second person.' },
    IN_FORCE: { description: 'Signed: its terms do not change any more.' },
    ENDED: { description: 'Ended before its term was over, or replaced.' },
  },
});

const fundReaders = roles(...FUND_ROLES);

/** The fund's people, the auditor, and the sponsor itself once the agreement was signed. */
export const agreementReaders = anyOf<Pick<Agreement, 'sponsorUscc' | 'state'>>(
  fundReaders,
  sponsorOf((agreement) => (isSigned(agreement) ? [agreement.sponsorUscc] : [])),
);

const AgreementStepKind = builder.enumType('AgreementStepKind', {
  description: 'What was done to an agreement.',
  values: {
    DRAFTED: { description: 'Written for the first time.' },
    REVISED: { description: 'Written anew.' },
    SUBMITTED: { description: 'Handed to the checker.' },
    APPROVED: { description: 'Brought into force.' },
    REJECTED: { description: 'Given back, with the reason.' },
    END_ASKED: { description: 'Somebody asked to end it early, with the reason; it holds on.' },
    END_DECLINED: { description: 'It is not ended: declined by another, or taken back by whoever asked.' },
    ENDED: { description: 'Ended early, with the reason.' },
  },
});

const AgreementStepType = builder.objectRef<AgreementStep>('AgreementStep').implement({
  description: 'Who did what to an agreement, and when. Appended, never changed.',
  readers: fundReaders,
  fields: (t) => ({
    what: t.field({ type: AgreementStepKind, description: 'What.', resolve: (step) => step.what }),
    at: t.expose('at', { type: 'Instant', description: 'When.' }),
    by: t.exposeString('by', { description: 'Who: the portal’s opaque subject.' }),
    byName: t.string({
      description: 'As the portal’s directory writes it; empty where the directory does not know the person.',
      resolve: async (step, _args, context) => (await personNames(context).load(step.by)) ?? '',
    }),
    reason: t.exposeString('reason', { nullable: true, description: 'Why, where a reason is asked for.' }),
    contentHash: t.exposeString('contentHash', { description: 'SHA-256 of the terms as they were then.' }),
  }),
});

const AgreementProductType = builder.objectRef<NamedProduct>('AgreementProduct').implement({
  description: 'A product as an agreement lists it.',
  readers: 'parent',
  fields: (t) => ({
    id: t.id({ description: 'The product’s id.', resolve: (product) => globalId('Product', product._id) }),
    title: t.exposeString('title', { description: 'Its name.' }),
  }),
});

const CoveredProductsType = builder.objectRef<readonly NamedProduct[]>('CoveredProducts').implement({
  description: 'The products an agreement covers now: those listed and those with all its properties.',
  readers: 'parent',
  fields: (t) => ({
    count: t.int({ description: 'How many.', resolve: (products) => products.length }),
    titles: t.stringList({
      description: 'The first names by product number, `first` of them, 20 at most.',
      args: { first: t.arg.int({ defaultValue: 5, description: '1 to 20.' }) },
      resolve: (products, { first }) => products.slice(0, Math.min(first ?? 5, MOST_TITLES)).map((one) => one.title),
    }),
  }),
});
const MOST_TITLES = 20;

/** All products in one read, however many agreements ask. */
const allProducts = requestLoader<readonly NamedProduct[]>(
  async (base) => new Map([[EVERY, await readScopedProducts(base)]]),
);
const EVERY = 'every';

const AgreementRightsType = builder.objectRef<{ agreement: Agreement; actor: Actor }>('AgreementRights').implement({
  description: 'What the person who asks may do with it now: what the buttons of a page follow.',
  readers: 'parent',
  fields: (t) => ({
    revise: t.boolean({
      description: 'Change and submit it.',
      resolve: ({ agreement, actor }) => agreement.state === 'DRAFT' && hasRole(actor, 'fund-maker'),
    }),
    check: t.boolean({
      description: 'Approve or reject it: never somebody who made it.',
      resolve: ({ agreement, actor }) =>
        agreement.state === 'SUBMITTED' &&
        hasRole(actor, 'fund-checker') &&
        actor.kind === 'person' &&
        !makersOf(agreement).includes(actor.memberId),
    }),
    askEnd: t.boolean({
      description: 'Ask to end it early.',
      resolve: ({ agreement, actor }) =>
        agreement.state === 'IN_FORCE' &&
        endAskedOf(agreement) === null &&
        (hasRole(actor, 'fund-maker') || hasRole(actor, 'fund-checker')),
    }),
    end: t.boolean({
      description: 'End it early, as another person asked.',
      resolve: ({ agreement, actor }) => {
        const wish = endAskedOf(agreement);
        return wish !== null && hasRole(actor, 'fund-checker') && !isPerson(actor, wish.by);
      },
    }),
    declineEnd: t.boolean({
      description: 'Decline that, or take the own wish back.',
      resolve: ({ agreement, actor }) => {
        const wish = endAskedOf(agreement);
        return wish !== null && (hasRole(actor, 'fund-checker') || isPerson(actor, wish.by));
      },
    }),
  }),
});

const isPerson = (actor: Actor, memberId: string): boolean => actor.kind === 'person' && actor.memberId === memberId;

export const AgreementType = builder.objectRef<ShownAgreement>('Agreement');

builder.node(AgreementType, {
  name: 'Agreement',
  description: 'A donation agreement between a sponsor and the fund (慈善法 art. 37, 41).',
  readers: agreementReaders,
  id: { resolve: (agreement) => agreement._id },
  loadOne: async (id, { base }) => (await listAgreements(base)).find((one) => one._id === id) ?? null,
  fields: (t) => ({
    number: t.exposeString('number', { description: 'The number on the paper.' }),
    sponsorUscc: t.exposeString('sponsorUscc', { description: 'The sponsor’s 统一社会信用代码 (GB 32100-2015).' }),
    sponsorName: t.exposeString('sponsorName', { description: 'The donor: the sponsor, never the buyer (rule 6).' }),
    publishesName: t.exposeBoolean('publishesName', {
      description: 'False: the sponsor refuses publication of its name (art. 82).',
    }),
    fundName: t.exposeString('fundName', { description: 'Who receives it.' }),
    state: t.expose('state', { type: AgreementStateType, description: 'Where it stands.' }),
    amountFen: t.field({
      type: 'Fen',
      description: 'Matched for one unit.',
      resolve: (agreement) => agreement.amountFenPerUnit,
    }),
    unit: t.field({ type: MatchUnitType, description: 'What one unit is.', resolve: (agreement) => agreement.unit }),
    capFen: t.expose('capFen', { type: 'Fen', description: 'The most that will ever be matched.' }),
    leftFen: t.expose('leftFen', {
      type: 'Fen',
      description: 'cap − held − matched. Below one unit the badge is gone.',
    }),
    monthlyCapFen: t.expose('monthlyCapFen', {
      type: 'Fen',
      nullable: true,
      description: 'The most of one month of sales in Asia/Shanghai; null: only the total counts.',
    }),
    monthLeftFen: t.expose('monthLeftFen', {
      type: 'Fen',
      nullable: true,
      description: 'What is left of this month’s cap; null where there is none. It is full again at the month’s turn.',
    }),
    validFrom: t.string({
      description: 'First day in Asia/Shanghai, `2026-01-01`.',
      resolve: (agreement) => shanghaiDay(agreement.validFrom.getTime()),
    }),
    validUntil: t.string({
      description: 'Last day in Asia/Shanghai, `2026-12-31`.',
      resolve: (agreement) => lastDay(agreement.validUntil),
    }),
    inForce: t.boolean({
      description: 'Signed, within its term, not ended.',
      resolve: (agreement, _args, { base }) =>
        agreement.state === 'IN_FORCE' &&
        agreement.validFrom.getTime() <= base.clock() &&
        base.clock() < agreement.validUntil.getTime(),
    }),
    rights: t.field({
      type: AgreementRightsType,
      description: 'Of the person who asks.',
      resolve: (agreement, _args, { actor }) => ({ agreement, actor }),
    }),
    contentHash: t.string({
      description: 'SHA-256 of the terms. An approval names the one that the checker has read.',
      resolve: (agreement) => termsHash(agreement),
    }),
  }),
});

builder.objectFields(AgreementType, (t) => ({
  history: t.field({
    type: [AgreementStepType],
    readers: fundReaders,
    description: 'Who did what, oldest first.',
    resolve: (agreement) => agreement.history,
  }),
  files: t.field({
    type: [StoredFileType],
    description: 'The paper, as it was scanned.',
    resolve: async (agreement, _args, context) =>
      (await Promise.all(agreement.fileIds.map((id) => storedFiles(context).load(id)))).filter((one) => one !== null),
  }),
  replaces: t.field({
    type: AgreementType,
    nullable: true,
    readers: fundReaders,
    description: 'The agreement whose place it takes.',
    resolve: async (agreement, _args, context) =>
      agreement.replacesId === null ? null : await shownById(context).load(agreement.replacesId),
  }),
  listedProducts: t.field({
    type: [AgreementProductType],
    description: 'Products that are listed by themselves, on the shelf or not; by product number.',
    resolve: async (agreement, _args, context) => {
      const listed = new Set(agreement.productIds);
      const products = listed.size === 0 ? null : await allProducts(context).load(EVERY);
      return products?.filter((product) => listed.has(product._id)) ?? [];
    },
  }),
  countyCodes: t.stringList({
    description: 'Covers products of these counties (GB/T 2260); empty: of any, where another property is given.',
    resolve: (agreement) => agreement.properties?.countyCodes ?? [],
  }),
  categoryKeys: t.stringList({
    description: 'Covers products of these categories; empty: of any, where another property is given.',
    resolve: (agreement) => agreement.properties?.categoryKeys ?? [],
  }),
  productCount: t.int({
    description: 'Products it covers.',
    resolve: async (agreement, _args, context) =>
      agreement.properties ? (await coveredBy(context, agreement)).length : agreement.productIds.length,
  }),
  covered: t.field({
    type: CoveredProductsType,
    description: 'The products it covers now.',
    resolve: (agreement, _args, context) => coveredBy(context, agreement),
  }),
}));

async function coveredBy(
  context: Parameters<typeof allProducts>[0],
  agreement: Agreement,
): Promise<readonly NamedProduct[]> {
  return ((await allProducts(context).load(EVERY)) ?? []).filter(coverageOf(agreement));
}

/** All agreements in one read, however many fields ask. */
export const agreementById = requestLoader<Agreement>(
  async (base) => new Map((await readAgreements(base)).map((agreement) => [agreement._id, agreement])),
);

const shownById = requestLoader<ShownAgreement>(
  async (base) => new Map((await listAgreements(base)).map((agreement) => [agreement._id, agreement])),
);

/** The last day on which something holds whose end is the first instant at which it does not. */
export function lastDay(end: Date): string {
  return shanghaiDay(end.getTime() - 1);
}
