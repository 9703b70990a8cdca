import { personOf } from '../../kernel/authority.js';
import type { Context } from '../../kernel/context.js';
import { nextShanghaiMonthMs, shanghaiDay, shanghaiMonth, shanghaiMonthStartMs } from '../../kernel/shanghai.js';
import { readAccountTitles, readBalanceChains, readLineTotals } from '../bank/index.js';
import { type Batch, overall, readBatches, readRemittances, readStandings } from '../batches/index.js';
import { countCoveredDays, countDifferences } from '../bills/index.js';
import { type Deadline, readDeadline, readDraftHeads } from '../disclosure/index.js';
import { type MonthFacts, type MonthStep, monthSteps } from './month-end.rules.js';

const DAY_MS = 86_400_000;

/** The end of one month, as the fund's people go through it. */
export interface MonthEnd {
  /** `2026-10`. */
  readonly month: string;
  /** Months to choose from, the newest first: those with a batch, the last one that is over, and this one. */
  readonly months: readonly string[];
  readonly steps: readonly MonthStep[];
}

/** Reads a month's end, the last month that is over where none is named: a dozen small reads, whatever the fund's size. */
export async function readMonthEnd(ctx: Context, wanted: string | null): Promise<MonthEnd> {
  const { base } = ctx;
  const nowMs = base.clock();
  const thisMonth = shanghaiMonth(nowMs);
  const last = shanghaiMonth(shanghaiMonthStartMs(thisMonth) - 1);
  const month = wanted ?? last;
  const batches = await readBatches(base);
  const batch = batches.find((one) => one.month === month);
  const rest = await readRest(ctx, { month, batch });
  const approved = batches.filter(({ state }) => state === 'APPROVED').map((one) => one.month);
  const facts: MonthFacts = {
    ...{ month, today: shanghaiDay(nowMs), ...rest },
    batch: batch ? { ...batchFacts(batch), isOwn: batch.madeBy === personOf(ctx) } : null,
    lastApprovedMonth: approved.sort().at(-1) ?? null,
  };
  const months = [...new Set([thisMonth, last, month, ...batches.map((one) => one.month)])].sort().reverse();
  return { month, months, steps: monthSteps(facts) };
}

function batchFacts({ _id, state, reason }: Batch) {
  return { number: _id, state, reason };
}

function disclosureFacts({ nextFrom, publishedUntil, day, daysLeft }: Deadline) {
  return { nextFrom, publishedUntil, deadline: day, daysLeft };
}

type Rest = Omit<MonthFacts, 'month' | 'today' | 'batch' | 'lastApprovedMonth'>;

async function readRest(ctx: Context, of: { month: string; batch: Batch | undefined }): Promise<Rest> {
  const { base } = ctx;
  const { month, batch } = of;
  const startMs = shanghaiMonthStartMs(month);
  const endMs = nextShanghaiMonthMs(startMs);
  const days = { fromDay: `${month}-01`, toDay: shanghaiDay(endMs - 1) };
  const [titles, chains, totals, standings, remittances, coveredDayCount, openDifferenceCount, deadline, drafts] =
    await Promise.all([
      readAccountTitles(base),
      readBalanceChains(base),
      readLineTotals(base, { toDay: days.toDay }),
      readStandings(base),
      batch?.state === 'APPROVED' ? readRemittances(base, { batchId: batch._id }) : [],
      countCoveredDays(base, days),
      countDifferences(base, { state: 'OPEN', ...days }),
      readDeadline(base),
      readDraftHeads(base),
    ]);
  const due = overall(standings.filter((one) => one.month <= month)).find(({ state }) => state === 'ACCRUED');
  return {
    lastDay: days.toDay,
    accounts: chains.map(({ accountId, name, toDay, isWhole }) => ({
      ...{ title: titles.get(accountId) ?? name, toDay, isWhole },
    })),
    openLineCount: totals.OPEN.count + totals.SUGGESTED.count,
    due: { count: due?.count ?? 0, amountFen: due?.amountFen ?? 0 },
    remittances,
    bills: { coveredDayCount, dayCount: (endMs - startMs) / DAY_MS, openDifferenceCount },
    disclosure: deadline && disclosureFacts(deadline),
    drafts: drafts.map(({ draftedBy, faults }) => ({
      ...{ isOwn: draftedBy === personOf(ctx), faultCount: faults.length },
    })),
  };
}
