import { readFile } from 'node:fs/promises';
import type { Camera } from './camera.js';
import { heading } from './walk.js';

/** Of an element in the page, which the scripts' types do not know. */
interface Scrolled {
  scrollIntoView(at: { block: 'center' }): void;
}

/**
 * The member's way from a disclosed yuan to its proof, and the proof's to its check: the file is really downloaded, and the
 * page that checks it must find it in the pack that was published.
 */
export async function walkToProof({ page, take }: Camera, portalUrl: string): Promise<void> {
  await page.goto(`${portalUrl}/zone/love?tab=matches`);
  await heading(page, '我的爱心');
  const disclosed = page.locator('summary', { hasText: '已公示' });
  const row = page.locator('li.match').filter({ has: disclosed }).first();
  await row.waitFor();
  const toYuan = row.getByRole('link', { name: '这一元的去向和证明' });
  if (!(await toYuan.isVisible())) await row.locator('summary').click();
  await toYuan.click();
  await heading(page, '的去向');
  await take('yuan');

  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: '下载证明' }).click(),
  ]);
  const proof = { name: download.suggestedFilename(), buffer: await readFile(await download.path()) };
  const [checking] = await Promise.all([
    page.context().waitForEvent('page'),
    page.getByRole('link', { name: '打开核对页面' }).click(),
  ]);
  const pack = await publishedPack(checking.url(), proof.buffer);
  const input = checking.locator('input[type=file]');
  await input.setInputFiles([proof, pack].map((file) => ({ ...file, mimeType: 'application/json' })));
  const verdict = checking.getByRole('heading', { name: '核对无误' });
  await verdict.waitFor();
  await verdict.evaluate((shown: unknown) => (shown as Scrolled).scrollIntoView({ block: 'center' }));
  await take('verify', checking);
  await checking.close();
}

/** The pack that the proof names, as everybody can fetch it: it lies beside the page that checks. */
async function publishedPack(verifyUrl: string, proof: Buffer): Promise<{ name: string; buffer: Buffer }> {
  const { pack } = JSON.parse(proof.toString('utf8')) as { pack: { packId: string } };
  const name = `${pack.packId}.json`;
  const answer = await fetch(new URL(`disclosure/${name}`, verifyUrl));
  if (!answer.ok) throw new Error(`the published pack ${name}: HTTP ${answer.status}`);
  return { name, buffer: Buffer.from(await answer.arrayBuffer()) };
}
