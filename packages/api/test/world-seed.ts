import type { Connection } from 'mongoose';
import type { People } from '../../../scripts/portal/people.js';
import { agreementStore, budgetStore, fullBudgets } from '../src/features/agreements/index.js';
import { categoryStore, countyStore, productStore, supplierStore } from '../src/features/catalogue/index.js';
import { memberStore, organisationStore } from '../src/features/portal/portal.store.js';
import { stockStore } from '../src/features/stock/index.js';
import { ensureCollections } from '../src/kernel/store.js';
import { agreementFixture } from './agreement-fixture.js';
import { productFixture } from './product-fixture.js';

const YEAR_MS = 365 * 86_400_000;
/** The demo portal's supplier, and one that is nobody's. */
export const OWN_SUPPLIER = 'supplier-001';
/** The demo portal's sponsor; its agreement is `agreement-1`. */
export const OWN_SPONSOR = '91500000MADEM0001J';
const OTHER_SUPPLIER = 'supplier-002';

/** What `world.ts` sells, and the personas with their organisations: the directory's 50,000 are not needed here. */
export async function seedWorld(db: Connection, people: People): Promise<void> {
  await ensureCollections(db);
  const base = { db };
  const now = new Date();
  await countyStore.collection(base).insertMany([
    { _id: '500229', name: '城口', fullName: '城口县', order: 1, color: '#b4762f' },
    { _id: '500235', name: '云阳', fullName: '云阳县', order: 2, color: '#3f7d58' },
  ]);
  await categoryStore.collection(base).insertMany([
    { _id: 'honey', name: '蜂蜜', order: 1, icon: 'honey-pot' },
    { _id: 'fruit', name: '水果', order: 2, icon: 'tangerine' },
  ]);
  await supplierStore.collection(base).insertMany([
    { _id: OWN_SUPPLIER, name: '城口蜂业合作社', countyCode: '500229' },
    { _id: OTHER_SUPPLIER, name: '云阳果业', countyCode: '500235' },
  ]);
  const products = [
    productFixture({ _id: 'honey', supplierId: OWN_SUPPLIER, postageFen: 600, packagingFen: 100 }),
    productFixture({ _id: 'wax', title: '蜂蜡', supplierId: OWN_SUPPLIER, priceFen: 2_000, postageFen: 500 }),
    productFixture({
      _id: 'orange',
      title: '云阳红橙',
      supplierId: OTHER_SUPPLIER,
      countyCode: '500235',
      categoryKey: 'fruit',
      priceFen: 3_990,
      returnKind: 'EXCLUDED',
      postageFen: 800,
    }),
    productFixture({ _id: 'rare', title: '限量巢蜜', supplierId: OWN_SUPPLIER, limitPerPerson: 2 }),
    productFixture({ _id: 'gone', title: '已下架的蜜', supplierId: OWN_SUPPLIER, offShelf: true }),
    productFixture({ _id: 'last', title: '最后一瓶', supplierId: OWN_SUPPLIER }),
  ];
  await productStore.collection(base).insertMany(products);
  await stockStore.collection(base).insertMany(
    products.map(({ _id }) => ({
      _id,
      suppliedCount: _id === 'last' ? 1 : 1_000,
      leftCount: _id === 'last' ? 1 : 1_000,
    })),
  );
  const agreement = agreementFixture({
    _id: 'agreement-1',
    number: 'JX-2026-01',
    sponsorUscc: OWN_SPONSOR,
    sponsorName: '渝州配捐企业',
    productIds: ['honey', 'rare'],
    validFrom: new Date(now.getTime() - YEAR_MS),
    validUntil: new Date(now.getTime() + YEAR_MS),
  });
  await agreementStore.collection(base).insertOne(agreement);
  await budgetStore.collection(base).insertMany(fullBudgets(agreement));
  await seedPeople(base, people);
}

async function seedPeople(base: { db: Connection }, people: People): Promise<void> {
  const { organisations, members } = people.directory();
  const parents = new Map(organisations.map((one) => [one.id, one.parentId]));
  const ancestorsOf = (id: string): string[] => {
    const parent = parents.get(id) ?? null;
    return parent === null ? [] : [...ancestorsOf(parent), parent];
  };
  const personas = new Set(people.personas().map((one) => one.subject));
  const known = members.filter((one) => personas.has(one.id));
  await memberStore.collection(base).insertMany(
    known.map((one) => ({
      _id: one.id,
      displayName: one.displayName,
      maskedMobile: one.maskedMobile,
      memberships: one.memberships.map(({ organisationId, from, until }) => ({
        organisationId,
        fromMs: Date.parse(from),
        untilMs: until === null ? null : Date.parse(until),
      })),
      asOfMs: 0,
    })),
  );
  const branches = known.flatMap((one) => one.memberships.map((membership) => membership.organisationId));
  const needed = new Set(branches.flatMap((id) => [...ancestorsOf(id), id]));
  await organisationStore.collection(base).insertMany(
    organisations
      .filter((one) => needed.has(one.id))
      .map((one) => ({
        _id: one.id,
        name: one.name,
        level: one.level,
        parentId: one.parentId,
        ancestorIds: ancestorsOf(one.id),
        countyCode: null,
        closedAtMs: null,
        asOfMs: 0,
      })),
  );
}
