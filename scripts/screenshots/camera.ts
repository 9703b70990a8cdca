import { statSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';

/** What a picture is taken with: a desk's screen and a phone's. The width is in the file's name. */
export const SCREENS = [
  { width: 1280, height: 900, phone: false },
  { width: 390, height: 844, phone: true },
] as const;
export type Screen = (typeof SCREENS)[number];

export interface CameraOptions {
  readonly folder: string;
  /** Whether a page's picture is wanted; its faults are looked for in any case. */
  readonly keeps: (name: string) => boolean;
  /** The whole page instead of the first screen: for who looks for faults. */
  readonly wholePages: boolean;
}

/** A person's browser on one screen, and what went wrong in it. */
export interface Camera {
  readonly page: Page;
  /** Takes `<name>-<width>.png` once the page has come to rest. */
  take(name: string, page?: Page): Promise<void>;
  close(): Promise<void>;
}

/** A page that is not at rest after this long is broken. */
const REST_TIMEOUT_MS = 20_000;

/** An empty browser for one person. Faults (console errors, failed requests, sideways scrolling) are added to `faults`. */
export async function openCamera(
  browser: Browser,
  seat: { readonly screen: Screen; readonly faults: string[]; readonly options: CameraOptions },
): Promise<Camera> {
  const { screen, faults, options } = seat;
  await mkdir(options.folder, { recursive: true });
  const context = await browser.newContext({
    viewport: { width: screen.width, height: screen.height },
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    reducedMotion: 'reduce',
    hasTouch: screen.phone,
    isMobile: screen.phone,
  });
  context.setDefaultTimeout(REST_TIMEOUT_MS);
  noteFaults(context, faults);
  const first = await context.newPage();
  return {
    page: first,
    async take(name, page = first) {
      await comeToRest(page);
      if (await scrollsSideways(page)) faults.push(`${name}-${screen.width}: wider than the screen`);
      if (!options.keeps(name)) return;
      await page.screenshot({
        path: join(options.folder, `${name}-${screen.width}.png`),
        fullPage: options.wholePages,
        animations: 'disabled',
        caret: 'hide',
      });
    },
    close: () => context.close(),
  };
}

function noteFaults(context: BrowserContext, faults: string[]): void {
  context.on('console', (message) => {
    if (message.type() === 'error') faults.push(`console at ${message.page()?.url() ?? '?'}: ${message.text()}`);
  });
  context.on('weberror', (problem) => faults.push(`script: ${String(problem.error())}`));
  context.on('response', (response) => {
    if (response.status() >= 400) faults.push(`HTTP ${response.status()}: ${response.url()}`);
  });
}

/** No skeleton left, fonts there, every picture drawn. Locators reach into the elements' shadow trees. */
async function comeToRest(page: Page): Promise<void> {
  await page.waitForLoadState('load');
  await page.locator('.bone').first().waitFor({ state: 'detached' });
  const images = page.locator('img');
  const limit = Date.now() + REST_TIMEOUT_MS;
  while (!(await images.evaluateAll(allDrawn))) {
    if (Date.now() > limit) throw new Error(`the pictures of ${page.url()} did not come`);
    await page.waitForTimeout(50);
  }
  await page.evaluate('document.fonts.ready.then(() => undefined)');
}

/** Runs in the page. A lazy picture further down would not come by itself. */
function allDrawn(images: unknown[]): boolean {
  const pictures = images as { loading: string; complete: boolean }[];
  for (const picture of pictures) picture.loading = 'eager';
  return pictures.every((picture) => picture.complete);
}

function scrollsSideways(page: Page): Promise<boolean> {
  return page.evaluate<boolean>('document.documentElement.scrollWidth > document.documentElement.clientWidth');
}

/** How many bytes the named pictures have together. */
export function bytesOf(files: readonly string[]): number {
  return files.reduce((sum, file) => sum + statSync(file).size, 0);
}
