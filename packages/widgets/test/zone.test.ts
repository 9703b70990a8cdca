import { describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { complaints, expectAccessible, expectNoSidewaysScroll, type OpenOptions } from './browser.js';
import { buyer, cartOf, refusal, SOLD_OUT_ID } from './fixtures/buying.js';
import { useStage } from './stage.js';

let world: ReturnType<typeof buyer>;

const { open, stage } = useStage(() => {
  world = buyer();
  return world.answers;
});

const CART = {
  'aixin.cart.member-1': cartOf(['product-honey', 2], ['product-meat', 9], ['product-orange', 1], [SOLD_OUT_ID, 1]),
};
const GOOD_CART = { 'aixin.cart.member-1': cartOf(['product-honey', 2], ['product-orange', 1]) };

const keptCart = (on: Page): Promise<unknown> =>
  on.evaluate(() => {
    const kept = JSON.parse(localStorage.getItem('aixin.cart.member-1') ?? '{}') as { items?: unknown };
    return kept.items;
  });

const heading = (on: Page, name: string) => on.getByRole('heading', { level: 1, name });

describe('every page of the shop', () => {
  const pages: readonly (readonly [name: string, path: string, heading: string, storage?: Record<string, string>])[] = [
    ['home', '/zone', '买一份山里的好东西'],
    ['list', '/zone/products?county=500229', '城口的好东西'],
    ['product', '/zone/products/product-honey', '大巴山百花蜂蜜'],
    ['cart', '/zone/cart', '购物车', CART],
    ['empty cart', '/zone/cart', '购物车'],
    ['checkout', '/zone/checkout', '确认订单', GOOD_CART],
    ['pay', '/zone/pay/order-new', '付款'],
    ['unknown page', '/zone/nowhere', '没有找到这一页'],
  ];

  it.each(pages)(
    '%s: is accessible on a desk, on a phone, in the dark and in large type, and the console is quiet',
    async (_, path, name, storage = {}) => {
      const looks: OpenOptions[] = [
        {},
        { phone: true },
        { phone: true, attributes: { theme: 'dark', 'large-type': '' } },
      ];
      for (const look of looks) {
        const shown = await open(path, { ...look, storage });
        await heading(shown, name).waitFor();
        await shown.locator('.bone:not(.thumb)').first().waitFor({ state: 'detached' });
        await expectAccessible(shown);
        await expectNoSidewaysScroll(shown);
        expect(complaints.get(shown)).toEqual([]);
        await shown.context().close();
      }
    },
  );
});

describe('colours that the person’s system sets', () => {
  it('leave the edges of buttons, cards and what is chosen, where shades are gone', async () => {
    const shown = await open('/zone/checkout', { storage: GOOD_CART });
    await shown.emulateMedia({ forcedColors: 'active' });
    await heading(shown, '确认订单').waitFor();
    const edge = (selector: string) =>
      shown
        .locator(selector)
        .first()
        .evaluate((element) => {
          const { borderTopWidth, borderTopStyle, outlineStyle } = getComputedStyle(element);
          return { border: `${borderTopStyle} ${borderTopWidth}`, outline: outlineStyle };
        });
    for (const part of ['.btn', '.card', '.note']) expect((await edge(part)).border).toBe('solid 1px');
    expect((await edge('nav [aria-current]')).outline).toBe('solid');
    await expectAccessible(shown);
  });
});

describe('ways through the zone', () => {
  it('goes by links without loading the document again, moves the focus to the heading, and names the page', async () => {
    const shown = await open('/zone');
    await shown.evaluate(() => ((globalThis as { mark?: string }).mark = 'same document'));
    await shown.getByRole('link', { name: '大巴山百花蜂蜜', exact: true }).click();
    await heading(shown, '大巴山百花蜂蜜').waitFor();
    expect(await shown.evaluate(() => (globalThis as { mark?: string }).mark)).toBe('same document');
    expect(new URL(shown.url()).pathname).toBe('/zone/products/product-honey');
    await shown.waitForFunction(() => document.title.startsWith('大巴山百花蜂蜜'));
    const focused = await shown.evaluate(() => {
      let element = document.activeElement;
      while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
      return element?.tagName;
    });
    expect(focused).toBe('H1');
  });

  it('comes back to where the list was left', async () => {
    const shown = await open('/zone/products', { reducedMotion: false });
    await shown.getByRole('button', { name: '再看一些' }).click();
    await shown.getByText('已显示 48 / 60 条').waitFor();
    await shown.evaluate(() => {
      scrollTo(0, 1500);
    });
    await shown.getByRole('link', { name: '大巴山百花蜂蜜 20 号' }).click();
    await heading(shown, '大巴山百花蜂蜜 20 号').waitFor();
    expect(await shown.evaluate(() => scrollY)).toBeLessThan(100);
    await shown.goBack();
    await shown.getByText('已显示 48 / 60 条').waitFor();
    await shown.waitForFunction(() => Math.abs(scrollY - 1500) < 400 && scrollY > 0);
  });

  it('reaches the shelf by keyboard: skip link, filters, cards', async () => {
    const shown = await open('/zone/products');
    await heading(shown, '全部产品').waitFor();
    await shown.keyboard.press('Tab');
    expect(await shown.getByRole('link', { name: '跳过专区导航' }).isVisible()).toBe(true);
    await shown.keyboard.press('Enter');
    await shown.keyboard.press('Tab');
    await shown.keyboard.press('Tab');
    await shown.keyboard.press('Enter');
    await heading(shown, '城口的好东西').waitFor();
    expect(new URL(shown.url()).search).toBe('?county=500229');
  });

  it('leaves links of the host alone', async () => {
    const shown = await open('/zone');
    await heading(shown, '买一份').waitFor();
    await shown.evaluate(() => {
      const link = document.createElement('a');
      link.href = '/elsewhere';
      link.textContent = '门户';
      document.body.prepend(link);
    });
    await shown.getByRole('link', { name: '门户', exact: true }).click();
    await shown.waitForURL('**/elsewhere');
  });
});

describe('the list', () => {
  it('keeps word, badge, category and order in the URL and asks the server for them', async () => {
    const shown = await open('/zone/products');
    await shown.getByRole('searchbox').fill('蜂蜜');
    await shown.getByText('“蜂蜜”找到 15 件').waitFor();
    await shown.getByRole('button', { name: '公益宝贝' }).click();
    await shown.getByRole('combobox', { name: '排序' }).selectOption('PRICE_ASC');
    await shown.waitForURL((url) => url.searchParams.get('sort') === 'PRICE_ASC');
    await shown.locator('.stale').waitFor({ state: 'detached' });
    const { searchParams } = new URL(shown.url());
    expect(Object.fromEntries(searchParams)).toEqual({ q: '蜂蜜', charity: '1', sort: 'PRICE_ASC' });
    const asked = stage.server.world.seen.findLast(({ operation }) => operation === 'ListProducts');
    expect(asked?.variables).toMatchObject({ text: '蜂蜜', charityItem: true, sort: 'PRICE_ASC' });
    await shown.reload();
    await shown.getByText('“蜂蜜”找到 15 件').waitFor();
  });

  it('fetches the pictures in sight at once, the first before all, and lets the others wait', async () => {
    const shown = await open('/zone/products');
    await heading(shown, '全部产品').waitFor();
    const ways = await shown
      .locator('.product img')
      .evaluateAll((images) =>
        images.map((image) => [image.getAttribute('loading'), image.getAttribute('fetchpriority')]),
      );
    expect(ways[0]).toEqual(['eager', 'high']);
    expect(ways[3]).toEqual(['eager', 'auto']);
    expect(ways.slice(4).every(([loading]) => loading === 'lazy')).toBe(true);
  });

  it('says that nothing was found, and how to go on', async () => {
    const shown = await open('/zone/products?q=没有这个');
    await shown.getByText('没有找到合适的产品').waitFor();
    await expectAccessible(shown);
    await shown.getByRole('link', { name: '清除全部条件' }).last().click();
    await shown.getByText('共 60 件').waitFor();
  });

  it('shows bones while it waits', async () => {
    stage.server.world.trouble = ({ operation }) => (operation === 'ListProducts' ? 'hang' : undefined);
    const shown = await open('/zone/products');
    await shown.locator('.bone').first().waitFor();
  });

  it('says why nothing came, and tries again', async () => {
    let broken = true;
    stage.server.world.trouble = ({ operation }) => (broken && operation === 'ListProducts' ? 'cut' : undefined);
    const shown = await open('/zone/products');
    await shown.getByText('网络没有连上').waitFor();
    await expectAccessible(shown);
    broken = false;
    await shown.getByRole('button', { name: '再试一次' }).click();
    await shown.getByText('共 60 件').waitFor();
  });

  it('gives the number for the help desk when the server failed', async () => {
    const body = { errors: [{ message: '服务暂时出了点问题', extensions: { code: 'INTERNAL', requestId: 'r-42' } }] };
    stage.server.world.trouble = ({ operation }) => (operation === 'HomePage' ? { status: 500, body } : undefined);
    const shown = await open('/zone');
    await shown.getByText('编号 r-42').waitFor();
  });
});

describe('tokens', () => {
  it('asks the host for a fresh token once when the old one is refused', async () => {
    const body = { errors: [{ message: '登录已过期', extensions: { code: 'UNAUTHENTICATED' } }] };
    stage.server.world.trouble = ({ authorization }) =>
      authorization === 'Bearer fresh' ? undefined : { status: 401, body };
    const shown = await open('/zone');
    await heading(shown, '买一份').waitFor();
    await shown.getByText('大巴山百花蜂蜜', { exact: true }).waitFor();
    const { seen } = stage.server.world;
    expect(seen[0]?.authorization).toBe('Bearer good');
    expect(seen.at(-1)?.authorization).toBe('Bearer fresh');
    for (const { operation } of seen)
      expect(seen.filter((other) => other.operation === operation).length).toBeLessThan(3);
  });

  it('asks the host to sign the person in where it needs to know who it is', async () => {
    Object.assign(stage.server.world.answers, { me: () => null });
    const shown = await open('/zone/checkout?buy=product-honey', { token: null });
    await shown.getByText('请先登录门户').waitFor();
    await shown.getByRole('button', { name: '去登录' }).click();
    const events = await shown.evaluate(
      () => (globalThis as unknown as { hostEvents: { type: string; detail: unknown }[] }).hostEvents,
    );
    expect(events.at(-1)).toEqual({ type: 'aixin-sign-in', detail: { returnTo: '/zone/checkout?buy=product-honey' } });
  });
});

describe('a product', () => {
  it('tells price, local price, weight, what comes on top, promise, papers and return rule', async () => {
    const shown = await open('/zone/products/product-honey');
    await heading(shown, '大巴山百花蜂蜜').waitFor();
    const text = await shown.locator('aixin-page-product').evaluate((element) => element.shadowRoot?.textContent ?? '');
    for (const fact of [
      '¥68.00',
      '¥55.00',
      '¥68.00 / 500克',
      '500 克',
      '包邮',
      '¥2.00',
      '库存 120 件',
      '每人每月限购 5 件',
      '由配捐方捐出，不花您的钱',
      'CQ-2025-0412',
      'CK-2609-0113',
      '七天无理由退货',
    ])
      expect(text).toContain(fact);
  });

  it('never lets the quantity pass stock or limit', async () => {
    const shown = await open('/zone/products/product-honey');
    const field = shown.getByRole('textbox', { name: '数量' });
    await field.fill('99');
    await field.blur();
    expect(await field.inputValue()).toBe('5');
    expect(await shown.getByRole('button', { name: '增加一件' }).isDisabled()).toBe(true);
    await field.fill('abc');
    await field.blur();
    expect(await field.inputValue()).toBe('1');
  });

  it('says when it comes again instead of a button', async () => {
    const shown = await open(`/zone/products/${SOLD_OUT_ID}`);
    await shown.getByText('已售完，预计 2026 年 12 月 3 日再上货').waitFor();
    expect(await shown.getByRole('link', { name: '立即购买' }).count()).toBe(0);
  });

  it('says so when it is gone', async () => {
    const shown = await open('/zone/products/product-nothing');
    await heading(shown, '这件产品已经下架').waitFor();
    await expectAccessible(shown);
  });

  it('goes into the cart of this member, and says so', async () => {
    const shown = await open('/zone/products/product-honey');
    await shown.getByRole('button', { name: '放入购物车' }).click();
    await shown.getByText('大巴山百花蜂蜜已放入购物车，车里共 1 件').waitFor({ state: 'attached' });
    expect(await keptCart(shown)).toEqual([{ productId: 'product-honey', quantity: 1 }]);
  });
});

describe('the cart', () => {
  it('prices from the server, by supplier, postage and packaging apart', async () => {
    const shown = await open('/zone/cart', { storage: GOOD_CART });
    await shown.getByRole('heading', { name: '夔门脐橙合作社' }).waitFor();
    const sum = await shown.getByRole('complementary', { name: '合计' }).innerText();
    expect(sum.replace(/\s+/g, ' ')).toContain('商品 3 件 ¥195.80 邮费 ¥8.00 包装费 ¥4.00 合计 ¥207.80');
    expect(sum).toContain('配捐方将捐出 ¥2');
  });

  it('names stock, limit and what is sold out, and waits with the checkout', async () => {
    const shown = await open('/zone/cart', { storage: CART });
    await shown.getByText('只剩 6 件，请减少数量').waitFor();
    await shown.getByText('已售完，预计 2026 年 12 月 3 日再上货').waitFor();
    expect(await shown.getByRole('link', { name: '去结算' }).count()).toBe(0);
    const field = shown.getByRole('textbox', { name: '老腊肉 柏枝熏制的数量' });
    await field.fill('6');
    await field.blur();
    await shown.getByRole('link', { name: '去结算' }).waitFor();
    await shown.getByRole('button', { name: '移除大巴山百花蜂蜜' }).click();
    await shown.getByText('已移除大巴山百花蜂蜜').last().waitFor();
    expect(await shown.getByRole('link', { name: '大巴山百花蜂蜜' }).count()).toBe(0);
    await shown.keyboard.press('Enter');
    await shown.getByRole('link', { name: '大巴山百花蜂蜜' }).waitFor();
  });
});

describe('the checkout', () => {
  it('wants the confirmation for fresh goods at each purchase, then orders once with total and key', async () => {
    const shown = await open('/zone/checkout', { storage: GOOD_CART });
    await shown.getByRole('button', { name: /提交订单/ }).click();
    await shown.getByText('请先勾选上面这一项').waitFor();
    expect(world.placed).toEqual([]);
    await shown.getByRole('checkbox').check();
    await shown.getByRole('button', { name: '提交订单 ¥207.80' }).click();
    await heading(shown, '付款').waitFor();
    expect(world.placed).toEqual([
      {
        idempotencyKey: expect.stringMatching(/^[0-9a-f]{32}$/) as unknown,
        addressId: 'address-1',
        expectedTotalFen: 20_780,
        expectedMatchFen: 200,
        lines: [
          { productId: 'product-honey', quantity: 2, exclusionConfirmed: false },
          { productId: 'product-orange', quantity: 1, exclusionConfirmed: true },
        ],
      },
    ]);
    expect(await keptCart(shown)).toEqual([]);
  });

  it('repeats the same key while the answer is unknown, also after a reload', async () => {
    const keys: unknown[] = [];
    let cut = true;
    stage.server.world.trouble = ({ operation, variables }) => {
      if (operation !== 'PlaceOrder') return undefined;
      keys.push((variables['input'] as { idempotencyKey: string }).idempotencyKey);
      return cut ? 'cut' : undefined;
    };
    const shown = await open('/zone/checkout?buy=product-honey&n=2');
    await shown.getByRole('button', { name: /提交订单/ }).click();
    await shown.getByText('同一份订单不会重复下').waitFor();
    await shown.reload();
    cut = false;
    await shown.getByRole('button', { name: /提交订单/ }).click();
    await heading(shown, '付款').waitFor();
    expect(new Set(keys).size).toBe(1);
    expect(keys.length).toBeGreaterThan(1);
  });

  it('is the same after a reload, however often', async () => {
    const shown = await open('/zone/checkout', { storage: GOOD_CART });
    for (let time = 0; time < 3; time += 1) {
      await shown.getByRole('button', { name: '提交订单 ¥207.80' }).waitFor();
      await shown.reload();
    }
    await shown.getByRole('button', { name: '提交订单 ¥207.80' }).waitFor();
  });

  it('shows a refusal at its line, and takes a new key for the next try', async () => {
    const keys: string[] = [];
    let soldOut = true;
    const { placeOrder } = world.answers;
    Object.assign(stage.server.world.answers, {
      placeOrder(given: Parameters<typeof placeOrder>[0]) {
        keys.push(given.input.idempotencyKey);
        if (!soldOut) return placeOrder(given);
        return refusal('SOLD_OUT', '“大巴山百花蜂蜜”只剩 1 件，请减少数量后再下单。', {
          path: 'lines.0.quantity',
          productId: 'product-honey',
          leftCount: 1,
        });
      },
    });
    const shown = await open('/zone/checkout?buy=product-honey&n=2');
    await shown.getByRole('button', { name: /提交订单/ }).click();
    const line = shown.getByRole('listitem').filter({ hasText: '大巴山百花蜂蜜' });
    await line.getByText('只剩 1 件').waitFor();
    await expectAccessible(shown);
    soldOut = false;
    await shown.getByRole('button', { name: /提交订单/ }).click();
    await heading(shown, '付款').waitFor();
    expect(keys[0]).not.toBe(keys[1]);
  });

  it('says at the promise that less will be matched, and lets the buyer order all the same', async () => {
    const expected: unknown[] = [];
    const { placeOrder } = world.answers;
    Object.assign(stage.server.world.answers, {
      placeOrder(given: Parameters<typeof placeOrder>[0]) {
        expected.push(given.input.expectedMatchFen);
        return given.input.expectedMatchFen > 0
          ? refusal('PROMISE_GONE', '配捐额度刚刚用完，这一单能配捐的金额比您看到的少。')
          : placeOrder(given);
      },
    });
    const shown = await open('/zone/checkout?buy=product-honey&n=2');
    await shown.getByText('这一单，配捐方将捐出 ¥1').waitFor();
    await shown.getByRole('button', { name: /提交订单/ }).click();
    await shown.getByRole('alert').filter({ hasText: '配捐额度刚刚用完' }).waitFor();
    expect(await shown.getByText('这一单，配捐方将捐出').count()).toBe(0);
    await expectAccessible(shown);
    await shown.getByRole('button', { name: '知道了，仍要下单' }).click();
    await heading(shown, '付款').waitFor();
    expect(expected).toEqual([100, 0]);
  });

  it('keeps its button in sight on a phone', async () => {
    const shown = await open('/zone/checkout', { storage: GOOD_CART, phone: true });
    const button = shown.getByRole('button', { name: /提交订单/ });
    await button.waitFor();
    const box = await button.boundingBox();
    const screen = shown.viewportSize();
    expect((box?.y ?? Infinity) + (box?.height ?? 0)).toBeLessThan(screen?.height ?? 0);
  });

  it('takes a first address, and shows what is wrong at its field', async () => {
    world.clearAddresses();
    const shown = await open('/zone/checkout?buy=product-honey');
    await shown.getByRole('textbox', { name: '收货人' }).fill('李四');
    await shown.getByRole('textbox', { name: '手机号' }).fill('238');
    await shown.getByRole('textbox', { name: '所在地区' }).fill('重庆市江北区');
    await shown.getByRole('button', { name: '保存地址' }).click();
    await shown.getByText('请填写这一项').waitFor();
    await shown.getByRole('textbox', { name: '详细地址' }).fill('建新北路 2 号');
    await shown.getByRole('button', { name: '保存地址' }).click();
    await shown.getByText('手机号应为 11 位数字').waitFor();
    expect(await shown.getByRole('textbox', { name: '手机号' }).getAttribute('aria-invalid')).toBe('true');
    await expectAccessible(shown);
    await shown.getByRole('textbox', { name: '手机号' }).fill('13812341234');
    await shown.getByRole('button', { name: '保存地址' }).click();
    expect(await shown.getByRole('radio', { name: /李四/ }).isChecked()).toBe(true);
  });
});

describe('payment', () => {
  it('offers QR and button, says the expiry without a countdown, and goes on by itself when the money is there', async () => {
    const shown = await open('/zone/pay/order-new');
    await shown.getByRole('img', { name: '付款二维码' }).waitFor();
    expect(await shown.getByRole('link', { name: '去支付' }).getAttribute('href')).toBe('http://127.0.0.1:1/pay');
    await shown.getByText('请在 10:01 前付款').waitFor();
    await shown.getByText('等待付款').waitFor();
    world.settle();
    await shown.waitForURL('**/zone/result/order-new');
  });

  it('looks every few seconds while the live stream is down', async () => {
    stage.server.world.trouble = ({ operation }) => (operation === 'OrderChanged' ? 'cut' : undefined);
    const shown = await open('/zone/pay/order-new');
    await shown.getByText('暂时收不到付款消息').waitFor();
    world.settle();
    await shown.waitForURL('**/zone/result/order-new');
  });

  it('tells calmly that the order has expired', async () => {
    const shown = await open('/zone/pay/order-new');
    await heading(shown, '付款').waitFor();
    world.change({ state: 'EXPIRED', stateText: '已过时', canPay: false });
    await heading(shown, '订单过时，已自动取消').waitFor();
    await shown.getByText('没有扣您的钱').waitFor();
    await expectAccessible(shown);
  });

  it('cancels on request', async () => {
    const shown = await open('/zone/pay/order-new');
    await shown.getByRole('button', { name: '不买了，取消订单' }).click();
    await heading(shown, '订单已取消').waitFor();
  });
});
