import { createRequire } from 'node:module';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { type Canvas, createCanvas, GlobalFonts } from '@napi-rs/canvas';
import { getDocument, type PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { hasGlyph, type PagesDocument, pagesPdf, printedText } from './index.js';

const DOCUMENT: PagesDocument = {
  title: '2026年10月配捐批次',
  subtitle: '共产党员一元捐基金',
  createdAt: new Date('2026-11-03T02:00:00Z'),
  hash: 'a3f5'.repeat(16),
  sections: [
    {
      facts: [
        ['配捐单位', '渝州粮油集团'],
        ['应汇金额', { amountFen: 123_456_789 }],
      ],
    },
    {
      heading: '按区县',
      table: {
        columns: [{ title: '区县' }, { title: '笔数', width: 60 }, { title: '金额（元）', width: 90 }],
        rows: [
          ['巫溪', 1_024, { amountFen: 102_400 }],
          ['彭水', 7, { amountFen: -700 }],
        ],
        totals: ['合计', 1_031, { amountFen: 101_700 }],
      },
    },
  ],
};

/** Dots of the page for each point of the paper. */
const SCALE = 4;
const FONT = 'Printed';

beforeAll(() => {
  const file = '@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf';
  GlobalFonts.registerFromPath(createRequire(import.meta.url).resolve(file), FONT);
});

interface Glyph {
  readonly character: string;
  readonly x: number;
  readonly y: number;
  readonly size: number;
}

interface Drawn {
  readonly canvas: Canvas;
  readonly glyphs: readonly Glyph[];
  readonly text: string;
}

async function draw(bytes: Buffer): Promise<Drawn[]> {
  // Its own copy: the reader takes the bytes away.
  const pdf = await getDocument({ data: new Uint8Array(bytes), useSystemFonts: false, disableFontFace: true }).promise;
  const pages: Drawn[] = [];
  for (let number = 1; number <= pdf.numPages; number += 1) pages.push(await drawPage(await pdf.getPage(number)));
  await pdf.destroy();
  return pages;
}

async function drawPage(page: PDFPageProxy): Promise<Drawn> {
  const viewport = page.getViewport({ scale: SCALE });
  const canvas = createCanvas(viewport.width, viewport.height);
  const canvasContext = canvas.getContext('2d') as unknown as CanvasRenderingContext2D;
  await page.render({ canvas: null, canvasContext, viewport }).promise;
  const { items } = await page.getTextContent();
  const glyphs: Glyph[] = [];
  let text = '';
  for (const item of items) {
    if (!('str' in item)) continue;
    text += item.str;
    // Only where every character is one square: there a glyph's place is known without asking the font.
    if (!/^\p{Script=Han}+$/u.test(item.str)) continue;
    const [size = 0, , , , x = 0, y = 0] = item.transform as number[];
    [...item.str].forEach((character, index) => {
      glyphs.push({ character, size: size * SCALE, x: (x + index * size) * SCALE, y: viewport.height - y * SCALE });
    });
  }
  return { canvas, glyphs, text };
}

const GRID = 16;

/** How dark each of 16 × 16 fields of a glyph's square is, 0 to 1. */
function inkOf(canvas: Canvas, { x, y, size }: Glyph): number[] {
  const side = Math.ceil(size);
  const { data } = canvas.getContext('2d').getImageData(Math.floor(x), Math.floor(y - size * 0.88), side, side);
  const background = data[0] ?? 255;
  const fields = Array.from({ length: GRID * GRID }, () => 0);
  for (let row = 0; row < side; row += 1) {
    for (let column = 0; column < side; column += 1) {
      const dark = Math.max(0, background - (data[(row * side + column) * 4] ?? 255)) / 255;
      const field = Math.floor((row * GRID) / side) * GRID + Math.floor((column * GRID) / side);
      fields[field] = (fields[field] ?? 0) + dark;
    }
  }
  return fields;
}

/** The same glyph as the font itself draws it. */
function inkOfFont(character: string, size: number): number[] {
  const side = Math.ceil(size * 1.2);
  const canvas = createCanvas(side, side);
  const context = canvas.getContext('2d');
  context.fillStyle = '#fff';
  context.fillRect(0, 0, side, side);
  context.fillStyle = '#2a2620';
  context.font = `${size}px ${FONT}`;
  context.fillText(character, 0, size * 0.88);
  return inkOf(canvas, { character, x: 0, y: size * 0.88, size });
}

/** 1 for the same picture, about 0 for two that have nothing to do with each other. */
function likeness(one: readonly number[], other: readonly number[]): number {
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [a, b] = [mean(one), mean(other)];
  let [both, left, right] = [0, 0, 0];
  one.forEach((value, index) => {
    const [p, q] = [value - a, (other[index] ?? 0) - b];
    both += p * q;
    left += p * p;
    right += q * q;
  });
  return left === 0 || right === 0 ? 0 : both / Math.sqrt(left * right);
}

describe('printed pages', () => {
  it('show every Chinese character as the font draws it, seen by the ink on the page', async () => {
    const pages = await draw(await pagesPdf(DOCUMENT));
    const glyphs = pages.flatMap(({ canvas, glyphs: drawn }) => drawn.map((glyph) => ({ canvas, glyph })));
    const shown = new Set(glyphs.map(({ glyph }) => glyph.character));
    for (const character of '配捐单位渝州粮油集团应汇金额按区县巫溪彭水合计笔数')
      expect([...shown]).toContain(character);
    for (const { canvas, glyph } of glyphs) {
      const ink = inkOf(canvas, glyph);
      const same = likeness(ink, inkOfFont(glyph.character, glyph.size));
      const other = likeness(ink, inkOfFont(glyph.character === '永' ? '国' : '永', glyph.size));
      // Bold print is like its regular form, and unlike another character or the box of a lost one.
      expect([glyph.character, same > 0.7 && same > other + 0.15]).toEqual([glyph.character, true]);
      expect(likeness(ink, inkOfFont('\u{10ffff}', glyph.size))).toBeLessThan(0.6);
    }
  });

  it('say the money in full, the page, and the hash of the content', async () => {
    const [page] = await draw(await pagesPdf(DOCUMENT));
    for (const text of ['1,234,567.89', '1,024.00', '-7.00', '1,017.00', '第 1 页，共 1 页', 'a3f5'.repeat(16)]) {
      expect(page?.text).toContain(text);
    }
  });

  it('repeat the header of a long table on each page', async () => {
    const rows = Array.from({ length: 120 }, (_, index) => [`第${index}行`, index, { amountFen: index }]);
    const table = { columns: [{ title: '区县' }, { title: '笔数' }, { title: '金额（元）' }], rows };
    const pages = await draw(await pagesPdf({ ...DOCUMENT, sections: [{ table }] }));
    expect(pages.length).toBeGreaterThan(2);
    for (const [index, { text }] of pages.entries()) {
      expect(text).toContain('区县');
      expect(text).toContain(`第 ${index + 1} 页，共 ${pages.length} 页`);
    }
  });

  it('keep every word within the paper, however long it is', async () => {
    const long = 'a1b2c3d4'.repeat(20);
    const table = { columns: [{ title: '校验值' }, { title: '金额' }], rows: [[long, { amountFen: 1 }]] };
    const [page] = await draw(await pagesPdf({ ...DOCUMENT, sections: [{ table, facts: [['校验值', long]] }] }));
    const margin = page?.canvas
      .getContext('2d')
      .getImageData((page.canvas.width - 30 * SCALE) | 0, 0, 20 * SCALE, page.canvas.height);
    expect(margin && new Set(margin.data)).toEqual(new Set([255]));
  });

  it('give the same bytes whenever they are made', async () => {
    const first = await pagesPdf(DOCUMENT);
    await sleep(1_100);
    expect((await pagesPdf(DOCUMENT)).equals(first)).toBe(true);
  });

  it('are not made of more rows than a process can lay out', async () => {
    const rows = Array.from({ length: 10_001 }, () => ['x']);
    await expect(pagesPdf({ ...DOCUMENT, sections: [{ table: { columns: [{ title: 'x' }], rows } }] })).rejects.toThrow(
      '10000 rows',
    );
  });
});

describe('a character that the font of the pages lacks', () => {
  const drawn = (text: string): boolean => [...text].every((one) => hasGlyph(one.codePointAt(0) ?? 0));

  it('stands as its code, and nothing is left that would come out as a box', async () => {
    const names = ['𠮷野食品', 'བོད', 'ئۇي', '₽100', '苹果🍎', 'a\u200bb', '乱\ud800', '一\ufffd'];
    expect(names.filter(drawn)).toEqual([]);
    const printed = names.map(printedText);
    expect(printed).toEqual([
      ...['〔U+20BB7〕野食品', '〔U+0F56 0F7C 0F51〕', '〔U+0626 06C7 064A〕', '〔U+20BD〕100', '苹果〔U+1F34E〕'],
      ...['ab', '乱〔乱码〕', '一〔乱码〕'],
    ]);
    expect(printed.every(drawn)).toBe(true);
    const [page] = await draw(await pagesPdf({ ...DOCUMENT, sections: [{ facts: [['户名', '𠮷野🍎']] }] }));
    expect(page?.text.replaceAll(' ', '')).toContain('〔U+20BB7〕野〔U+1F34E〕');
  });
});
