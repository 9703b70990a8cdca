import type { Camera } from './camera.js';
import { visit } from './walk.js';

/** The maker's other tabs with a picture: the word on the tab, and the heading that stands in it. */
const TABS = [
  { tab: '对账', sign: '对账台', name: 'fund-bank' },
  { tab: '支付账单', sign: '支付账单', name: 'fund-bills' },
  { tab: '使用', sign: '资金使用', name: 'fund-projects' },
  { tab: '公示', sign: '公示', name: 'fund-disclosure' },
] as const;

/** Through the fund's console as its maker: the months, the newest batch in full, and on along the tabs. */
export async function walkAsMaker(camera: Camera, portalUrl: string): Promise<void> {
  const { page, take } = camera;
  const way = { portalUrl, persona: 'fund-maker', path: '/fund?tab=batches' };
  await visit(camera, { ...way, name: 'fund-batches', sign: '基金管理', part: '月度批次' });
  await page.getByRole('table', { name: '月度批次表' }).getByRole('link').first().click();
  await page.getByRole('heading', { level: 3, name: '按区县' }).waitFor();
  await take('fund-batch');
  for (const { tab, sign, name } of TABS) {
    await page.getByRole('tab', { name: tab }).click();
    await page.getByRole('heading', { level: 2, name: sign, exact: true }).waitFor();
    await take(name);
  }
}

/** What everybody reads, without signing in. */
export async function readDisclosure({ page, take }: Camera, portalUrl: string): Promise<void> {
  await page.goto(`${portalUrl}/disclosure`);
  await page.getByRole('heading', { name: '公示根' }).waitFor();
  await take('disclosure');
}
