import { describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { complaints } from './browser.js';
import { buyer, cartOf, refusal } from './fixtures/buying.js';
import { memberFixture } from './fixtures/member.js';
import { worldOfEffects } from './fixtures/world.js';
import { useStage } from './stage.js';

let buying: ReturnType<typeof buyer>;
const { open, sent, answerWith } = useStage(() => (buying = buyer()).answers);

const title = (on: Page, name: string) => on.getByRole('heading', { level: 1, name });
const GOOD_CART = { 'aixin.cart.member-1': cartOf(['product-honey', 2], ['product-orange', 1]) };
const IN_WECHAT = 'Mozilla/5.0 (iPhone; CPU iPhone OS 14_8 like Mac OS X) AppleWebKit/605.1.15 MicroMessenger/8.0.50';

describe('the oldest browser that we serve', () => {
  it.each([
    ['/zone', '买一份山里的好东西'],
    ['/zone/products?county=500229', '城口的好东西'],
    ['/zone/products/product-honey', '大巴山百花蜂蜜'],
    ['/zone/cart', '购物车'],
    ['/zone/checkout', '确认订单'],
    ['/zone/pay/order-new', '付款'],
  ])('shows the shop: %s', async (path, name) => {
    const shown = await open(path, { oldest: true, phone: true, storage: GOOD_CART });
    await title(shown, name).waitFor();
    await shown.locator('.bone:not(.thumb)').first().waitFor({ state: 'detached' });
    expect(complaints.get(shown)).toEqual([]);
  });

  it.each([
    ['/zone/result/order-paid', '付款成功，谢谢您'],
    ['/zone/love?tab=matches', '我的爱心'],
    ['/zone/love/match-1', '¥1.00 的去向'],
    ['/zone/orders', '我的订单'],
    ['/branch', '本月帮扶情况'],
    ['/fund', '基金管理'],
    ['/fund?tab=batches', '基金管理'],
    ['/fund?tab=bank', '基金管理'],
  ])('shows what a purchase did, and the consoles: %s', async (path, name) => {
    const capabilities = ['BUY', 'FUND', 'FUND_MAKE', 'FUND_CHECK'];
    answerWith(Object.assign(worldOfEffects().answers, { me: memberFixture({ capabilities }) }));
    const shown = await open(path, { oldest: true });
    await title(shown, name).waitFor();
    await shown.locator('.bone:not(.thumb)').first().waitFor({ state: 'detached' });
    expect(complaints.get(shown)).toEqual([]);
  });

  it('asks a question over the page, keeps the focus in it, and gives it back', async () => {
    answerWith(worldOfEffects().answers);
    const shown = await open('/zone/orders/order-placed', { oldest: true });
    const cancel = shown.getByRole('button', { name: '取消订单' });
    await cancel.click();
    const dialog = shown.getByRole('dialog');
    await dialog.waitFor();
    for (let press = 0; press < 4; press += 1) {
      await shown.keyboard.press('Tab');
      expect(await shown.locator('dialog :focus').count()).toBe(1);
    }
    await shown.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    expect(await shown.locator('button:focus').textContent()).toContain('取消订单');
    expect(sent('CancelOrder')).toEqual([]);
  });
});

describe('a browser with six connections for all its tabs', () => {
  /** As the browser tells it when the person looks at another tab, and when they come back. */
  const look = (on: Page, away: boolean) =>
    on.evaluate((hidden) => {
      Object.defineProperty(document, 'hidden', { configurable: true, get: () => hidden });
      document.dispatchEvent(new Event('visibilitychange'));
    }, away);

  it('is left free by a payment page that nobody sees, which looks and listens again when it is shown', async () => {
    const shown = await open('/zone/pay/order-new');
    await title(shown, '付款').waitFor();
    const until = async (holds: () => boolean): Promise<void> => {
      while (!holds()) await shown.waitForTimeout(20);
    };
    let ended = 0;
    shown.on('requestfailed', () => (ended += 1));
    await until(() => sent('OrderChanged').length === 1);
    await look(shown, true);
    await until(() => ended === 1);
    const looks = sent('OrderToPay').length;
    await look(shown, false);
    await until(() => sent('OrderChanged').length === 2);
    expect(sent('OrderToPay').length).toBeGreaterThan(looks);
  });
});

describe('a browser within WeChat', () => {
  it('pays by a code that is pressed long where the portal does not say who the buyer is at WeChat', async () => {
    const { payOrder } = buying.answers;
    const asks = (given: Parameters<typeof payOrder>[0]) =>
      given.input.scene === 'JSAPI' ? refusal('PAYER_UNKNOWN', '还不知道您的微信身份。') : payOrder(given);
    answerWith({ ...buying.answers, payOrder: asks });
    const shown = await open('/zone/pay/order-new', { phone: true, userAgent: IN_WECHAT });
    await shown.getByText('长按二维码').waitFor();
    expect(sent('OpenPayment').map(({ variables }) => (variables['input'] as { scene: string }).scene)).toEqual([
      'JSAPI',
      'NATIVE',
    ]);
  });
});
