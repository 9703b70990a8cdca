import { fundShellTexts } from '../../texts/fund-shell.js';
import type { FundRights } from './tabs/fund-tab.js';
import { FUND_TABS, type FundTabName } from './tabs/tab-names.js';

/**
 * The modules of the tabs, each loaded when it is first opened. One line a tab, added with its folder: a tab that has none
 * is not offered.
 */
const loaders: Partial<Record<FundTabName, () => Promise<unknown>>> = {
  overview: () => import('./tabs/overview/fund-overview.js'),
  month: () => import('./tabs/month/fund-month.js'),
  bank: () => import('./tabs/bank/fund-bank.js'),
  batches: () => import('./tabs/batches/fund-batches.js'),
  agreements: () => import('./tabs/agreements/fund-agreements.js'),
  bills: () => import('./tabs/bills/fund-bills.js'),
  differences: () => import('./tabs/differences/fund-differences.js'),
  receipts: () => import('./tabs/receipts/fund-receipts.js'),
  projects: () => import('./tabs/projects/fund-projects.js'),
  disclosure: () => import('./tabs/disclosure/fund-disclosure.js'),
};

/** What a sponsor sees: the own agreements, what was asked for and paid, the receipts, and what everybody sees. */
const FOR_SPONSORS: readonly FundTabName[] = ['agreements', 'batches', 'receipts', 'disclosure'];

export interface TabDefinition {
  readonly name: FundTabName;
  readonly text: string;
  readonly tag: string;
  readonly load: () => Promise<unknown>;
}

/** The tabs that are built and that this person may see, in their order. */
export const tabsFor = ({ maker, checker, auditor, sponsor }: FundRights): readonly TabDefinition[] =>
  FUND_TABS.flatMap((name) => {
    const load = loaders[name];
    const isStaff = maker || checker || auditor;
    if (!load || !(isStaff || (sponsor && FOR_SPONSORS.includes(name)))) return [];
    const text = (isStaff ? undefined : fundShellTexts.sponsorTabs[name]) ?? fundShellTexts.tabs[name];
    return [{ name, text, tag: `aixin-fund-${name}`, load }];
  });
