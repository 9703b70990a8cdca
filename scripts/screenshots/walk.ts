import type { Page } from 'playwright-core';
import type { Camera } from './camera.js';

/** The product that the walk buys; the seed has it, with an agreement behind it. */
const HONEY = '大巴山百花蜂蜜';
const HONEY_COUNTY = '500229';

/** A member's whole way, for real: from the portal's login to what the purchase did. */
export async function walkAsMember({ page, take }: Camera, portalUrl: string): Promise<void> {
  await page.goto(`${portalUrl}/login?returnTo=/zone`);
  await take('portal-login');
  await page.locator('button[value="member"]').click();
  await heading(page, '买一份');
  await take('home');

  await page.goto(`${portalUrl}/zone/products?county=${HONEY_COUNTY}`);
  await page.getByText(HONEY, { exact: true }).first().waitFor();
  await take('list');
  await page.getByRole('link', { name: HONEY }).first().click();
  await heading(page, HONEY);
  await take('product');

  await page.getByRole('button', { name: '放入购物车' }).click();
  await page.goto(`${portalUrl}/zone/cart`);
  await page.getByRole('link', { name: '去结算' }).waitFor();
  await take('cart');
  await page.getByRole('link', { name: '去结算' }).click();
  const submit = page.getByRole('button', { name: '提交订单' });
  await submit.waitFor();
  await take('checkout');
  await submit.click();

  await payAtProvider({ page, take });
  await take('result');
  const orderId = new URL(page.url()).pathname.split('/').at(-1) ?? '';
  await look({ page, take }, { url: `${portalUrl}/zone/love`, name: 'love', sign: '我的爱心' });
  await look({ page, take }, { url: `${portalUrl}/zone/orders`, name: 'orders', sign: '订单' });
  await page.goto(`${portalUrl}/zone/orders/${orderId}`);
  await page.getByText(HONEY).first().waitFor();
  await take('order');
}

/** The provider's sheet opens beside the zone; once it is paid there, the zone's page goes on by itself. */
async function payAtProvider({ page, take }: Pick<Camera, 'page' | 'take'>): Promise<void> {
  const toPay = page.getByRole('link', { name: '去支付' });
  await toPay.waitFor();
  await take('pay');
  const opened = page.waitForEvent('popup');
  await toPay.click();
  const sheet = await opened;
  const confirm = sheet.getByRole('button', { name: '确认支付' });
  await confirm.waitFor();
  await take('provider-sheet', sheet);
  await confirm.click();
  await sheet.getByText('支付成功').waitFor();
  await sheet.close();
  await page.waitForURL('**/zone/result/*');
  await heading(page, '');
}

/** Signs somebody in through the portal's login page and takes the one page that is theirs. */
export async function visit(
  { page, take }: Camera,
  at: {
    readonly portalUrl: string;
    readonly persona: string;
    readonly path: string;
    readonly name: string;
    readonly sign: string;
    /** The heading of what is loaded into the page after it. */
    readonly part?: string;
  },
): Promise<void> {
  await page.goto(`${at.portalUrl}/login?returnTo=${encodeURIComponent(at.path)}`);
  await page.locator(`button[value="${at.persona}"]`).click();
  await heading(page, at.sign);
  if (at.part) await page.getByRole('heading', { level: 2, name: at.part }).waitFor();
  await take(at.name);
}

async function look(
  { page, take }: Pick<Camera, 'page' | 'take'>,
  at: { readonly url: string; readonly name: string; readonly sign: string },
): Promise<void> {
  await page.goto(at.url);
  await heading(page, at.sign);
  await take(at.name);
}

export function heading(page: Page, name: string): Promise<void> {
  return page.getByRole('heading', { level: 1, name }).first().waitFor({ state: 'attached' });
}
