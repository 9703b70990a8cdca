import { graphql, RefusalFacts, type ResultOf, type VariablesOf } from '../../../../client/index.js';

const AgreementParts = graphql(`
  fragment AgreementParts on Agreement {
    id
    number
    sponsorUscc
    sponsorName
    publishesName
    fundName
    state
    inForce
    amountFen
    unit
    capFen
    leftFen
    matchedFen
    heldFen
    monthlyCapFen
    monthLeftFen
    validFrom
    validUntil
    contentHash
    countyCodes
    categoryKeys
    suppliers {
      id
      name
    }
    covered {
      count
      titles(first: 6)
    }
    files {
      id
      name
      contentType
      sizeBytes
      sha256
    }
    rights {
      revise
      check
      askEnd
      end
      declineEnd
    }
  }
`);

/** All of them: a fund has tens. */
export const AgreementsQuery = graphql(
  `
    query FundAgreements($after: String) {
      agreements(first: 100, after: $after) {
        pageInfo {
          hasNextPage
          endCursor
        }
        edges {
          node {
            ...AgreementParts
          }
        }
      }
      counties {
        code
        name
      }
      categories {
        key
        name
      }
    }
  `,
  [AgreementParts],
);
type Agreements = ResultOf<typeof AgreementsQuery>;
export type Agreement = NonNullable<Agreements['agreements']>['edges'][number]['node'];
export type AgreementState = Agreement['state'];
export type Places = Pick<Agreements, 'counties' | 'categories'>;

/** What only the fund's people read of it, and what a form needs besides. */
export const AgreementDetailQuery = graphql(`
  query FundAgreementDetail($id: ID!) {
    agreement(id: $id) {
      id
      history {
        what
        at
        by
        byName
        reason
        contentHash
      }
      replaces {
        id
        number
      }
      listedProducts {
        id
        title
      }
    }
  }
`);
export type AgreementDetail = NonNullable<ResultOf<typeof AgreementDetailQuery>['agreement']>;

export const UsccCheckQuery = graphql(`
  query UsccCheck($code: String!) {
    usccCheck(code: $code) {
      code
      isValid
      message
      knownName
    }
  }
`);
export type UsccCheck = ResultOf<typeof UsccCheckQuery>['usccCheck'];

/** Products to list, and by them their suppliers. */
export const FindProductsQuery = graphql(`
  query FindProducts($text: String!) {
    products(text: $text, first: 8) {
      edges {
        node {
          id
          title
          county {
            code
            name
          }
          supplier {
            id
            name
          }
        }
      }
    }
  }
`);
export type FoundProduct = ResultOf<typeof FindProductsQuery>['products']['edges'][number]['node'];

const TermsAnswer = graphql(
  `
    fragment AgreementTermsAnswer on AgreementResult {
      __typename
      ... on AgreementDone {
        agreement {
          id
        }
      }
      ... on Refusal {
        ...RefusalFacts
      }
    }
  `,
  [RefusalFacts],
);

export const DraftAgreement = graphql(
  `
    mutation DraftAgreement($input: DraftAgreementInput!) {
      draftAgreement(input: $input) {
        ...AgreementTermsAnswer
      }
    }
  `,
  [TermsAnswer],
);
export type Terms = VariablesOf<typeof DraftAgreement>['input']['terms'];

export const ReviseAgreement = graphql(
  `
    mutation ReviseAgreement($input: ReviseAgreementInput!) {
      reviseAgreement(input: $input) {
        ...AgreementTermsAnswer
      }
    }
  `,
  [TermsAnswer],
);

const AgreementAnswer = graphql(
  `
    fragment AgreementAnswer on AgreementResult {
      __typename
      ... on Refusal {
        ...RefusalFacts
      }
    }
  `,
  [RefusalFacts],
);

export const SubmitAgreement = graphql(
  `
    mutation SubmitAgreement($input: SubmitAgreementInput!) {
      submitAgreement(input: $input) {
        ...AgreementAnswer
      }
    }
  `,
  [AgreementAnswer],
);

export const ApproveAgreement = graphql(
  `
    mutation ApproveAgreement($input: ApproveAgreementInput!) {
      approveAgreement(input: $input) {
        ...AgreementAnswer
      }
    }
  `,
  [AgreementAnswer],
);

export const RejectAgreement = graphql(
  `
    mutation RejectAgreement($input: AgreementReasonInput!) {
      rejectAgreement(input: $input) {
        ...AgreementAnswer
      }
    }
  `,
  [AgreementAnswer],
);

export const AskEnd = graphql(
  `
    mutation AskEndOfAgreement($input: AgreementReasonInput!) {
      askEndOfAgreement(input: $input) {
        ...AgreementAnswer
      }
    }
  `,
  [AgreementAnswer],
);

export const DeclineEnd = graphql(
  `
    mutation DeclineEndOfAgreement($input: AgreementReasonInput!) {
      declineEndOfAgreement(input: $input) {
        ...AgreementAnswer
      }
    }
  `,
  [AgreementAnswer],
);

export const EndAgreement = graphql(
  `
    mutation EndAgreement($input: AgreementReasonInput!) {
      endAgreement(input: $input) {
        ...AgreementAnswer
      }
    }
  `,
  [AgreementAnswer],
);
