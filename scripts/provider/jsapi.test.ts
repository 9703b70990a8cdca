import { rm } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { localId } from '../../packages/api/src/graphql/global-id.js';
import { globalId, newAddress, place, until } from '../../packages/api/test/journeys/steps.js';
import { startWorld, type World } from '../../packages/api/test/world.js';
import { buildWidgets, launchChromium, PATIENCE_MS } from '../../packages/widgets/test/browser.js';
import type { BridgeParameters } from './payments.js';

const WECHAT = 'Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 MicroMessenger/8.0.50';

let world: World;
let folder: string;
let browser: Browser;
let orderCount = 0;
const pages: Page[] = [];

beforeAll(async () => {
  folder = await buildWidgets();
  [world, browser] = [await startWorld('jsapi', { widgetsFolder: folder }), await launchChromium()];
});
afterEach(async () => {
  for (const page of pages.splice(0)) await page.context().close();
});
afterAll(async () => {
  await browser.close();
  await world.stop();
  await rm(folder, { recursive: true, force: true });
});

type Sheet = (parameters: BridgeParameters) => { readonly err_msg: string };

async function placed(who: string): Promise<string> {
  orderCount += 1;
  const addressId = await newAddress(world, who);
  const lines = [{ productId: globalId('Product', 'honey'), quantity: 1 }];
  return (await place(world, who, { idempotencyKey: `jsapi-order-${orderCount}`, addressId, lines })).order.id;
}

/** The pay page of an order in a portal that WeChat shows, with a bridge that answers as `sheet` says. */
async function payPage(who: string, orderId: string, sheet: Sheet): Promise<Page> {
  const { origin, pathname } = new URL(world.url);
  const context = await browser.newContext({
    viewport: { width: 390, height: 844 },
    locale: 'zh-CN',
    userAgent: WECHAT,
  });
  const page = await context.newPage();
  pages.push(page);
  page.setDefaultTimeout(PATIENCE_MS);
  const token = await world.portal.token(who);
  await page.exposeFunction('wechatSheet', sheet);
  await page.addInitScript(() => {
    const host = globalThis as unknown as { wechatSheet: (given: object) => Promise<object>; WeixinJSBridge: object };
    host.WeixinJSBridge = {
      invoke: (_name: string, given: object, answered: (answer: object) => void) =>
        void host.wechatSheet(given).then(answered),
    };
  });
  await page.route(`${origin}/portal/**`, (route) =>
    route.fulfill({
      contentType: 'text/html; charset=utf-8',
      body: `<!doctype html><html lang="zh-CN"><meta name="viewport" content="width=device-width"><title>门户</title><body><script type="module">
        import '${pathname}/widgets/aixin.js';
        const zone = document.createElement('aixin-zone');
        zone.setAttribute('endpoint', '${pathname}/graphql');
        zone.setAttribute('base-path', '/portal');
        zone.tokenProvider = () => '${token}';
        document.body.append(zone);
      </script></body></html>`,
    }),
  );
  await page.goto(`${origin}/portal/pay/${encodeURIComponent(orderId)}`);
  return page;
}

async function openIdOf(who: string): Promise<string> {
  const claims = (await world.portal.token(who)).split('.')[1] ?? '';
  return (JSON.parse(Buffer.from(claims, 'base64url').toString()) as { aixin_openid: string }).aixin_openid;
}

const stateOf = async (who: string, orderId: string): Promise<string> =>
  (await world.ask(who, 'query ($id: ID!) { node(id: $id) { ... on Order { state } } }', { id: orderId })).data.node
    .state;

const button = (page: Page, name: string) => page.getByRole('button', { name });

describe('a member who comes through WeChat', () => {
  it('pays in its own sheet, by the openid that the portal says, until the order is settled', async () => {
    const openId = await openIdOf('member');
    const orderId = await placed('member');
    const page = await payPage('member', orderId, (given) => world.provider.payInWechat(given, openId));
    await page.waitForURL('**/portal/result/**');
    await page.getByText('付款成功').first().waitFor();
    expect(await stateOf('member', orderId)).toBe('PAID');
    expect(world.provider.payment(`${localId('Order', orderId)}01`)).toMatchObject({ scene: 'JSAPI', openId });
  });

  it('closes the sheet, is told that nothing was paid, and pays by the button', async () => {
    const openId = await openIdOf('member');
    const orderId = await placed('member');
    let isCancelled = false;
    const page = await payPage('member', orderId, (given) => {
      if (isCancelled) return world.provider.payInWechat(given, openId);
      isCancelled = true;
      return { err_msg: 'get_brand_wcpay_request:cancel' };
    });
    await page.getByText('还没有付款').waitFor();
    expect(await stateOf('member', orderId)).toBe('PLACED');
    await button(page, '微信支付').click();
    await page.waitForURL('**/portal/result/**');
    expect(await stateOf('member', orderId)).toBe('PAID');
  });

  it('reads WeChat’s own words where it refuses, and pays by a code instead; the first number takes no money', async () => {
    const orderId = await placed('member');
    // Another account of WeChat than the one that the order was opened for.
    const page = await payPage('member', orderId, (given) => world.provider.payInWechat(given, 'oSomebodyElse'));
    await page.getByText('下单账号与支付账号不一致').waitFor();
    await button(page, '改用二维码付款').click();
    await page.getByAltText('付款二维码').waitFor();
    const number = localId('Order', orderId);
    expect(world.provider.payment(`${number}01`)).toMatchObject({ scene: 'JSAPI', state: 'CLOSED' });
    world.provider.pay(`${number}02`);
    await page.waitForURL('**/portal/result/**');
    expect(await stateOf('member', orderId)).toBe('PAID');
  });

  it('of whom the portal says no openid reads a code', async () => {
    const orderId = await placed('member2');
    const page = await payPage('member2', orderId, () => ({ err_msg: 'get_brand_wcpay_request:fail' }));
    await page.getByText('长按二维码').waitFor();
    world.provider.pay(`${localId('Order', orderId)}01`);
    await until(async () => (await stateOf('member2', orderId)) === 'PAID');
  });
});
