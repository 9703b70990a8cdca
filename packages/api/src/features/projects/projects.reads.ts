import type { Base } from '../../kernel/context.js';
import { readLedgerBalances } from '../ledger/index.js';
import { readProjects } from './projects.store.js';
import { sumUses, sumWaiting } from './spends.store.js';

/** What became of a part of a remittance: fit for a member, a sponsor or the public to read. */
export interface RemittanceUse {
  readonly projectId: string;
  readonly name: string;
  readonly purpose: string;
  readonly countyCode: string;
  readonly amountFen: number;
  /** Of the latest spend, `2026-12-03`. */
  readonly lastDay: string;
}

/** Which projects the yuan of these remittances went to, by remittance; spends that were taken back are left out. */
export async function projectsOfRemittances(
  base: Base,
  remittanceIds: readonly string[],
): Promise<Map<string, RemittanceUse[]>> {
  if (remittanceIds.length === 0) return new Map();
  const uses = await sumUses(base, remittanceIds);
  const projects = new Map(
    (await readProjects(base, { ids: [...new Set(uses.map((one) => one.projectId))] })).map((one) => [one._id, one]),
  );
  const byRemittance = new Map<string, RemittanceUse[]>();
  for (const { remittanceId, projectId, amountFen, lastDay } of uses) {
    const project = projects.get(projectId);
    if (!project) throw new Error(`spends of project ${projectId} stand without it`);
    const { name, purpose, countyCode } = project;
    const list = byRemittance.get(remittanceId) ?? [];
    list.push({ projectId, name, purpose, countyCode, amountFen, lastDay });
    byRemittance.set(remittanceId, list);
  }
  return byRemittance;
}

export interface FundUse {
  /** Received and not yet spent. */
  readonly availableFen: number;
  /** Spent, and not yet seen leaving the bank. */
  readonly payableFen: number;
  readonly waitingCount: number;
  readonly waitingFen: number;
}

export async function readFundUse(base: Base): Promise<FundUse> {
  const balances = await readLedgerBalances(base, ['fund', 'payable']);
  const waiting = await sumWaiting(base);
  return {
    availableFen: 0 - (balances.get('fund') ?? 0),
    payableFen: 0 - (balances.get('payable') ?? 0),
    waitingCount: waiting.count,
    waitingFen: waiting.amountFen,
  };
}
