import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { bookBatch } from '../../src/features/disclosure/testing/fund-books.js';
import { shanghaiDay } from '../../src/kernel/shanghai.js';
import { type Answer, startWorld, type World } from '../world.js';
import { OWN_SPONSOR } from '../world-seed.js';
import { globalId } from './steps.js';

const REFERENCE = 'AX202601-01';
const REMITTANCE = globalId('Remittance', REFERENCE);
let world: World;
let today: string;

/** Six yuan of the demo's sponsor came: as batches and bank leave them. */
beforeAll(async () => {
  world = await startWorld('use-of-money');
  const { base } = world.zone;
  today = shanghaiDay(base.clock());
  const came = { remittanceId: REFERENCE, agreementId: 'agreement-1', amountFen: 600, receivedFen: 600 };
  await bookBatch(base, {
    month: '2026-01',
    approvedAt: `${today}T00:10:00+08:00`,
    remittances: [{ ...came, remittedDay: today, receiptedAt: null }],
  });
  const named = { sponsorId: OWN_SPONSOR, sponsorName: '渝州配捐企业', agreementNumber: 'JX-2026-01' };
  await base.db.collection('remittances').updateOne({ _id: REFERENCE as never }, { $set: named });
});
afterAll(() => world.stop());

async function upload(who: string, purpose: string, name: string): Promise<string> {
  const response = await fetch(`${world.url}/files?purpose=${purpose}&name=${encodeURIComponent(name)}`, {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream', authorization: `Bearer ${await world.portal.token(who)}` },
    body: `%PDF-1.7 ${name}`,
  });
  return ((await response.json()) as { id: string }).id;
}

async function statusOf(who: string | null, url: string): Promise<number> {
  const headers: Record<string, string> =
    who === null ? {} : { authorization: `Bearer ${await world.portal.token(who)}` };
  return (await fetch(`${world.url}/files/${url}`, { headers })).status;
}

async function send(who: string | null, field: string, input: object, shown: string): Promise<Answer> {
  const type = `${field.slice(0, 1).toUpperCase()}${field.slice(1)}Input`;
  const query = `mutation ($input: ${type}!) { ${field}(input: $input) {
    __typename ... on Refusal { code message path } ${shown} } }`;
  return (await world.ask(who, query, { input })).data[field];
}

const RECEIPT =
  '... on ReceiptDone { receipt { id number state file { id } remittance { state } corrects { number } } }';
const PROJECT = '... on ProjectDone { project { id state contentHash spentFen budgetFen } }';
const SPEND = `... on SpendDone { spend { id state amountFen contentHash recordedByMe
  evidence { id name } sources { reference amountFen } corrects { id } project { spentFen } } }`;

describe('a receipt, over HTTP', () => {
  let fileId: string;
  const content = () => ({
    ...{ remittanceId: REMITTANCE, number: '0012345678', checkCode: 'a1b2c3', issuedDay: today },
    ...{ amountFen: 600, fileId },
  });

  it('is recorded by the maker alone; the sponsor reads it and its picture, others do not', async () => {
    fileId = await upload('fund-maker', 'receipt', '票据.pdf');
    for (const who of [null, 'member', 'fund-checker', 'auditor', 'sponsor', 'operator']) {
      const refused = await send(who, 'recordReceipt', { idempotencyKey: 'receipt-0001', ...content() }, RECEIPT);
      expect([who, refused.code]).toEqual([who, who === null ? 'SIGNED_OUT' : 'NOT_ALLOWED']);
    }
    const done = await send('fund-maker', 'recordReceipt', { idempotencyKey: 'receipt-0001', ...content() }, RECEIPT);
    expect(done.receipt).toMatchObject({ state: 'VALID', remittance: { state: 'RECEIPTED' }, file: { id: fileId } });
    const again = await send('fund-maker', 'recordReceipt', { idempotencyKey: 'receipt-0001', ...content() }, RECEIPT);
    expect(again.receipt.id).toBe(done.receipt.id);
    const statuses = ['sponsor', 'auditor', 'fund-checker', 'member', 'operator', null];
    expect(await Promise.all(statuses.map((who) => statusOf(who, fileId)))).toEqual([200, 200, 200, 404, 404, 401]);

    const list = '{ receipts { edges { node { number sponsorName file { name } } } } }';
    for (const who of ['sponsor', 'auditor', 'fund-maker']) {
      expect((await world.ask(who, list)).data.receipts.edges).toHaveLength(1);
    }
    for (const who of ['member', 'operator', 'supplier', null]) {
      expect((await world.ask(who, list)).data).toEqual({ receipts: null });
    }
  });

  it('is corrected by another that names it', async () => {
    const list = await world.ask('fund-maker', '{ receipts { edges { node { id } } } }');
    const corrects = { receiptId: list.data.receipts.edges[0].node.id, reason: '号码录错' };
    const input = { idempotencyKey: 'receipt-0002', ...content(), number: '0012345679', corrects };
    const done = await send('fund-maker', 'recordReceipt', input, RECEIPT);
    expect(done.receipt).toMatchObject({ corrects: { number: '0012345678' }, remittance: { state: 'RECEIPTED' } });
    const { data } = await world.ask('sponsor', '{ receipts { edges { node { number state voidReason } } } }');
    expect(data.receipts.edges.map((one: Answer) => [one.node.number, one.node.state])).toEqual([
      ['0012345679', 'VALID'],
      ['0012345678', 'VOIDED'],
    ]);
  });
});

describe('the money, from the project to the books, over HTTP', () => {
  let project: Answer;
  let spend: Answer;

  it('a project is proposed by one and approved by another', async () => {
    const terms = { name: '村小图书角', purpose: '为村小购置图书', countyCode: '500229', budgetFen: 500 };
    for (const who of ['member', 'fund-checker', 'auditor', 'sponsor', null]) {
      const refused = await send(who, 'proposeProject', { idempotencyKey: 'project-0001', ...terms }, PROJECT);
      expect(['NOT_ALLOWED', 'SIGNED_OUT']).toContain(refused.code);
    }
    const input = { idempotencyKey: 'project-0001', ...terms };
    ({ project } = await send('fund-maker', 'proposeProject', input, PROJECT));
    const phone = { ...input, idempotencyKey: 'project-0002', purpose: '联系人 138 1234 1234' };
    expect(await send('fund-maker', 'proposeProject', phone, PROJECT)).toMatchObject({ code: 'PERSONAL_DATA' });
    const decision = { projectId: project.id, contentHash: project.contentHash, approve: true };
    expect(await send('fund-maker', 'decideProject', decision, PROJECT)).toMatchObject({ code: 'NOT_ALLOWED' });
    const done = await send('fund-checker', 'decideProject', decision, PROJECT);
    expect(done.project).toMatchObject({ state: 'APPROVED', spentFen: 0, budgetFen: 500 });
  });

  it('a spend is recorded with its papers and approved by another; who is not of the fund reads neither', async () => {
    const paper = await upload('fund-maker', 'evidence', '发票.pdf');
    const input = {
      ...{ idempotencyKey: 'spend-00001', projectId: project.id, amountFen: 400, day: today, payee: '新华书店' },
      ...{ what: '图书', fileIds: [paper], beneficiaries: [{ group: '村小学生', count: 30 }] },
    };
    ({ spend } = await send('fund-maker', 'recordSpend', input, SPEND));
    expect(spend).toMatchObject({
      state: 'WAITING',
      recordedByMe: true,
      evidence: [{ name: '发票.pdf' }],
      sources: [],
    });
    const decision = { spendId: spend.id, contentHash: spend.contentHash, approve: true };
    const done = await send('fund-checker', 'decideSpend', decision, SPEND);
    expect(done.spend).toMatchObject({
      ...{ state: 'APPROVED', sources: [{ reference: REFERENCE, amountFen: 400 }], project: { spentFen: 400 } },
    });
    const people = ['auditor', 'sponsor', 'member', null];
    expect(await Promise.all(people.map((who) => statusOf(who, paper)))).toEqual([200, 404, 404, 401]);
    for (const who of ['member', 'sponsor', 'operator', null]) {
      const { data } = await world.ask(
        who,
        '{ projects { edges { node { id } } } spends { edges { node { id } } } fundUse { availableFen } }',
      );
      expect(data).toEqual({ projects: null, spends: null, fundUse: null });
    }
    const { data } = await world.ask('auditor', '{ fundUse { availableFen payableFen waitingCount } }');
    expect(data.fundUse).toEqual({ availableFen: 200, payableFen: 400, waitingCount: 0 });
  });

  it('beyond the budget or the fund it is refused in words', async () => {
    const { data } = await world.ask('fund-maker', '{ spends { edges { node { evidence { id } } } } }');
    const fileIds = [data.spends.edges[0].node.evidence[0].id];
    const input = (key: string, amountFen: number, projectId: string) => ({
      ...{ idempotencyKey: key, projectId, amountFen, day: today, payee: '书店', what: '图书', fileIds },
      beneficiaries: [],
    });
    const over = await send('fund-maker', 'recordSpend', input('spend-00002', 101, project.id), SPEND);
    expect(over).toMatchObject({ code: 'BUDGET_SHORT', path: 'amountFen' });
    const terms = { name: '饮水', purpose: '饮水管道', countyCode: '500229', budgetFen: 9_000 };
    const other = await send('fund-maker', 'proposeProject', { idempotencyKey: 'project-0003', ...terms }, PROJECT);
    const { id: projectId, contentHash } = other.project;
    await send('fund-checker', 'decideProject', { projectId, contentHash, approve: true }, PROJECT);
    const made = await send('fund-maker', 'recordSpend', input('spend-00003', 201, projectId), SPEND);
    const decision = { spendId: made.spend.id, contentHash: made.spend.contentHash, approve: true };
    const refused = await send('fund-checker', 'decideSpend', decision, SPEND);
    expect(refused).toMatchObject({ code: 'FUND_SHORT' });
    expect(refused.message).toContain('还差 ¥0.01');
  });

  it('the sponsor reads which project its yuan went to, and no longer once the spend is taken back', async () => {
    const uses = `{ remittances { reference uses { name countyCode amountFen } receipt { number } } }`;
    const before = await world.ask('sponsor', uses);
    expect(before.data.remittances).toEqual([
      {
        ...{ reference: REFERENCE, receipt: { number: '0012345679' } },
        uses: [{ name: '村小图书角', countyCode: '500229', amountFen: 400 }],
      },
    ]);
    expect((await world.ask('member', uses)).data.remittances).toEqual([]);
    const asked = { idempotencyKey: 'reverse-001', spendId: spend.id, reason: '金额录错' };
    const back = await send('fund-maker', 'reverseSpend', asked, SPEND);
    expect(back.spend).toMatchObject({ amountFen: -400, state: 'WAITING', corrects: { id: spend.id } });
    const decision = { spendId: back.spend.id, contentHash: back.spend.contentHash, approve: true };
    expect((await send('fund-checker', 'decideSpend', decision, SPEND)).spend.project).toEqual({ spentFen: 0 });
    expect((await world.ask('sponsor', uses)).data.remittances[0].uses).toEqual([]);
    const { data } = await world.ask('auditor', '{ fundUse { availableFen payableFen } }');
    expect(data.fundUse).toEqual({ availableFen: 600, payableFen: 0 });
  });
});
