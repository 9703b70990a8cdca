import { type Policy, defaultPolicy, parsePolicy } from '@aixin/points-engine';
import type { Base } from '../../kernel/context.js';
import { slot } from '../../kernel/slot.js';
import { readPolicy } from './policy.store.js';

/** The policy in force in this process, compiled. `loadPolicy` fills it at start and whenever a version is published. */
export const pointsPolicy = slot<Policy>('points policy');

/**
 * Reads the policy, checks it and puts it in force; where none is stored, the default one. A policy that does not parse
 * stops the start: deciding points by half a policy would be worse.
 */
export async function loadPolicy(base: Base): Promise<void> {
  const parsed = parsePolicy((await readPolicy(base)) ?? defaultPolicy);
  if (!parsed.ok) {
    const first = parsed.problems[0];
    throw new Error(`the stored points policy is wrong at ${first?.path ?? '?'}: ${first?.message ?? '?'}`);
  }
  pointsPolicy.fill(base, parsed.policy);
}
