import { CROWD } from '../../kernel/crowd.rules.js';
import { shanghaiDay, shanghaiMonthStartMs, nextShanghaiMonthMs } from '../../kernel/shanghai.js';

/** How many members a sum is made of, and the sum. Each of them gave a part above 0. */
export interface Kept {
  readonly buyerCount: number;
  readonly fen: number;
}

/** An organisation's sum in a month, with the ancestors it had in it: more than one row if it was moved within it. */
export interface KeptOfOrganisation extends Kept {
  readonly organisationId: string;
  /** Ancestors joined by `/`, the top first. */
  readonly chains: readonly string[];
}

/** A month's money is told from its second day after on: all of it is in the books by then, and none is added later. */
export function isClosed(month: string, nowMs: number): boolean {
  const nextMonth = shanghaiDay(nextShanghaiMonthMs(shanghaiMonthStartMs(month)));
  return shanghaiDay(nowMs) > nextMonth;
}

/**
 * Whose sums may be told. From the leaves up: an organisation's is told when what is left of it after all told sums
 * below it is nothing, or of five members or more. So whatever is added and taken from each other, a part of five or
 * more remains whole. Organisations that were moved within the month are left out: their sums cross others.
 * Needs every organisation below those in question.
 */
export function toldOrganisations(organisations: readonly KeptOfOrganisation[]): Set<string> {
  const told = new Set<string>();
  const coveredBelow = new Map<string, Kept>();
  const placed = organisations
    .flatMap((one) => (one.chains.length === 1 ? [{ ...one, ancestors: ancestorsOf(one.chains[0] ?? '') }] : []))
    .sort((a, b) => b.ancestors.length - a.ancestors.length);
  for (const one of placed) {
    const covered = coveredBelow.get(one.organisationId) ?? { buyerCount: 0, fen: 0 };
    // Who bought here and in an organisation below is taken off once too often: fewer than there are, never more.
    const isEnough = one.buyerCount - covered.buyerCount >= CROWD;
    const isNothingNew = covered.fen === one.fen && (one.fen === 0 || covered.buyerCount >= CROWD);
    const isTold = isEnough || isNothingNew;
    if (isTold) told.add(one.organisationId);
    const parent = one.ancestors.at(-1);
    if (parent !== undefined) coveredBelow.set(parent, sum(coveredBelow.get(parent), isTold ? one : covered));
  }
  return told;
}

function ancestorsOf(chain: string): string[] {
  return chain === '' ? [] : chain.split('/');
}

function sum(a: Kept | undefined, b: Kept): Kept {
  return { buyerCount: (a?.buyerCount ?? 0) + b.buyerCount, fen: (a?.fen ?? 0) + b.fen };
}
