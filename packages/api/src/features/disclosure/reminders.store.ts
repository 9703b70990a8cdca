import { Schema } from 'mongoose';
import type { Base } from '../../kernel/context.js';
import { defineStore } from '../../kernel/store.js';
import { isDuplicateKey } from '../../kernel/transaction.js';
import type { ReminderStep } from './periods.rules.js';

/** That the fund's people were reminded of a deadline. To whom it was shown is nobody's business. */
export interface Reminder {
  /** `2026-12-31|30`: a deadline's step is written once, however often the job runs. */
  readonly _id: string;
  readonly deadline: string;
  /** Days before it, or 0 once it has passed. */
  readonly step: ReminderStep;
  readonly at: Date;
}

export const reminderStore = defineStore<Reminder>(
  'disclosureReminders',
  new Schema({
    _id: { type: String, required: true },
    deadline: { type: String, required: true },
    step: { type: Number, required: true },
    at: { type: Date, required: true },
  }).index({ deadline: -1 }),
);

/** True when it was written now, false when it stood already. */
export async function insertReminder(base: Base, reminder: Omit<Reminder, '_id'>): Promise<boolean> {
  try {
    await reminderStore.collection(base).insertOne({ _id: `${reminder.deadline}|${reminder.step}`, ...reminder });
    return true;
  } catch (error) {
    if (isDuplicateKey(error)) return false;
    throw error;
  }
}

/** Of this deadline, the newest first; five at most. */
export async function readReminders(base: Base, deadline: string): Promise<Reminder[]> {
  return reminderStore.collection(base).find({ deadline }).sort({ step: 1 }).limit(5).toArray();
}
