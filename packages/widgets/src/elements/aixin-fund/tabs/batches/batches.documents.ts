import { graphql, RefusalFacts, type ResultOf } from '../../../../client/index.js';

export const BatchesQuery = graphql(`
  query Batches {
    batches {
      id
      number
      month
      state
      stateText
      madeByMe
      madeAt
      decidedAt
      lineCount
      amountFen
    }
  }
`);
export type BatchRow = ResultOf<typeof BatchesQuery>['batches'][number];

const RemittanceParts = graphql(`
  fragment RemittanceParts on Remittance {
    id
    reference
    batchNumber
    agreementId
    agreementNumber
    sponsorName
    linesFen
    carriedInFen
    amountFen
    receivedFen
    state
    stateText
    remittedDay
    receiptedAt
    payTo {
      name
      bankName
      number
    }
  }
`);
export type Remittance = ResultOf<typeof RemittanceParts>;
export type PayTo = NonNullable<Remittance['payTo']>;

const BatchTotals = graphql(`
  fragment BatchTotals on BatchTotal {
    name
    matchCount
    matchedFen
    adjustmentCount
    adjustedFen
    amountFen
  }
`);
export type BatchTotal = ResultOf<typeof BatchTotals>;

/** All that a checker sees of a batch; its hash goes back with the decision. */
export const BatchQuery = graphql(
  `
    query Batch($number: String!) {
      batch(number: $number) {
        id
        number
        month
        state
        stateText
        madeByMe
        madeAt
        decidedAt
        reason
        madeByName
        decidedByName
        payTo {
          name
          bankName
          number
        }
        lineCount
        amountFen
        root
        contentHash
        agreements {
          ...BatchTotals
        }
        counties {
          ...BatchTotals
        }
        products {
          ...BatchTotals
        }
        remittances {
          ...RemittanceParts
        }
      }
    }
  `,
  [BatchTotals, RemittanceParts],
);
export type Batch = NonNullable<ResultOf<typeof BatchQuery>['batch']>;

export const BatchLinesQuery = graphql(`
  query BatchLines($number: String!, $first: Int!, $after: String, $adjustmentsOnly: Boolean, $agreementId: ID) {
    batch(number: $number) {
      lines(first: $first, after: $after, adjustmentsOnly: $adjustmentsOnly, agreementId: $agreementId) {
        pageInfo {
          hasNextPage
          endCursor
        }
        edges {
          node {
            number
            isAdjustment
            correctsNumber
            reference
            countyName
            at
            amountFen
            entryHash
          }
        }
      }
    }
  }
`);
type Lines = NonNullable<ResultOf<typeof BatchLinesQuery>['batch']>['lines'];
export type BatchLine = Lines['edges'][number]['node'];

/** A sponsor's own remittances. */
export const RemittancesQuery = graphql(
  `
    query Remittances {
      remittances {
        ...RemittanceParts
      }
    }
  `,
  [RemittanceParts],
);

const BatchAnswer = graphql(
  `
    fragment BatchAnswer on BatchResult {
      __typename
      ... on BatchDone {
        batch {
          number
        }
      }
      ... on Refusal {
        ...RefusalFacts
      }
    }
  `,
  [RefusalFacts],
);

export const MakeBatch = graphql(
  `
    mutation MakeBatch($input: MakeBatchInput!) {
      makeBatch(input: $input) {
        ...BatchAnswer
      }
    }
  `,
  [BatchAnswer],
);

export const ApproveBatch = graphql(
  `
    mutation ApproveBatch($input: DecideBatchInput!) {
      approveBatch(input: $input) {
        ...BatchAnswer
      }
    }
  `,
  [BatchAnswer],
);

export const RejectBatch = graphql(
  `
    mutation RejectBatch($input: RejectBatchInput!) {
      rejectBatch(input: $input) {
        ...BatchAnswer
      }
    }
  `,
  [BatchAnswer],
);
