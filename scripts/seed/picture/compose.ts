import { HEIGHT, type Landscape, WIDTH, drawLandscape, numbersFrom } from './landscape.js';
import { ICON_SIZE, type Icons, withOwnIds } from './icons.js';

export interface Composition {
  readonly icon: string;
  readonly beside?: string | undefined;
  readonly sky: readonly [string, string];
  readonly landscape: Landscape;
  readonly countyColor: string;
  /** The county's code as a number: its hills. */
  readonly countySeed: number;
  /** The product's own number: where the sun stands, on which side the second thing lies. */
  readonly ownSeed: number;
}

const ICON_PX = 156;
const BESIDE_PX = 74;
const GROUND = 262;

/**
 * One picture, 3:2: the sky of its category, the land of its county, and the produce in the light in the middle, with a
 * shadow to stand on. It reads at the size of a card and stays calm beside eleven others.
 */
export function composePicture(facts: Composition, icons: Icons): string {
  const next = numbersFrom(facts.ownSeed);
  const right = next() < 0.5;
  const sunX = right ? 92 + 40 * next() : 348 + 40 * next();
  const sunY = 64 + 26 * next();
  const middle = WIDTH / 2 + (facts.beside ? (right ? -18 : 18) : 0);
  const besideX = right ? middle + 82 : middle - 82;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}">`,
    '<defs>',
    gradient('sky', facts.sky),
    '<radialGradient id="light"><stop stop-color="#fff" stop-opacity=".85"/>',
    '<stop offset="1" stop-color="#fff" stop-opacity="0"/></radialGradient>',
    '<radialGradient id="shade"><stop stop-color="#3a2c18" stop-opacity=".3"/>',
    '<stop offset="1" stop-color="#3a2c18" stop-opacity="0"/></radialGradient>',
    '</defs>',
    `<path fill="url(#sky)" d="M0 0h${WIDTH}v${HEIGHT}H0z"/>`,
    `<circle cx="${round(sunX)}" cy="${round(sunY)}" r="26" fill="#fff" fill-opacity=".62"/>`,
    drawLandscape(facts.landscape, facts.countyColor, facts.countySeed),
    `<circle cx="${middle}" cy="176" r="132" fill="url(#light)"/>`,
    facts.beside ? shadow(besideX, GROUND + 4, BESIDE_PX) : '',
    shadow(middle, GROUND, ICON_PX),
    drawing(withOwnIds(icons(facts.icon), 'a-'), { middle, bottom: GROUND + 6, size: ICON_PX }),
    facts.beside
      ? drawing(withOwnIds(icons(facts.beside), 'b-'), { middle: besideX, bottom: GROUND + 9, size: BESIDE_PX })
      : '',
    '</svg>',
  ].join('');
}

function gradient(id: string, [top, bottom]: readonly [string, string]): string {
  const stops = `<stop stop-color="${top}"/><stop offset="1" stop-color="${bottom}"/>`;
  return `<linearGradient id="${id}" x1="0" x2="0" y1="0" y2="1">${stops}</linearGradient>`;
}

function shadow(middle: number, ground: number, width: number): string {
  return `<ellipse cx="${middle}" cy="${ground}" rx="${round(width * 0.46)}" ry="${round(width * 0.085)}" fill="url(#shade)"/>`;
}

function drawing(body: string, place: { middle: number; bottom: number; size: number }): string {
  const scale = place.size / ICON_SIZE;
  const x = place.middle - place.size / 2;
  const y = place.bottom - place.size;
  return `<g transform="translate(${round(x)} ${round(y)}) scale(${scale})">${body}</g>`;
}

function round(value: number): number {
  return Number(value.toFixed(1));
}
