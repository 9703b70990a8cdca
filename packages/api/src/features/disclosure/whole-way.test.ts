import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Fund, noonOf, startFund } from '../../../test/fund.js';
import { isRefusal, type Refusal } from '../../kernel/refusal.js';
import { merkleRoot } from '../../kernel/merkle.js';
import { inTransaction } from '../../kernel/transaction.js';
import { type BankLine, bankLineStore } from '../bank/index.js';
import { markReceipted, readRemittances, receiveRemittances, type Remittance } from '../batches/index.js';
import { saveFile } from '../files/index.js';
import { postLedger, readLedgerBalances } from '../ledger/index.js';
import {
  decideProject,
  decideSpend,
  type Project,
  projectHash,
  proposeProject,
  recordSpend,
  reverseSpend,
  type Spend,
  spendHash,
} from '../projects/index.js';
import { draftPack, type Pack, type PackContent, publishPack } from './index.js';

let fund: Fund;
let sha256: string;
let fileId: string;
let project: Project;
let keys = 0;
const key = (): string => `whole-way-${(keys += 1)}`;

function sure<T extends object>(value: T | Refusal): T {
  if (isRefusal(value)) throw new Error(`${value.code}: ${value.message}`);
  return value;
}

/** Ten sales of November, remitted and receipted in December, spent on a project. */
beforeAll(async () => {
  fund = await startFund('disclosure-way');
  const { heart } = fund;
  await fund.accrue([...(await fund.sell('a1', 6)), ...(await fund.sell('a2', 4))]);
  heart.nowMs = noonOf('2026-12-05');
  for (const remittance of (await fund.batch('2026-11')).remittances) await receive(remittance, '2026-12-08');
  const stream = (async function* () {
    yield await Promise.resolve(Buffer.from('%PDF-1.7 invoice'));
  })();
  ({ fileId, sha256 } = sure(
    await saveFile(heart.base, { name: '发票.pdf', purpose: 'evidence', uploadedBy: 'm', stream }),
  ));
  const terms = { name: '村小图书角', purpose: '为村小购置图书', countyCode: '500229', budgetFen: 2_000 };
  const proposed = sure(await proposeProject(fund.maker, { idempotencyKey: key(), ...terms }));
  const decision = { projectId: proposed._id, contentHash: projectHash(proposed), approve: true, reason: null };
  project = sure(await decideProject(fund.checker, decision));
});
afterAll(() => fund.stop());

async function receive(remittance: Remittance, day: string): Promise<void> {
  const { base } = fund.heart;
  const { _id: remittanceId, amountFen, agreementId } = remittance;
  const postings = [
    { account: 'unallocated/b', amountFen },
    { account: `owed/${agreementId}`, amountFen: -amountFen },
    { account: `pledged/${agreementId}`, amountFen },
    { account: 'fund', amountFen: -amountFen },
  ];
  await inTransaction(base, async (session) => {
    await receiveRemittances(base, [{ remittance, amountFen, day }], session);
    const posting = { sourceKey: `m:${remittanceId}`, day, postings, refs: { remittanceId }, by: 'm' };
    await postLedger(base, [{ ...posting, kind: 'match' }], session);
    await markReceipted(base, { remittanceId, receiptId: 'r', at: new Date(base.clock()) }, session);
  });
}

function bankLine(facts: Pick<BankLine, '_id' | 'day' | 'amountFen'>, allocations: BankLine['allocations']): BankLine {
  return {
    ...facts,
    ...{ accountId: 'b', importId: 'i', lineNo: 1, balanceFen: null, counterparty: '', counterpartyAccount: '' },
    ...{ memo: '', bankSerial: '', suggestion: null, reason: null, references: [], allocations, ignored: null },
    state: allocations.length > 0 ? 'MATCHED' : 'OPEN',
  };
}

/** As a person at the desk matches a line with a part of what was asked for. */
async function receivePart(remittance: Remittance, amountFen: number, day: string): Promise<void> {
  const { base } = fund.heart;
  const { _id: remittanceId, agreementId } = remittance;
  const allocation = { remittanceId, spendId: null, amountFen, by: 'm', at: new Date(base.clock()), ledgerId: 'l' };
  await bankLineStore.collection(base).insertOne(bankLine({ _id: `line-${day}`, day, amountFen }, [allocation]));
  const postings = [
    { account: `pledged/${agreementId}`, amountFen },
    { account: 'fund', amountFen: -amountFen },
  ];
  const posting = { sourceKey: `part:${day}`, kind: 'match', day, postings, refs: {}, by: 'm' } as const;
  await inTransaction(base, async (session) => {
    await receiveRemittances(base, [{ remittance, amountFen, day }], session);
    await postLedger(base, [posting], session);
  });
}

async function spend(amountFen: number, day: string): Promise<Spend> {
  const input = {
    ...{ idempotencyKey: key(), projectId: project._id, amountFen, day, payee: '新华书店', what: '图书三十册' },
    ...{ fileIds: [fileId], beneficiaries: [{ group: '村小学生', count: 30 }] },
  };
  const recorded = sure(await recordSpend(fund.maker, input));
  return await approve(recorded);
}

async function approve(recorded: Spend): Promise<Spend> {
  const decision = { spendId: recorded._id, contentHash: spendHash(recorded), approve: true, reason: null };
  return sure(await decideSpend(fund.checker, decision));
}

async function disclosed(from: string, until: string): Promise<{ pack: Pack; content: PackContent }> {
  const draft = sure(await draftPack(fund.maker, { idempotencyKey: key(), from, until }));
  expect(draft.faults).toEqual([]);
  const pack = sure(await publishPack(fund.checker, { idempotencyKey: key(), packId: draft._id, hash: draft.hash }));
  return { pack, content: JSON.parse(pack.json) as PackContent };
}

describe('from the sale to the disclosure', () => {
  let first: Spend;

  it('tells what came and what it became, with the root of every yuan', async () => {
    fund.heart.nowMs = noonOf('2026-12-20');
    first = await spend(400, '2026-12-10');
    fund.heart.nowMs = noonOf('2027-01-05');
    const { pack, content } = await disclosed('2026-12-01', '2026-12-31');
    expect(content.fund).toMatchObject({ openingFen: 0, receivedFen: 1_000, spentFen: 400, closingFen: 600 });
    expect(content.projects).toMatchObject([
      {
        ...{ name: '村小图书角', budgetFen: 2_000, spentFen: 400, spentTotalFen: 400, beneficiaryTotal: 30 },
        spends: [{ day: '2026-12-10', what: '图书三十册', evidence: [sha256] }],
      },
    ]);
    expect(pack.json).not.toContain('新华书店');
    expect(content.yuan).toEqual({
      count: 10,
      amountFen: 1_000,
      root: merkleRoot(content.batches.map((batch) => batch.root)),
    });
    expect(content.heads.journal?.block).toBeGreaterThan(0);
    const states = (await readRemittances(fund.heart.base, {})).map((one) => [one.state, one.packId]);
    expect(states).toEqual([
      ['DISCLOSED', pack._id],
      ['DISCLOSED', pack._id],
    ]);
  });

  it('tells later what was spent in the period and approved too late, and what was taken back', async () => {
    await spend(150, '2026-12-30');
    const reversal = sure(
      await reverseSpend(fund.maker, { idempotencyKey: key(), spendId: first._id, reason: '发票作废，重新登记' }),
    );
    await approve(reversal);
    fund.heart.nowMs = noonOf('2027-02-05');
    const { content } = await disclosed('2027-01-01', '2027-01-31');
    expect(content.fund).toEqual({
      ...{ openingFen: 600, receivedFen: 0, spentFen: -250, closingFen: 850 },
      ...{ lateReceivedFen: 0, lateSpentFen: -250 },
    });
    expect(content.projects[0]).toMatchObject({ spentTotalFen: 150, beneficiaryCount: 0, beneficiaryTotal: 30 });
    const fundFen = (await readLedgerBalances(fund.heart.base, ['fund'])).get('fund');
    expect(content.fund.closingFen).toBe(0 - (fundFen ?? 0));
  });

  it('ends no period below nothing, whatever days spends carry that were taken back and made again', async () => {
    fund.heart.nowMs = noonOf('2027-02-20');
    const availableFen = 0 - ((await readLedgerBalances(fund.heart.base, ['fund'])).get('fund') ?? 0);
    const again = await spend(availableFen, '2027-02-10');
    const reversal = await reverseSpend(fund.maker, { idempotencyKey: key(), spendId: again._id, reason: '重新登记' });
    await approve(sure(reversal));
    const last = await spend(availableFen, '2027-02-10');
    fund.heart.nowMs = noonOf('2027-02-21');
    const draft = sure(await draftPack(fund.maker, { idempotencyKey: key(), from: '2027-02-01', until: '2027-02-19' }));
    expect(draft.faults).toEqual([]);
    expect((JSON.parse(draft.json) as PackContent).fund.closingFen).toBe(0);
    const undone = await reverseSpend(fund.maker, { idempotencyKey: key(), spendId: last._id, reason: '只为这一处' });
    await approve(sure(undone));
  });

  it('tells a part on the day of its line, and the rest when that came', async () => {
    const { base } = fund.heart;
    await fund.accrue(await fund.sell('a1', 5));
    fund.heart.nowMs = noonOf('2027-03-03');
    const remittance = (await fund.batch('2027-02')).remittances.find((one) => one.agreementId === 'a1');
    if (!remittance) throw new Error('nothing to remit');
    await receivePart(remittance, 200, '2027-03-20');
    const [open] = await readRemittances(base, { ids: [remittance._id] });
    await receivePart(open!, 300, '2027-04-02');
    fund.heart.nowMs = noonOf('2027-04-10');
    const { content: march } = await disclosed('2027-02-01', '2027-03-31');
    expect(march.received).toMatchObject([{ remittanceId: remittance._id, day: '2027-03-20', amountFen: 200 }]);
    fund.heart.nowMs = noonOf('2027-05-10');
    const { content: april } = await disclosed('2027-04-01', '2027-04-30');
    expect(april.received).toMatchObject([{ remittanceId: remittance._id, day: '2027-04-02', amountFen: 300 }]);
    expect(april.fund).toMatchObject({ openingFen: 1_050, receivedFen: 300, closingFen: 1_350 });
  });

  it('counts every line of the bank that nobody has explained, however many, and none after the last day', async () => {
    const day = (index: number): string => `2027-05-${String(1 + (index % 31)).padStart(2, '0')}`;
    const lines = Array.from({ length: 230 }, (_, index) =>
      bankLine({ _id: `open-${index}`, day: day(index), amountFen: index < 200 ? 10 : -5 }, []),
    );
    const later = bankLine({ _id: 'later', day: '2027-06-01', amountFen: 1 }, []);
    await bankLineStore.collection(fund.heart.base).insertMany([...lines, later]);
    fund.heart.nowMs = noonOf('2027-06-10');
    const { content } = await disclosed('2027-05-01', '2027-05-31');
    expect(content.open.bankLines).toEqual([{ month: '2027-05', count: 230, creditFen: 2_000, debitFen: 150 }]);
  });
});
