import { sumFen } from '../../kernel/fen.js';
import { byText } from './donors.rules.js';
import type { FundMovement, ProjectFacts } from './facts.types.js';
import type { PackContent } from './pack.types.js';

/**
 * Money that came for a remittance (positive) or went out by a spend (negative), on its day, as the books know it. What
 * was told once and stands no more is booked with 0.
 */
export interface BookedMoney {
  readonly cause: FundMovement['cause'];
  readonly day: string;
  readonly amountFen: number;
}

export interface Movements {
  /** What this pack tells: what stands at the end of the period, less what earlier packs have told of it. */
  readonly told: readonly FundMovement[];
  /** What the books hold and this pack leaves to later ones. */
  readonly leftFen: number;
}

/**
 * What a pack tells of all that was ever booked. A booking that came after the disclosure of its own period is told by
 * the next pack, one that was changed is told by its difference: every fen is told once, and none is lost.
 */
export function movementsOf(
  booked: readonly BookedMoney[],
  toldBefore: ReadonlyMap<string, number>,
  until: string,
): Movements {
  const told: FundMovement[] = [];
  let leftFen = 0;
  const groups = grouped(booked);
  for (const id of toldBefore.keys()) if (!groups.has(id)) throw new Error(`${id} was disclosed and is not booked`);
  for (const [id, entries] of groups) {
    const due = entries.filter((one) => one.day <= until);
    const laterFen = sumFen(entries.filter((one) => one.day > until).map((one) => one.amountFen));
    const dueFen = sumFen(due.map((one) => one.amountFen));
    const beforeFen = toldBefore.get(id) ?? 0;
    // A part that was told before, and the whole that came after the period under one later day: nothing new yet.
    const isAhead = laterFen !== 0 && Math.abs(dueFen) < Math.abs(beforeFen);
    const amountFen = isAhead ? 0 : dueFen - beforeFen;
    leftFen += dueFen + laterFen - beforeFen - amountFen;
    const last = due
      .map((one) => one.day)
      .sort(byText)
      .at(-1);
    const [first] = entries;
    if (amountFen !== 0 && first) told.push({ cause: first.cause, day: last ?? first.day, amountFen });
  }
  return { told: told.sort((a, b) => byText(causeId(a), causeId(b))), leftFen };
}

/** What these packs have told of each remittance and spend; spends negative, as money that leaves. */
export function toldBy(contents: readonly Pick<PackContent, 'received' | 'projects'>[]): Map<string, number> {
  const told = new Map<string, number>();
  const add = (id: string, amountFen: number): void => {
    told.set(id, (told.get(id) ?? 0) + amountFen);
  };
  for (const { received, projects } of contents) {
    for (const row of received) add(row.remittanceId, row.amountFen);
    for (const spend of projects.flatMap((project) => project.spends)) add(spend.spendId, 0 - spend.amountFen);
  }
  return told;
}

/** What these packs have told of each project: spent, and how many were helped. */
export function toldOfProjects(
  contents: readonly Pick<PackContent, 'projects'>[],
): Map<string, ProjectFacts['toldBefore']> {
  const told = new Map<string, ProjectFacts['toldBefore']>();
  for (const { projectId, spentFen, beneficiaryCount } of contents.flatMap((content) => content.projects)) {
    const before = told.get(projectId) ?? NOTHING_TOLD;
    told.set(projectId, {
      spentFen: before.spentFen + spentFen,
      beneficiaryCount: before.beneficiaryCount + beneficiaryCount,
    });
  }
  return told;
}

export const NOTHING_TOLD: ProjectFacts['toldBefore'] = { spentFen: 0, beneficiaryCount: 0 };

/** What a pack told, as movements: a correction of an older period tells the same money again, in better words. */
export function movementsIn({ received, projects }: Pick<PackContent, 'received' | 'projects'>): FundMovement[] {
  return [
    ...received.map(({ remittanceId, day, amountFen }) => ({ cause: { remittanceId }, day, amountFen })),
    ...projects
      .flatMap((project) => project.spends)
      .map(({ spendId, day, amountFen }) => ({ cause: { spendId }, day, amountFen: 0 - amountFen })),
  ];
}

export function causeId({ cause }: Pick<FundMovement, 'cause'>): string {
  return 'spendId' in cause ? cause.spendId : cause.remittanceId;
}

function grouped(booked: readonly BookedMoney[]): Map<string, BookedMoney[]> {
  const groups = new Map<string, BookedMoney[]>();
  for (const one of booked) {
    const group = groups.get(causeId(one));
    if (group) group.push(one);
    else groups.set(causeId(one), [one]);
  }
  return groups;
}
