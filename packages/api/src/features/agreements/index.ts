/**
 * Owns the donation agreements between sponsors and the fund: their way from a draft into force and to their end, and what
 * each sponsor still has to give, in total and per month.
 * Never decides a match and never touches the fund's books: placement holds, settlement matches, charity counts.
 */
export { agreementFileReader } from './agreement-files.reads.js';
export { termsHash } from './agreement-hash.js';
export { endAskedOf, makersOf } from './agreement-steps.rules.js';
export {
  type Agreement,
  type AgreementState,
  type AgreementStep,
  type AgreementTerms,
  type Budget,
  type MatchUnit,
  agreementOf,
  agreementStore,
  budgetStore,
  moveBudgets,
  readAgreement,
  readAgreements,
  readBudgetLeft,
} from './agreements.store.js';
export {
  type ShownAgreement,
  isSigned,
  knownSponsorName,
  listAgreements,
  showAgreement,
  shownAgreements,
} from './agreements.reads.js';
export { type ApproveAgreementInput, approveAgreement } from './approve-agreement.js';
export { agreementIdOfBudget, budgetIds, budgetMonthOf, fullBudgets, leftFenOf } from './budgets.rules.js';
export { askEnd } from './ask-end.js';
export { declineEnd } from './decline-end.js';
export { draftAgreement } from './draft-agreement.js';
export { endAgreement } from './end-agreement.js';
export { type PromiseGone, whyPromiseGone } from './promise-gone.rules.js';
export { rejectAgreement } from './reject-agreement.js';
export { reviseAgreement } from './revise-agreement.js';
export { coverageOf } from './scope.rules.js';
export { type NamedProduct, readScopedProducts } from './scoped-products.store.js';
export { submitAgreement } from './submit-agreement.js';
export { type TermsInput, publicSponsorName } from './terms.rules.js';
export { normalUscc, usccFault, usccFaultText } from './uscc.rules.js';
