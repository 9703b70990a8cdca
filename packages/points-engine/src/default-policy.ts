import type { PolicyJson } from './policy-json.js';

/**
 * A policy to start from, for Chongqing: small points per purchase and per action with caps per day and month (rule 4).
 * Plain JSON: an operator stores a copy and edits that. The caps of the kinds leave room for the campaign's extra point.
 */
export const defaultPolicy: PolicyJson = {
  versions: [
    {
      version: '2019-11',
      effectiveFrom: '2019-11-01',
      caps: { purchase: { perDay: 6, perMonth: 60 }, review: { perDay: 3, perMonth: 30 } },
      rules: [
        { ruleId: 'purchase', kind: 'purchase', title: '每笔爱心购', points: 2 },
        { ruleId: 'review', kind: 'review', title: '购买后评价', points: 1 },
      ],
    },
    {
      version: '2026-09',
      effectiveFrom: '2026-09-01',
      caps: {
        purchase: { perDay: 6, perMonth: 60 },
        review: { perDay: 3, perMonth: 30 },
        recommendation: { perDay: 3, perMonth: 30 },
        nomination: { perDay: 10, perMonth: 20 },
        activity: { perDay: 6, perMonth: 30 },
      },
      rules: [
        { ruleId: 'purchase', kind: 'purchase', title: '每笔爱心购', points: 2 },
        {
          ruleId: 'harvest-week',
          kind: 'purchase',
          title: '丰收助农周加分',
          points: 1,
          when: {
            countyCodes: ['500229', '500238', '500243', '500242'],
            minimumAmountFen: 2000,
            window: { fromDay: '2026-09-21', throughDay: '2026-09-27' },
          },
          caps: { perDay: 2 },
        },
        { ruleId: 'review', kind: 'review', title: '购买后评价', points: 1 },
        { ruleId: 'recommendation', kind: 'recommendation', title: '推荐好产品', points: 1 },
        { ruleId: 'nomination', kind: 'nomination', title: '提名产品获采纳', points: 5 },
        { ruleId: 'activity', kind: 'activity', title: '参加帮扶活动', points: 3 },
      ],
    },
  ],
};
