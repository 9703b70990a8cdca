import { graphql, RefusalFacts, type ResultOf } from '../../../../client/index.js';

const LineParts = graphql(`
  fragment BankLineParts on BankLine {
    id
    accountName
    day
    lineNumber
    counterparty
    counterpartyAccount
    memo
    amountFen
    restFen
    balanceFen
    state
    stateText
    reason
    isAllocated
    suggestion {
      key
      title
      text
      acceptText
      parts {
        lineId
        targetName
        amountFen
      }
    }
    allocations {
      targetName
      amountFen
      at
      reversedAt
    }
  }
`);

/** Figures above the desk, the accounts' chains, and what lines can be given to. */
export const BankDeskQuery = graphql(`
  query BankDesk($month: String) {
    bankDesk(month: $month) {
      figures {
        month
        months
        dueFen
        dueCount
        adjustmentCount
        remittanceCount
        matchedFen
        seenFen
        seenCount
        suggestedFen
        suggestedOutFen
        suggestedCount
        openInFen
        openOutFen
        openCount
        unknownFen
      }
      chains {
        accountId
        name
        fromDay
        toDay
        isWhole
        text
      }
      openRemittances {
        id
        reference
        sponsorName
        amountFen
        receivedFen
      }
      openSpends {
        number
        title
        day
        leftFen
      }
    }
  }
`);
export type BankDesk = ResultOf<typeof BankDeskQuery>['bankDesk'];
export type OpenRemittance = BankDesk['openRemittances'][number];
export type OpenSpend = BankDesk['openSpends'][number];

/** A page of lines, filtered. */
export const BankLinesQuery = graphql(
  `
    query BankLines(
      $states: [BankLineState!]
      $text: String
      $fromDay: String
      $toDay: String
      $first: Int!
      $after: String
    ) {
      bankDesk {
        lines(states: $states, text: $text, fromDay: $fromDay, toDay: $toDay, first: $first, after: $after) {
          totals {
            state
            stateText
            count
          }
          pageInfo {
            hasNextPage
            endCursor
          }
          edges {
            node {
              ...BankLineParts
            }
          }
        }
      }
    }
  `,
  [LineParts],
);
type Lines = ResultOf<typeof BankLinesQuery>['bankDesk']['lines'];
export type BankLine = ResultOf<typeof LineParts>;
export type LineTotal = Lines['totals'][number];
export type BankLineState = BankLine['state'];

const LinesAnswer = graphql(
  `
    fragment BankLinesAnswer on BankLinesResult {
      __typename
      ... on BankLinesDone {
        lines {
          ...BankLineParts
        }
      }
      ... on Refusal {
        ...RefusalFacts
      }
    }
  `,
  [LineParts, RefusalFacts],
);

export const AcceptSuggestion = graphql(
  `
    mutation AcceptBankSuggestion($input: AcceptBankSuggestionInput!) {
      acceptBankSuggestion(input: $input) {
        ...BankLinesAnswer
      }
    }
  `,
  [LinesAnswer],
);

export const MatchLines = graphql(
  `
    mutation MatchBankLines($input: MatchBankLinesInput!) {
      matchBankLines(input: $input) {
        ...BankLinesAnswer
      }
    }
  `,
  [LinesAnswer],
);

export const IgnoreLine = graphql(
  `
    mutation IgnoreBankLine($input: IgnoreBankLineInput!) {
      ignoreBankLine(input: $input) {
        ...BankLinesAnswer
      }
    }
  `,
  [LinesAnswer],
);

export const UnmatchLine = graphql(
  `
    mutation UnmatchBankLine($input: BankLineInput!) {
      unmatchBankLine(input: $input) {
        ...BankLinesAnswer
      }
    }
  `,
  [LinesAnswer],
);

export const ReopenLine = graphql(
  `
    mutation ReopenBankLine($input: BankLineInput!) {
      reopenBankLine(input: $input) {
        ...BankLinesAnswer
      }
    }
  `,
  [LinesAnswer],
);
