import { graphql, RefusalFacts, type ResultOf } from '../../../../client/index.js';

const StatementParts = graphql(`
  fragment BankStatementParts on BankImport {
    importId
    accountId
    fileName
    profileId
    state
    stateText
    progress {
      bytesRead
      totalBytes
      linesRead
      linesPosted
    }
    refusal {
      code
      message
      lineNo
      rowCount
      rows {
        message
      }
    }
    preview {
      lineCount
      newCount
      duplicateCount
      creditCount
      creditFen
      debitCount
      debitFen
      newCreditFen
      newDebitFen
      fromDay
      toDay
      openingFen
      closingFen
      checks
      problems
    }
    firstLines(first: 12) {
      lineNo
      day
      amountFen
      balanceFen
      counterparty
      memo
    }
  }
`);
export type Statement = ResultOf<typeof StatementParts>;

export const ImportStartQuery = graphql(`
  query BankImportStart {
    bankAccounts {
      accountId
      name
      bankName
      number
      profileId
      postedToDay
      closingFen
    }
    bankProfiles {
      profileId
      name
      definition
      revision
    }
  }
`);
export type ImportStart = ResultOf<typeof ImportStartQuery>;
export type Profile = ImportStart['bankProfiles'][number];

/** A definition out of the file's header, where none is known. */
export const GuessedProfileQuery = graphql(`
  query GuessedBankProfile($fileId: ID!) {
    guessedBankProfile(fileId: $fileId)
  }
`);

export const StatementQuery = graphql(
  `
    query BankStatement($importId: ID!) {
      bankImport(importId: $importId) {
        ...BankStatementParts
      }
    }
  `,
  [StatementParts],
);

const StatementAnswer = graphql(
  `
    fragment BankStatementAnswer on StatementResult {
      __typename
      ... on StatementDone {
        statement {
          ...BankStatementParts
        }
      }
      ... on Refusal {
        ...RefusalFacts
      }
    }
  `,
  [StatementParts, RefusalFacts],
);

export const PreviewStatement = graphql(
  `
    mutation PreviewStatement($input: PreviewStatementInput!) {
      previewStatement(input: $input) {
        ...BankStatementAnswer
      }
    }
  `,
  [StatementAnswer],
);

export const PostStatement = graphql(
  `
    mutation PostStatement($input: StatementInput!) {
      postStatement(input: $input) {
        ...BankStatementAnswer
      }
    }
  `,
  [StatementAnswer],
);

export const SaveProfile = graphql(
  `
    mutation SaveBankProfile($input: SaveBankProfileInput!) {
      saveBankProfile(input: $input) {
        __typename
        ... on BankProfileDone {
          profile {
            profileId
            name
          }
        }
        ... on Refusal {
          ...RefusalFacts
        }
      }
    }
  `,
  [RefusalFacts],
);

export const SaveAccount = graphql(
  `
    mutation SaveBankAccount($input: SaveBankAccountInput!) {
      saveBankAccount(input: $input) {
        __typename
        ... on BankAccountDone {
          account {
            accountId
          }
        }
        ... on Refusal {
          ...RefusalFacts
        }
      }
    }
  `,
  [RefusalFacts],
);
