/**
 * Owns the points policy as data: where it is stored, and the compiled form this process decides by.
 * Never decides an award: the points engine does, in settlement.
 */
export { loadPolicy, pointsPolicy } from './load-policy.js';
export { policyStore } from './policy.store.js';
