import { graphql, RefusalFacts, type ResultOf } from '../../../../client/index.js';
import { DisclosureParts } from '../../../../disclosure/disclosure.documents.js';

/** What is published, and for the fund's people what waits and until when. */
export const FundDisclosuresQuery = graphql(
  `
    query FundDisclosures {
      me {
        id
      }
      disclosureDesk {
        nextFrom
        proposed {
          from
          until
        }
        deadline
        daysLeft
        reminders {
          daysBefore
          at
        }
        drafts {
          packId
          number
          from
          until
          hash
          correctsNumber
          reason
          draftedAt
          isOwn
          faults {
            code
            text
          }
          content {
            ...DisclosureParts
          }
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
            hash
            jsonUrl
            pdfUrl
            xlsxUrl
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
export type Desk = ResultOf<typeof FundDisclosuresQuery>;
export type DeskFacts = NonNullable<Desk['disclosureDesk']>;
export type Draft = DeskFacts['drafts'][number];
export type Published = Desk['disclosures']['edges'][number]['node'];

const DraftAnswer = graphql(
  `
    fragment DraftDisclosureAnswer on DraftDisclosureResult {
      __typename
      ... on DraftDisclosureDone {
        draft {
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

export const DraftDisclosure = graphql(
  `
    mutation DraftDisclosure($input: DraftDisclosureInput!) {
      draftDisclosure(input: $input) {
        ...DraftDisclosureAnswer
      }
    }
  `,
  [DraftAnswer],
);

export const CorrectDisclosure = graphql(
  `
    mutation CorrectDisclosure($input: CorrectDisclosureInput!) {
      correctDisclosure(input: $input) {
        ...DraftDisclosureAnswer
      }
    }
  `,
  [DraftAnswer],
);

export const PublishDisclosure = graphql(
  `
    mutation PublishDisclosure($input: PublishDisclosureInput!) {
      publishDisclosure(input: $input) {
        __typename
        ... on PublishDisclosureDone {
          disclosure {
            number
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

export const WithdrawDisclosure = graphql(
  `
    mutation WithdrawDisclosureDraft($input: WithdrawDisclosureInput!) {
      withdrawDisclosureDraft(input: $input) {
        __typename
        ... on WithdrawDisclosureDone {
          number
        }
        ... on Refusal {
          ...RefusalFacts
        }
      }
    }
  `,
  [RefusalFacts],
);
