import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect } from '@jest/globals';
import { chromium, type Browser, type Page } from 'playwright-core';
import { CHROMIUM_ARGUMENTS, findChromium } from '../../../scripts/chromium.mjs';
import { forgetNewerFunctions } from './oldest-browser.js';
import { startFakeServer, type Answer, type FakeServer } from './fake-server.js';

const packageFolder = fileURLToPath(new URL('..', import.meta.url));
const require = createRequire(import.meta.url);

/** The quickest Chromium that the machine has; `npm test` has installed one where there was none. */
export const launchChromium = async (): Promise<Browser> =>
  chromium.launch({
    executablePath: await findChromium({ install: false }),
    headless: true,
    args: CHROMIUM_ARGUMENTS.filter((argument) => argument !== '--headless'),
  });

/** How long a step may take on a machine that does other things as well: only a failing test waits so long. */
export const PATIENCE_MS = 90_000;

/** Builds the widgets as a browser gets them into a folder of their own, so that a test never meets yesterday's build. */
export const buildWidgets = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'aixin-widgets-'));
  const vite = join(packageFolder, 'node_modules/vite/bin/vite.js');
  await promisify(execFile)(process.execPath, [vite, 'build', '--outDir', folder, '--logLevel', 'error'], {
    cwd: packageFolder,
    // jest says NODE_ENV=test, and vite would take lit's development build.
    env: { ...process.env, NODE_ENV: 'production' },
  });
  return folder;
};

export interface Stage {
  readonly server: FakeServer;
  readonly browser: Browser;
  /** A page of its own, as a person with an empty browser would have. */
  open(path: string, options?: OpenOptions): Promise<Page>;
  close(): Promise<void>;
}

export interface OpenOptions {
  readonly phone?: boolean;
  readonly width?: number;
  readonly height?: number;
  /** Null: nobody is signed in. */
  readonly token?: string | null;
  readonly attributes?: Record<string, string>;
  readonly reducedMotion?: boolean;
  /** As the oldest browser that we serve: what newer ones can do is taken away. */
  readonly oldest?: boolean;
  /** What the browser calls itself, where that matters. */
  readonly userAgent?: string;
  /** What the browser remembers of the last visit, key by key. */
  readonly storage?: Record<string, string>;
}

/** What the console said that nobody expected. Network failures that a test makes on purpose are in `expected`. */
export const complaints = new WeakMap<Page, string[]>();

export const startStage = async (answers: Record<string, Answer>): Promise<Stage> => {
  const folder = await buildWidgets();
  const server = await startFakeServer(folder, answers);
  const browser = await launchChromium();
  return {
    server,
    browser,
    async open(
      path,
      {
        phone = false,
        width,
        height,
        token = 'good',
        attributes = {},
        reducedMotion = true,
        oldest = false,
        userAgent,
        storage = {},
      } = {},
    ) {
      const context = await browser.newContext({
        viewport: { width: width ?? (phone ? 390 : 1280), height: height ?? (phone ? 844 : 900) },
        locale: 'zh-CN',
        timezoneId: 'Europe/Berlin',
        reducedMotion: reducedMotion ? 'reduce' : 'no-preference',
        ...(userAgent ? { userAgent } : {}),
      });
      const page = await context.newPage();
      page.setDefaultTimeout(PATIENCE_MS);
      const said: string[] = [];
      complaints.set(page, said);
      page.on('console', (message) => {
        if (message.type() === 'error' || message.type() === 'warning') said.push(message.text());
      });
      page.on('pageerror', (error) => said.push(String(error)));
      if (oldest) await page.addInitScript(forgetNewerFunctions);
      await page.addInitScript(
        ({ kept, ...host }) => {
          (globalThis as { host?: unknown }).host = host;
          // Only for the first page of this browser: later ones remember by themselves.
          if (sessionStorage.getItem('begun')) return;
          sessionStorage.setItem('begun', 'yes');
          for (const [key, value] of Object.entries(kept)) localStorage.setItem(key, value);
        },
        { token, attributes, kept: storage },
      );
      await page.goto(server.url + path);
      return page;
    },
    async close() {
      await browser.close();
      await server.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
};

let axeSource: string | undefined;

interface AxeResult {
  violations: { id: string; help: string; nodes: { target: unknown[]; failureSummary?: string }[] }[];
}

/** No violation of axe's rules (WCAG 2.2 AA and best practice), shadow roots included. */
export const expectAccessible = async (page: Page): Promise<void> => {
  axeSource ??= await readFile(require.resolve('axe-core/axe.min.js'), 'utf8');
  await page.evaluate(axeSource);
  const { violations } = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: { run: (root: Element, options: object) => Promise<AxeResult> } };
    const root = document.querySelector(
      'aixin-zone, aixin-branch, aixin-fund, aixin-operator, aixin-disclosure, aixin-verify',
    );
    // The host page is not ours, so rules about the whole document do not count here.
    return axe.run(root ?? document.body, { resultTypes: ['violations'], rules: { region: { enabled: false } } });
  });
  const named = violations.flatMap(({ id, help, nodes }) =>
    nodes.map((node) => `${id}: ${help} at ${JSON.stringify(node.target)} ${node.failureSummary ?? ''}`),
  );
  expect(named).toEqual([]);
};

/** Nothing wider than the screen. */
export const expectNoSidewaysScroll = async (page: Page): Promise<void> => {
  const { content, screen } = await page.evaluate(() => ({
    content: document.documentElement.scrollWidth,
    screen: document.documentElement.clientWidth,
  }));
  expect(content).toBeLessThanOrEqual(screen);
};
