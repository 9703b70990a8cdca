import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

interface IconSet {
  readonly width?: number;
  readonly icons: Readonly<Record<string, { readonly body: string }>>;
}

/** The drawings of Fluent Emoji (Microsoft, MIT licence), by name; each fills a square of `ICON_SIZE` units. */
export type Icons = (name: string) => string;

export const ICON_SIZE = 32;

/** Reads the whole set (about 100 MB of JSON, one second): only where pictures are really made. */
export function loadIcons(): Icons {
  const path = createRequire(import.meta.url).resolve('@iconify-json/fluent-emoji/icons.json');
  const set = JSON.parse(readFileSync(path, 'utf8')) as IconSet;
  return (name) => {
    const icon = set.icons[name];
    if (!icon) throw new Error(`the icon set has no "${name}"`);
    return icon.body;
  };
}

/** Two drawings in one picture must not share the ids of their gradients. */
export function withOwnIds(body: string, prefix: string): string {
  return body
    .replaceAll(/ id="([^"]+)"/g, ` id="${prefix}$1"`)
    .replaceAll(/url\(#([^)]+)\)/g, `url(#${prefix}$1)`)
    .replaceAll(/href="#([^"]+)"/g, `href="#${prefix}$1"`);
}
