/**
 * The land behind the produce: three soft layers of hills in the county's colour, each county's own by its code, all of
 * a county alike enough to be recognised. Coordinates are those of a picture of `WIDTH` × `HEIGHT`.
 */
export type Landscape = 'peaks' | 'gorge' | 'terraces' | 'river' | 'karst' | 'forest' | 'plain';

export const WIDTH = 480;
export const HEIGHT = 320;

/** A small generator of the same numbers for the same seed (mulberry32): 0 ≤ n < 1. */
export function numbersFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

type Numbers = () => number;
type Point = readonly [number, number];

const LAYERS = [
  { base: 218, opacity: 0.1 },
  { base: 246, opacity: 0.14 },
  { base: 276, opacity: 0.2 },
] as const;

/** SVG of the land, to lie between the sky and the produce. */
export function drawLandscape(kind: Landscape, color: string, seed: number): string {
  const next = numbersFrom(seed);
  const layers = LAYERS.map(({ base, opacity }, depth) => {
    const shape = SHAPES[kind]({ next, base, depth });
    return `<path fill="${color}" fill-opacity="${opacity}" d="${shape}"/>`;
  });
  return layers.join('') + extras(kind, color, next);
}

interface Layer {
  readonly next: Numbers;
  readonly base: number;
  readonly depth: number;
}

const SHAPES: Record<Landscape, (layer: Layer) => string> = {
  peaks: (layer) => ridge(layer, { step: 62, height: 88, soft: 0.18 }),
  karst: (layer) => ridge(layer, { step: 74, height: 70, soft: 0.62 }),
  river: (layer) => ridge(layer, { step: 120, height: 34, soft: 0.5 }),
  plain: (layer) => ridge(layer, { step: 160, height: 16, soft: 0.5 }),
  forest: (layer) => ridge(layer, { step: 96, height: 46, soft: 0.5 }),
  terraces: (layer) => ridge(layer, { step: 140, height: 52, soft: 0.5 }),
  gorge: (layer) => cliffs(layer),
};

/** A chain of summits; `soft` 0 makes them pointed, towards 1 round. Nearer chains are lower and calmer. */
function ridge({ next, base, depth }: Layer, form: { step: number; height: number; soft: number }): string {
  const points: Point[] = [];
  const calm = 1 - depth * 0.24;
  let summit = next() < 0.5;
  for (let x = -form.step * next(); x < WIDTH + form.step; x += (form.step / 2) * (0.8 + 0.4 * next())) {
    const rise = summit ? 0.62 + 0.38 * next() : 0.16 * next();
    points.push([x, base - form.height * calm * rise]);
    summit = !summit;
  }
  return closed(points, form.soft);
}

/** Two walls that leave the view through the middle open; each layer's walls stand further apart. */
function cliffs({ next, base, depth }: Layer): string {
  const gap = 40 + depth * 62;
  const top = base - 128 + depth * 34;
  const left = WIDTH / 2 - gap - 16 * next();
  const right = WIDTH / 2 + gap + 16 * next();
  const steps = [0.3, 0.55, 0.8].map((share) => share + 0.08 * next());
  const wall = (edge: number, end: number): Point[] =>
    steps.map((share) => [edge + (end - edge) * share * 0.55, base - (base - top) * share] as const);
  const points: Point[] = [
    [-20, top - 12 * next()],
    ...wall(left, -20).reverse(),
    [left, base],
    [right, base],
    ...wall(right, WIDTH + 20),
    [WIDTH + 20, top - 12 * next()],
  ];
  return closed(points, 0.28);
}

/** A line through the points, closed along the bottom edge. Control points lie level with their points. */
function closed(points: readonly Point[], soft: number): string {
  const first = points[0] ?? [0, HEIGHT];
  let path = `M${at(first[0])} ${HEIGHT}V${at(first[1])}`;
  for (const [index, [x, y]] of points.entries()) {
    const before = points[index - 1];
    if (!before) continue;
    const reach = (x - before[0]) * soft;
    path += `C${at(before[0] + reach)} ${at(before[1])} ${at(x - reach)} ${at(y)} ${at(x)} ${at(y)}`;
  }
  return `${path}V${HEIGHT}Z`;
}

function extras(kind: Landscape, color: string, next: Numbers): string {
  if (kind === 'terraces') return fieldLines(color, 4);
  if (kind === 'plain') return fieldLines(color, 3);
  if (kind === 'river' || kind === 'gorge') return water(next);
  if (kind === 'forest') return trees(color, next);
  return '';
}

/** The edges of rice terraces, each below the one before. */
function fieldLines(color: string, count: number): string {
  let path = '';
  for (let line = 0; line < count; line += 1) {
    const y = 268 + line * 14;
    path += `M-10 ${y}C90 ${y - 22} 170 ${y + 14} 260 ${y - 2}S420 ${y - 18} 490 ${y + 4}`;
  }
  return `<path fill="none" stroke="${color}" stroke-opacity=".22" stroke-width="1.6" d="${path}"/>`;
}

/** The light on the river. */
function water(next: Numbers): string {
  let path = '';
  for (let line = 0; line < 4; line += 1) {
    const length = 60 + 90 * next();
    path += `M${at(40 + (WIDTH - 120) * next())} ${at(288 + line * 8)}h${at(length)}`;
  }
  return `<path fill="none" stroke="#fff" stroke-opacity=".5" stroke-width="2.4" stroke-linecap="round" d="${path}"/>`;
}

function trees(color: string, next: Numbers): string {
  let path = '';
  for (let x = 14; x < WIDTH; x += 26 + 20 * next()) {
    // The middle stays free for the produce.
    if (Math.abs(x - WIDTH / 2) < 96) continue;
    const height = 26 + 24 * next();
    const ground = 284 + 10 * next();
    const half = height * 0.27;
    path += `M${at(x)} ${at(ground - height)}l${at(half)} ${at(height)}h${at(-2 * half)}Z`;
  }
  return `<path fill="${color}" fill-opacity=".2" d="${path}"/>`;
}

function at(value: number): string {
  return String(Number(value.toFixed(1)));
}
