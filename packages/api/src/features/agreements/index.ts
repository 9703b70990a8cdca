/**
 * Owns the donation agreements between sponsors and the fund, and what each sponsor still has to give.
 * Never decides a match and never touches the fund's books: placement holds, settlement matches, charity counts.
 */
export {
  type Agreement,
  type AgreementState,
  type Budget,
  type MatchUnit,
  agreementStore,
  budgetStore,
  moveBudgets,
  readAgreements,
  readBudgetLeft,
  readBudgets,
} from './agreements.store.js';
