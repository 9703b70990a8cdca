/** The last day of a campaign, as a rule's reason names it: "不在活动期内（2026-09-21 至 2026-09-27）". */
const CAMPAIGN_END = /^不在活动期内（[^）]*至 (\d{4}-\d{2}-\d{2})）$/;

/**
 * Why a purchase earned no more, less the campaigns that were over by then: nothing could have been done about those. One
 * that is still to come stays.
 */
export const reasonsWorthTelling = (reasons: readonly string[], settledOn: string): string[] =>
  reasons.filter((reason) => {
    const end = CAMPAIGN_END.exec(reason)?.[1];
    return end === undefined || end >= settledOn;
  });
