import { describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { complaints, expectAccessible, expectNoSidewaysScroll, type OpenOptions } from './browser.js';
import { disclosureAnswers } from './fixtures/disclosure.js';
import { useStage } from './stage.js';

const { open: openPage, stage } = useStage(() => disclosureAnswers());
const open = (path = '/disclosure', options: OpenOptions = {}) => openPage(path, { token: null, ...options });
const heading = (on: Page, name: string) => on.getByRole('heading', { name });

describe('the public disclosure', () => {
  it('is accessible on a desk, on a phone, in the dark and in large type, and the console is quiet', async () => {
    for (const look of [
      {},
      { phone: true },
      { attributes: { theme: 'dark' } },
      { phone: true, attributes: { 'large-type': '' } },
    ]) {
      const shown = await open('/disclosure', look);
      await heading(shown, '信息公示').waitFor();
      for (const details of await shown.locator('details summary').all()) await details.click();
      await expectAccessible(shown);
      await expectNoSidewaysScroll(shown);
      expect(complaints.get(shown)).toEqual([]);
      await shown.context().close();
    }
  });

  it('asks nobody to sign in, and says where the money came from, went, and is', async () => {
    const shown = await open();
    for (const text of [
      '¥31,284.00',
      '¥24,600.00',
      '¥19,530.00',
      '710',
      '渝州粮油集团有限公司',
      '城口山区小学饮水改造',
    ]) {
      await shown.getByText(text, { exact: true }).first().waitFor();
    }
    await shown.getByText('期初 ¥12,846.00 ＋ 收到 ¥31,284.00 － 支出 ¥24,600.00 ＝ 期末 ¥19,530.00').waitFor();
    await shown.getByText('AX202608-01 还没有全部到账（2026-09-02 复核）').waitFor();
    expect(stage.server.world.seen.every((seen) => seen.authorization === undefined)).toBe(true);
  });

  it('says how a yuan is checked, and gives the files', async () => {
    const shown = await open();
    const check = shown.getByRole('link', { name: '去核对一元钱' });
    expect(await check.getAttribute('href')).toBe('/verify');
    for (const [name, ending] of [
      ['PDF 文件', 'pdf'],
      ['表格（XLSX）', 'xlsx'],
      ['原始数据（JSON）', 'json'],
    ] as const) {
      const href = await shown.getByRole('link', { name }).getAttribute('href');
      expect(href).toBe(`/disclosure/GS20260701-20260930.${ending}`);
    }
    await shown.context().grantPermissions(['clipboard-write', 'clipboard-read']);
    await shown.getByRole('button', { name: '复制公示根' }).click();
    await shown.getByText('公示根已复制').waitFor({ state: 'attached' });
    expect(await shown.evaluate(() => navigator.clipboard.readText())).toMatch(/^[0-9a-f]{64}$/);
  });

  it('keeps the period in the address; a corrected one says so and leads to its correction, and back', async () => {
    const shown = await open('/disclosure?disclosure=id-GS20260401-20260630');
    await shown.getByText('原公示一字不改地保留在这里', { exact: false }).waitFor();
    await shown.getByRole('link', { name: '看更正后的公示' }).click();
    await shown.waitForURL('**?disclosure=id-GS20260401-20260630-G1');
    await shown.getByText('本公示更正 GS20260401-20260630。', { exact: false }).waitFor();
    await shown.goBack();
    await shown.getByRole('link', { name: '看更正后的公示' }).waitFor();
    await shown.getByRole('link', { name: '2026-07-01 至 2026-09-30' }).press('Enter');
    await shown.waitForURL('**?disclosure=id-GS20260701-20260930');
  });

  it('says what it is for while nothing is disclosed, and what to do about a wrong number', async () => {
    const nothing = { disclosures: () => ({ totalCount: 0, edges: [] }), disclosure: () => null };
    stage.server.world.answers = nothing;
    const empty = await open();
    await empty.getByText('还没有公示').waitFor();
    await expectAccessible(empty);
    await empty.context().close();
    stage.server.world.answers = disclosureAnswers();
    const shown = await open('/disclosure?disclosure=id-nothing');
    await shown.getByText('没有找到这一期公示').waitFor();
    await shown.getByRole('link', { name: '看最新一期' }).click();
    await shown.getByText('编号 GS20260701-20260930').waitFor();
  });

  it('says that it did not come, and comes when asked again', async () => {
    stage.server.world.trouble = () => 'cut';
    const shown = await open();
    await shown.getByText('网络没有连上').waitFor();
    stage.server.world.trouble = undefined;
    await shown.getByRole('button', { name: '再试一次' }).click();
    await shown.getByText('编号 GS20260701-20260930').waitFor();
  });
});
