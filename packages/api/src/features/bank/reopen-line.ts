import { denyUnless, personOf } from '../../kernel/authority.js';
import type { Context } from '../../kernel/context.js';
import type { Refusal } from '../../kernel/refusal.js';
import type { BankLine } from './bank.store.js';
import { changedMeanwhile, lineUnknown } from './desk-answers.js';
import { runDeskCommand } from './run-desk-command.js';

export interface ReopenLineInput {
  readonly idempotencyKey: string;
  readonly lineId: string;
}

/**
 * Opens an ignored line again, whether a rule or a person put it aside; from then on rules only suggest. Refusals:
 * `LINE_UNKNOWN`, `CHANGED_MEANWHILE`, `KEY_REUSED`, `KEY_INVALID`.
 */
export async function reopenLine(ctx: Context, input: ReopenLineInput): Promise<BankLine[] | Refusal> {
  const denied = denyUnless(ctx, 'fund-maker');
  if (denied) return denied;
  const { idempotencyKey, lineId } = input;
  return runDeskCommand(ctx.base, {
    name: 'reopen-line',
    by: personOf(ctx),
    idempotencyKey,
    lineIds: [lineId],
    content: { lineId },
    judge: (lines) => {
      const line = lines.get(lineId);
      if (!line) return Promise.resolve(lineUnknown());
      if (line.state !== 'IGNORED') return Promise.resolve(changedMeanwhile(line));
      return Promise.resolve([{ kind: 'take-back', line }]);
    },
  });
}
