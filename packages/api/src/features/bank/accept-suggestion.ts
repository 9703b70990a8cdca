import { denyUnless, personOf } from '../../kernel/authority.js';
import type { Context } from '../../kernel/context.js';
import type { Refusal } from '../../kernel/refusal.js';
import type { Session } from '../../kernel/transaction.js';
import type { BankLine } from './bank.store.js';
import { checkParts } from './check-parts.js';
import { changedMeanwhile, lineUnknown } from './desk-answers.js';
import { findLines } from './desk.store.js';
import type { LineChange } from './explain-lines.js';
import type { Reason } from './matching.types.js';
import { runDeskCommand } from './run-desk-command.js';

export interface AcceptSuggestionInput {
  readonly idempotencyKey: string;
  readonly lineId: string;
  /** Of the suggestion as it was shown: another one that stands there by now is not accepted unseen. */
  readonly suggestionKey: string;
}

/**
 * Accepts what is suggested for a line, with all lines that belong to it. Refusals: `LINE_UNKNOWN`, `CHANGED_MEANWHILE`,
 * `KEY_REUSED`, `KEY_INVALID`.
 */
export async function acceptSuggestion(ctx: Context, input: AcceptSuggestionInput): Promise<BankLine[] | Refusal> {
  const denied = denyUnless(ctx, 'fund-maker');
  if (denied) return denied;
  const { lineId, suggestionKey, idempotencyKey } = input;
  return runDeskCommand(ctx.base, {
    name: 'accept-suggestion',
    by: personOf(ctx),
    idempotencyKey,
    lineIds: [lineId],
    content: { lineId, suggestionKey },
    judge: (lines, session) => judge(ctx, { line: lines.get(lineId), suggestionKey }, session),
  });
}

async function judge(
  ctx: Context,
  { line, suggestionKey }: { line: BankLine | undefined; suggestionKey: string },
  session: Session,
): Promise<readonly LineChange[] | Refusal> {
  if (!line) return lineUnknown();
  if (line.state !== 'SUGGESTED' || line.suggestion?.key !== suggestionKey) return changedMeanwhile(line);
  const { parts, lines, targets } = line.suggestion;
  const found = await findLines(
    ctx.base,
    lines.map(({ lineId }) => lineId),
    session,
  );
  const refused = await checkParts(ctx.base, { lines: found, parts }, session);
  if (refused) return refused.code === 'CHANGED_MEANWHILE' ? refused : changedMeanwhile(line);
  const reason: Reason = { code: 'BY_HAND', targetIds: targets.map(({ id }) => id) };
  return found.map((one) => {
    return { kind: 'allocate', line: one, parts: parts.filter(({ lineId }) => lineId === one._id), reason };
  });
}
