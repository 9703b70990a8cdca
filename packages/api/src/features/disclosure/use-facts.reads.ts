import type { Base } from '../../kernel/context.js';
import { sumFen } from '../../kernel/fen.js';
import { shanghaiDay } from '../../kernel/shanghai.js';
import { type LinePosition, readDeskLines, restFen } from '../bank/index.js';
import { readRemittances } from '../batches/index.js';
import { pageOfDifferences } from '../bills/index.js';
import { readFiles } from '../files/index.js';
import { type Project, readProjects, readSpends, type Spend } from '../projects/index.js';
import type { DisclosureFacts, ProjectFacts, SpendFacts } from './facts.types.js';
import type { BookedMoney } from './movements.rules.js';
import type { OpenDifferences, Period } from './pack.types.js';

/** What became of the money, and what does not close yet: projects and their spends, the bank's lines, the bills. */
export interface UseFacts extends Pick<DisclosureFacts, 'spends' | 'bankLines' | 'bills'> {
  readonly projects: readonly Omit<ProjectFacts, 'toldBefore'>[];
  /** All money that was ever spent, negative; a spend that takes one back stands for itself, positive. */
  readonly spent: readonly BookedMoney[];
}

const PAGE = 100;
/** Lines or differences that nobody has explained: a fund with more has something else to do than to disclose. */
const MOST_PAGES = 200;

export async function readUseFacts(base: Base, period: Period): Promise<UseFacts> {
  const [projects, spends, bankLines, bills] = await Promise.all([
    readProjects(base, { states: ['APPROVED', 'CLOSED'] }),
    readSpends(base, { states: ['APPROVED', 'REVERSED'] }),
    openLines(base, period),
    openBills(base, period),
  ]);
  const files = await readFiles(base, [...new Set(spends.flatMap((spend) => spend.fileIds))]);
  return {
    projects: projects.map((project) => projectFacts(project, period)),
    spends: spends.map((spend) => spendFacts(spend, (fileId) => files.get(fileId)?.sha256 ?? '')),
    spent: await bookedSpends(base, spends),
    bankLines,
    bills,
  };
}

/**
 * Spends on their days, but none before the money that it used had come, and what takes one back on the day of that one:
 * whatever day a person has written, no period ends below nothing, as the fund never did.
 */
async function bookedSpends(base: Base, spends: readonly Spend[]): Promise<BookedMoney[]> {
  const ids = new Set(spends.flatMap((spend) => spend.sources.map((source) => source.remittanceId)));
  const remittances = await readRemittances(base, { ids: [...ids] });
  const cameOn = new Map(remittances.map((one) => [one._id, one.remittedDay]));
  const byId = new Map(spends.map((spend) => [spend._id, spend]));
  return spends.map((spend) => {
    const { day, sources, decidedAt } = byId.get(spend.correctsId ?? '') ?? spend;
    // Of a remittance that is not whole yet a part was used: it was there when the spend was approved.
    const decidedDay = shanghaiDay(decidedAt?.getTime() ?? 0);
    const days = sources.map(({ remittanceId }) => cameOn.get(remittanceId) ?? decidedDay);
    return { cause: { spendId: spend._id }, day: [day, ...days].sort().at(-1) ?? day, amountFen: 0 - spend.amountFen };
  });
}

function projectFacts(project: Project, { from, until }: Period): Omit<ProjectFacts, 'toldBefore'> {
  const { _id, name, purpose, budgetFen, decidedAt, closedAt } = project;
  const begun = shanghaiDay(decidedAt?.getTime() ?? 0);
  const ended = closedAt === null ? null : shanghaiDay(closedAt.getTime());
  const isUnderWay = begun <= until && (ended === null || ended >= from);
  return { projectId: _id, name, purpose, budgetFen, isUnderWay };
}

function spendFacts(spend: Spend, sha256Of: (fileId: string) => string): SpendFacts {
  const { _id, projectId, what, beneficiaries, fileIds } = spend;
  return {
    spendId: _id,
    projectId,
    what,
    beneficiaryCount: beneficiaries.reduce((sum, one) => sum + one.count, 0),
    evidence: fileIds.map(sha256Of),
  };
}

/** Lines up to the period's end of which something is unexplained today, by month. No counterparty is told. */
async function openLines(base: Base, { until }: Period): Promise<OpenDifferences['bankLines']> {
  const filter = { states: ['OPEN', 'SUGGESTED'] as const, toDay: until };
  const lines = await allPages(async (after: LinePosition | null) =>
    (await readDeskLines(base, { filter, first: PAGE, after })).map((line) => ({ ...line, lineId: line._id })),
  );
  return groupBy(lines, (line) => line.day.slice(0, 7)).map(([month, group]) => {
    const rests = group.map(restFen);
    return {
      month,
      count: group.length,
      creditFen: sumFen(rests.filter((fen) => fen > 0)),
      debitFen: 0 - sumFen(rests.filter((fen) => fen < 0)),
    };
  });
}

/** What the providers' bills say otherwise, up to the period's end and not explained today, by kind. */
async function openBills(base: Base, { until }: Period): Promise<OpenDifferences['bills']> {
  const filter = { state: 'OPEN' } as const;
  const all = await allPages(async (after: { day: string; id: string } | null) =>
    (await pageOfDifferences(base, { filter, first: PAGE, after })).map((one) => ({ ...one, id: one._id })),
  );
  const due = all.filter((one) => one.day <= until);
  return groupBy(due, (one) => one.kind).map(([kind, group]) => ({
    kind,
    count: group.length,
    amountFen: sumFen(group.map((one) => one.ourFen - one.theirFen)),
  }));
}

/** Every page of a list, each behind the last row of the one before. A page gives one row more where there are more. */
async function allPages<Row extends object>(read: (after: Row | null) => Promise<Row[]>): Promise<Row[]> {
  const rows: Row[] = [];
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const found = await read(rows.at(-1) ?? null);
    rows.push(...found.slice(0, PAGE));
    if (found.length <= PAGE) return rows;
  }
  throw new Error(`more than ${MOST_PAGES * PAGE} open rows cannot be disclosed`);
}

function groupBy<Row>(rows: readonly Row[], keyOf: (row: Row) => string): [string, Row[]][] {
  const groups = new Map<string, Row[]>();
  for (const row of rows) groups.set(keyOf(row), [...(groups.get(keyOf(row)) ?? []), row]);
  return [...groups];
}
