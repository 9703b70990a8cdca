import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { getNamedType, graphql, isCompositeType, isInterfaceType, isObjectType } from 'graphql';
import type { GraphqlContext } from '../../src/graphql/context.js';
import { schema } from '../../src/graphql/schema.js';
import { publishLastMonth } from '../../src/features/disclosure/testing/fund-books.js';
import { type Batch, batchStore, type Remittance, remittanceStore } from '../../src/features/batches/index.js';
import { membershipOn } from '../../src/features/portal/index.js';
import { type Project, projectStore, type Spend, spendStore } from '../../src/features/projects/index.js';
import { type Receipt, receiptStore } from '../../src/features/receipts/index.js';
import type { Actor, Role } from '../../src/kernel/authority.js';
import { shanghaiMonth } from '../../src/kernel/shanghai.js';
import { type Answer, startWorld, type World } from '../world.js';
import { OWN_SPONSOR, OWN_SUPPLIER } from '../world-seed.js';
import { globalId, newAddress, payByScan, place } from './steps.js';

/** Everybody who may ask; `own` and `other` as seen from the buyer whose things are asked for. */
const ACTORS = {
  nobody: [],
  buyer: [{ name: 'member' }],
  otherMember: [{ name: 'member' }],
  branchSecretary: [{ name: 'secretary', organisationId: 'BRANCH' }],
  secretaryAbove: [{ name: 'secretary', organisationId: 'ABOVE' }],
  otherSecretary: [{ name: 'secretary', organisationId: 'OTHER' }],
  'fund-maker': [{ name: 'fund-maker' }],
  'fund-checker': [{ name: 'fund-checker' }],
  supplier: [{ name: 'supplier', supplierId: OWN_SUPPLIER }],
  otherSupplier: [{ name: 'supplier', supplierId: 'supplier-002' }],
  operator: [{ name: 'operator' }],
  auditor: [{ name: 'auditor' }],
  sponsor: [{ name: 'sponsor', sponsorId: OWN_SPONSOR }],
  otherSponsor: [{ name: 'sponsor', sponsorId: '91500000MADEM0009B' }],
} as const satisfies Record<string, readonly Role[]>;
type ActorName = keyof typeof ACTORS;
const NAMES = Object.keys(ACTORS) as ActorName[];

const EVERYBODY = NAMES;
const SIGNED_IN = NAMES.filter((name) => name !== 'nobody');
const FUND: ActorName[] = ['fund-maker', 'fund-checker', 'auditor'];
const SALE: ActorName[] = ['buyer', 'supplier', 'operator'];

/** Who may read a thing of each type by its id. A new type of node must be added here, or the test says so. */
const READERS: Record<string, readonly ActorName[]> = {
  Address: ['buyer'],
  Agreement: [...FUND, 'sponsor'],
  Batch: FUND,
  Disclosure: EVERYBODY,
  FundMatch: FUND,
  HelpRecord: ['buyer'],
  Match: ['buyer'],
  Member: ['buyer'],
  Order: SALE,
  Organisation: SIGNED_IN,
  PointsEntry: ['buyer'],
  Product: EVERYBODY,
  Project: FUND,
  Receipt: [...FUND, 'sponsor'],
  Refund: SALE,
  Remittance: [...FUND, 'sponsor'],
  Spend: FUND,
  Supplier: EVERYBODY,
};

/** Fields that fewer may read than their type. */
const FEWER: Record<string, readonly ActorName[]> = {
  'Agreement.history': FUND,
  'Agreement.replaces': FUND,
  'Order.effect': ['buyer'],
  'Order.promises': ['buyer', 'operator'],
  'Order.outsideRefunds': ['buyer', 'operator'],
  'Refund.pointsTakenBack': ['buyer'],
  'Refund.matchUndoneFen': ['buyer'],
};

/** As an approved month leaves them: nobody waits here for a return window to be over. */
const BATCH: Batch = {
  ...{ _id: 'B202601', month: '2026-01', state: 'APPROVED', attempt: 1, makeKey: 'k', madeBy: 'somebody' },
  ...{ madeAt: new Date(0), cutBlock: 1, lineCount: 0, amountFen: 100, pageRoots: [], root: '', contentHash: 'h' },
  ...{
    agreements: [],
    counties: [],
    products: [],
    sums: [],
    decidedBy: 'another',
    decidedAt: new Date(0),
    reason: null,
    seal: null,
  },
};
const REMITTANCE: Remittance = {
  ...{ _id: 'AX202601-01', batchId: BATCH._id, agreementId: 'a1', agreementNumber: 'n', sponsorName: 's' },
  ...{ sponsorId: OWN_SPONSOR, linesFen: 100, carriedInFen: 0, amountFen: 100, carriedOutFen: 0, receivedFen: 0 },
  ...{ spentFen: 0, state: 'OPEN', approvedAt: new Date(0), remittedDay: null, remittedAt: null, receiptedAt: null },
  ...{ receiptId: null, disclosedAt: null, packId: null },
};

const PROJECT: Project = {
  ...{ _id: 'project-1', name: 'p', purpose: 'p', countyCode: '500229', budgetFen: 100, state: 'APPROVED' },
  ...{ proposedBy: 'somebody', proposedAt: new Date(0), decidedBy: 'another', decidedAt: new Date(0), reason: null },
  ...{ closedBy: null, closedAt: null, spentFen: 0, beneficiaryCount: 0 },
};
const SPEND: Spend = {
  ...{ _id: 'spend-1', projectId: PROJECT._id, amountFen: 1, day: '2026-01-01', payee: 'p', what: 'w', fileIds: ['f'] },
  ...{ beneficiaries: [], state: 'WAITING', correctsId: null, recordedBy: 'somebody', recordedAt: new Date(0) },
  ...{ decidedBy: null, decidedAt: null, reason: null, sources: [], ledgerId: null, paidFen: 0 },
};
const RECEIPT: Receipt = {
  ...{ _id: 'receipt-1', remittanceId: REMITTANCE._id, number: '0012345678', checkCode: 'c', issuedDay: '2026-01-01' },
  ...{ amountFen: 100, fileId: 'f', sponsorId: OWN_SPONSOR, sponsorName: 's', agreementNumber: 'n', state: 'VALID' },
  ...{ correctsId: null, correctionReason: null, recordedBy: 'somebody', recordedAt: new Date(0), requestHash: 'h' },
  ...{ voidedAt: null, voidedBy: null, voidReason: null },
};

const DAY_MS = 86_400_000;

let world: World;
let ids: Record<string, string>;
let organisations: Record<'BRANCH' | 'ABOVE' | 'OTHER', string>;
let buyerId: string;

beforeAll(async () => {
  world = await startWorld('authority');
  const addressId = await newAddress(world, 'member');
  const lines = [{ productId: globalId('Product', 'honey'), quantity: 1 }];
  const { order } = await place(world, 'member', { idempotencyKey: 'authority-1', addressId, lines });
  await payByScan(world, 'member', order.id);
  await world.ask('member', 'mutation ($input: RequestRefundInput!) { requestRefund(input: $input) { __typename } }', {
    input: { idempotencyKey: 'authority-2', orderId: order.id, reason: '买多了' },
  });
  await world.caughtUp();
  const { data } = await world.ask(
    'member',
    `{ me { id organisation { id } helpRecords { edges { node { id } } }
    points { edges { node { id } } } matches { edges { node { id } } } orders { edges { node { refunds { id } } } } } }`,
  );
  const fund = await world.ask('auditor', '{ fund { agreements { id } matches { edges { node { id } } } } }');
  const first = (page: Answer): string => page.edges[0].node.id as string;
  ids = {
    Address: addressId,
    Agreement: fund.data.fund.agreements[0].id,
    Batch: globalId('Batch', BATCH._id),
    Disclosure: globalId('Disclosure', (await publishLastMonth(world.zone.base))._id),
    FundMatch: first(fund.data.fund.matches),
    HelpRecord: first(data.me.helpRecords),
    Match: first(data.me.matches),
    Member: data.me.id,
    Order: order.id,
    Organisation: data.me.organisation.id,
    PointsEntry: first(data.me.points),
    Product: globalId('Product', 'honey'),
    Project: globalId('Project', PROJECT._id),
    Receipt: globalId('Receipt', RECEIPT._id),
    Refund: data.me.orders.edges[0].node.refunds[0].id,
    Remittance: globalId('Remittance', REMITTANCE._id),
    Spend: globalId('Spend', SPEND._id),
    Supplier: globalId('Supplier', OWN_SUPPLIER),
  };
  const { base } = world.zone;
  await batchStore.collection(base).insertOne(BATCH);
  await remittanceStore.collection(base).insertOne(REMITTANCE);
  await projectStore.collection(base).insertOne(PROJECT);
  await spendStore.collection(base).insertOne(SPEND);
  await receiptStore.collection(base).insertOne(RECEIPT);
  const subject = (persona: string): string => world.portal.people.byKey(persona)?.subject ?? '';
  buyerId = subject('member');
  const own = await membershipOn(base, buyerId, base.clock());
  const other = await membershipOn(base, subject('member2'), base.clock());
  organisations = {
    BRANCH: own?.organisationId ?? '',
    ABOVE: own?.ancestorIds.at(-1) ?? '',
    OTHER: other?.organisationId ?? '',
  };
});
afterAll(() => world.stop());

function actorOf(name: ActorName): Actor {
  if (name === 'nobody') return { kind: 'anonymous' };
  const roles = ACTORS[name].map((role): Role =>
    'organisationId' in role ? { ...role, organisationId: organisations[role.organisationId] } : role,
  );
  return { kind: 'person', memberId: name === 'buyer' ? buyerId : `somebody-else-${name}`, roles };
}

async function ask(
  name: ActorName,
  source: string,
  variableValues: object = {},
): Promise<{ data: Answer; codes: unknown[] }> {
  const { base } = world.zone;
  const contextValue: GraphqlContext = {
    base,
    actor: actorOf(name),
    requestId: 'matrix',
    log: base.log,
    clientIp: '127.0.0.1',
    takesPlainJsonAlone: false,
    ...{ publicUrl: '', sandboxPayPage: null, outcome: { isPublic: false } },
  };
  const { data, errors } = await graphql({ schema, source, contextValue, variableValues: { ...variableValues } });
  return { data, codes: errors?.map((error) => error.extensions['code'] ?? error.message) ?? [] };
}

const nodeTypes = Object.values(schema.getTypeMap())
  .filter(isObjectType)
  .filter((type) => type.getInterfaces().some((one) => isInterfaceType(one) && one.name === 'Node'));

describe('the matrix of readers', () => {
  it('knows every type that has an id', () => {
    expect(nodeTypes.map((type) => type.name).sort()).toEqual(Object.keys(READERS).sort());
  });

  it.each(nodeTypes.flatMap((type) => NAMES.map((name) => [type.name, name] as const)))(
    '%s by its id, under an alias, by %s: every field',
    async (typeName, name) => {
      const type = nodeTypes.find((one) => one.name === typeName);
      for (const field of Object.values(type?.getFields() ?? {})) {
        const inner = isCompositeType(getNamedType(field.type)) ? '{ __typename }' : '';
        const source = `query ($id: ID!) { other: node(id: $id) { kind: __typename ... on ${typeName} { alias: ${field.name} ${inner} } } }`;
        const { data, codes } = await ask(name, source, { id: ids[typeName] });
        const what = `${typeName}.${field.name} by ${name}`;
        if (!READERS[typeName]?.includes(name)) expect([what, data.other, codes]).toEqual([what, null, []]);
        else if (FEWER[`${typeName}.${field.name}`]?.includes(name) === false)
          expect([what, codes]).toEqual([what, ['NOT_ALLOWED']]);
        else {
          expect([what, codes]).toEqual([what, []]);
          expect([what, data.other.kind]).toEqual([what, typeName]);
        }
      }
    },
  );

  it.each(NAMES)('the doors of the consoles, by %s', async (name) => {
    const branch = (id: string): string =>
      `branch(organisationId: "${globalId('Organisation', id)}") { memberCount records { totalCount } }`;
    const { data, codes } = await ask(
      name,
      `{ me { id } fund { totalFen } own: ${branch(organisations.BRANCH)} above: ${branch(organisations.ABOVE)} other: ${branch(organisations.OTHER)} }`,
    );
    expect(codes).toEqual([]);
    const open = Object.keys(data as object).filter((key) => data[key] !== null);
    const branches = { branchSecretary: ['own'], secretaryAbove: ['own', 'above'], otherSecretary: ['other'] };
    const expected = [
      ...(name === 'nobody' ? [] : ['me']),
      ...(FUND.includes(name) ? ['fund'] : []),
      ...(branches[name as keyof typeof branches] ?? []),
    ];
    expect(open).toEqual(expected);
  });

  it.each(NAMES)('agreements, by %s', async (name) => {
    const list = `agreements { totalCount } agreement(id: "${ids.Agreement}") { id }`;
    const { data, codes } = await ask(name, `{ ${list} }`);
    const found = [data.agreements?.totalCount, data.agreement?.id, codes.length];
    if (FUND.includes(name) || name === 'sponsor') expect(found).toEqual([1, ids.Agreement, 0]);
    else if (name === 'otherSponsor') expect(found).toEqual([0, undefined, 0]);
    else expect(found).toEqual([undefined, undefined, 2]);
    const checked = await ask(name, '{ usccCheck(code: "x") { isValid } }');
    expect(checked.codes).toHaveLength(FUND.includes(name) ? 0 : 1);
  });

  it.each(NAMES)('orders and refunds that wait, by %s', async (name) => {
    const { data, codes } = await ask(
      name,
      '{ supplierOrders { edges { node { id } } } refundRequests { edges { node { id } } } }',
    );
    const counts = [data.supplierOrders, data.refundRequests].map((page: Answer) =>
      page === null ? null : page.edges.length,
    );
    if (name === 'supplier') expect([counts, codes]).toEqual([[1, 1], []]);
    else if (name === 'otherSupplier') expect([counts, codes]).toEqual([[0, 0], []]);
    else if (name === 'operator') expect([counts, codes]).toEqual([[null, 1], ['NOT_ALLOWED']]);
    else expect([counts, codes.length]).toEqual([[null, null], 2]);
  });

  it.each(NAMES)('the live state of an order, by %s', async (name) => {
    const field = schema.getSubscriptionType()?.getFields()['orderChanged'];
    const context = { base: world.zone.base, actor: actorOf(name) } as GraphqlContext;
    const first = async (): Promise<unknown> => {
      const stream = (await field?.subscribe?.(
        {},
        { orderId: ids.Order },
        context,
        {} as never,
      )) as AsyncIterableIterator<unknown>;
      const { value } = await stream.next();
      await stream.return?.();
      return value;
    };
    if (name === 'buyer') expect(await first()).toMatchObject({ memberId: buyerId });
    else await expect(first()).rejects.toThrow();
  });
});

describe('a person whom the organisation has moved on', () => {
  it('stays in the record of the branch of that day', async () => {
    const { base } = world.zone;
    const [member] = await base.db
      .collection('members')
      .find({ _id: buyerId as never })
      .toArray();
    const memberships = [{ organisationId: organisations.OTHER, fromMs: 0, untilMs: null }];
    await base.db.collection('members').updateOne({ _id: buyerId as never }, { $set: { memberships } });
    const month = shanghaiMonth(base.clock());
    world.aheadMs += DAY_MS;
    const records = `{ branch(month: "${month}") { records { totalCount } } }`;
    const { data } = await ask('branchSecretary', records);
    const other = await ask('otherSecretary', records);
    world.aheadMs -= DAY_MS;
    await base.db
      .collection('members')
      .updateOne({ _id: buyerId as never }, { $set: { memberships: member?.memberships } });
    expect([data.branch.records.totalCount, other.data.branch.records.totalCount]).toEqual([1, 0]);
  });
});
