/**
 * Owns what the fund's money is used for: projects with purpose and budget, and each spend with its evidence, from the
 * maker's record to the approval by another person, which posts it to the books. Every spend names the remittances whose
 * yuan it used, the oldest first; a wrong one is taken back by another that names it.
 * Never spends what the fund has not received or the project's budget does not hold; never keeps a beneficiary's name,
 * number or telephone: only how many of which group.
 */
export { closeProject, type CloseProjectInput } from './close-project.js';
export { decideProject, type DecideProjectInput } from './decide-project.js';
export { decideSpend, type DecideSpendInput } from './decide-spend.js';
export { fundSpends } from './fund-spends.js';
export {
  type Beneficiaries,
  projectHash,
  type ProjectTerms,
  spendHash,
  type SpendSource,
  type SpendTerms,
} from './projects.rules.js';
export { type FundUse, projectsOfRemittances, readFundUse, type RemittanceUse } from './projects.reads.js';
export { type Project, PROJECT_STATES, projectStore, readProject, readProjects } from './projects.store.js';
export { proposeProject, type ProposeProjectInput } from './propose-project.js';
export { recordSpend, type RecordSpendInput } from './record-spend.js';
export { reverseSpend, type ReverseSpendInput } from './reverse-spend.js';
export { withdrawSpend } from './withdraw-spend.js';
export { readSpend, readSpends, type Spend, SPEND_STATES, spendStore } from './spends.store.js';
