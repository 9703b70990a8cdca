import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { verify } from '../../checks/index.js';
import { type Remittance, remittanceStore } from '../../src/features/batches/index.js';
import { rebuildBankTotals } from '../../src/features/bank/index.js';
import { postLedger, readLedgerBalances } from '../../src/features/ledger/index.js';
import { inTransaction } from '../../src/kernel/transaction.js';
import { signedCsv } from '../statement-fixture.js';
import { type Answer, startWorld, type World } from '../world.js';
import { until } from './steps.js';

let world: World;
let accountId: string;
beforeAll(async () => {
  world = await startWorld('bank-desk');
  await ask(['AX202610-01', '甲公司', 311_700], ['AX202610-02', '乙公司', 100_000], ['AX202610-03', '丙公司', 80_000]);
});
afterAll(() => world.stop());

/** What a batch's approval leaves behind: remittances that wait, and the books that say what is owed. */
async function ask(
  ...asked: readonly (readonly [id: string, sponsorName: string, amountFen: number])[]
): Promise<void> {
  const { base } = world.zone;
  const remittances = asked.map(([_id, sponsorName, amountFen]): Remittance => ({
    ...{ _id, batchId: 'B202610', agreementId: _id.slice(-2), agreementNumber: `协-${_id.slice(-2)}` },
    ...{ sponsorName, sponsorId: `sponsor-${_id}`, linesFen: amountFen, carriedInFen: 0, amountFen, carriedOutFen: 0 },
    ...{ receivedFen: 0, spentFen: 0, state: 'OPEN', approvedAt: new Date(), remittedDay: null, remittedAt: null },
    ...{ receiptedAt: null, receiptId: null, disclosedAt: null, packId: null },
  }));
  await inTransaction(base, async (session) => {
    await remittanceStore.collection(base).insertMany(remittances, { session });
    const postings = remittances.flatMap(({ agreementId, amountFen }) => [
      { account: `owed/${agreementId}`, amountFen },
      { account: `pledged/${agreementId}`, amountFen: -amountFen },
    ]);
    const entry = { sourceKey: 'batch:B202610', kind: 'batch', day: '2026-11-01', refs: {}, by: 'test' } as const;
    await postLedger(base, [{ ...entry, postings }], session);
  });
}

let keyCount = 0;
async function mutate(field: string, type: string, input: object, selection: string, who = 'fund-maker') {
  const query = `mutation ($input: ${type}!) { ${field}(input: $input) { __typename ${selection} ... on Refusal { code message } } }`;
  const idempotencyKey = `desk-journey-${(keyCount += 1)}`;
  const { data, errors } = await world.ask(who, query, { input: { idempotencyKey, ...input } });
  expect(errors).toBe(undefined);
  return data[field];
}
const LINES = '... on BankLinesDone { lines { id state reason } }';

async function bring(lines: Parameters<typeof signedCsv>[0]): Promise<void> {
  const authorization = `Bearer ${await world.portal.token('fund-maker')}`;
  const headers = { 'content-type': 'application/octet-stream', authorization };
  const url = `${world.url}/files?purpose=statement&name=a.csv`;
  const { id: fileId } = await (await fetch(url, { method: 'POST', headers, body: signedCsv(lines) })).json();
  const statement = '... on StatementDone { statement { importId } }';
  const preview = { accountId, fileId, profileId: 'signed' };
  const begun = await mutate('previewStatement', 'PreviewStatementInput', preview, statement);
  const { importId } = begun.statement;
  const reached = (state: string) => async (): Promise<boolean> => {
    const query = 'query ($id: ID!) { bankImport(importId: $id) { state refusal { message } } }';
    const { data } = await world.ask('auditor', query, { id: importId });
    if (data.bankImport.state === 'REFUSED') throw new Error(data.bankImport.refusal.message);
    return data.bankImport.state === state;
  };
  await until(reached('PREVIEWED'));
  await mutate('postStatement', 'StatementInput', { importId }, statement);
  await until(reached('POSTED'));
}

const DESK = `{ bankDesk {
  figures { suggestedFen suggestedCount openInFen openOutFen openCount unknownFen }
  chains { text isWhole }
  openRemittances { reference amountFen receivedFen }
  lines(first: 50) {
    totals { state count }
    edges { node { id day counterparty memo amountFen restFen state reason isAllocated
      suggestion { key title text parts { targetName amountFen } } allocations { targetName reversedAt } } } } } }`;
const desk = async (): Promise<Answer> => (await world.ask('auditor', DESK)).data.bankDesk;
const lineOf = async (memo: string): Promise<Answer> => {
  const { lines } = await desk();
  return lines.edges.find((edge: Answer) => edge.node.memo === memo).node;
};

/** Every fen of the bank lies in one named place, and what is unallocated is what the open lines say. */
async function placesHold(): Promise<Map<string, number>> {
  const accounts = await readLedgerBalances(world.zone.base, 'all');
  expect([...accounts.values()].reduce((sum, fen) => sum + fen, 0)).toBe(0);
  const { figures } = await desk();
  expect(figures.unknownFen).toBe(0);
  return accounts;
}

describe('a month at the matching desk', () => {
  it('begins with a statement of which each line says what it is', async () => {
    const account = { name: '基金专户', bankName: '两江银行', number: '622200001234', profileId: 'signed' };
    const done = '... on BankAccountDone { account { accountId } }';
    accountId = (await mutate('saveBankAccount', 'SaveBankAccountInput', account, done)).account.accountId;
    await bring([
      { day: '2026-11-03', amountFen: 311_700, counterparty: '甲公司', memo: 'AX202610-01' },
      { day: '2026-11-04', amountFen: 60_000, counterparty: '乙公司', memo: 'AX2026 10-02' },
      { day: '2026-11-05', amountFen: 40_000, counterparty: '乙公司', memo: 'ax202610—02' },
      { day: '2026-11-05', amountFen: 231, memo: '结息' },
      { day: '2026-11-06', amountFen: 5_000, counterparty: '王小明', memo: '一点心意' },
      { day: '2026-11-07', amountFen: -100, memo: '手续费' },
      { day: '2026-11-08', amountFen: 80_000, counterparty: '丙公司', memo: 'AX202610-03' },
      { day: '2026-11-09', amountFen: 80_000, counterparty: '丙公司', memo: 'AX202610-03 再付' },
    ]);
    const { lines, figures, chains } = await desk();
    expect(lines.edges.map(({ node }: Answer) => [node.state, node.reason])).toEqual([
      ['MATCHED', '汇款编号、金额一致'],
      ['SUGGESTED', '与 11-05 合计等于批次 AX202610-02'],
      ['SUGGESTED', '同上，两行合一：AX202610-02'],
      ['IGNORED', '规则：利息'],
      ['OPEN', '非配捐款：转公开募捐平台'],
      ['IGNORED', '规则：手续费'],
      ['OPEN', '同额难分：另有 11-09 ¥800.00，都可能是 AX202610-03，请人工指定'],
      ['OPEN', '同额难分：另有 11-08 ¥800.00，都可能是 AX202610-03，请人工指定'],
    ]);
    expect(lines.edges[4].node.counterparty).toBe('个人 · 王*');
    expect(lines.totals).toEqual([
      { state: 'SUGGESTED', count: 2 },
      { state: 'OPEN', count: 3 },
      { state: 'MATCHED', count: 1 },
      { state: 'IGNORED', count: 2 },
    ]);
    expect(figures).toMatchObject({ suggestedFen: 100_000, suggestedCount: 2, openInFen: 165_000, openCount: 3 });
    expect(chains).toMatchObject([{ isWhole: true }]);
    expect(chains[0].text).toMatch(/^余额链已核对：/);
    expect((await placesHold()).get(`unallocated/${accountId}`)).toBe(-265_000);
  });

  it('finds a line by any part of a name, by its reference however it is written, and by its amount', async () => {
    const query = `query ($text: String) { bankDesk { lines(text: $text) {
      totals { state count } edges { node { memo } } } } }`;
    const found = async (text: string): Promise<string[]> =>
      (await world.ask('auditor', query, { text })).data.bankDesk.lines.edges.map((edge: Answer) => edge.node.memo);
    expect(await found('小明')).toEqual(['一点心意']);
    expect(await found('明')).toEqual(['一点心意']);
    expect(await found('丙公')).toEqual(['AX202610-03', 'AX202610-03 再付']);
    expect(await found('ＡＸ２０２６１０－０２')).toEqual(['AX2026 10-02', 'ax202610—02']);
    expect(await found('甲公司')).toEqual(['AX202610-01']);
    expect(await found('3,117.00')).toEqual(['AX202610-01']);
    expect(await found('1.00')).toEqual(['手续费']);
    expect(await found('.*')).toEqual([]);
    const { lines } = (await world.ask('auditor', query, { text: '丙公' })).data.bankDesk;
    expect(lines.totals).toContainEqual({ state: 'OPEN', count: 2 });
  });

  it('goes on with the suggestion, the stranger’s gift and the twins, each by one decision', async () => {
    const { id: lineId, suggestion } = await lineOf('AX2026 10-02');
    expect(suggestion.text).toContain('合计正是批次 AX202610-02 的 ¥1,000.00；付款户名与协议相同');
    const accepting = { lineId, suggestionKey: suggestion.key };
    expect(
      await mutate('acceptBankSuggestion', 'AcceptBankSuggestionInput', accepting, LINES, 'auditor'),
    ).toMatchObject({
      code: 'NOT_ALLOWED',
    });
    const accepted = await mutate('acceptBankSuggestion', 'AcceptBankSuggestionInput', accepting, LINES);
    expect(accepted.lines).toMatchObject([{ state: 'MATCHED' }, { state: 'MATCHED' }]);
    await placesHold();

    const gift = { lineId: (await lineOf('一点心意')).id, category: 'FOREIGN', reason: '个人捐款，已转公开募捐平台' };
    await mutate('ignoreBankLine', 'IgnoreBankLineInput', gift, LINES);
    await placesHold();

    const twin = await lineOf('AX202610-03');
    const parts = [{ lineId: twin.id, reference: 'AX202610-03', amountFen: 80_000 }];
    await mutate('matchBankLines', 'MatchBankLinesInput', { parts }, LINES);
    expect(await lineOf('AX202610-03 再付')).toMatchObject({
      state: 'OPEN',
      reason: 'AX202610-03 已收齐，可能是重复付款',
    });
    const late = await mutate('matchBankLines', 'MatchBankLinesInput', { parts }, LINES);
    expect(late.code).toBe('CHANGED_MEANWHILE');
    await placesHold();
  });

  it('ends with every fen in its named place, and what is unallocated is open', async () => {
    const { figures, openRemittances } = await desk();
    expect(openRemittances).toEqual([]);
    expect(figures).toMatchObject({ suggestedCount: 0, openCount: 1, openInFen: 80_000, unknownFen: 0 });
    const accounts = await placesHold();
    const places = ['fund', 'interest', 'bank-fees', 'foreign', `unallocated/${accountId}`, `bank/${accountId}`];
    expect(places.map((name) => accounts.get(name))).toEqual([-491_700, -231, 100, -5_000, -80_000, 576_831]);
    expect(['01', '02', '03'].map((id) => accounts.get(`owed/${id}`))).toEqual([0, 0, 0]);
  });

  it('takes back what the import itself had matched, and gives all of it as a table', async () => {
    const { id: lineId } = await lineOf('AX202610-01');
    await mutate('unmatchBankLine', 'BankLineInput', { lineId }, LINES);
    expect(await lineOf('AX202610-01')).toMatchObject({
      state: 'SUGGESTED',
      reason: '汇款编号 AX202610-01 对，金额一致，等您确认',
      allocations: [{ targetName: 'AX202610-01' }],
    });
    await placesHold();
    const { lines } = await desk();
    expect(lines.edges).toHaveLength(8);
    expect(lines.totals.reduce((sum: number, one: Answer) => sum + Number(one.count), 0)).toBe(8);

    const get = async (who: string, file: string): Promise<Response> =>
      fetch(`${world.url}/bank/${file}`, { headers: { authorization: `Bearer ${await world.portal.token(who)}` } });
    const csv = await get('auditor', 'lines.csv?state=OPEN');
    expect(csv.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect((await csv.text()).trimEnd().split('\r\n').slice(1)).toEqual([
      '基金专户（尾号 1234）,2026-11-09,丙公司,尾号 1234,AX202610-03 再付,800.00,800.00,5768.31,待处理,AX202610-03 已收齐，可能是重复付款,',
    ]);
    const xlsx = await get('fund-checker', 'lines.xlsx');
    expect(
      Buffer.from(await xlsx.arrayBuffer())
        .subarray(0, 2)
        .toString(),
    ).toBe('PK');
    expect((await get('member', 'lines.csv')).status).toBe(403);
    expect((await get('auditor', 'nothing.csv')).status).toBe(404);
  });

  // The batch was put there by the test: what is checked are the ledger and the bank.
  async function violations() {
    const view = { base: world.zone.base, projections: [], keptHeads: null, acknowledgedOrderIds: [] };
    return (await verify(view)).violations.filter(({ invariant }) => invariant === 'I11' || invariant === 'I15');
  }

  it('leaves books and lines that the invariants find in order', async () => {
    expect(await violations()).toEqual([]);
  });

  it('counts the sums of its days again out of the lines', async () => {
    const totals = world.zone.base.db.collection('bankDayTotals');
    const before = await totals.find().sort({ _id: 1 }).toArray();
    await totals.updateOne({ _id: before[0]!._id }, { $inc: { 'MATCHED.inFen': 1 } });
    await totals.deleteOne({ _id: before[1]!._id });
    expect(await rebuildBankTotals(world.zone.base)).toBe(2);
    expect(await totals.find().sort({ _id: 1 }).toArray()).toEqual(before);
    expect(await rebuildBankTotals(world.zone.base)).toBe(0);
  });

  it.each([
    ['bankChunks', { $set: { lines: 'no lines' } }, 'has lines that cannot be read'],
    ['bankLines', { $set: { allocations: 'none' } }, 'is not of the form in which it is written: allocations'],
    [
      'bankDayTotals',
      { $inc: { 'OPEN.count': 1 } },
      'is not what its lines add up to; npm run rebuild counts it again',
    ],
  ])('whose change in %s is named', async (collection, update, message) => {
    const target = world.zone.base.db.collection(collection);
    const before = await target.findOne({});
    await target.updateOne({ _id: before!._id }, update);
    const found = await violations().finally(() => target.replaceOne({ _id: before!._id }, before!));
    expect(found.map((one) => one.message)).toContain(message);
  });
});
