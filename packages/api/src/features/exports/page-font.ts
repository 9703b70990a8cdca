import { createRequire } from 'node:module';
import type { Font } from 'fontkit';
import { printableText } from './cells.rules.js';

const require = createRequire(import.meta.url);

/** As the pages call it. */
export const PAGE_FONT = 'NotoSansSC';
/** The two faces of the pages. */
export const PAGE_FONT_FILES = {
  regular: require.resolve('@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf'),
  bold: require.resolve('@expo-google-fonts/noto-sans-sc/700Bold/NotoSansSC_700Bold.ttf'),
};

/** Opened at the first page: the glyph table alone is read, not the shapes. */
let faces: readonly Font[] | undefined;

/** True where both faces can draw the character: a code point that they lack comes out as a crossed box. */
export function hasGlyph(codePoint: number): boolean {
  faces ??= openFaces();
  return faces.every((face) => face.hasGlyphForCodePoint(codePoint));
}

/** The library is read only now: a zone that prints nothing starts without it. */
function openFaces(): readonly Font[] {
  const { openSync } = require('fontkit') as { openSync(file: string): Font };
  return Object.values(PAGE_FONT_FILES).map((file) => openSync(file));
}

/** The sign for "unreadable" is itself none that the font has. */
const UNREADABLE = '〔乱码〕';

/**
 * A text as the pages print it. Characters that the font lacks (a rare one in a name, another script, a little picture)
 * stand as their codes, `〔U+20BB7〕`, so that none is lost and nobody takes a box for a letter; what nobody sees anyway goes.
 */
export function printedText(text: string): string {
  let printed = '';
  let missing: string[] = [];
  const closeRun = (): void => {
    if (missing.length > 0) printed += `〔U+${missing.join(' ')}〕`;
    missing = [];
  };
  for (const character of printableText(text)) {
    if (/[\p{Cf}\p{Variation_Selector}]/u.test(character)) continue;
    const codePoint = character.codePointAt(0) ?? 0;
    if (codePoint !== 0xfffd && !isLayout(character) && !hasGlyph(codePoint)) {
      missing.push(codePoint.toString(16).toUpperCase().padStart(4, '0'));
      continue;
    }
    closeRun();
    printed += codePoint === 0xfffd ? UNREADABLE : character;
  }
  closeRun();
  return printed;
}

/** Line breaks and tabs are laid out, not drawn. */
function isLayout(character: string): boolean {
  return character === '\n' || character === '\r' || character === '\t';
}
