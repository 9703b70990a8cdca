import { graphql, type ResultOf } from '../../../../client/index.js';

/** What a month still needs, step by step. */
export const MonthEndQuery = graphql(`
  query MonthEnd($month: String) {
    monthEnd(month: $month) {
      month
      months
      steps {
        step
        state
        turn
        isOwn
        text
      }
    }
  }
`);
export type MonthEnd = ResultOf<typeof MonthEndQuery>['monthEnd'];
export type MonthStep = MonthEnd['steps'][number];
