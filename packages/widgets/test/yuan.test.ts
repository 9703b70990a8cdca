import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { complaints, expectAccessible, expectNoSidewaysScroll, type OpenOptions } from './browser.js';
import { PROOF } from './fixtures/matches.js';
import { worldOfEffects } from './fixtures/world.js';
import { useStage } from './stage.js';

const { open, stage } = useStage(() => worldOfEffects().answers);

describe('one own yuan', () => {
  it('is accessible on a desk, on a phone, in the dark and in large type, and the console is quiet', async () => {
    const looks: OpenOptions[] = [
      {},
      { phone: true, attributes: { theme: 'dark' } },
      { phone: true, attributes: { 'large-type': '' } },
    ];
    for (const look of looks) {
      const shown = await open('/zone/love/match-6', look);
      await shown.getByRole('heading', { level: 1, name: '¥1.00 的去向' }).waitFor();
      await expectAccessible(shown);
      await expectNoSidewaysScroll(shown);
      expect(complaints.get(shown)).toEqual([]);
      await shown.context().close();
    }
  });

  it('opens from my love, by the keyboard', async () => {
    const shown = await open('/zone/love?tab=matches');
    await shown
      .getByRole('link', { name: /这一元的去向和证明/ })
      .first()
      .press('Enter');
    await shown.waitForURL('**/zone/love/match-1');
    await shown.getByRole('heading', { level: 1, name: '¥1.00 的去向' }).waitFor();
  });

  it('tells its way with dates, its batch, the receipt, and what it was used for', async () => {
    const shown = await open('/zone/love/match-6');
    const way = shown.getByRole('list', { name: '这笔配捐的每一步' });
    await way.getByText('2026 年 12 月 10 日 10:00').waitFor();
    expect(await way.getByRole('listitem').count()).toBe(6);
    for (const text of ['B202611', '已开给配捐方', '城口县营养午餐', '已用 ¥1,200.00，最近一次 2026 年 12 月 20 日'])
      await shown.getByText(text, { exact: true }).waitFor();
  });

  it('does not say of a step to come that it has come', async () => {
    const shown = await open('/zone/love/match-1');
    await shown.getByText('等您签收、退货期过后，这一元就确定要捐出。').waitFor();
    await shown.getByText('还没有列入批次').waitFor();
    expect(await shown.getByText('您已签收').count()).toBe(0);
  });

  it('hands over its proof as a file, byte for byte, and leads to the page that checks it', async () => {
    const shown = await open('/zone/love/match-6');
    const [download] = await Promise.all([
      shown.waitForEvent('download'),
      shown.getByRole('button', { name: '下载证明' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe(PROOF.fileName);
    expect(await readFile(await download.path(), 'utf8')).toBe(PROOF.text);
    await shown.getByText('证明已保存。').waitFor();
    expect(await shown.getByRole('link', { name: '打开核对页面' }).getAttribute('href')).toBe('/verify');
  });

  it('says why there is no proof yet, and what to do when the wire breaks', async () => {
    const shown = await open('/zone/love/match-3');
    await shown.getByRole('button', { name: '下载证明' }).click();
    await shown.getByText('这一元所在的批次还没有公示，公示后就可以下载证明。').waitFor();
    stage.server.world.trouble = () => 'cut';
    await shown.getByRole('button', { name: '下载证明' }).click();
    await shown.getByText('没有取到证明：网络中断了，请再试一次。').waitFor();
  });

  it('has no proof and no use once it is void', async () => {
    const shown = await open('/zone/love/match-void');
    await shown.getByRole('heading', { level: 1, name: '这笔配捐已撤销' }).waitFor();
    expect(await shown.getByRole('button', { name: '下载证明' }).count()).toBe(0);
  });

  it('shows nothing of somebody else’s', async () => {
    const shown = await open('/zone/love/match-of-another');
    await shown.getByText('每个人只能看到自己的').waitFor();
    await expectAccessible(shown);
  });
});
