import { graphql, type ResultOf } from '../client/index.js';

/** All that a disclosure says, for its page and for the draft that another person reads before publishing. */
export const DisclosureParts = graphql(`
  fragment DisclosureParts on DisclosureContent {
    fundName
    openingFen
    receivedFen
    spentFen
    closingFen
    lateReceivedFen
    lateSpentFen
    months {
      month
      batchedFen
      receivedFen
      spentFen
    }
    counties {
      code
      name
      lineCount
      amountFen
    }
    donors {
      donor
      remittanceCount
      receivedFen
    }
    received {
      reference
      batch
      donor
      day
      amountFen
      receiptDay
    }
    batches {
      number
      month
      approvedDay
      isNew
      lineCount
      amountFen
      root
    }
    projects {
      name
      purpose
      budgetFen
      spentFen
      spentTotalFen
      beneficiaryCount
      beneficiaryTotal
      spends {
        day
        what
        amountFen
        beneficiaryCount
        evidence
      }
    }
    openLines {
      month
      count
      creditFen
      debitFen
    }
    unpaid {
      reference
      approvedDay
      amountFen
      missingFen
    }
    withoutReceipt {
      reference
      receivedDay
      amountFen
    }
    openBills {
      kind
      count
      amountFen
    }
    agreements {
      number
      donor
      amountFenPerUnit
      unit
      capFen
      validFrom
      validUntil
    }
    disclosedCount
    yuanCount
    yuanFen
    root
    journalBlock
    journalHash
    ledgerSeq
    ledgerHash
  }
`);
export type Content = ResultOf<typeof DisclosureParts>;

/** One disclosure, and the others that there are. */
export const DisclosureQuery = graphql(
  `
    query Disclosure($id: ID) {
      disclosure(id: $id) {
        id
        number
        from
        until
        publishedAt
        hash
        prevHash
        reason
        jsonUrl
        pdfUrl
        xlsxUrl
        corrects {
          id
          number
        }
        correctedBy {
          id
          number
        }
        content {
          ...DisclosureParts
        }
      }
      disclosures(first: 40) {
        totalCount
        edges {
          node {
            id
            number
            from
            until
            publishedAt
            reason
            corrects {
              number
            }
            correctedBy {
              number
            }
          }
        }
      }
    }
  `,
  [DisclosureParts],
);
type Answer = ResultOf<typeof DisclosureQuery>;
export type Disclosure = NonNullable<Answer['disclosure']>;
export type Listed = Answer['disclosures']['edges'][number]['node'];
