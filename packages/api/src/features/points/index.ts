/**
 * Owns what a member reads of the love points: each movement with its reason and the running balance, and what today
 * still allows.
 * Never awards a point and keeps no balance of its own: the journal carries it.
 */
export { type PointsMovement, pointsLeftToday, readMovement, readPoints } from './points.reads.js';
