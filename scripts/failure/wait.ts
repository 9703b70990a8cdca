import { setTimeout as sleep } from 'node:timers/promises';

const LOOK_EVERY_MS = 50;
/** Far more than anything here takes on a slow machine: only what never comes meets it. */
const USUAL_LIMIT_MS = 180_000;

/** Waits until the condition holds; throws with `what` when it does not come to pass. */
export async function until(
  what: string,
  condition: () => boolean | Promise<boolean>,
  limitMs = USUAL_LIMIT_MS,
): Promise<void> {
  const endMs = performance.now() + limitMs;
  while (!(await condition())) {
    if (performance.now() > endMs) throw new Error(`within ${limitMs / 1000} s it did not come to pass that ${what}`);
    await sleep(LOOK_EVERY_MS);
  }
}

/** Runs `work` again until it does not throw, as a client does whose server is away; the last error in the end. */
export async function persist<T>(work: () => Promise<T>, limitMs = USUAL_LIMIT_MS): Promise<T> {
  const endMs = performance.now() + limitMs;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (performance.now() > endMs) throw error;
      await sleep(LOOK_EVERY_MS * 4);
    }
  }
}
