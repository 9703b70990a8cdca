import { describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { complaints, expectAccessible, expectNoSidewaysScroll, PATIENCE_MS, type OpenOptions } from './browser.js';
import { memberFixture } from './fixtures/member.js';
import { HONEY_EFFECT, refundOf } from './fixtures/orders.js';
import { worldOfEffects } from './fixtures/world.js';
import { useStage } from './stage.js';

let world: ReturnType<typeof worldOfEffects>;

const { open, sent, stage } = useStage(() => {
  world = worldOfEffects();
  return world.answers;
});

const title = (on: Page, name: string) => on.getByRole('heading', { level: 1, name });

describe("every page of the member's own", () => {
  const pages: readonly (readonly [name: string, path: string, heading: string])[] = [
    ['result', '/zone/result/order-paid', '付款成功，谢谢您'],
    ['result, waiting', '/zone/result/order-placed', '正在等付款结果'],
    ['my record', '/zone/love', '我的爱心'],
    ['my points', '/zone/love?tab=points', '我的爱心'],
    ['the way of my yuan', '/zone/love?tab=matches', '我的爱心'],
    ['orders', '/zone/orders', '我的订单'],
    ['an order with refunds', '/zone/orders/order-received', '已签收'],
    ['an order to pay', '/zone/orders/order-placed', '等待付款'],
    ['an order of nobody', '/zone/orders/order-unknown', '没有找到这个订单'],
  ];

  it.each(pages)(
    '%s: is accessible on a desk, on a phone, in the dark and in large type, and the console is quiet',
    async (_, path, heading) => {
      const looks: OpenOptions[] = [
        {},
        { phone: true },
        { attributes: { theme: 'dark' } },
        { phone: true, attributes: { 'large-type': '' } },
      ];
      for (const look of looks) {
        const shown = await open(path, look);
        await title(shown, heading).waitFor();
        await expectAccessible(shown);
        await expectNoSidewaysScroll(shown);
        expect(complaints.get(shown)).toEqual([]);
        await shown.context().close();
      }
    },
  );

  it.each(pages.slice(0, 8))('%s: asks who is not signed in to sign in, and tells the host', async (_, path) => {
    Object.assign(world.answers, { me: null, node: () => null });
    const shown = await open(path, { token: null });
    await shown.getByRole('button', { name: '去登录' }).click();
    const events = await shown.evaluate(() => (globalThis as unknown as { hostEvents: { type: string }[] }).hostEvents);
    expect(events.map(({ type }) => type)).toContain('aixin-sign-in');
  });

  it.each(pages.slice(0, 8))('%s: says that it did not come, and comes when asked again', async (_, path, heading) => {
    stage.server.world.trouble = () => ({ status: 503, body: { errors: [{ message: 'down' }] } });
    const shown = await open(path);
    await shown.getByText('这一页暂时取不到').waitFor();
    stage.server.world.trouble = undefined;
    await shown.getByRole('button', { name: '再试一次' }).click();
    await title(shown, heading).waitFor();
  });
});

describe('the result of a purchase', () => {
  it('tells record, points with their reason, the yuan, its way, and what was bought with postage apart', async () => {
    const shown = await open('/zone/result/order-paid');
    await title(shown, '付款成功，谢谢您').waitFor();
    const text = await shown.locator('.narrow').innerText();
    for (const piece of [
      ...['第 8 条', '某处室党支部', '+2', '每笔爱心购 +2（规则 2026-09 版）', '¥1.00', '由配捐方捐出，不花您的钱'],
      ...['签收，过退货期', '用途公示', '邮费（大巴山养蜂专业合作社）', '包邮', '追溯码 CK-2609-0113'],
    ]) {
      expect(text).toContain(piece);
    }
  });

  it('says of an earlier day what was then, not what is now', async () => {
    world.change('order-paid', { effect: { ...HONEY_EFFECT, settledAt: '2026-03-01T01:31:04.000Z' } });
    const shown = await open('/zone/result/order-paid');
    await shown.getByText('当时余额 36').waitFor();
    expect(await shown.getByText('今日还可得').count()).toBe(0);
  });

  it('says why there were no points, and that no yuan was matched', async () => {
    const notAwarded = ['今日积分已达上限 6 分'];
    const effect = { ...HONEY_EFFECT, points: 0, awards: [], notAwarded, matchedFen: 0, matches: [] };
    world.change('order-paid', { effect });
    const shown = await open('/zone/result/order-paid');
    await shown.getByText('为什么没有更多').click();
    await shown.getByText('今日积分已达上限 6 分').waitFor();
    await shown.getByText('这次没有配捐').waitFor();
    expect(await shown.getByText('这一元钱的去处').count()).toBe(0);
  });

  it('tells what a later refund took back', async () => {
    const shown = await open('/zone/result/order-received');
    await shown.getByText('这一单后来退款 ¥59.80，收回积分 1。').waitFor();
  });

  it('waits calmly and turns over by itself when the payment arrives', async () => {
    const shown = await open('/zone/result/order-placed');
    await title(shown, '正在等付款结果').waitFor();
    await untilSent('OrderFollowed');
    world.change('order-placed', { state: 'PAID', paidAt: '2026-11-22T02:00:00.000Z', effect: HONEY_EFFECT });
    await title(shown, '付款成功，谢谢您').waitFor();
  });

  it('turns over as well where no event gets through', async () => {
    stage.server.world.trouble = ({ operation }) =>
      operation === 'OrderFollowed' ? { status: 200, body: {} } : undefined;
    const shown = await open('/zone/result/order-placed');
    await title(shown, '正在等付款结果').waitFor();
    world.change('order-placed', { state: 'PAID', paidAt: '2026-11-22T02:00:00.000Z', effect: HONEY_EFFECT });
    await title(shown, '付款成功，谢谢您').waitFor();
  });

  it('says that a payment came too late and the money went back', async () => {
    world.change('order-placed', { state: 'LATE_REFUNDED', stateText: '付款超时，已自动退款', canPay: false });
    const shown = await open('/zone/result/order-placed');
    await title(shown, '付款晚了一步，钱已退回').waitFor();
  });
});

describe('my love', () => {
  it('keeps its part in the address, and the back button goes back', async () => {
    const shown = await open('/zone/love');
    await shown.getByRole('link', { name: /爱心积分/ }).click();
    await shown.getByRole('heading', { level: 2, name: '爱心积分' }).waitFor();
    expect(new URL(shown.url()).search).toBe('?tab=points');
    await shown.goBack();
    await shown.getByRole('heading', { level: 2, name: '志愿帮扶记录' }).waitFor();
  });

  it('shows the running balance with each change of the points', async () => {
    const shown = await open('/zone/love?tab=points');
    const rows = shown.locator('.item');
    await rows.first().waitFor();
    expect(await rows.nth(0).innerText()).toMatch(/每笔爱心购[\s\S]*\+2[\s\S]*余额 36/);
    expect(await rows.nth(1).innerText()).toMatch(/退货，收回[\s\S]*−2[\s\S]*余额 34/);
  });

  it('leaves a debt visible and explains it, on each part', async () => {
    Object.assign(world.answers, { me: memberFixture({ balance: -3 }) });
    for (const tab of ['records', 'points', 'matches']) {
      const shown = await open(`/zone/love?tab=${tab}`);
      await shown.getByText('积分余额为 −3').waitFor();
      await shown.getByText('以后得到的积分会先补上').waitFor();
      await shown.context().close();
    }
  });

  it('has no debt to explain at zero', async () => {
    Object.assign(world.answers, { me: memberFixture({ balance: 0 }) });
    const shown = await open('/zone/love?tab=points');
    await shown.locator('.item').first().waitFor();
    expect(await shown.getByText('积分余额为').count()).toBe(0);
  });

  it('opens the way of a yuan by the keyboard', async () => {
    const shown = await open('/zone/love?tab=matches');
    const second = shown.locator('summary').nth(2);
    await second.focus();
    await shown.keyboard.press('Enter');
    await shown.getByRole('list', { name: /高山香菇/ }).waitFor();
  });

  it('reads on, and is as long when one comes back from an order', async () => {
    const shown = await open('/zone/love');
    await shown.getByRole('button', { name: '再看一些' }).click();
    await shown.getByText('已显示 27 / 27 条').waitFor();
    await shown.getByRole('link', { name: '爱心购 1 笔' }).first().click();
    await title(shown, '已付款，等待发货').waitFor();
    await shown.goBack();
    await shown.getByText('已显示 27 / 27 条').waitFor();
    expect(sent('LoveRecords').at(-1)?.variables).toMatchObject({ first: 27, after: null });
  });

  it.each([
    ['records', '还没有帮扶记录'],
    ['points', '还没有爱心积分'],
    ['matches', '还没有配捐'],
  ])('says what %s are for where there are none', async (tab, text) => {
    Object.assign(world.answers, { me: memberFixture({ empty: true }) });
    const shown = await open(`/zone/love?tab=${tab}`);
    await shown.getByText(text).waitFor();
    await expectAccessible(shown);
  });
});

describe('orders', () => {
  it('keeps the state in the address and asks the server for it', async () => {
    const shown = await open('/zone/orders');
    await shown.getByRole('link', { name: '待收货' }).click();
    await shown.getByText('20261119 1920 0088').waitFor();
    await expectCount(shown, '.order', 1);
    expect(new URL(shown.url()).search).toBe('?state=SHIPPED');
    expect(sent('Orders').at(-1)?.variables).toMatchObject({ state: 'SHIPPED' });
  });

  it('takes a state that does not exist for all orders', async () => {
    const shown = await open('/zone/orders?state=NONSENSE');
    await shown.getByText('20261119 1920 0088').waitFor();
    expect(sent('Orders').at(-1)?.variables).toMatchObject({ state: null });
  });

  it('tells what is left of a gain after refunds, and that it is gone where nothing is left', async () => {
    world.change('order-paid', {
      refunds: [refundOf({ id: 'order-paid' }, { state: 'DONE', pointsTakenBack: 2, matchUndoneFen: 100 })],
    });
    const shown = await open('/zone/orders');
    const row = (number: string) => shown.locator('.order').filter({ hasText: number });
    await row('20261122 0931 0417').getByText('积分已收回').waitFor();
    await row('20261122 0931 0417').getByText('配捐已撤销').waitFor();
    await row('20261112 0840 1750').getByText('积分 +1').waitFor();
    await row('20261112 0840 1750').getByText('配捐 ¥1.00').waitFor();
  });

  it('says that a state has no orders', async () => {
    const shown = await open('/zone/orders?state=REFUNDED');
    await shown.getByText('没有“已退款”的订单').waitFor();
    await shown.getByRole('link', { name: '看全部订单' }).click();
    await shown.getByText('20261119 1920 0088').waitFor();
  });

  it('keeps what was read when more does not come', async () => {
    const shown = await open('/zone/orders');
    const more = shown.getByRole('button', { name: '再看一些' });
    await more.waitFor();
    stage.server.world.trouble = () => 'cut';
    await more.click();
    await shown.getByText('网络').first().waitFor();
    await expectCount(shown, '.order', 20);
    stage.server.world.trouble = undefined;
    await more.click();
    await shown.getByText('已显示 30 / 30 条').waitFor();
  });
});

describe('an order', () => {
  it('offers exactly what the server allows', async () => {
    const offers: [id: string, names: string[]][] = [
      ['order-placed', ['取消订单']],
      ['order-shipped', ['确认收货', '申请退款']],
      ['order-received', ['申请退款', '请平台介入']],
      ['order-cancelled-30', ['放回购物车']],
    ];
    for (const [id, names] of offers) {
      const shown = await open(`/zone/orders/${id}`);
      await shown.locator('h1').waitFor();
      expect(await shown.locator('#main').getByRole('button').allInnerTexts()).toEqual(names);
      await shown.context().close();
    }
  });

  it('is cancelled only after a yes, and focus returns where it was', async () => {
    const shown = await open('/zone/orders/order-placed');
    const cancel = shown.getByRole('button', { name: '取消订单' });
    await cancel.click();
    await shown.getByRole('dialog', { name: '取消这个订单？' }).waitFor();
    await expectAccessible(shown);
    await shown.keyboard.press('Escape');
    expect(sent('CancelOrder')).toHaveLength(0);
    expect(
      await cancel.evaluate((button) => button.getRootNode() instanceof ShadowRoot && button.matches(':focus')),
    ).toBe(true);
    await cancel.click();
    await shown.getByRole('button', { name: '确认取消' }).click();
    await title(shown, '已取消').waitFor();
  });

  it('says why an action was refused, and changes nothing', async () => {
    const message = '这份订单还不能确认收货，请查看它的状态。';
    Object.assign(world.answers, {
      confirmReceipt: () => ({ __typename: 'Refusal', code: 'NOT_RECEIVABLE', message }),
    });
    const shown = await open('/zone/orders/order-shipped');
    await shown.getByRole('button', { name: '确认收货' }).click();
    await shown.getByRole('button', { name: '都收到了' }).click();
    await shown.getByRole('alert').getByText(message).waitFor();
    await title(shown, '已发货，等待签收').waitFor();
  });

  it('tells what a refund takes back before it is asked for, and sends line and quantity', async () => {
    const shown = await open('/zone/orders/order-shipped');
    await shown.getByRole('button', { name: '申请退款' }).click();
    const dialog = shown.getByRole('dialog', { name: '申请退款' });
    const more = dialog.getByRole('button', { name: '大巴山百花蜂蜜：多退一件' });
    await more.click();
    await dialog.getByText('商品款 ¥68.00').waitFor();
    await dialog.getByText('不受影响').waitFor();
    await more.click();
    await dialog.getByText('撤销 ¥1.00').waitFor();
    expect(await more.isDisabled()).toBe(true);
    await expectAccessible(shown);
    await dialog.getByRole('button', { name: '收到时有损坏' }).click();
    await dialog.getByRole('textbox').fill('盖子渗漏');
    await dialog.getByRole('button', { name: '提交申请' }).click();
    await shown.getByText('等待供应商处理').waitFor();
    expect(sent('RequestRefund')[0]?.variables).toMatchObject({
      input: {
        orderId: 'order-shipped',
        lines: [{ lineId: 'line-honey', quantity: 2 }],
        reason: '收到时有损坏：盖子渗漏',
      },
    });
  });

  it('asks for all that is left by naming no line', async () => {
    const shown = await open('/zone/orders/order-paid');
    await shown.getByRole('button', { name: '申请退款' }).click();
    await shown.getByText('¥136.00，原路退回').waitFor();
    await shown.getByRole('button', { name: '买多了或买错了' }).click();
    await shown.getByRole('button', { name: '提交申请' }).click();
    await shown.getByText('等待供应商处理').waitFor();
    expect(sent('RequestRefund')[0]?.variables).toMatchObject({ input: { lines: null } });
  });

  it('sends no refund without goods or without a reason, and says what is missing', async () => {
    const shown = await open('/zone/orders/order-shipped');
    await shown.getByRole('button', { name: '申请退款' }).click();
    await shown.getByRole('button', { name: '提交申请' }).click();
    await shown.getByText('请选择要退的商品。').waitFor();
    await shown.getByRole('button', { name: '脐橙 精选大果：多退一件' }).click();
    await shown.getByRole('button', { name: '提交申请' }).click();
    await shown.getByText('请写明理由').waitFor();
    expect(sent('RequestRefund')).toHaveLength(0);
  });

  it('repeats a refund whose answer was lost under the same key', async () => {
    const shown = await open('/zone/orders/order-paid');
    await shown.getByRole('button', { name: '申请退款' }).click();
    await shown.getByRole('button', { name: '买多了或买错了' }).click();
    stage.server.world.trouble = ({ operation }) => (operation === 'RequestRefund' ? 'cut' : undefined);
    await shown.getByRole('button', { name: '提交申请' }).click();
    await shown.getByText('没有提交成功').waitFor();
    stage.server.world.trouble = undefined;
    await shown.getByRole('button', { name: '提交申请' }).click();
    await shown.getByText('等待供应商处理').waitFor();
    const keys = sent('RequestRefund').map(
      ({ variables }) => (variables.input as { idempotencyKey: string }).idempotencyKey,
    );
    // A browser may repeat a cut request by itself as well.
    expect(keys.length).toBeGreaterThan(1);
    expect(new Set(keys).size).toBe(1);
  });

  it('shows how a refund was decided and why, and takes a rejection to the platform', async () => {
    const shown = await open('/zone/orders/order-received');
    await shown.getByText('照片看不出渗漏').waitFor();
    await shown.getByText('收回积分 1').waitFor();
    await shown.getByRole('button', { name: '请平台介入' }).click();
    await shown.getByRole('textbox', { name: '您想补充的说明' }).fill('补充了瓶口照片');
    await shown.getByRole('button', { name: '提交给平台' }).click();
    await shown.getByText('平台处理中').waitFor();
    expect(await shown.getByRole('button', { name: '请平台介入' }).count()).toBe(0);
  });

  it('changes under the eyes of its buyer when a parcel leaves', async () => {
    const shown = await open('/zone/orders/order-paid');
    await title(shown, '已付款，等待发货').waitFor();
    await untilSent('OrderFollowed');
    world.change('order-paid', { state: 'SHIPPED', stateText: '已发货，运输中', canConfirmReceipt: true });
    await title(shown, '已发货，运输中').waitFor();
    await shown.getByRole('button', { name: '确认收货' }).waitFor();
  });
});

const expectCount = async (on: Page, selector: string, count: number): Promise<void> => {
  await on.waitForFunction(
    ([wanted, number]) => {
      const all = (root: ParentNode): number =>
        [...root.querySelectorAll('*')].reduce(
          (sum, node) => sum + (node.matches(wanted) ? 1 : 0) + (node.shadowRoot ? all(node.shadowRoot) : 0),
          0,
        );
      return all(document) === number;
    },
    [selector, count] as const,
  );
};

/** The page follows the order a moment after it is shown: an event sent before would reach nobody. */
const untilSent = async (operation: string): Promise<void> => {
  const deadline = Date.now() + PATIENCE_MS;
  while (sent(operation).length === 0) {
    if (Date.now() > deadline) throw new Error(`${operation} was not sent`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  // The stream is opened after the request is noted.
  await new Promise((resolve) => setTimeout(resolve, 100));
};
