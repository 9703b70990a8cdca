import { denyUnless, personOf } from '../../kernel/authority.js';
import { checkReason } from '../../kernel/command-input.js';
import type { Context } from '../../kernel/context.js';
import { type Refusal, isRefusal, refuse } from '../../kernel/refusal.js';
import type { BankLine } from './bank.store.js';
import { changedMeanwhile, lineUnknown } from './desk-answers.js';
import type { LineChange } from './explain-lines.js';
import { IGNORE_CATEGORIES, type IgnoreCategory } from './ignore-rules.rules.js';
import { runDeskCommand } from './run-desk-command.js';

export interface IgnoreLineInput {
  readonly idempotencyKey: string;
  readonly lineId: string;
  readonly category: IgnoreCategory;
  readonly reason: string;
}

/**
 * Puts a line, or what is left of it, aside by category: interest, fees of the bank, money that is not the fund's. The books
 * keep it under that name. Refusals: `LINE_UNKNOWN`, `CATEGORY_INVALID`, `REASON_INVALID`, `CHANGED_MEANWHILE`,
 * `KEY_REUSED`, `KEY_INVALID`.
 */
export async function ignoreLine(ctx: Context, input: IgnoreLineInput): Promise<BankLine[] | Refusal> {
  const denied = denyUnless(ctx, 'fund-maker');
  if (denied) return denied;
  const { idempotencyKey, lineId, category } = input;
  const text = checkReason(input.reason);
  if (isRefusal(text)) return text;
  if (!IGNORE_CATEGORIES.includes(category)) {
    return refuse('CATEGORY_INVALID', '请选择忽略的类别：利息、银行费用或非本基金款项。', { path: 'category' });
  }
  return runDeskCommand(ctx.base, {
    name: 'ignore-line',
    by: personOf(ctx),
    idempotencyKey,
    lineIds: [lineId],
    content: { lineId, category, text },
    judge: (lines) => Promise.resolve(judge(lines.get(lineId), { category, text })),
  });
}

function judge(
  line: BankLine | undefined,
  { category, text }: { category: IgnoreCategory; text: string },
): readonly LineChange[] | Refusal {
  if (!line) return lineUnknown();
  if (line.state === 'MATCHED' || line.state === 'IGNORED') return changedMeanwhile(line);
  return [{ kind: 'ignore', line, category, text, reason: { code: 'IGNORED_BY_HAND', category, text } }];
}
