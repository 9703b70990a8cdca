import type { Base } from '../../kernel/context.js';
import type { Session } from '../../kernel/transaction.js';
import type { BankLine } from './bank.store.js';
import { findNear } from './desk.store.js';
import { isName, keysOf } from './line-keys.rules.js';

/** Where something changed: keys that decisions lean on (`LineKeys.near`), and counterparties. */
export interface NearSeeds {
  readonly near?: readonly string[];
  readonly payers?: readonly string[];
}

export interface NearLines {
  /** To be decided, each with all that its decision leans on in sight. */
  readonly decided: readonly BankLine[];
  /** Only to be looked at with them. */
  readonly beside: readonly BankLine[];
  /** No line was left out that names what one of these names. */
  readonly isWhole: boolean;
}

/** Lines read for one step beyond those that are known; a remittance that more lines name is a matter for a person. */
const MOST_NEAR = 500;
/** Sums are searched among fifty of a payer's lines; a name such as 王* is of nobody. */
const MOST_OF_PAYER = 100;
/** Payers looked up for one step: a page that was read payer by payer has all of theirs already. */
const MOST_PAYERS = 20;

/**
 * The lines that a change reaches, in two steps by what their decisions lean on, and around them a ring of those that could
 * be the same money. Resolved lines are never among them.
 */
export async function gatherNear(
  base: Base,
  { own, seeds }: { own: readonly BankLine[]; seeds: NearSeeds },
  session: Session,
): Promise<NearLines> {
  const walk: Walk = { base, session, seen: new Set(own.map(({ _id }) => _id)), asked: new Set(), isWhole: true };
  const decided = [...own];
  if (own.length === 0) {
    decided.push(...(await step(walk, { near: seeds.near ?? [], payers: seeds.payers ?? [] })));
    decided.push(...(await step(walk, besideOf(decided))));
  }
  const beside = await step(walk, besideOf(decided));
  return { decided, beside, isWhole: walk.isWhole };
}

interface Walk {
  readonly base: Base;
  readonly session: Session;
  /** Lines that were met, and keys and payers that were asked for. */
  readonly seen: Set<string>;
  readonly asked: Set<string>;
  isWhole: boolean;
}

/** What lies near these lines. Who has the same name is near only to a sponsor that asks for it. */
function besideOf(lines: readonly BankLine[]): Required<NearSeeds> {
  const keys = lines.map(keysOf);
  return {
    near: keys.flatMap(({ near }) => near.filter((key) => !isName(key))),
    payers: keys.map(({ payer }) => payer),
  };
}

async function step(walk: Walk, { near, payers }: Required<NearSeeds>): Promise<BankLine[]> {
  const keys = fresh(
    walk,
    near.map((key) => `near ${key}`),
  ).map((key) => key.slice(5));
  const names = fresh(
    walk,
    payers.filter((payer) => payer !== '').map((payer) => `payer ${payer}`),
  ).map((key) => key.slice(6));
  const found = (await findAllNear(walk, keys, names)) ?? (await findMostNear(walk, keys, names));
  return found.filter(({ _id }) => {
    const isNew = !walk.seen.has(_id);
    walk.seen.add(_id);
    return isNew;
  });
}

/** All at once, as nearly always little lies near; null where it is too much for that. */
async function findAllNear(walk: Walk, near: readonly string[], payers: readonly string[]): Promise<BankLine[] | null> {
  const first = MOST_OF_PAYER + walk.seen.size;
  const found = await findNear(walk.base, { near, payers, first }, walk.session);
  return found.length < first ? found : null;
}

/** What must not be missed, then as much of the rest as helps. */
async function findMostNear(walk: Walk, near: readonly string[], payers: readonly string[]): Promise<BankLine[]> {
  const { base, session, seen } = walk;
  const first = MOST_NEAR + seen.size;
  // Names and amounts only help to suggest; ids tell twins apart, so of those nothing may be missed.
  const isLoose = (key: string): boolean => /^[no]:/.test(key);
  const found = await findNear(base, { near: near.filter((key) => !isLoose(key)), payers: [], first }, session);
  if (found.length === first) walk.isWhole = false;
  found.push(...(await findNear(base, { near: near.filter(isLoose), payers: [], first }, session)));
  for (const payer of payers.slice(0, MOST_PAYERS)) {
    found.push(...(await findNear(base, { near: [], payers: [payer], first: MOST_OF_PAYER }, session)));
  }
  return found;
}

/** Those that were not asked for yet, each once; from now on they were. */
function fresh({ asked }: Walk, keys: readonly string[]): string[] {
  const found = [...new Set(keys)].filter((key) => !asked.has(key));
  for (const key of found) asked.add(key);
  return found;
}
