import { Readable } from 'node:stream';
import { splitByLargestRemainder } from '@aixin/points-engine';
import {
  type Base,
  type Remittance,
  approveBatch,
  decideProject,
  decideSpend,
  draftPack,
  isRefusal,
  makeBatch,
  pagesPdf,
  pipeline,
  projectHash,
  proposeProject,
  publishPack,
  readRemittances,
  recordReceipt,
  recordSpend,
  saveFile,
  spendHash,
} from '@aixin/api/internals';
import { bringStatement } from './bring-statement.js';
import type { SeedLine } from './fund-bank.js';
import { granted } from '../granted.js';
import { completeDue } from '../history.js';
import { type FundPeople, fundPeople } from './fund-people.js';

const DAY_MS = 86_400_000;

/** The fund's half of the demo's half-year: what its administrators did at the end of each month. */
export interface FundStory {
  /** `2026-08`, once it is over: its statement, receipts, batch; at a quarter's end the disclosure. */
  monthEnd(month: string): Promise<void>;
  /** This month so far: what waits on the desk for whoever opens it. */
  today(): Promise<void>;
}

interface Telling {
  readonly base: Base;
  readonly hand: { nowMs: number };
  readonly nowMs: number;
  readonly people: FundPeople;
  /** Everything on the account so far, and what the sponsors will still pay. */
  readonly lines: SeedLine[];
  readonly brought: { from: string };
  readonly projects: string[];
}

const PAYERS: Readonly<Record<string, string>> = { 'agreement-1': '配捐单位甲', 'agreement-2': '配捐单位乙' };

/** Through the zone's own commands, with the clock moved: a second run meets its own keys. */
export function createFundStory(base: Base, hand: { nowMs: number }, nowMs: number): FundStory {
  const telling: Telling = {
    base,
    hand,
    nowMs,
    people: fundPeople(base),
    lines: [],
    brought: { from: '' },
    projects: [],
  };
  let monthCount = 0;
  return {
    async monthEnd(month) {
      monthCount += 1;
      const next = monthAfter(month);
      hand.nowMs = Date.parse(`${next}-01T00:00:00+08:00`) - 3_600_000;
      await completeDue(base);
      at(telling, `${next}-01`);
      usualLines(telling, month);
      await bring(telling, `${next}-01`);
      await receipts(telling);
      at(telling, `${next}-03`);
      await batch(telling, month);
      await payments(telling, next);
      if (monthCount === 2) await project(telling);
      if (monthCount > 2) await spend(telling, month);
      if (['03', '06', '09', '12'].includes(month.slice(5))) await disclose(telling, month);
    },
    async today() {
      telling.hand.nowMs = nowMs;
      telling.lines.push(...deskLines(dayOf(nowMs).slice(0, 7)));
      await bring(telling, dayOf(nowMs));
      await waitingSpend(telling);
    },
  };
}

/** Ten in the morning of that day, and never later than now. */
function at({ hand, nowMs }: Telling, day: string): void {
  hand.nowMs = Math.min(Date.parse(`${day}T10:00:00+08:00`), nowMs);
}

function dayOf(instantMs: number): string {
  return new Date(instantMs + 8 * 3_600_000).toISOString().slice(0, 10);
}

function monthAfter(month: string): string {
  return dayOf(Date.parse(`${month}-28T12:00:00+08:00`) + 5 * DAY_MS).slice(0, 7);
}

function usualLines({ lines }: Telling, month: string): void {
  lines.push({ day: `${month}-25`, amountFen: -1_000, counterparty: '', memo: '账户管理费' });
  if (['03', '06', '09', '12'].includes(month.slice(5))) {
    lines.push({ day: `${month}-21`, amountFen: 231, counterparty: '', memo: '结息' });
  }
}

async function batch({ base, people }: Telling, month: string): Promise<void> {
  await pipeline(base).caughtUp();
  const made = await makeBatch(people.maker, { idempotencyKey: `seed-batch-${month}`, month });
  // A month without an accrued yuan has no batch.
  if (isRefusal(made)) return;
  granted(
    await approveBatch(people.checker, { batchId: made._id, contentHash: made.contentHash }),
    `batch of ${month}`,
  );
}

/** The sponsors pay within a week, by reference; the second one sometimes in two parts. */
async function payments({ base, lines }: Telling, month: string): Promise<void> {
  const open = await readRemittances(base, { states: ['OPEN'] });
  open.forEach((one: Remittance, index) => {
    const counterparty = PAYERS[one.agreementId] ?? '配捐单位';
    const memo = `一元捐 ${one._id}`;
    const day = (n: number): string => `${month}-0${n}`;
    if (index === 0) lines.push({ day: day(4), amountFen: one.amountFen, counterparty, memo });
    else {
      const [firstFen = 0, restFen = 0] = splitByLargestRemainder(one.amountFen, [1, 1]);
      if (firstFen > 0) lines.push({ day: day(5), amountFen: firstFen, counterparty, memo: memo.replace('-', ' ') });
      lines.push({ day: day(6), amountFen: restFen, counterparty, memo: memo.toLowerCase() });
    }
  });
}

/** What a desk looks like: a stranger's gift, twins, money without a reference. */
function deskLines(month: string): SeedLine[] {
  return [
    { day: `${month}-09`, amountFen: 5_000, counterparty: '王*', memo: '一点心意' },
    { day: `${month}-11`, amountFen: 2_600, counterparty: '配捐单位丙', memo: '往来款' },
    { day: `${month}-12`, amountFen: -100, counterparty: '', memo: '汇划手续费' },
  ];
}

async function bring(telling: Telling, today: string): Promise<void> {
  const { base, people, lines, brought } = telling;
  const until = dayOf(Date.parse(`${today}T12:00:00+08:00`) - DAY_MS);
  const from = brought.from || (lines.map((line) => line.day).sort()[0] ?? until);
  if (from > until) return;
  await bringStatement({ base, maker: people.maker, lines, days: { from, until } });
  brought.from = dayOf(Date.parse(`${until}T12:00:00+08:00`) + DAY_MS);
}

async function paper({ base, people }: Telling, title: string, purpose: 'receipt' | 'evidence'): Promise<string> {
  const facts: readonly (readonly [string, string])[] = [['说明', '演示用，不是真实票据']];
  const pdf = await pagesPdf({ title, createdAt: new Date(base.clock()), sections: [{ facts }] });
  const { actor } = people.maker;
  const uploadedBy = actor.kind === 'person' ? actor.memberId : '';
  const stream = Readable.from([pdf]);
  return granted(await saveFile(base, { name: `${title}.pdf`, purpose, uploadedBy, stream }), title).fileId;
}

async function receipts(telling: Telling): Promise<void> {
  const { base, people, hand } = telling;
  for (const one of await readRemittances(base, { states: ['REMITTED'] })) {
    const fileId = await paper(telling, `公益事业捐赠票据 ${one._id}`, 'receipt');
    const digits = one._id.replace(/\D/g, '');
    const content = { remittanceId: one._id, number: `50${digits}`, checkCode: `a${digits.slice(-5)}`, fileId };
    const paid = { amountFen: one.receivedFen, issuedDay: dayOf(hand.nowMs) };
    const idempotencyKey = `seed-receipt-${one._id}`;
    granted(await recordReceipt(people.maker, { idempotencyKey, ...content, ...paid, corrects: null }), 'receipt');
  }
}

async function project({ people, projects }: Telling): Promise<void> {
  const proposed = granted(
    await proposeProject(people.maker, {
      idempotencyKey: 'seed-project-bees',
      name: '城口中蜂养殖技术培训',
      purpose: '给养蜂合作社的农户办两期技术培训，配发防护用具。',
      countyCode: '500229',
      budgetFen: 20_000,
    }),
    'project',
  );
  const { _id: projectId } = proposed;
  const contentHash = projectHash(proposed);
  granted(await decideProject(people.checker, { projectId, contentHash, approve: true, reason: null }), 'project');
  projects.push(projectId);
}

/** A spend with its evidence, recorded by the maker. */
async function recorded(telling: Telling, spent: { key: string; amountFen: number; what: string; count: number }) {
  const { base, people, hand, projects } = telling;
  const [projectId = ''] = projects;
  const day = dayOf(hand.nowMs);
  const fileIds = [await paper(telling, `支出凭证 ${day}`, 'evidence')];
  const { key, amountFen, what, count } = spent;
  const terms = {
    projectId,
    amountFen,
    day,
    payee: PAYEE,
    what,
    fileIds,
    beneficiaries: [{ group: '养蜂农户', count }],
  };
  return granted(await recordSpend(people.maker, { idempotencyKey: key, ...terms }), `spend of ${base.db.name}`);
}

const PAYEE = '县农业技术服务中心';

async function spend(telling: Telling, month: string): Promise<void> {
  const { people, lines, hand } = telling;
  // Another amount each month: two of the same would be twins, and the desk suggests nothing for twins.
  const amountFen = 800 + 100 * Number(month.slice(5));
  const made = await recorded(telling, { key: `seed-spend-${month}`, amountFen, what: '培训讲课费', count: 18 });
  const seen = { spendId: made._id, contentHash: spendHash(made) };
  const decided = await decideSpend(people.checker, { ...seen, approve: true, reason: null });
  // Where the fund has not come so far yet, the spend waits for it, as in life.
  if (isRefusal(decided)) return;
  lines.push({ day: dayOf(hand.nowMs + 5 * DAY_MS), amountFen: -amountFen, counterparty: PAYEE, memo: '培训费' });
}

async function waitingSpend(telling: Telling): Promise<void> {
  if (telling.projects.length === 0) return;
  await recorded(telling, { key: 'seed-spend-waiting', amountFen: 2_400, what: '防护用具', count: 12 });
}

/** The quarter's disclosure, made by one and published by the other. */
async function disclose(telling: Telling, month: string): Promise<void> {
  const { base, people } = telling;
  const next = monthAfter(month);
  at(telling, `${next}-12`);
  if (dayOf(base.clock()) < `${next}-12`) return;
  const first = `${month.slice(0, 5)}${String(Number(month.slice(5)) - 2).padStart(2, '0')}-01`;
  const until = dayOf(Date.parse(`${next}-01T12:00:00+08:00`) - DAY_MS);
  const draft = granted(
    await draftPack(people.maker, { idempotencyKey: `seed-pack-${month}`, from: first, until }),
    'pack',
  );
  if (draft.faults.length > 0) return;
  const seen = { packId: draft._id, hash: draft.hash };
  granted(await publishPack(people.checker, { idempotencyKey: `seed-publish-${month}`, ...seen }), 'publication');
}
