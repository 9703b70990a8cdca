/**
 * Owns the file with which a member proves an own matched yuan against what was published, and how it is made of batch,
 * pack and line. Never decides what is true: whoever checks it needs nothing of ours (packages/proof, docs/proof.md).
 */
export { type YuanProof, proofOfMatch } from './proof-of-match.js';
