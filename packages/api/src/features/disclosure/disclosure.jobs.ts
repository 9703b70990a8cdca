import { Gauge } from 'prom-client';
import type { Base, Context } from '../../kernel/context.js';
import type { Job } from '../../kernel/jobs.js';
import { metrics } from '../../kernel/metrics.js';
import { slot } from '../../kernel/slot.js';
import { readDeadline } from './deadline.reads.js';
import { reminderStep } from './periods.rules.js';
import { insertReminder } from './reminders.store.js';

/** A step is a day; a look each hour finds it soon after midnight in Shanghai, and after a restart. */
const EVERY_MS = 3_600_000;

export const disclosureJobs: readonly Job[] = [{ name: 'remind-of-disclosure', everyMs: EVERY_MS, run: remind }];

/** Writes the reminder that is due, once for each step of a deadline, and says so in the log. */
export async function remind({ base, log }: Pick<Context, 'base' | 'log'>): Promise<void> {
  const deadline = await readDeadline(base);
  if (!deadline) return;
  const step = reminderStep(deadline.daysLeft);
  if (step === null) return;
  const isNew = await insertReminder(base, { deadline: deadline.day, step, at: new Date(base.clock()) });
  if (!isNew) return;
  const facts = { deadline: deadline.day, daysLeft: deadline.daysLeft };
  if (step === 0) log.error(facts, 'the disclosure is overdue');
  else log.warn(facts, 'a disclosure is due');
}

/**
 * `aixin_disclosure_days_left` at `/metrics`, read when it is asked for, so that every process tells the same; no value
 * while nothing is to be disclosed.
 */
export const disclosureMetrics = slot('disclosure metrics', (base: Base) => {
  return new Gauge({
    name: 'aixin_disclosure_days_left',
    help: 'Days until the next disclosure must be out; negative when it is overdue.',
    registers: [metrics(base)],
    async collect() {
      // Without a database the other figures are still worth reading: this one is left out.
      const deadline = await readDeadline(base).catch(() => null);
      if (deadline) this.set(deadline.daysLeft);
      else this.reset();
    },
  });
});
