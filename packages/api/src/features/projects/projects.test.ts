import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { checkUse } from '../../../checks/check-use.js';
import { openSnapshot } from '../../../checks/snapshot.js';
import { type Fund, noonOf, personWith, startFund } from '../../../test/fund.js';
import type { Context } from '../../kernel/context.js';
import { isRefusal } from '../../kernel/refusal.js';
import { inTransaction } from '../../kernel/transaction.js';
import { readRemittances, receiveRemittances, type Remittance, remittanceStore } from '../batches/index.js';
import { saveFile } from '../files/index.js';
import { postLedger, readLedgerBalances, readLedgerPage } from '../ledger/index.js';
import {
  closeProject,
  decideProject,
  decideSpend,
  fundSpends,
  type Project,
  projectHash,
  projectsOfRemittances,
  proposeProject,
  readFundUse,
  readProject,
  readSpend,
  recordSpend,
  type RecordSpendInput,
  reverseSpend,
  type Spend,
  spendHash,
  withdrawSpend,
} from './index.js';

let fund: Fund;
let other: Context;
let both: Context;
let fileId: string;
let project: Project;
let remittances: readonly Remittance[];
let keys = 0;

const key = (): string => `project-key-${(keys += 1)}`;

/** 600 fen come from one sponsor on the 3rd, 400 from the other on the 4th. */
beforeAll(async () => {
  fund = await startFund('projects');
  const { heart } = fund;
  other = personWith(heart, 'fund-checker', 'second-checker');
  both = {
    ...fund.maker,
    actor: { kind: 'person', memberId: 'both', roles: [{ name: 'fund-maker' }, { name: 'fund-checker' }] },
  };
  await fund.accrue([...(await fund.sell('a1', 6)), ...(await fund.sell('a2', 4))]);
  heart.nowMs = noonOf('2026-12-05');
  remittances = (await fund.batch('2026-11')).remittances;
  for (const [index, remittance] of remittances.entries()) await receive(remittance, `2026-12-0${3 + index}`);
  const stream = (async function* () {
    yield await Promise.resolve(Buffer.from('%PDF-1.7 evidence'));
  })();
  const saved = await saveFile(heart.base, { name: '发票.pdf', purpose: 'evidence', uploadedBy: 'm', stream });
  if (isRefusal(saved)) throw new Error(saved.message);
  fileId = saved.fileId;
  project = await approved(await proposed(2_000));
});
afterAll(() => fund.stop());

/** As the bank's desk does it: remittance and books in one transaction. */
async function receive(remittance: Remittance, day: string): Promise<void> {
  const { base } = fund.heart;
  const { amountFen, agreementId } = remittance;
  await inTransaction(base, async (session) => {
    await receiveRemittances(base, [{ remittance, amountFen, day }], session);
    const postings = [
      { account: 'unallocated/b', amountFen },
      { account: `owed/${agreementId}`, amountFen: -amountFen },
      { account: `pledged/${agreementId}`, amountFen },
      { account: 'fund', amountFen: -amountFen },
    ];
    const refs = { remittanceId: remittance._id };
    await postLedger(
      base,
      [{ sourceKey: `m:${remittance._id}`, kind: 'match', day, postings, refs, by: 'm' }],
      session,
    );
  });
}

async function proposed(budgetFen: number): Promise<Project> {
  const terms = { name: '村小图书角', purpose: '为村小购置图书', countyCode: '500229', budgetFen };
  const made = await proposeProject(fund.maker, { idempotencyKey: key(), ...terms });
  if (isRefusal(made)) throw new Error(made.message);
  return made;
}

async function approved(one: Project): Promise<Project> {
  const wanted = { projectId: one._id, contentHash: projectHash(one), approve: true, reason: null };
  const decided = await decideProject(fund.checker, wanted);
  if (isRefusal(decided)) throw new Error(decided.message);
  return decided;
}

function spendInput(amountFen: number, more: Partial<RecordSpendInput> = {}): RecordSpendInput {
  return {
    ...{ idempotencyKey: key(), projectId: project._id, amountFen, day: '2026-12-05', payee: '新华书店' },
    ...{ what: '图书', fileIds: [fileId], beneficiaries: [{ group: '村小学生', count: 30 }] },
    ...more,
  };
}

async function recorded(amountFen: number, more: Partial<RecordSpendInput> = {}): Promise<Spend> {
  const spend = await recordSpend(fund.maker, spendInput(amountFen, more));
  if (isRefusal(spend)) throw new Error(spend.message);
  return spend;
}

const decision = (spend: Spend, approve = true, reason: string | null = null) => {
  return { spendId: spend._id, contentHash: spendHash(spend), approve, reason };
};

async function passed(spend: Spend, ctx = fund.checker): Promise<Spend> {
  const decided = await decideSpend(ctx, decision(spend));
  if (isRefusal(decided)) throw new Error(decided.message);
  return decided;
}

/** What the books, the remittances and the projects say must be one and the same. */
async function expectWhole(spentFen: number): Promise<void> {
  const { base } = fund.heart;
  const balances = await readLedgerBalances(base, 'all');
  const now = await readRemittances(base, {});
  const sum = (pick: (one: Remittance) => number): number => now.reduce((total, one) => total + pick(one), 0);
  expect(sum((one) => one.spentFen)).toBe(spentFen);
  expect(0 - (balances.get('fund') ?? 0)).toBe(sum((one) => one.receivedFen) - spentFen);
  expect(0 - (balances.get('payable') ?? 0)).toBe(spentFen);
  const projects = await base.db.collection('projects').find().toArray();
  expect(projects.reduce((total, one) => total + Number(one['spentFen']), 0)).toBe(spentFen);
  expect([...balances.values()].reduce((total, one) => total + one, 0)).toBe(0);
}

describe('a project', () => {
  it('is proposed by the maker, once for each key', async () => {
    const terms = { name: '助学', purpose: '助学', countyCode: '500229', budgetFen: 100 };
    const input = { idempotencyKey: key(), ...terms };
    const [one, two] = await Promise.all([proposeProject(fund.maker, input), proposeProject(fund.maker, input)]);
    expect(isRefusal(one) || one._id).toBe(isRefusal(two) ? '' : two._id);
    expect(await proposeProject(fund.maker, { ...input, budgetFen: 101 })).toMatchObject({ code: 'KEY_REUSED' });
    expect(await proposeProject(fund.checker, input)).toMatchObject({ code: 'NOT_ALLOWED' });
    const nowhere = { ...input, idempotencyKey: key(), countyCode: '999999' };
    expect(await proposeProject(fund.maker, nowhere)).toMatchObject({ code: 'PROJECT_INVALID', path: 'countyCode' });
    expect(await proposeProject(fund.auditor, input)).toMatchObject({ code: 'NOT_ALLOWED' });
  });

  it('is approved by another person who has seen it as it is', async () => {
    const one = await proposed(100);
    const wanted = { projectId: one._id, contentHash: projectHash(one), approve: true, reason: null };
    expect(await decideProject(fund.maker, wanted)).toMatchObject({ code: 'NOT_ALLOWED' });
    expect(await decideProject(fund.checker, { ...wanted, contentHash: 'x' })).toMatchObject({
      code: 'CHANGED_MEANWHILE',
    });
    expect(await decideProject(fund.checker, { ...wanted, approve: false })).toMatchObject({ code: 'REASON_INVALID' });
    const own = await proposeProject(both, {
      idempotencyKey: key(),
      name: '甲',
      purpose: '乙',
      countyCode: '500229',
      budgetFen: 1,
    });
    if (isRefusal(own)) throw new Error(own.message);
    const ownWanted = { projectId: own._id, contentHash: projectHash(own), approve: true, reason: null };
    expect(await decideProject(both, ownWanted)).toMatchObject({ code: 'SAME_PERSON' });
    expect(await decideProject(fund.checker, wanted)).toMatchObject({ state: 'APPROVED' });
    expect(await decideProject(fund.checker, wanted)).toMatchObject({ state: 'APPROVED' });
    expect(await decideProject(other, { ...wanted, approve: false, reason: '不符' })).toMatchObject({
      code: 'CHANGED_MEANWHILE',
    });
  });
});

describe('a spend', () => {
  it('is recorded on an approved project, with evidence, within its budget', async () => {
    expect(await recordSpend(fund.checker, spendInput(1))).toMatchObject({ code: 'NOT_ALLOWED' });
    expect(await recordSpend(fund.maker, spendInput(1, { fileIds: ['x'] }))).toMatchObject({ code: 'FILE_UNKNOWN' });
    expect(await recordSpend(fund.maker, spendInput(2_001))).toMatchObject({ code: 'BUDGET_SHORT' });
    const waiting = await proposed(100);
    const early = await recordSpend(fund.maker, spendInput(1, { projectId: waiting._id }));
    expect(early).toMatchObject({ code: 'NOT_APPROVED' });
    await expectWhole(0);
  });

  it('is withdrawn by whoever recorded it before another decided, and never after', async () => {
    const spend = await recorded(100);
    const input = { spendId: spend._id, contentHash: spendHash(spend) };
    expect(await withdrawSpend(both, input)).toMatchObject({ code: 'NOT_OWN' });
    expect(await withdrawSpend(other, input)).toMatchObject({ code: 'NOT_ALLOWED' });
    expect(await withdrawSpend(fund.maker, { ...input, contentHash: 'another' })).toMatchObject({
      code: 'CHANGED_MEANWHILE',
    });
    expect(await withdrawSpend(fund.maker, input)).toMatchObject({ state: 'WITHDRAWN', sources: [], ledgerId: null });
    expect(await withdrawSpend(fund.maker, input)).toMatchObject({ state: 'WITHDRAWN' });
    expect(await decideSpend(other, { ...input, approve: true, reason: null })).toMatchObject({
      code: 'CHANGED_MEANWHILE',
    });
    expect((await readFundUse(fund.heart.base)).waitingCount).toBe(0);
  });

  it('uses the yuan that came first, and posts it to the books by another person', async () => {
    const spend = await recorded(700);
    const wanted = decision(spend);
    expect(await decideSpend(fund.maker, wanted)).toMatchObject({ code: 'NOT_ALLOWED' });
    expect(await decideSpend(fund.checker, { ...wanted, contentHash: 'x' })).toMatchObject({
      code: 'CHANGED_MEANWHILE',
    });
    const own = await recordSpend(both, spendInput(5));
    if (isRefusal(own)) throw new Error(own.message);
    expect(await decideSpend(both, decision(own))).toMatchObject({ code: 'SAME_PERSON' });
    expect(await decideSpend(fund.checker, decision(own, false, '重复'))).toMatchObject({ state: 'REJECTED' });
    const [first, second] = remittances;
    const done = await passed(spend);
    expect(done.sources).toEqual([
      { remittanceId: first?._id, amountFen: 600 },
      { remittanceId: second?._id, amountFen: 100 },
    ]);
    expect((await passed(spend))._id).toBe(spend._id);
    await expectWhole(700);
    const [posted] = await readLedgerPage(fund.heart.base, { account: 'payable', first: 1, beforeSeq: null });
    expect(posted).toMatchObject({
      _id: done.ledgerId,
      kind: 'spend',
      refs: { spendId: spend._id },
      by: 'fund-checker',
    });
    expect(await readProject(fund.heart.base, project._id)).toMatchObject({ spentFen: 700, beneficiaryCount: 30 });
  });

  it('is refused in words where the fund has less, and the fund never goes below zero', async () => {
    const refused = await decideSpend(fund.checker, decision(await recorded(301)));
    expect(refused).toMatchObject({ code: 'FUND_SHORT', details: { availableFen: 300, amountFen: 301 } });
    expect(isRefusal(refused) && refused.message).toContain('还差 ¥0.01');
    const two = [await recorded(200), await recorded(200)];
    const outcomes = await Promise.all([
      decideSpend(fund.checker, decision(two[0]!)),
      decideSpend(other, decision(two[1]!)),
    ]);
    expect(outcomes.map((one) => (isRefusal(one) ? one.code : one.state)).sort()).toEqual(['APPROVED', 'FUND_SHORT']);
    await expectWhole(900);
    expect(await readFundUse(fund.heart.base)).toMatchObject({ availableFen: 100, payableFen: 900, waitingCount: 2 });
  });

  it('never exceeds the budget, also when two are approved at once', async () => {
    const small = await approved(await proposed(60));
    const two = [await recorded(40, { projectId: small._id }), await recorded(40, { projectId: small._id })];
    const outcomes = await Promise.all(
      two.map((one, index) => decideSpend(index ? other : fund.checker, decision(one))),
    );
    expect(outcomes.map((one) => (isRefusal(one) ? one.code : one.state)).sort()).toEqual(['APPROVED', 'BUDGET_SHORT']);
    await expectWhole(940);
  });
});

describe('a wrong spend', () => {
  it('is taken back by another that names it, to the fen, and its yuan can be used again', async () => {
    const { base } = fund.heart;
    const wrong = await passed(await recorded(60));
    await expectWhole(1_000);
    const input = { idempotencyKey: key(), spendId: wrong._id, reason: '金额录错' };
    expect(await reverseSpend(fund.checker, input)).toMatchObject({ code: 'NOT_ALLOWED' });
    const reversal = await reverseSpend(fund.maker, input);
    if (isRefusal(reversal)) throw new Error(reversal.message);
    expect(reversal).toMatchObject({ amountFen: -60, correctsId: wrong._id, state: 'WAITING' });
    expect(await reverseSpend(fund.maker, input)).toMatchObject({ _id: reversal._id });
    expect(await reverseSpend(fund.maker, { ...input, idempotencyKey: key() })).toMatchObject({
      code: 'REVERSAL_WAITS',
    });
    expect(await decideSpend(fund.checker, decision(reversal, false, '再核实'))).toMatchObject({ state: 'REJECTED' });
    const again = await reverseSpend(fund.maker, { ...input, idempotencyKey: key() });
    if (isRefusal(again)) throw new Error(again.message);
    const done = await passed(again, other);
    expect(done.sources.map((one) => one.amountFen)).toEqual(wrong.sources.map((one) => -one.amountFen));
    expect(await readSpend(base, wrong._id)).toMatchObject({ state: 'REVERSED', amountFen: 60, what: wrong.what });
    const [posted] = await readLedgerPage(base, { account: 'fund', first: 1, beforeSeq: null });
    expect(posted).toMatchObject({ kind: 'correction', correctsId: wrong.ledgerId });
    await expectWhole(940);
    const more = { ...input, idempotencyKey: key() };
    expect(await reverseSpend(fund.maker, more)).toMatchObject({ code: 'NOT_APPROVED' });
  });

  it('finds yuan behind all remittances that are spent already, however many', async () => {
    const stored = remittanceStore.collection(fund.heart.base);
    const old = { ...remittances[0]!, state: 'DISCLOSED', receivedFen: 1, spentFen: 1 } as const;
    await stored.insertMany(Array.from({ length: 10_000 }, (_, index) => ({ ...old, _id: `AX200101-${index}` })));
    await passed(await recorded(60));
    await stored.deleteMany({ _id: /^AX200101-/ });
    await expectWhole(1_000);
  });

  it('whose money has left the bank is not taken back before that is', async () => {
    const { base } = fund.heart;
    const [spend] = await fundSpends.readOpenSpends(base);
    if (!spend) throw new Error('none');
    await inTransaction(base, (session) =>
      fundSpends.payOut(base, [{ spendId: spend.spendId, day: '2026-12-06', amountFen: spend.leftFen }], session),
    );
    expect((await fundSpends.readOpenSpends(base)).map((one) => one.spendId)).not.toContain(spend.spendId);
    const tooMuch = [{ spendId: spend.spendId, day: '2026-12-06', amountFen: 1 }];
    await expect(inTransaction(base, (session) => fundSpends.payOut(base, tooMuch, session))).rejects.toThrow(
      'more would',
    );
    const asked = { idempotencyKey: key(), spendId: spend.spendId, reason: '错' };
    expect(await reverseSpend(fund.maker, asked)).toMatchObject({ code: 'SPEND_PAID' });
    const back = [{ spendId: spend.spendId, day: '2026-12-06', amountFen: -spend.leftFen }];
    await inTransaction(base, (session) => fundSpends.payOut(base, back, session));
    expect(await reverseSpend(fund.maker, asked)).toMatchObject({ state: 'WAITING' });
  });
});

describe('what became of a remittance', () => {
  it('is told by project, without what was taken back', async () => {
    const { base } = fund.heart;
    const ids = remittances.map((one) => one._id);
    const uses = await projectsOfRemittances(base, [...ids, 'AX-none']);
    expect([...uses.keys()].sort()).toEqual([...ids].sort());
    const now = new Map((await readRemittances(base, { ids })).map((one) => [one._id, one.spentFen]));
    for (const [id, list] of uses) expect(list.reduce((sum, one) => sum + one.amountFen, 0)).toBe(now.get(id));
    expect(uses.get(ids[0] ?? '')?.[0]).toMatchObject({ name: '村小图书角', countyCode: '500229' });
  });
});

describe('a project that is over', () => {
  it('is closed with a reason once nothing waits, and takes no more spends', async () => {
    const one = await approved(await proposed(50));
    const waiting = await recorded(10, { projectId: one._id });
    const asked = { projectId: one._id, reason: '已完成' };
    expect(await closeProject(fund.auditor, asked)).toMatchObject({ code: 'NOT_ALLOWED' });
    expect(await closeProject(fund.maker, asked)).toMatchObject({ code: 'SPENDS_WAIT' });
    await decideSpend(fund.checker, decision(waiting, false, '重复登记'));
    expect(await closeProject(fund.maker, { ...asked, reason: '' })).toMatchObject({ code: 'REASON_INVALID' });
    expect(await closeProject(fund.maker, asked)).toMatchObject({ state: 'CLOSED', reason: '已完成' });
    expect(await closeProject(fund.maker, asked)).toMatchObject({ state: 'CLOSED' });
    expect(await recordSpend(fund.maker, spendInput(1, { projectId: one._id }))).toMatchObject({
      code: 'NOT_APPROVED',
    });
  });
});

describe('the invariant of the use (I16)', () => {
  const faults = async (): Promise<string[]> => {
    const { base } = fund.heart;
    const snapshot = openSnapshot(base);
    const findings = await checkUse(snapshot, { balances: await readLedgerBalances(base, 'all') });
    await snapshot.end();
    return findings.all.map((one) => one.subject.split(' ')[0] ?? '');
  };
  it('holds after all of this', async () => expect(await faults()).toEqual([]));
  it.each([
    ['spend', 'a fen that is not named', 'spends', { state: 'APPROVED' }, { $inc: { 'sources.0.amountFen': 1 } }],
    [
      'spend',
      'one approved by who recorded it',
      'spends',
      { state: 'APPROVED' },
      { $set: { decidedBy: 'fund-maker' } },
    ],
    ['spend', 'one without its transaction', 'spends', { state: 'APPROVED' }, { $set: { ledgerId: 'x' } }],
    ['spend', 'money used without approval', 'spends', { state: 'WAITING' }, { $set: { ledgerId: 'x' } }],
    ['remittance', 'more spent than came', 'remittances', {}, { $inc: { spentFen: 1 } }],
    ['project', 'another sum than its spends', 'projects', { spentFen: { $gt: 0 } }, { $inc: { spentFen: -1 } }],
    [
      'ledger',
      'a spend paid out that was not',
      'spends',
      { state: 'APPROVED', amountFen: { $gt: 0 } },
      { $inc: { paidFen: 1 } },
    ],
  ])('%s: names %s', async (subject, _what, collection, filter, update) => {
    const target = fund.heart.base.db.collection<{ _id: never }>(collection);
    const before = await target.findOne(filter as never);
    if (!before) throw new Error('nothing to plant it in');
    await target.updateOne({ _id: before._id }, update);
    const named = await faults();
    await target.replaceOne({ _id: before._id }, before);
    expect(named).toContain(subject);
    expect(await faults()).toEqual([]);
  });
});
