import { graphql, RefusalFacts, type ResultOf } from '../../../../client/index.js';

export const ProjectsQuery = graphql(`
  query Projects($first: Int!) {
    fundUse {
      availableFen
      payableFen
      waitingCount
      waitingFen
    }
    counties {
      code
      name
    }
    projects(first: $first) {
      edges {
        node {
          id
          name
          purpose
          county {
            name
          }
          budgetFen
          spentFen
          beneficiaryCount
          state
          stateText
          proposedByMe
          reason
          contentHash
        }
      }
    }
  }
`);
export type ProjectsAnswer = ResultOf<typeof ProjectsQuery>;
export type Project = NonNullable<ProjectsAnswer['projects']>['edges'][number]['node'];

export const SpendsQuery = graphql(`
  query Spends($first: Int!, $after: String, $projectId: ID, $states: [SpendState!]) {
    spends(first: $first, after: $after, projectId: $projectId, states: $states) {
      pageInfo {
        hasNextPage
        endCursor
      }
      edges {
        node {
          id
          project {
            id
            name
          }
          amountFen
          day
          payee
          what
          evidence {
            id
            name
          }
          beneficiaries {
            group
            count
          }
          state
          stateText
          corrects {
            id
            what
          }
          recordedAt
          recordedByMe
          reason
          sources {
            reference
            amountFen
          }
          paidFen
          contentHash
        }
      }
    }
  }
`);
export type Spend = NonNullable<ResultOf<typeof SpendsQuery>['spends']>['edges'][number]['node'];

const ProjectAnswer = graphql(
  `
    fragment ProjectAnswer on ProjectResult {
      __typename
      ... on ProjectDone {
        project {
          name
        }
      }
      ... on Refusal {
        ...RefusalFacts
      }
    }
  `,
  [RefusalFacts],
);

export const ProposeProject = graphql(
  `
    mutation ProposeProject($input: ProposeProjectInput!) {
      proposeProject(input: $input) {
        ...ProjectAnswer
      }
    }
  `,
  [ProjectAnswer],
);

export const DecideProject = graphql(
  `
    mutation DecideProject($input: DecideProjectInput!) {
      decideProject(input: $input) {
        ...ProjectAnswer
      }
    }
  `,
  [ProjectAnswer],
);

export const CloseProject = graphql(
  `
    mutation CloseProject($input: CloseProjectInput!) {
      closeProject(input: $input) {
        ...ProjectAnswer
      }
    }
  `,
  [ProjectAnswer],
);

const SpendAnswer = graphql(
  `
    fragment SpendAnswer on SpendResult {
      __typename
      ... on SpendDone {
        spend {
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

export const RecordSpend = graphql(
  `
    mutation RecordSpend($input: RecordSpendInput!) {
      recordSpend(input: $input) {
        ...SpendAnswer
      }
    }
  `,
  [SpendAnswer],
);

export const DecideSpend = graphql(
  `
    mutation DecideSpend($input: DecideSpendInput!) {
      decideSpend(input: $input) {
        ...SpendAnswer
      }
    }
  `,
  [SpendAnswer],
);

export const ReverseSpend = graphql(
  `
    mutation ReverseSpend($input: ReverseSpendInput!) {
      reverseSpend(input: $input) {
        ...SpendAnswer
      }
    }
  `,
  [SpendAnswer],
);

export const WithdrawSpend = graphql(
  `
    mutation WithdrawSpend($input: WithdrawSpendInput!) {
      withdrawSpend(input: $input) {
        ...SpendAnswer
      }
    }
  `,
  [SpendAnswer],
);
