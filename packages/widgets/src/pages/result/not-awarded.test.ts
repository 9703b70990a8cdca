import { describe, expect, it } from '@jest/globals';
import { reasonsWorthTelling } from './not-awarded.js';

const CAP = '今日购买积分已达上限 6 分';
const CAMPAIGN = '不在活动期内（2026-09-21 至 2026-09-27）';

describe('why a purchase earned no more', () => {
  it('does not tell of a campaign that was over', () => {
    expect(reasonsWorthTelling([CAP, CAMPAIGN], '2026-09-28')).toEqual([CAP]);
  });

  it('tells of a campaign that is still to come, and of one that ends that day', () => {
    expect(reasonsWorthTelling([CAMPAIGN], '2026-08-01')).toEqual([CAMPAIGN]);
    expect(reasonsWorthTelling([CAMPAIGN], '2026-09-27')).toEqual([CAMPAIGN]);
  });

  it('leaves reasons that it does not know as they are', () => {
    const open = '不在活动期内（2026-09-21 至 ）';
    expect(reasonsWorthTelling([CAP, open], '2030-01-01')).toEqual([CAP, open]);
  });
});
