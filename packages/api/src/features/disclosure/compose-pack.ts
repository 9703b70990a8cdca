import type { Base } from '../../kernel/context.js';
import { type Refusal, refuse } from '../../kernel/refusal.js';
import { readLedgerHead } from '../ledger/index.js';
import { readBookFacts } from './book-facts.reads.js';
import { type Fault, faultsOf, packContent, sealContent } from './disclosure.rules.js';
import { type PackHead, readChainHead, readPublished, readPublishedHeads } from './disclosure.store.js';
import type { DisclosureFacts } from './facts.types.js';
import { movementsIn, movementsOf, NOTHING_TOLD, toldBy, toldOfProjects } from './movements.rules.js';
import { holding, precedingOf, samePeriod } from './packs.rules.js';
import type { PackContent, Period } from './pack.types.js';
import { readUnmoved } from './read-unmoved.js';
import { readUseFacts } from './use-facts.reads.js';

/** Which pack is to be made. */
export interface PackPlan {
  readonly packId: string;
  readonly period: Period;
  readonly corrects: PackContent['corrects'];
  /** The ledger's head as an earlier draft has seen it; left out: as it is now. */
  readonly ledger?: PackContent['heads']['ledger'];
}

export interface ComposedPack {
  readonly content: PackContent;
  readonly json: string;
  readonly hash: string;
  readonly prevHash: string;
  readonly faults: readonly Fault[];
}

/**
 * Reads the books and says what the pack says: the same bytes as long as the books have not changed. Refusal: `BOOKS_BUSY`,
 * as while a long statement is posted.
 */
export async function composePack(base: Base, plan: PackPlan): Promise<ComposedPack | Refusal> {
  const position = async (): Promise<number> => (await readLedgerHead(base))?.seq ?? 0;
  const composed = await readUnmoved(position, () => composeOnce(base, plan));
  return composed ?? refuse('BOOKS_BUSY', '账目正在入账，数字还在变动，请等流水入账完成后再试。');
}

async function composeOnce(base: Base, plan: PackPlan): Promise<ComposedPack> {
  const published = await readPublishedHeads(base);
  const [chain, books, use, before] = await Promise.all([
    readChainHead(base),
    readBookFacts(base, plan.period),
    readUseFacts(base, plan.period),
    contentsBefore(base, published, plan.period),
  ]);
  const money = (await olderMoney(base, plan, published)) ?? freshMoney({ plan, books, use, before });
  const toldBefore = toldOfProjects([...before.values()]);
  const facts: DisclosureFacts = {
    packId: plan.packId,
    fundName: books.fundName,
    period: plan.period,
    corrects: plan.corrects,
    earlierPackIds: samePeriod(published, plan.period).map((pack) => pack._id),
    prev: chain && { packId: chain.packId, hash: chain.hash },
    openingFen: openingOf(before, precedingOf(published, plan.period.from)),
    ...money,
    agreements: books.agreements,
    batches: books.batches,
    remittances: books.remittances,
    projects: use.projects.map((one) => ({ ...one, toldBefore: toldBefore.get(one.projectId) ?? NOTHING_TOLD })),
    spends: use.spends,
    bankLines: use.bankLines,
    bills: use.bills,
    heads: { ...books.heads, ...(plan.ledger === undefined ? {} : { ledger: plan.ledger }) },
  };
  const content = packContent(facts);
  return { content, ...sealContent(content), prevHash: chain?.hash ?? '', faults: faultsOf(facts, content) };
}

type Money = Pick<DisclosureFacts, 'movements' | 'ledgerClosingFen'>;

function freshMoney(input: {
  readonly plan: PackPlan;
  readonly books: Awaited<ReturnType<typeof readBookFacts>>;
  readonly use: Awaited<ReturnType<typeof readUseFacts>>;
  readonly before: ReadonlyMap<string, PackContent>;
}): Money {
  const { plan, books, use, before } = input;
  const booked = [...books.received, ...use.spent];
  const { told, leftFen } = movementsOf(booked, toldBy([...before.values()]), plan.period.until);
  return { movements: told, ledgerClosingFen: books.fundFen - leftFen };
}

/**
 * A correction of a period that others have followed tells the same money in better words: what was booked since is told
 * by the packs after it, and they begin with the balance that this period ended with. Null for any other pack.
 */
async function olderMoney(base: Base, plan: PackPlan, published: readonly PackHead[]): Promise<Money | null> {
  const isLatest = (holding(published)[0]?.until ?? '') <= plan.period.until;
  if (plan.corrects === null || isLatest) return null;
  const [corrected] = await readPublished(base, [plan.corrects.packId]);
  if (!corrected) throw new Error(`the pack ${plan.corrects.packId} is corrected and is not there`);
  const content = JSON.parse(corrected.json) as PackContent;
  return { movements: movementsIn(content), ledgerClosingFen: content.fund.closingFen };
}

/** What the packs say that hold for the periods before, by pack. */
async function contentsBefore(
  base: Base,
  published: readonly PackHead[],
  { from }: Period,
): Promise<Map<string, PackContent>> {
  const ids = holding(published).filter((pack) => pack.until < from);
  const packs = await readPublished(
    base,
    ids.map((pack) => pack._id),
  );
  return new Map(packs.map((pack) => [pack._id, JSON.parse(pack.json) as PackContent]));
}

function openingOf(before: ReadonlyMap<string, PackContent>, preceding: PackHead | null): number {
  return preceding === null ? 0 : (before.get(preceding._id)?.fund.closingFen ?? 0);
}
