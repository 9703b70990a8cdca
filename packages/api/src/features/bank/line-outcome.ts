import { canonicalJson } from '../../kernel/canonical.js';
import { derivedId } from '../../kernel/ids.js';
import type { BankLine, LineSuggestion } from './bank.store.js';
import type { LineDecision, Suggestion } from './matching.types.js';

type Outcome = Pick<BankLine, 'state' | 'suggestion' | 'reason' | 'references'>;

/** What is written on a line's document of a decision; what went where comes from the books. */
export function lineOutcome(decision: LineDecision): Outcome {
  const { state, reason, references } = decision;
  const suggestion = decision.state === 'SUGGESTED' ? keyed(decision.suggestion) : null;
  return { state, reason, references, suggestion };
}

/** The same lines and targets with the same amounts have the same key, wherever they were found. */
function keyed(suggestion: Suggestion): LineSuggestion {
  return { ...suggestion, key: derivedId('suggestion', canonicalJson(suggestion.parts)) };
}
