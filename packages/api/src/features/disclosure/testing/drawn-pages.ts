import { type Canvas, createCanvas } from '@napi-rs/canvas';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';

/** Dots of the page for each point of the paper. */
const SCALE = 2;

export interface DrawnPage {
  readonly text: string;
  readonly canvas: Canvas;
  /** Share of words under which there is ink. */
  readonly inkedShare: number;
  /** Whether anything was drawn closer to the paper's edge than this many points. */
  hasInkWithin(points: number): boolean;
}

/** The pages as a reader sees them: drawn, and asked dot by dot. */
export async function drawnPages(bytes: Uint8Array): Promise<DrawnPage[]> {
  // Its own copy: the reader takes the bytes away.
  const pdf = await getDocument({ data: new Uint8Array(bytes), useSystemFonts: false, disableFontFace: true }).promise;
  const pages: DrawnPage[] = [];
  for (let number = 1; number <= pdf.numPages; number += 1) {
    const page = await pdf.getPage(number);
    const viewport = page.getViewport({ scale: SCALE });
    const canvas = createCanvas(viewport.width, viewport.height);
    await page.render({ canvas: null, canvasContext: canvas.getContext('2d') as never, viewport }).promise;
    const { items } = await page.getTextContent();
    const words = items.flatMap((item) => ('str' in item && item.str.trim() !== '' ? [item] : []));
    const inked = words.filter(({ transform, width, height }) => {
      const [, , , , x = 0, y = 0] = transform as number[];
      const box = { x: x * SCALE, y: viewport.height - (y + height * 0.9) * SCALE };
      return isDark(canvas, { ...box, width: width * SCALE, height: height * SCALE });
    });
    pages.push({
      text: words.map((item) => item.str).join(''),
      canvas,
      inkedShare: words.length === 0 ? 0 : inked.length / words.length,
      hasInkWithin: (points) => edgesOf(canvas, points * SCALE).some((edge) => isDark(canvas, edge)),
    });
  }
  await pdf.destroy();
  return pages;
}

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

function isDark(canvas: Canvas, { x, y, width, height }: Box): boolean {
  const size = [Math.max(1, Math.ceil(width)), Math.max(1, Math.ceil(height))] as const;
  const { data } = canvas.getContext('2d').getImageData(Math.floor(x), Math.floor(y), ...size);
  for (let at = 0; at < data.length; at += 4) if ((data[at] ?? 255) < 160) return true;
  return false;
}

function edgesOf({ width, height }: Canvas, margin: number): Box[] {
  return [
    { x: 0, y: 0, width, height: margin },
    { x: 0, y: height - margin, width, height: margin },
    { x: 0, y: 0, width: margin, height },
    { x: width - margin, y: 0, width: margin, height },
  ];
}
