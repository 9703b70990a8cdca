import type { Base } from '../../kernel/context.js';
import type { Session } from '../../kernel/transaction.js';
import { type Remittance, readRemittances, receiveRemittances } from '../batches/index.js';
import { ledgerId, type NewTransaction, postLedger } from '../ledger/index.js';
import type { BankLine, LineAllocation } from './bank.store.js';
import { allocationPostings, ignorePostings, restFen, standingAllocations } from './line-money.rules.js';
import type { IgnoreCategory } from './ignore-rules.rules.js';
import { type LineWrite, writeLines } from './lines.store.js';
import type { Part, Reason } from './matching.types.js';
import { spendPort } from './spend-port.js';

/** What is done to one line: parts of it are given away, what is left is put aside, or all of that is taken back. */
export type LineChange = { readonly line: BankLine } & (
  | { readonly kind: 'allocate'; readonly parts: readonly Part[]; readonly reason: Reason }
  | { readonly kind: 'ignore'; readonly category: IgnoreCategory; readonly text: string; readonly reason: Reason }
  | { readonly kind: 'take-back' }
);

export interface Cause {
  /** Names what caused it, once: a command by its key, the rule by what it found. */
  readonly id: string;
  readonly by: string;
  readonly day: string;
  /** Of the command's content: the same key with another content is told by it. */
  readonly contentHash?: string;
}

/**
 * Changes lines, the remittances and spends that they pay, and the books, in the caller's transaction; the caller has judged
 * the changes on what it read there. One transaction of the books for each line, `causeId.0`, `causeId.1` …; one for each
 * that is taken back, which names the old one. Gives the lines as they are now.
 */
export async function explainLines(
  base: Base,
  changes: readonly LineChange[],
  cause: Cause,
  session: Session,
): Promise<BankLine[]> {
  const at = new Date(base.clock());
  const remittances = await remittancesOf(base, changes, session);
  const run: Run = { cause, at, remittances, ledger: [] };
  const written = changes.map((change): LineWrite => ({ before: change.line, after: explain(change, run) }));
  await tellTargets(base, changes, remittances, session);
  await writeLines(base, written, session);
  // Last of all: every writer of the books meets at their head, and holds it from here to the commit.
  await postLedger(base, run.ledger, session);
  return written.map(({ after }) => after);
}

/** The key under which the books know the nth thing that a cause did. */
export function causeKey(causeId: string, index: number): string {
  return `desk:${causeId}.${index}`;
}

interface Run {
  readonly cause: Cause;
  readonly at: Date;
  readonly remittances: ReadonlyMap<string, Remittance>;
  readonly ledger: NewTransaction[];
}

function explain(change: LineChange, run: Run): BankLine {
  if (change.kind === 'allocate') return allocate(change.line, change, run);
  return change.kind === 'ignore' ? ignore(change.line, change, run) : takeBack(change.line, run);
}

function allocate(line: BankLine, change: { parts: readonly Part[]; reason: Reason }, run: Run): BankLine {
  const sign = line.amountFen < 0 ? -1 : 1;
  const parts = change.parts.map((part) => ({ ...part, amountFen: sign * part.amountFen }));
  const post = entry(run, line, {
    kind: sign < 0 ? 'payout' : 'match',
    postings: allocationPostings(
      line.accountId,
      parts.map((part) => withAgreement(part, run)),
    ),
  });
  const given = parts.map(({ remittanceId, spendId, amountFen }): LineAllocation => {
    return { remittanceId, spendId, amountFen, by: run.cause.by, at: run.at, ledgerId: post };
  });
  const after = { ...line, allocations: [...line.allocations, ...given], suggestion: null };
  const left = restFen(after);
  return left === 0
    ? { ...after, state: 'MATCHED', reason: change.reason }
    : { ...after, state: 'OPEN', reason: { code: 'REST', restFen: left } };
}

function ignore(
  line: BankLine,
  { category, text, reason }: { category: IgnoreCategory; text: string; reason: Reason },
  run: Run,
): BankLine {
  const postings = ignorePostings(line.accountId, category, restFen(line));
  const ignored = {
    category,
    reason: text,
    by: run.cause.by,
    ledgerId: entry(run, line, { kind: 'ignore', postings }),
  };
  const state = standingAllocations(line).length > 0 ? 'MATCHED' : 'IGNORED';
  return { ...line, state, ignored, suggestion: null, reason };
}

/** Each transaction of the books that gave something of this line is corrected by its share. */
function takeBack(line: BankLine, run: Run): BankLine {
  const standing = standingAllocations(line);
  const correctionOf = new Map<string, string>();
  for (const correctsId of new Set(standing.map((one) => one.ledgerId))) {
    const back = standing
      .filter((one) => one.ledgerId === correctsId)
      .map((one) => ({ ...one, amountFen: -one.amountFen }));
    const postings = allocationPostings(
      line.accountId,
      back.map((part) => withAgreement(part, run)),
    );
    correctionOf.set(correctsId, entry(run, line, { kind: 'correction', postings, correctsId }));
  }
  if (line.ignored) {
    const { category, ledgerId: correctsId } = line.ignored;
    const ignoredFen = restFen({ ...line, ignored: null });
    entry(run, line, {
      kind: 'correction',
      postings: ignorePostings(line.accountId, category, -ignoredFen),
      correctsId,
    });
  }
  const allocations = line.allocations.map((one): LineAllocation => {
    const correction = one.reversed ? undefined : correctionOf.get(one.ledgerId);
    return correction ? { ...one, reversed: { by: run.cause.by, at: run.at, ledgerId: correction } } : one;
  });
  return { ...line, state: 'OPEN', allocations, ignored: null, suggestion: null, reason: null, isKeptOpen: true };
}

function entry(
  run: Run,
  line: BankLine,
  { kind, postings, correctsId }: Pick<NewTransaction, 'kind' | 'postings' | 'correctsId'>,
): string {
  const { id, by, day, contentHash } = run.cause;
  const sourceKey = causeKey(id, run.ledger.length);
  const refs = { lineId: line._id, ...(contentHash === undefined ? {} : { contentHash }) };
  run.ledger.push({ sourceKey, kind, day, postings, refs, by, ...(correctsId ? { correctsId } : {}) });
  return ledgerId(sourceKey);
}

function withAgreement<Given extends Pick<LineAllocation, 'remittanceId' | 'amountFen'>>(given: Given, run: Run) {
  const { remittanceId, amountFen } = given;
  if (remittanceId === null) return { amountFen, agreementId: null };
  const remittance = run.remittances.get(remittanceId);
  if (!remittance) throw new Error(`remittance ${remittanceId} was not read before money is moved for it`);
  return { amountFen, agreementId: remittance.agreementId };
}

async function remittancesOf(
  base: Base,
  changes: readonly LineChange[],
  session: Session,
): Promise<Map<string, Remittance>> {
  const given = changes.flatMap((change): { readonly remittanceId: string | null }[] =>
    change.kind === 'allocate' ? [...change.parts] : standingAllocations(change.line),
  );
  const ids = [...new Set(given.flatMap(({ remittanceId }) => remittanceId ?? []))];
  const found = ids.length > 0 ? await readRemittances(base, { ids }, session) : [];
  return new Map(found.map((remittance) => [remittance._id, remittance]));
}

/** Tells remittances and spends what came, went, or was taken back. */
async function tellTargets(
  base: Base,
  changes: readonly LineChange[],
  remittances: ReadonlyMap<string, Remittance>,
  session: Session,
): Promise<void> {
  const moved = changes.flatMap(movedBy);
  const received = sumsBy(moved, ({ remittanceId }) => remittanceId).flatMap(({ id, ...money }) => {
    const remittance = remittances.get(id);
    return remittance ? [{ remittance, ...money }] : [];
  });
  await receiveRemittances(base, received, session);
  const paid = sumsBy(moved, ({ spendId }) => spendId);
  if (paid.length > 0) {
    const out = paid.map(({ id, amountFen, day }) => ({ spendId: id, amountFen, day }));
    await spendPort(base).payOut(base, out, session);
  }
}

interface Moved extends Pick<Part, 'remittanceId' | 'spendId' | 'amountFen'> {
  readonly day: string;
}

/** Amounts as remittances and spends count them: positive, negative where a match is taken back. */
function movedBy(change: LineChange): Moved[] {
  const { day } = change.line;
  if (change.kind === 'allocate') return change.parts.map((part) => ({ ...part, day }));
  if (change.kind === 'ignore') return [];
  return standingAllocations(change.line).map(({ remittanceId, spendId, amountFen }) => ({
    remittanceId,
    spendId,
    amountFen: -Math.abs(amountFen),
    day,
  }));
}

function sumsBy(moved: readonly Moved[], idOf: (one: Moved) => string | null) {
  const sums = new Map<string, { id: string; amountFen: number; day: string }>();
  for (const one of moved) {
    const id = idOf(one);
    if (id === null) continue;
    const known = sums.get(id);
    const day = known && known.day > one.day ? known.day : one.day;
    sums.set(id, { id, day, amountFen: (known?.amountFen ?? 0) + one.amountFen });
  }
  return [...sums.values()].filter(({ amountFen }) => amountFen !== 0);
}
