import { isRefusal, type Refusal } from '@aixin/api/internals';

/** What was asked for must come of it: a seed that goes on after a refusal would tell another story. */
export function granted<T>(answer: T | Refusal, what: string): T {
  if (isRefusal(answer)) throw new Error(`the demo's ${what}: ${answer.code} ${answer.message}`);
  return answer;
}
