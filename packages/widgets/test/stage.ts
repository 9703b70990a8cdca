import { afterAll, afterEach, beforeAll, beforeEach } from '@jest/globals';
import type { Page } from 'playwright-core';
import { startStage, type OpenOptions, type Stage } from './browser.js';
import type { Answer, FakeServer, Seen } from './fake-server.js';

type Answers = Record<string, Answer>;

/** The stage of one test file, as its tests meet it. */
export interface UsedStage {
  /** There from the first test on: its world is what a test changes. */
  readonly stage: { readonly server: FakeServer };
  /** A page of its own, gone after the test. */
  readonly open: (path: string, options?: OpenOptions) => Promise<Page>;
  /** What the widgets sent by this operation. */
  readonly sent: (operation: string) => readonly Seen[];
  /** From now on the server answers so, as if nobody had asked it before and nothing were wrong. */
  readonly answerWith: (answers: Answers) => void;
}

/** Opens the stage for the tests of a file and closes it after them; every test begins with answers of its own. */
export const useStage = (answers: () => Answers): UsedStage => {
  let started: Stage | undefined;
  const opened: Page[] = [];
  const begun = (): Stage => {
    if (!started) throw new Error('the stage opens before the first test: use it inside one');
    return started;
  };
  const answerWith = (given: Answers): void => {
    Object.assign(begun().server.world, { answers: given, trouble: undefined, seen: [] });
  };

  beforeAll(async () => {
    started = await startStage({});
  });
  afterAll(() => started?.close());
  beforeEach(() => {
    answerWith(answers());
  });
  afterEach(async () => {
    for (const page of opened.splice(0)) await page.context().close();
  });

  return {
    stage: {
      get server() {
        return begun().server;
      },
    },
    async open(path, options = {}) {
      const page = await begun().open(path, options);
      opened.push(page);
      return page;
    },
    sent: (operation) => begun().server.world.seen.filter((seen) => seen.operation === operation),
    answerWith,
  };
};
