import { beforeAll, describe, expect, it } from '@jest/globals';
import exceljs from 'exceljs';
import { packContent, sealContent } from './disclosure.rules.js';
import type { PackContent } from './pack.types.js';
import { bytesOf } from './pack-files.js';
import { drawnPages } from './testing/drawn-pages.js';
import { factsFixture, SHY_DONOR } from './testing/facts-fixture.js';

const { json, hash } = sealContent(packContent(factsFixture()));
let pdf: Buffer;
beforeAll(async () => {
  pdf = await bytesOf(json, 'pdf');
});

const SECRETS = [SHY_DONOR.sponsorName, SHY_DONOR.sponsorUscc ?? '', SHY_DONOR.number];

describe('the printed disclosure', () => {
  it('shows all that the JSON says, in ink, within its margins', async () => {
    const pages = await drawnPages(pdf);
    const text = pages.map((page) => page.text).join('');
    const figures = ['3,500.00', '1,800.00', '1,700.00', '700.00', '88.00'];
    for (const said of [
      '共产党员一元捐基金',
      '2026年8月',
      '城口',
      '渝州配捐企业',
      '未公开',
      '净水设备两套',
      ...figures,
    ]) {
      expect(text).toContain(said);
    }
    expect(text.replaceAll(/\s/g, '')).toContain(hash);
    for (const page of pages) {
      expect(page.inkedShare).toBe(1);
      expect(page.hasInkWithin(12)).toBe(false);
    }
    for (const secret of SECRETS) expect(text).not.toContain(secret);
    // No heading stands alone at the foot of a page.
    for (const page of pages.slice(0, -1))
      expect(page.text).not.toMatch(/(批次|善款使用|未结清事项|校验)(内容校验值|第 \d)/);
  });

  it('of an empty period says so, and of a correction what it corrects and why', async () => {
    const corrects = { packId: 'GS20260701-20260930', hash: 'a'.repeat(64), reason: '项目名称写错' };
    const nothing = { movements: [], batches: [], remittances: [], projects: [], agreements: [], bankLines: [] };
    const { json: empty } = sealContent(packContent(factsFixture({ ...nothing, corrects })));
    const [first] = await drawnPages(await bytesOf(empty, 'pdf'));
    for (const said of ['更正', '项目名称写错', '没有收到捐赠', '没有未结清的事项'])
      expect(first?.text).toContain(said);
  });
});

describe('the workbook', () => {
  it('holds every figure as a number, and its sums are the JSON’s', async () => {
    const book = new exceljs.Workbook();
    await book.xlsx.load((await bytesOf(json, 'xlsx')) as never);
    const column = (sheet: string, at: number): number[] => {
      const values: number[] = [];
      book.getWorksheet(sheet)?.eachRow((row, index) => {
        if (index > 1) values.push(Math.trunc(Number(row.getCell(at).value) * 100 + 0.5));
      });
      return values;
    };
    const sum = (all: readonly number[]): number => all.reduce((total, one) => total + one, 0);
    const { fund, yuan } = JSON.parse(json) as PackContent;
    expect(sum(column('按月', 3))).toBe(fund.receivedFen);
    expect(sum(column('收到的款项', 7))).toBe(fund.receivedFen);
    expect(sum(column('支出', 5))).toBe(fund.spentFen);
    expect(sum(column('批次', 6))).toBe(yuan.amountFen);
    const texts = JSON.stringify(book.worksheets.map((sheet) => sheet.getSheetValues()));
    for (const secret of SECRETS) expect(texts).not.toContain(secret);
    expect(texts).toContain(hash);
  });
});

describe('both', () => {
  it('are the same bytes each time, from the JSON alone', async () => {
    expect((await bytesOf(json, 'pdf')).equals(pdf)).toBe(true);
    expect((await bytesOf(json, 'xlsx')).equals(await bytesOf(json, 'xlsx'))).toBe(true);
    expect((await bytesOf(json, 'json')).toString()).toBe(json);
  });
});
