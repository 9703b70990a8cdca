import type { Unresolved } from './lines.rules.js';
import type {
  Evidence,
  LineFacts,
  NamedTarget,
  Part,
  RemittanceFacts,
  SpendFacts,
  SuggestionKind,
} from './matching.types.js';
import { counterpartyKey, plainName } from './payers.rules.js';
import { MOST_SUMMANDS, waysToSum } from './subset-sum.rules.js';

/** One way to explain one to three lines. The lower rank has the stronger evidence. */
export interface Candidate {
  readonly rank: number;
  readonly kind: SuggestionKind;
  readonly lines: readonly LineFacts[];
  readonly targets: readonly NamedTarget[];
  readonly parts: readonly Part[];
  readonly evidence: readonly Evidence[];
}

const RANK = {
  linesAllNamed: 10,
  linesSomeNamed: 20,
  remittancesSomeNamed: 25,
  partNamed: 28,
  sameAmount: 30,
  spendOfPayee: 35,
  linesOfPayer: 40,
  remittancesOfPayer: 50,
  spendSameAmount: 55,
  linesOfStranger: 60,
} as const;

/** Equal targets of one line: two are ambiguous already, more add nothing. */
const MOST_EQUAL = 6;

/** Two or three lines of one counterparty for one remittance; one line for two or three remittances of one sponsor. */
export function sumCandidates(lines: readonly Unresolved[], remittances: readonly RemittanceFacts[]): Candidate[] {
  const incoming = lines.filter(({ line }) => line.amountFen > 0);
  const ofSponsor = groupBy(remittances, ({ sponsorKey }) => sponsorKey);
  const byId = new Map(remittances.map((one) => [one.remittanceId, one]));
  const found: Candidate[] = [];
  for (const [key, group] of groupBy(incoming, ({ line }) => counterpartyKey(line))) {
    if (key === '' || group.length < 2) continue;
    for (const remittance of remittancesFor(group, remittances, ofSponsor)) found.push(...linesFor(group, remittance));
  }
  for (const one of incoming) found.push(...remittancesOf(one, byId, ofSponsor));
  return found;
}

/** Those that the lines name and those of the payer; a stranger's sums are held against all. */
function remittancesFor(
  group: readonly Unresolved[],
  remittances: readonly RemittanceFacts[],
  ofSponsor: ReadonlyMap<string, readonly RemittanceFacts[]>,
): readonly RemittanceFacts[] {
  const named = new Set(group.flatMap((one) => one.open.map(({ remittanceId }) => remittanceId)));
  const sponsors = new Set(group.flatMap((one) => [...one.sponsors]));
  if (named.size === 0 && sponsors.size === 0) return remittances.slice(0, MOST_SUMMANDS);
  const theirs = [...sponsors].flatMap((sponsorKey) => ofSponsor.get(sponsorKey) ?? []).slice(0, MOST_SUMMANDS);
  return [...new Set([...remittances.filter(({ remittanceId }) => named.has(remittanceId)), ...theirs])];
}

function linesFor(group: readonly Unresolved[], remittance: RemittanceFacts): Candidate[] {
  const { remittanceId, leftFen, sponsorKey } = remittance;
  const names = (one: Unresolved): boolean => one.open.some((each) => each.remittanceId === remittanceId);
  // A line that names another remittance, or one that nobody knows, does not speak of this one.
  const pool = group
    .filter((one) => one.line.amountFen < leftFen && (names(one) || one.references.length === 0))
    .toSorted((a, b) => Number(names(b)) - Number(names(a)));
  const ways = waysToSum(
    pool.map(({ line }) => line.amountFen),
    leftFen,
  );
  return ways.map((way) => {
    const chosen = way.flatMap((index) => pool[index] ?? []);
    const namedCount = chosen.filter(names).length;
    const isKnown = chosen.every(({ sponsors }) => sponsors.has(sponsorKey));
    return {
      rank: linesRank(namedCount, chosen.length, isKnown),
      kind: 'LINES_SUM',
      lines: chosen.map(({ line }) => line),
      targets: [{ id: remittanceId, leftFen }],
      parts: chosen.map(({ line }) => part(line, { remittanceId }, line.amountFen)),
      evidence: evidenceOf(chosen, { namedCount, isKnown, sameCounterparty: true }),
    };
  });
}

function linesRank(namedCount: number, count: number, isKnown: boolean): number {
  if (namedCount === count) return RANK.linesAllNamed;
  if (namedCount > 0) return RANK.linesSomeNamed;
  return isKnown ? RANK.linesOfPayer : RANK.linesOfStranger;
}

function remittancesOf(
  one: Unresolved,
  byId: ReadonlyMap<string, RemittanceFacts>,
  ofSponsor: ReadonlyMap<string, readonly RemittanceFacts[]>,
): Candidate[] {
  if (one.references.length > one.open.length) return [];
  const named = one.open.flatMap(({ remittanceId }) => byId.get(remittanceId) ?? []);
  if (named.length < one.open.length) return [];
  const sponsorKeys = named.length > 0 ? new Set(named.map(({ sponsorKey }) => sponsorKey)) : one.sponsors;
  if (named.length > 0 && sponsorKeys.size > 1) return [];
  return [...sponsorKeys].flatMap((sponsorKey) => {
    const pool = (ofSponsor.get(sponsorKey) ?? [])
      .filter(({ leftFen }) => leftFen < one.line.amountFen)
      .toSorted((a, b) => Number(named.includes(b)) - Number(named.includes(a)));
    const ways = waysToSum(
      pool.map(({ leftFen }) => leftFen),
      one.line.amountFen,
    );
    const isKnown = one.sponsors.has(sponsorKey);
    return ways
      .map((way) => way.flatMap((index) => pool[index] ?? []))
      .filter((chosen) => named.every((each) => chosen.includes(each)))
      .map((chosen) => ({
        rank: named.length > 0 ? RANK.remittancesSomeNamed : RANK.remittancesOfPayer,
        kind: 'REMITTANCES_SUM' as const,
        lines: [one.line],
        targets: chosen.map(({ remittanceId, leftFen }) => ({ id: remittanceId, leftFen })),
        parts: chosen.map(({ remittanceId, leftFen }) => part(one.line, { remittanceId }, leftFen)),
        evidence: evidenceOf([one], { namedCount: named.length > 0 ? 1 : 0, isKnown, sameCounterparty: false }),
      }));
  });
}

/**
 * The reference is right, and the line was not matched for certain: so much of the remittance has come, or more than it; or
 * a person took back what the rule had matched.
 */
export function partCandidates(lines: readonly Unresolved[]): Candidate[] {
  return lines.flatMap((one) => {
    const [named, ...others] = one.open;
    if (!named || others.length > 0 || one.references.length > 1 || one.line.amountFen <= 0) return [];
    const { remittanceId, leftFen } = named;
    return [
      {
        rank: RANK.partNamed,
        kind: kindByAmount(one.line.amountFen - leftFen),
        lines: [one.line],
        targets: [{ id: remittanceId, leftFen }],
        parts: [part(one.line, { remittanceId }, Math.min(leftFen, one.line.amountFen))],
        evidence: evidenceOf([one], { namedCount: 1, isKnown: one.sponsors.size > 0, sameCounterparty: false }),
      },
    ];
  });
}

function kindByAmount(differenceFen: number): SuggestionKind {
  if (differenceFen === 0) return 'SAME_AMOUNT';
  return differenceFen < 0 ? 'PART_PAYMENT' : 'OVER_PAYMENT';
}

/** Without a reference, but a known payer and exactly the amount that one of its remittances waits for. */
export function sameAmountCandidates(
  lines: readonly Unresolved[],
  remittances: readonly RemittanceFacts[],
): Candidate[] {
  const waiting = groupBy(remittances, ({ sponsorKey, leftFen }) => `${leftFen}:${sponsorKey}`);
  return lines.flatMap((one) => {
    if (one.references.length > 0 || one.line.amountFen <= 0) return [];
    const equal = [...one.sponsors].flatMap((sponsorKey) => waiting.get(`${one.line.amountFen}:${sponsorKey}`) ?? []);
    return equal.slice(0, MOST_EQUAL).map(({ remittanceId, leftFen }) => ({
      rank: RANK.sameAmount,
      kind: 'SAME_AMOUNT' as const,
      lines: [one.line],
      targets: [{ id: remittanceId, leftFen }],
      parts: [part(one.line, { remittanceId }, leftFen)],
      evidence: evidenceOf([one], { namedCount: 0, isKnown: true, sameCounterparty: false }),
    }));
  });
}

/** Money that went, and a spend of the same amount; to the payee it names, if it names one. */
export function spendCandidates(lines: readonly Unresolved[], spends: readonly SpendFacts[]): Candidate[] {
  if (spends.length === 0) return [];
  const waiting = groupBy(
    spends.toSorted((a, b) => (a.spendId < b.spendId ? -1 : 1)),
    ({ leftFen }) => String(leftFen),
  );
  return lines.flatMap(({ line }) => {
    const equal = waiting.get(String(-line.amountFen)) ?? [];
    const theirs = equal.filter((spend) => isPayee(line, spend));
    const isPayeeKnown = theirs.length > 0;
    return (isPayeeKnown ? theirs : equal).slice(0, MOST_EQUAL).map(({ spendId, leftFen }) => ({
      rank: isPayeeKnown ? RANK.spendOfPayee : RANK.spendSameAmount,
      kind: 'SPEND_SAME_AMOUNT' as const,
      lines: [line],
      targets: [{ id: spendId, leftFen }],
      parts: [part(line, { spendId }, leftFen)],
      evidence: [isPayeeKnown ? ('PAYER_KNOWN' as const) : ('PAYER_UNKNOWN' as const)],
    }));
  });
}

function isPayee(line: LineFacts, { payeeNames, payeeAccounts }: SpendFacts): boolean {
  const [name, account] = [plainName(line.counterparty), plainName(line.counterpartyAccount)];
  const equals = (text: string) => (each: string) => text !== '' && plainName(each) === text;
  return payeeAccounts.some(equals(account)) || payeeNames.some(equals(name));
}

function evidenceOf(
  chosen: readonly Unresolved[],
  found: { namedCount: number; isKnown: boolean; sameCounterparty: boolean },
): Evidence[] {
  const evidence: Evidence[] = [];
  if (found.sameCounterparty) evidence.push('SAME_COUNTERPARTY');
  evidence.push(found.isKnown ? 'PAYER_KNOWN' : 'PAYER_UNKNOWN');
  if (found.namedCount === 0) evidence.push('NO_REFERENCE');
  else evidence.push(found.namedCount === chosen.length ? 'REFERENCE_IN_ALL' : 'REFERENCE_IN_SOME');
  if (chosen.some(({ hasGaps }) => hasGaps)) evidence.push('REFERENCE_WITH_GAPS');
  return evidence;
}

function part(
  { lineId }: LineFacts,
  target: { readonly remittanceId: string } | { readonly spendId: string },
  amountFen: number,
): Part {
  return { lineId, remittanceId: null, spendId: null, ...target, amountFen };
}

function groupBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}
