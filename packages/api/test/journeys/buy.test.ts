import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { localId } from '../../src/graphql/global-id.js';
import { shanghaiMonth } from '../../src/kernel/shanghai.js';
import { type Answer, startWorld, type World } from '../world.js';
import { globalId, newAddress, payByScan, place, until } from './steps.js';

const DAY_MS = 86_400_000;

let world: World;
beforeAll(async () => {
  world = await startWorld('buy');
});
afterAll(() => world.stop());

const EFFECT = `effect {
  record { id kind withdrawn } recordOrdinal organisationName points awards { ruleId version points reason }
  notAwarded balanceAfter pointsLeftToday matchedFen settledAt
  matches { amountFen state stateText sponsorName fundName productTitle steps { state text done } }
}`;

describe('a member buys honey', () => {
  let orderId = '';

  it('sees it on the shelf with its badge', async () => {
    const { data } = await world.ask(
      'member',
      `{ product(id: "${globalId('Product', 'honey')}") {
      title priceFen localPriceFen unitPriceText stockLeft charityItem { amountFen unit unitText sponsorName } county { name } } }`,
    );
    expect(data.product).toMatchObject({
      title: '大巴山百花蜂蜜',
      unitPriceText: '¥68.00 / 500克',
      charityItem: { amountFen: 100, unit: 'LINE', sponsorName: '渝州配捐企业' },
    });
  });

  it('places an order once for one key, and is told what it costs in parts', async () => {
    const addressId = await newAddress(world, 'member');
    const key = 'journey-buy-1';
    const lines = [{ productId: globalId('Product', 'honey'), quantity: 2 }];
    const first = await place(world, 'member', { idempotencyKey: key, addressId, lines });
    const second = await place(world, 'member', { idempotencyKey: key, addressId, lines });
    expect(second.order.id).toBe(first.order.id);
    orderId = first.order.id;
    const { data } = await world.ask(
      'member',
      `query ($id: ID!) { node(id: $id) { ... on Order {
      state stateText goodsFen postageFen packagingFen totalFen canPay promises { sponsorName amountFen }
      address { mobile detail } effect { points } parcels { supplier { name } lines { title quantity } } } } }`,
      { id: orderId },
    );
    expect(data.node).toMatchObject({
      state: 'PLACED',
      goodsFen: 13_600,
      postageFen: 600,
      packagingFen: 200,
      totalFen: 14_400,
      canPay: true,
      ...{
        promises: [{ sponsorName: '渝州配捐企业', amountFen: 100 }],
        address: { mobile: '138****1234' },
        effect: null,
      },
    });
  });

  it('pays at the provider, and follows the order until it is settled', async () => {
    const token = await world.portal.token('member');
    const following = new AbortController();
    const stream = await world.post(
      { query: `subscription { orderChanged(orderId: "${orderId}") { state effect { points } } }` },
      { authorization: `Bearer ${token}`, accept: 'text/event-stream' },
    );
    expect(stream.headers.get('content-type')).toMatch('text/event-stream');
    const states: string[] = [];
    const reading = (async () => {
      const decoder = new TextDecoder();
      for await (const chunk of stream.body as unknown as AsyncIterable<Uint8Array>) {
        for (const [, state] of decoder.decode(chunk).matchAll(/"state":"(\w+)"/g)) states.push(state ?? '');
        if (states.includes('PAID')) break;
      }
    })();
    await until(() => Promise.resolve(states.includes('PLACED')));
    const sheet = await payByScan(world, 'member', orderId);
    expect(sheet).toMatchObject({ amountFen: 14_400, scene: 'NATIVE', h5Url: null, jsapi: null });
    expect(sheet.qrSvg).toMatch(/^<svg/);
    expect(sheet.pageUrl).toContain(encodeURIComponent(sheet.codeUrl));
    await reading;
    following.abort();
    expect(states.at(-1)).toBe('PAID');
  });

  it('is shown at once what the purchase did', async () => {
    const { data } = await world.ask(
      'member',
      `query ($id: ID!) { node(id: $id) { ... on Order { state ${EFFECT} } } }`,
      { id: orderId },
    );
    const { effect } = data.node;
    expect(effect).toMatchObject({ record: { kind: 'PURCHASE', withdrawn: false }, recordOrdinal: 1, matchedFen: 100 });
    expect(effect.points).toBe(effect.awards.reduce((sum: number, one: { points: number }) => sum + one.points, 0));
    expect(effect.awards.every((one: Answer) => one.reason.length > 0 && one.version)).toBe(true);
    expect(effect.matches).toMatchObject([{ amountFen: 100, state: 'PENDING', sponsorName: '渝州配捐企业' }]);
    expect(effect.organisationName).toMatch(/支部/);
  });

  it('finds it in the own record, points and matches', async () => {
    await world.caughtUp();
    const { data } = await world.ask(
      'member',
      `{ me { displayName capabilities
      love { recordCount pointsBalance matchedFen purchaseCount pointsLeftToday }
      helpRecords(first: 5) { totalCount edges { node { title points matchedFen purchaseFen organisationName order { id } } } }
      points(first: 5) { balance edges { node { points balanceAfter reason } } }
      matches(first: 5) { totalFen edges { node { state productTitle } } }
      orders(first: 5, state: PAID) { totalCount edges { node { id } } } } }`,
    );
    expect(data.me).toMatchObject({
      displayName: '李春华',
      capabilities: ['BUY'],
      love: { recordCount: 1, matchedFen: 100, purchaseCount: 1 },
      helpRecords: {
        totalCount: 1,
        edges: [{ node: { title: '购买大巴山百花蜂蜜', purchaseFen: 14_400, order: { id: orderId } } }],
      },
      matches: { totalFen: 100, edges: [{ node: { productTitle: '大巴山百花蜂蜜' } }] },
      orders: { totalCount: 1 },
    });
    expect(data.me.points.balance).toBe(data.me.love.pointsBalance);
  });

  it('is seen by the secretary the day after as a fact without basket, money or hour, and by the fund as a yuan', async () => {
    const month = shanghaiMonth(world.zone.base.clock());
    const onTheDay = await world.ask(
      'secretary',
      `{ branch(month: "${month}") { totals { purchaseCount } records { totalCount } } }`,
    );
    expect(onTheDay.data.branch).toEqual({ totals: { purchaseCount: 0 }, records: { totalCount: 0 } });
    world.aheadMs += DAY_MS;
    const branch = await world.ask(
      'secretary',
      `{ branch(month: "${month}") { organisation { name ancestors { name } } month months memberCount
      totals { purchaseCount salesFen matchedFen untold points buyerCount } previous { purchaseCount } history { month } units { points }
      records(first: 5) { totalCount edges { node { memberName kind text points day withdrawn } } } } }`,
    );
    expect(branch.errors).toBeUndefined();
    expect(branch.data.branch).toMatchObject({
      totals: { purchaseCount: 1, salesFen: null, matchedFen: null, untold: 'MONTH_OPEN', buyerCount: 1 },
      previous: { purchaseCount: 0 },
      records: { totalCount: 1, edges: [{ node: { memberName: '李*华', kind: 'PURCHASE', text: '消费帮扶' } }] },
    });
    world.aheadMs -= DAY_MS;
    const fund = await world.ask(
      'fund-maker',
      `{ fund { name totalFen totals { state count amountFen } byCounty { county { name } amountFen }
      agreements { number capFen heldFen matchedFen leftFen inForce } history { month amountFen }
      matches(first: 5) { totalCount totalFen edges { node { id amountFen state countyName productTitle agreementNumber sponsorName orderNumber } } } } }`,
    );
    expect(fund.errors).toBeUndefined();
    expect(fund.data.fund).toMatchObject({
      ...{ name: '共产党员一元捐基金', totalFen: 100, byCounty: [{ county: { name: '城口' }, amountFen: 100 }] },
      agreements: [{ capFen: 50_000, heldFen: 0, matchedFen: 100, leftFen: 49_900, inForce: true }],
      matches: { totalCount: 1, totalFen: 100, edges: [{ node: { state: 'PENDING', agreementNumber: 'JX-2026-01' } }] },
    });
    expect(JSON.stringify(fund.data)).not.toMatch(/李春华/);
  });

  it('is shipped by the supplier, who alone reads the mobile in full, and received', async () => {
    const { data } = await world.ask(
      'supplier',
      `{ supplierOrders(first: 5) { totalCount edges { node { id totalFen address { mobile recipient }
      parcels { id lines { title } } } } } }`,
    );
    const [edge] = data.supplierOrders.edges;
    expect(edge.node).toMatchObject({ id: orderId, address: { mobile: '13812341234' } });
    const shipped = await world.ask(
      'supplier',
      `mutation ($input: ShipParcelInput!) { shipParcel(input: $input) {
      __typename ... on OrderDone { order { state parcels { express } } } ... on Refusal { code } } }`,
      {
        input: { orderId, parcelId: edge.node.parcels[0].id, express: '邮政 123' },
      },
    );
    expect(shipped.data.shipParcel).toMatchObject({
      __typename: 'OrderDone',
      order: { state: 'SHIPPED', parcels: [{ express: '邮政 123' }] },
    });
    const received = await world.ask(
      'member',
      `mutation ($input: OrderInput!) { confirmReceipt(input: $input) {
      ... on OrderDone { order { state canRequestRefund receivedAt } } } }`,
      { input: { orderId } },
    );
    expect(received.data.confirmReceipt.order).toMatchObject({ state: 'RECEIVED', canRequestRefund: true });
  });
});

describe('a member gives a piece back', () => {
  it('and exactly its share is undone, once the supplier agrees and the provider has paid', async () => {
    const addressId = await newAddress(world, 'member2');
    const { order } = await place(world, 'member2', {
      ...{
        idempotencyKey: 'journey-refund-1',
        addressId,
        lines: [{ productId: globalId('Product', 'honey'), quantity: 1 }],
      },
    });
    await payByScan(world, 'member2', order.id);
    const asked = await world.ask(
      'member2',
      `mutation ($input: RequestRefundInput!) { requestRefund(input: $input) {
      __typename ... on RefundDone { refund { id state amountFen pointsTakenBack } } ... on Refusal { code message } } }`,
      {
        input: { idempotencyKey: 'back-1', orderId: order.id, reason: '买多了' },
      },
    );
    expect(asked.data.requestRefund).toMatchObject({
      __typename: 'RefundDone',
      refund: { state: 'REQUESTED', amountFen: 7_500 },
    });
    const refundId = asked.data.requestRefund.refund.id;

    const waiting = await world.ask(
      'supplier',
      '{ refundRequests(first: 5) { edges { node { id reason order { number } lines { title quantity } } } } }',
    );
    expect(waiting.data.refundRequests.edges).toMatchObject([{ node: { id: refundId, lines: [{ quantity: 1 }] } }]);
    const decided = await world.ask(
      'supplier',
      `mutation ($input: DecideRefundInput!) { decideRefund(input: $input) {
      ... on RefundDone { refund { state decisionReason } } ... on Refusal { code } } }`,
      { input: { refundId, approve: true, reason: '同意' } },
    );
    expect(decided.data.decideRefund.refund).toMatchObject({ state: 'APPROVED', decisionReason: '同意' });

    const look = () =>
      world.ask(
        'member2',
        `query ($id: ID!) { node(id: $id) { ... on Refund {
      state pointsTakenBack matchUndoneFen order { state refundedFen effect { points matchedFen } } } } me { love { pointsBalance matchedFen recordCount } } }`,
        { id: refundId },
      );
    await until(async () => (await look()).data.node.state === 'DONE');
    const { data } = await look();
    expect(data.node.order).toMatchObject({ state: 'REFUNDED', refundedFen: 7_500, effect: { matchedFen: 100 } });
    expect(data.node).toMatchObject({ pointsTakenBack: data.node.order.effect.points, matchUndoneFen: 100 });
    expect(data.me.love).toMatchObject({ pointsBalance: 0, matchedFen: 0, recordCount: 1 });
  });
});

describe('money that went back at the payment platform', () => {
  it('stands on the order and before the operator, who decides it once; until then nothing is shipped', async () => {
    const addressId = await newAddress(world, 'member2');
    const lines = [{ productId: globalId('Product', 'honey'), quantity: 1 }];
    const { order } = await place(world, 'member2', { idempotencyKey: 'journey-outside-1', addressId, lines });
    await payByScan(world, 'member2', order.id);
    const paymentId = `${localId('Order', order.id)}01`;
    const { refundId: outsideId } = world.provider.refundByHand(paymentId, 1);
    const LIST = '{ outsideRefunds { outsideId paymentId amountFen decisionReason } }';
    const list = async (): Promise<Answer[]> => (await world.ask('operator', LIST)).data.outsideRefunds;
    await until(async () => (await list()).length > 0);
    expect(await list()).toEqual([{ outsideId, paymentId, amountFen: 1, decisionReason: null }]);
    const sold = await world.ask('supplier', '{ supplierOrders(first: 9) { edges { node { id parcels { id } } } } }');
    const { node } = sold.data.supplierOrders.edges.find((edge: Answer) => edge.node.id === order.id);
    const ship = async (): Promise<Answer> =>
      (
        await world.ask(
          'supplier',
          `mutation ($input: ShipParcelInput!) { shipParcel(input: $input) {
          __typename ... on Refusal { code } } }`,
          { input: { orderId: order.id, parcelId: node.parcels[0].id, express: '邮政 124' } },
        )
      ).data.shipParcel;
    expect(await ship()).toMatchObject({ code: 'REFUNDED_OUTSIDE' });
    const decide = async (reason: string): Promise<Answer> =>
      (
        await world.ask(
          'operator',
          `mutation ($input: DecideOutsideRefundInput!) { decideOutsideRefund(input: $input) {
          ... on OutsideRefundDone { outsideRefund { decisionReason } } ... on Refusal { code } } }`,
          { input: { orderId: order.id, outsideId, reason } },
        )
      ).data.decideOutsideRefund;
    expect(await decide('补偿一分钱，照常发货')).toEqual({ outsideRefund: { decisionReason: '补偿一分钱，照常发货' } });
    expect(await decide('另有说法')).toEqual({ code: 'ALREADY_DECIDED' });
    expect([await list(), (await ship()).__typename]).toEqual([[], 'OrderDone']);
  });
});

describe('a payment that was closed at the provider', () => {
  it('is opened anew under a new number, and the old one takes no money', async () => {
    const addressId = await newAddress(world, 'member2');
    const lines = [{ productId: globalId('Product', 'honey'), quantity: 1 }];
    const { order } = await place(world, 'member2', { idempotencyKey: 'journey-closed-1', addressId, lines });
    const orderId = localId('Order', order.id);
    const open = async (input: object): Promise<Answer> =>
      (
        await world.ask(
          'member2',
          `mutation ($input: PayOrderInput!) { payOrder(input: $input) {
          ... on PaymentSheet { scene } ... on Refusal { code } } }`,
          { input: { orderId: order.id, ...input } },
        )
      ).data.payOrder;
    const states = (): unknown[] =>
      ['01', '02', '03', '04'].map((attempt) => world.provider.payment(`${orderId}${attempt}`)?.state);
    expect(await open({ scene: 'NATIVE' })).toEqual({ scene: 'NATIVE' });
    world.provider.close(`${orderId}01`);
    expect(await open({ scene: 'NATIVE' })).toEqual({ scene: 'NATIVE' });
    expect(states()).toEqual(['CLOSED', 'NOTPAY', undefined, undefined]);
    expect(await open({ scene: 'JSAPI' })).toEqual({ code: 'PAYER_UNKNOWN' });
    // Another scene, and then another buyer's id: each is closed before the next is opened.
    expect(await open({ scene: 'JSAPI', payerOpenId: 'o-first' })).toEqual({ scene: 'JSAPI' });
    expect(await open({ scene: 'JSAPI', payerOpenId: 'o-other' })).toEqual({ scene: 'JSAPI' });
    expect(await open({ scene: 'JSAPI', payerOpenId: 'o-other' })).toEqual({ scene: 'JSAPI' });
    expect(states()).toEqual(['CLOSED', 'CLOSED', 'CLOSED', 'NOTPAY']);
  });
});
