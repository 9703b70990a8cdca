import { describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { complaints, expectAccessible, expectNoSidewaysScroll } from './browser.js';
import { buyer, cartOf } from './fixtures/buying.js';
import { useStage } from './stage.js';

let world: ReturnType<typeof buyer>;

const { open, stage, sent } = useStage(() => {
  world = buyer();
  return world.answers;
});

const CART = { 'aixin.cart.member-1': cartOf(['product-honey', 2]) };

const submit = (on: Page) => on.getByRole('button', { name: /提交订单/ });
const field = (on: Page, name: string) => on.getByRole('textbox', { name });
const heading = (on: Page, name: string) => on.getByRole('heading', { level: 1, name });

const typeAddress = async (on: Page): Promise<void> => {
  await on.getByRole('button', { name: '新增地址' }).click();
  await field(on, '收货人').fill('李四');
  await field(on, '手机号').fill('13912345678');
  await field(on, '所在地区').fill('重庆市江北区');
  await field(on, '详细地址').fill('建新北路 2 号');
};

/** A second tab of the same browser. */
const secondTab = async (first: Page, path: string): Promise<Page> => {
  const page = await first.context().newPage();
  await page.goto(new URL(path, first.url()).href);
  return page;
};

describe('what was typed at the checkout', () => {
  it('is asked about before the parcel goes anywhere else, on a phone too', async () => {
    const shown = await open('/zone/checkout', { storage: CART, phone: true });
    await typeAddress(shown);
    await submit(shown).click();
    await shown.getByText('您填了新的收货地址').waitFor();
    expect(world.placed).toEqual([]);
    await expectAccessible(shown);
    await expectNoSidewaysScroll(shown);
    await shown.getByRole('button', { name: '保存并寄到新填的地址' }).click();
    await heading(shown, '付款').waitFor();
    expect(world.placed.map(({ addressId }) => addressId)).toEqual(['address-2']);
    expect(complaints.get(shown)).toEqual([]);
  });

  it('is left out when the person says so', async () => {
    const shown = await open('/zone/checkout', { storage: CART });
    await typeAddress(shown);
    await submit(shown).click();
    await shown.getByRole('button', { name: '不用新填的，寄给张三（重庆市渝中区）' }).click();
    await heading(shown, '付款').waitFor();
    expect(world.placed.map(({ addressId }) => addressId)).toEqual(['address-1']);
    expect(sent('SaveAddress')).toEqual([]);
  });

  it('is where a first order goes, saved on the way', async () => {
    world.clearAddresses();
    const shown = await open('/zone/checkout', { storage: CART });
    await field(shown, '收货人').fill('李四');
    await submit(shown).click();
    await shown.getByText('请填写这一项').waitFor();
    expect(world.placed).toEqual([]);
    await field(shown, '手机号').fill('13912345678');
    await field(shown, '所在地区').fill('重庆市江北区');
    await field(shown, '详细地址').fill('建新北路 2 号');
    await submit(shown).click();
    await heading(shown, '付款').waitFor();
    expect(world.placed.map(({ addressId }) => addressId)).toEqual(['address-2']);
  });

  it('outlives reloads: goods, address form and confirmation', async () => {
    const storage = { 'aixin.cart.member-1': cartOf(['product-honey', 2], ['product-orange', 1]) };
    const shown = await open('/zone/checkout', { storage });
    await typeAddress(shown);
    await shown.getByRole('checkbox', { name: /不适用七天无理由退货/ }).check();
    for (let time = 0; time < 3; time += 1) {
      await shown.reload();
      await shown.getByRole('button', { name: '提交订单 ¥207.80' }).waitFor();
      expect(await field(shown, '收货人').inputValue()).toBe('李四');
      expect(await field(shown, '详细地址').inputValue()).toBe('建新北路 2 号');
      expect(await shown.getByRole('checkbox', { name: /不适用七天无理由退货/ }).isChecked()).toBe(true);
    }
  });

  it('outlives the end of the session: the words say where to press, and the page is the same afterwards', async () => {
    const body = { errors: [{ message: '登录已过期', extensions: { code: 'UNAUTHENTICATED' } }] };
    const shown = await open('/zone/checkout', { storage: CART });
    await typeAddress(shown);
    stage.server.world.trouble = () => ({ status: 401, body });
    await submit(shown).click();
    await shown.getByRole('button', { name: '保存并寄到新填的地址' }).click();
    await shown.getByText('登录已过期。填写的都还在，请按“重新登录”').first().waitFor();
    await shown.getByRole('button', { name: '重新登录' }).click();
    const event = await shown.evaluate(() => (globalThis as unknown as { hostEvents: unknown[] }).hostEvents.pop());
    expect(event).toEqual({ type: 'aixin-sign-in', detail: { returnTo: '/zone/checkout' } });
    stage.server.world.trouble = undefined;
    await shown.goto(new URL('/zone/checkout', shown.url()).href);
    await submit(shown).waitFor();
    expect(await field(shown, '收货人').inputValue()).toBe('李四');
  });

  it('is filled in from one pasted line', async () => {
    world.clearAddresses();
    const shown = await open('/zone/checkout', { storage: CART });
    await field(shown, '收货人').evaluate((input) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData('text/plain', '张三 138-0013-8000 重庆市城口县葛城街道 1 号');
      input.dispatchEvent(
        new ClipboardEvent('paste', { clipboardData, bubbles: true, composed: true, cancelable: true }),
      );
    });
    await shown.getByText('已按粘贴的内容填好').waitFor({ state: 'attached' });
    expect(await field(shown, '手机号').inputValue()).toBe('13800138000');
    expect(await field(shown, '所在地区').inputValue()).toBe('重庆市城口县');
  });
});

describe('an address that was removed', () => {
  it('comes back by one press; until then no other is chosen in silence', async () => {
    const shown = await open('/zone/checkout', { storage: CART });
    await shown.getByRole('button', { name: '删除张三的地址' }).click();
    await shown.getByText('已删除张三的地址').waitFor();
    await expectAccessible(shown);
    await shown.getByRole('button', { name: '撤销' }).click();
    expect(await shown.getByRole('radio', { name: /张三/ }).isChecked()).toBe(true);
  });
});

describe('two tabs', () => {
  it('share one cart', async () => {
    const first = await open('/zone/products/product-honey');
    const second = await secondTab(first, '/zone/products/product-tea');
    await second.getByRole('button', { name: '放入购物车' }).click();
    await first.getByRole('button', { name: '放入购物车' }).click();
    await first.getByText('车里共 2 件').waitFor({ state: 'attached' });
    await second.getByRole('link', { name: /购物车.*2/ }).waitFor();
  });

  it('order the same cart once: the second one is shown the order', async () => {
    const first = await open('/zone/checkout', { storage: CART });
    await submit(first).waitFor();
    const second = await secondTab(first, '/zone/checkout');
    await submit(second).waitFor();
    await submit(first).click();
    await heading(first, '付款').waitFor();
    await second.getByText('这些商品已经下单了').waitFor();
    await expectAccessible(second);
    await second.getByRole('link', { name: '去付款' }).click();
    await heading(second, '付款').waitFor();
    expect(world.placed).toHaveLength(1);
  });

  it('send the same key when both press before either has heard', async () => {
    const first = await open('/zone/checkout', { storage: CART });
    await submit(first).waitFor();
    const second = await secondTab(first, '/zone/checkout');
    await submit(second).waitFor();
    stage.server.world.trouble = ({ operation }) => (operation === 'PlaceOrder' ? 'cut' : undefined);
    for (const tab of [first, second]) {
      await submit(tab).click();
      await tab.getByText('同一份订单不会重复下').waitFor();
    }
    const keys = sent('PlaceOrder').map(
      ({ variables }) => (variables['input'] as { idempotencyKey: string }).idempotencyKey,
    );
    expect(new Set(keys).size).toBe(1);
  });
});

describe('two devices', () => {
  it('share one cart, and what was ordered on one is gone from the other', async () => {
    const phone = await open('/zone/products/product-honey', { phone: true });
    await phone.getByRole('button', { name: '放入购物车' }).click();
    await phone.getByText('车里共 1 件').waitFor({ state: 'attached' });
    while (world.cart().lines.length === 0) await phone.waitForTimeout(20);
    const desk = await open('/zone/checkout');
    await submit(desk).click();
    await heading(desk, '付款').waitFor();
    await phone.goto(new URL('/zone/cart', phone.url()).href);
    await phone.getByText('购物车还是空的').waitFor();
    expect(world.cart()).toMatchObject({ lines: [], ordered: { orderId: 'order-new' } });
    expect(world.placed).toHaveLength(1);
  });
});

describe('an order that was cancelled', () => {
  it('is no dead end: one press puts its goods back into the cart', async () => {
    const shown = await open('/zone/pay/order-new');
    await shown.getByRole('button', { name: '不买了，取消订单' }).click();
    await shown.getByRole('button', { name: '放回购物车' }).click();
    await heading(shown, '购物车').waitFor();
    expect(await field(shown, '大巴山百花蜂蜜的数量').inputValue()).toBe('2');
  });
});

describe('a network that is lost', () => {
  it('keeps the checkout, and the next press is the same wish', async () => {
    const shown = await open('/zone/checkout', { storage: CART });
    await submit(shown).waitFor();
    await shown.context().setOffline(true);
    await submit(shown).click();
    await shown.getByText('同一份订单不会重复下').waitFor();
    await shown.context().setOffline(false);
    await submit(shown).click();
    await heading(shown, '付款').waitFor();
    expect(world.placed).toHaveLength(1);
  });
});
