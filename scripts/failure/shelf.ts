import {
  type Base,
  agreementStore,
  budgetStore,
  memberStore,
  organisationStore,
  stockStore,
} from '@aixin/api/internals';
import type { People } from '../portal/people.js';
import { benchProductId, seedBench } from '../seed/seed-bench.js';

export interface ShelfOptions {
  /** How many members of the portal's directory may shop: `member#0` and so on. */
  readonly buyers: number;
  readonly products: number;
  readonly stockEach: number;
  /** What the sponsor has to give in all, fen. */
  readonly capFen: number;
}

const BRANCHES = 3;
/** From the root of this small tree down. */
const LEVELS = ['WORK_COMMITTEE', 'UNIT', 'BRANCH'] as const;
/** The first product and every third after it carry the sponsor's promise. */
export const CHARITY_PRODUCT = benchProductId(1);
export const PLAIN_PRODUCT = benchProductId(2);
/** Of this one there is a single piece. */
export const LAST_PIECE = benchProductId(3);

/** Products, stock, one sponsor and some members with their branches, into an empty database. */
export async function seedShelf(base: Base, people: People, options: ShelfOptions): Promise<void> {
  const { buyers, products, stockEach, capFen } = options;
  await seedBench(base, { products, nowMs: base.clock(), stockEach });
  await agreementStore.collection(base).updateMany({}, { $set: { capFen } });
  await budgetStore.collection(base).updateMany({}, { $set: { capFen, leftFen: capFen } });
  await stockStore.collection(base).updateOne({ _id: LAST_PIECE }, { $set: { suppliedCount: 1, leftCount: 1 } });
  const branches = Array.from({ length: BRANCHES }, (_, n) => organisation(`branch-${n}`, ['committee', 'organ']));
  await organisationStore
    .collection(base)
    .insertMany([organisation('committee', []), organisation('organ', ['committee']), ...branches]);
  await memberStore.collection(base).insertMany(
    Array.from({ length: buyers }, (_, n) => {
      const person = people.byKey(`member#${n}`);
      if (!person) throw new Error(`the portal has no member#${n}`);
      const memberships = [{ organisationId: `branch-${n % BRANCHES}`, fromMs: 0, untilMs: null }];
      return {
        _id: person.subject,
        displayName: person.displayName,
        maskedMobile: '138****1234',
        memberships,
        asOfMs: 0,
      };
    }),
  );
}

function organisation(id: string, ancestorIds: string[]) {
  const level = LEVELS[ancestorIds.length] ?? 'BRANCH';
  return {
    _id: id,
    name: id,
    level,
    parentId: ancestorIds.at(-1) ?? null,
    ancestorIds,
    countyCode: null,
    closedAtMs: null,
    asOfMs: 0,
  };
}
