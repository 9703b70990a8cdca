import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { billJobs, billsOptions, bookedPaymentStore } from '../../src/features/bills/index.js';
import { systemContext } from '../../src/kernel/context.js';
import { shanghaiDay } from '../../src/kernel/shanghai.js';
import { alipayTexts, alipayZip } from '../bill-fixtures.js';
import { type Answer, startWorld, type World } from '../world.js';
import { globalId, newAddress, payByScan, place } from './steps.js';

const DAY_MS = 86_400_000;

let world: World;
let day: string;
/** Payment numbers in the order of the purchases. */
let payments: string[];

beforeAll(async () => {
  world = await startWorld('bills-journey');
  const addressId = await newAddress(world, 'member');
  for (let n = 1; n <= 4; n += 1) {
    const lines = [{ productId: globalId('Product', 'honey'), quantity: n }];
    const { order } = await place(world, 'member', { idempotencyKey: `bills-journey-${n}`, addressId, lines });
    await payByScan(world, 'member', order.id);
  }
  await world.caughtUp();
  const booked = await bookedPaymentStore.collection(world.zone.base).find({}).sort({ amountFen: 1 }).toArray();
  payments = booked.map((one) => one._id);
  day = booked[0]!.day;
  world.aheadMs = DAY_MS;
});
afterAll(() => world.stop());

async function upload(who: string, name: string, bytes: Buffer): Promise<string> {
  const address = `${world.url}/files?purpose=bill&name=${encodeURIComponent(name)}`;
  const authorization = `Bearer ${await world.portal.token(who)}`;
  const headers = { authorization, 'content-type': 'application/octet-stream' };
  const answer = await fetch(address, { method: 'POST', headers, body: new Uint8Array(bytes) });
  return ((await answer.json()) as { id: string }).id;
}

async function forget(): Promise<void> {
  for (const name of ['billRows', 'billDays', 'billImports', 'billDifferences']) {
    await world.zone.base.db.collection(name).deleteMany({});
  }
}

const DAY_FIELDS =
  'day providerText covers tradeCount tradeFen refundFen theirFen ourCount ourFen feeFen ourFeeFen openCount explainedCount ' +
  'resolvedCount listedFen unexplainedFen imports { rowCount addedCount file { name } } ' +
  'rows { edges { node { kindText amountFen feeFen stateText orderNumber paymentId } } pageInfo { hasNextPage } }';

async function fetchBill(who: string, wanted: string): Promise<Answer> {
  const { data } = await world.ask(
    who,
    `mutation ($input: FetchBillInput!) { fetchBill(input: $input) {
      __typename ... on FetchBillDone { addedCount day { ${DAY_FIELDS} } } ... on Refusal { code message } } }`,
    { input: { day: wanted } },
  );
  return data.fetchBill;
}

async function differences(who: string, more = ''): Promise<Answer> {
  const { data } = await world.ask(
    who,
    `{ fundDifferences(first: 50 ${more}) { totalCount edges { node { __typename id source day kind text ourFen theirFen
      state stateText reason ... on BillDifference { part orderNumber paymentId explanations { reason } } } } } }`,
  );
  return data.fundDifferences;
}

describe('a day’s bills, from the provider to the explained difference', () => {
  it('agree to the fen when nothing went wrong, and again adds nothing', async () => {
    const fetched = await fetchBill('fund-maker', day);
    expect(fetched).toMatchObject({ __typename: 'FetchBillDone', addedCount: 12 });
    expect(fetched.day).toMatchObject({
      ...{ day, providerText: '微信支付', covers: ['TRADE', 'REFUND', 'FLOW'], tradeCount: 4, ourCount: 4 },
      ...{ openCount: 0, listedFen: 0, unexplainedFen: 0, feeFen: fetched.day.ourFeeFen, theirFen: fetched.day.ourFen },
    });
    expect(fetched.day.imports.map((one: Answer) => one.file.name).sort()).toEqual([
      `微信支付交易账单 ${day}.csv`,
      `微信支付资金账单 ${day}.csv`,
    ]);
    const trades = fetched.day.rows.edges
      .map((one: Answer) => one.node)
      .filter((one: Answer) => one.kindText === '付款');
    expect(trades.map((one: Answer) => one.stateText)).toEqual(Array.from({ length: 4 }, () => '一致'));
    expect(trades[0].orderNumber).toMatch(/^\d{8} \d{4} \d{4}$/);
    expect(await fetchBill('fund-maker', day)).toMatchObject({ addedCount: 0 });
    expect(await differences('auditor')).toMatchObject({ totalCount: 0, edges: [] });
  });

  it('that the provider gets wrong are listed, explained by the maker, and read by the auditor', async () => {
    await forget();
    const [missing, wrong, dear, twice] = payments;
    world.provider.faults({ bill: 'missing' }, missing);
    world.provider.faults({ bill: 'amount' }, wrong);
    world.provider.faults({ bill: 'fee' }, dear);
    world.provider.faults({ bill: 'extra' }, twice);
    const fetched = await fetchBill('fund-maker', day);
    world.provider.clearFaults();
    expect(fetched.day).toMatchObject({ unexplainedFen: 0, openCount: 8 });
    const { edges } = await differences('auditor');
    const found: Answer[] = edges.map((one: Answer) => one.node);
    const money = found.filter((one) => one.part === 'MONEY');
    expect(money.map((one) => [one.kind, one.paymentId]).sort()).toEqual([
      ['AMOUNT', wrong],
      ['MISSING_HERE', twice],
      ['MISSING_THERE', missing],
    ]);
    expect(money.reduce<number>((sum, one) => sum + Number(one.ourFen) - Number(one.theirFen), 0)).toBe(
      fetched.day.listedFen,
    );
    expect(found.filter((one) => one.part === 'FEE').map((one) => one.paymentId)).toEqual([dear]);
    // The fund bill was true: it contradicts each wrong line of the trade bill.
    expect(found.filter((one) => one.part === 'FLOW')).toHaveLength(4);
    const gone = money.find((one) => one.kind === 'MISSING_THERE')!;
    expect(gone).toMatchObject({ source: 'BILL', text: '专区的账上有这笔付款，账单里没有', stateText: '待处理' });
    expect(gone.orderNumber).toMatch(/^\d{8} /);

    const explain = async (who: string, reason: string): Promise<Answer> => {
      const { data } = await world.ask(
        who,
        `mutation ($input: ExplainDifferenceInput!) { explainDifference(input: $input) { __typename
          ... on ExplainDifferenceDone { difference { id state reason explanations { reason } } } ... on Refusal { code } } }`,
        { input: { idempotencyKey: 'journey-explain-1', differenceId: gone.id, reason } },
      );
      return data.explainDifference;
    };
    expect(await explain('auditor', '看看')).toMatchObject({ code: 'NOT_ALLOWED' });
    expect(await explain('fund-maker', '支付机构补发了账单')).toMatchObject({
      difference: { state: 'EXPLAINED', reason: '支付机构补发了账单', explanations: [{}] },
    });
    expect(await explain('fund-maker', '别的理由')).toMatchObject({ code: 'KEY_REUSED' });
    expect(await differences('fund-checker', ', state: EXPLAINED, source: BILL')).toMatchObject({ totalCount: 1 });
    expect(await differences('fund-checker', ', source: BANK')).toMatchObject({ totalCount: 0 });
  });

  it('by file: an Alipay zip is taken, a cut bill is refused with the line, and nobody else may', async () => {
    const thing = { kind: 'TRADE' as const, at: `${day} 09:00:00`, transactionId: 'ali1', paymentId: 'elsewhere1' };
    const zip = await alipayZip(alipayTexts(day, [{ ...thing, amountFen: 500, feeFen: 3 }]));
    const take = async (who: string, fileId: string): Promise<Answer> => {
      const { data } = await world.ask(
        who,
        `mutation ($input: ImportBillInput!) { importBill(input: $input) { __typename
          ... on ImportBillDone { isRepeated import { rowCount addedCount } days { providerText unexplainedFen openCount } }
          ... on Refusal { code message } } }`,
        { input: { fileId } },
      );
      return data.importBill;
    };
    const fileId = await upload('fund-maker', '支付宝 账单.zip', zip);
    expect(await take('fund-maker', fileId)).toMatchObject({
      ...{ isRepeated: false, import: { rowCount: 1, addedCount: 1 } },
      days: [{ providerText: '支付宝', unexplainedFen: 0, openCount: 1 }],
    });
    expect(await take('fund-maker', fileId)).toMatchObject({ isRepeated: true });
    const cut = await upload('fund-maker', '截断.csv', Buffer.from('交易时间,公众账号ID\n'));
    expect(await take('fund-maker', cut)).toMatchObject({ code: 'BILL_UNKNOWN' });
    for (const who of ['auditor', 'fund-checker', 'member']) {
      expect(await take(who, fileId)).toMatchObject({ code: 'NOT_ALLOWED' });
    }
    expect((await world.ask('member', '{ billDays { edges { node { day } } } }')).errors).toHaveLength(1);
    expect(await fetchBill('fund-maker', shanghaiDay(world.zone.base.clock()))).toMatchObject({
      code: 'BILL_TOO_EARLY',
    });
    expect(await fetchBill('fund-maker', '2026-02-30')).toMatchObject({ code: 'DAY_INVALID' });
  });

  it('come by themselves after ten in the morning, from the day that was set', async () => {
    const { base } = world.zone;
    await forget();
    const run = () => billJobs[0]!.run(systemContext(base, 'fetch-bills'), new AbortController().signal);
    const days = async (): Promise<Answer[]> =>
      (await world.ask('auditor', '{ billDays { edges { node { day covers } } } }')).data.billDays.edges;
    await run();
    expect(await days()).toEqual([]);
    billsOptions.fill(base, { ...billsOptions(base), fetchFrom: day });
    const tenMs = Date.parse(`${day}T10:00:00+08:00`) + DAY_MS;
    world.aheadMs = tenMs - 60_000 - Date.now();
    await run();
    expect(await days()).toEqual([]);
    world.aheadMs = tenMs + 60_000 - Date.now();
    await run();
    expect((await days()).map((one) => one.node)).toEqual([{ day, covers: ['TRADE', 'REFUND', 'FLOW'] }]);
  });
});
