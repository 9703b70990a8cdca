import { describe, expect, it } from '@jest/globals';
import { agreementFixture } from '../../../test/agreement-fixture.js';
import type { Agreement, AgreementStep } from './agreements.store.js';
import { whyPromiseGone } from './promise-gone.rules.js';

const NOW = new Date('2026-11-20T04:00:00Z');
const honey = { _id: 'honey', countyCode: '500229', categoryKey: 'honey', supplierId: 's-1' };
const wax = { ...honey, _id: 'wax' };
const step = (what: AgreementStep['what'], at: string): AgreementStep => ({
  ...{ what, at: new Date(at), by: 'somebody', reason: null, contentHash: '', key: '', keyHash: '' },
});
const why = (agreements: readonly Agreement[], left: Record<string, number> = {}, products = [honey]) =>
  whyPromiseGone({ agreements, products, leftFen: new Map(Object.entries(left)), nowMs: NOW.getTime() });

describe('why less is matched than was shown', () => {
  const monthly = agreementFixture({ _id: 'a', monthlyCapFen: 200 });
  const endedOn = (at: string): Agreement =>
    agreementFixture({ _id: 'a', state: 'ENDED', history: [step('APPROVED', '2026-01-01'), step('ENDED', at)] });
  const over = (until: string): Agreement => agreementFixture({ _id: 'a', validUntil: new Date(until) });

  it.each([
    ['the total is used up', [monthly], { a: 99, 'a|2026-11': 200 }, 'CAP_REACHED'],
    ['the month is used up', [monthly], { a: 9_000, 'a|2026-11': 0 }, 'MONTH_REACHED'],
    ['a part of the order is more than what is left', [monthly], { a: 100, 'a|2026-11': 200 }, 'CAP_REACHED'],
    ['it was ended before its term', [endedOn('2026-11-20T03:59:59Z')], {}, 'ENDED_EARLY'],
    ['its term is over', [over('2026-11-20T04:00:00Z')], {}, 'TERM_OVER'],
    [
      'its term was over before somebody ended it',
      [{ ...endedOn('2026-11-19'), ...termUntil('2026-11-18') }],
      {},
      'TERM_OVER',
    ],
    ['no page is as old as what ended', [endedOn('2026-11-13T03:59:59Z')], {}, 'CHANGED'],
    ['a draft promises nothing', [agreementFixture({ _id: 'a', state: 'DRAFT' })], {}, 'CHANGED'],
    ['nothing covers it', [], {}, 'CHANGED'],
  ])('%s', (_what, agreements, left, expected) => {
    expect(why(agreements, left)).toBe(expected);
  });

  it('names what holds for a whole product before what holds for a part of another', () => {
    const live = agreementFixture({ _id: 'b', productIds: ['wax'] });
    expect(why([endedOn('2026-11-20T03:00:00Z'), live], { b: 5_000 }, [wax, honey])).toBe('ENDED_EARLY');
  });

  it('does not speak of an agreement whose place another took', () => {
    expect(why([endedOn('2026-11-20T03:00:00Z'), agreementFixture({ _id: 'b' })], { b: 0 })).toBe('CAP_REACHED');
  });
});

function termUntil(day: string): Pick<Agreement, 'validUntil'> {
  return { validUntil: new Date(day) };
}
