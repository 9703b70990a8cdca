import { describe, expect, it } from '@jest/globals';
import { type MonthFacts, monthSteps } from './month-end.rules.js';

const NOTHING: MonthFacts = {
  ...{ month: '2026-10', lastDay: '2026-10-31', today: '2026-11-05' },
  accounts: [{ title: '基金专户（尾号 1234）', toDay: '2026-10-28', isWhole: true }],
  ...{ openLineCount: 0, batch: null, lastApprovedMonth: '2026-09', due: { count: 41, amountFen: 4_100 } },
  ...{ remittances: [], bills: { coveredDayCount: 31, dayCount: 31, openDifferenceCount: 0 } },
  ...{
    disclosure: { nextFrom: '2026-10-01', publishedUntil: '2026-09-30', deadline: '2026-12-31', daysLeft: 56 },
    drafts: [],
  },
};
const BATCH = { number: 'B202610', state: 'APPROVED', isOwn: false, reason: null } as const;
const whole = (toDay = '2026-11-03') => [{ title: '基金专户', toDay, isWhole: true }];
const remittance = (state: string, receivedFen: number) => ({ state, amountFen: 4_100, receivedFen });

/** `STEP state turn`, of those that are asked for. */
const told = (more: Partial<MonthFacts>, ...steps: string[]): string[] =>
  monthSteps({ ...NOTHING, ...more })
    .filter(({ step }) => steps.length === 0 || steps.includes(step))
    .map(({ step, state, turn, isOwn }) => `${step} ${state} ${turn}${isOwn ? ' own' : ''}`);
const textOf = (more: Partial<MonthFacts>, wanted: string): string =>
  monthSteps({ ...NOTHING, ...more }).find(({ step }) => step === wanted)?.text ?? '';

describe('the end of a month', () => {
  it('begins with what the maker has to bring', () => {
    expect(told({})).toEqual([
      ...['STATEMENT NOW MAKER', 'LINES LATER NOBODY', 'BATCH NOW MAKER', 'APPROVAL LATER NOBODY'],
      ...['REMITTANCE LATER NOBODY', 'RECEIPT LATER NOBODY', 'BILLS DONE NOBODY', 'CLOSE LATER NOBODY'],
      'DISCLOSURE LATER NOBODY',
    ]);
    expect(textOf({}, 'STATEMENT')).toBe('基金专户（尾号 1234）的流水到 2026-10-28，请导入到 2026-10-31 的对账单。');
    expect(textOf({}, 'BATCH')).toBe('41 笔、41.00 元等着列入，请制作批次。');
    expect(textOf({}, 'CLOSE')).toBe('还差：对账单、流水核对、批次、复核。');
  });

  it('asks nobody for what the month has to be over for, and knows its last day', () => {
    expect(told({ today: '2026-10-31' }, 'STATEMENT', 'BATCH')).toEqual([
      'STATEMENT LATER NOBODY',
      'BATCH LATER NOBODY',
    ]);
    expect(told({ today: '2026-11-01' }, 'STATEMENT', 'BATCH')).toEqual(['STATEMENT NOW MAKER', 'BATCH NOW MAKER']);
    expect(told({ accounts: whole('2026-10-30') }, 'STATEMENT')).toEqual(['STATEMENT NOW MAKER']);
    expect(told({ accounts: whole('2026-10-31') }, 'STATEMENT')).toEqual(['STATEMENT DONE NOBODY']);
  });

  it('sees a hole between statements, an account without one, and no account at all', () => {
    expect(textOf({ accounts: [{ title: '专户', toDay: '2026-11-03', isWhole: false }] }, 'STATEMENT')).toContain(
      '缺口',
    );
    expect(textOf({ accounts: [{ title: '专户', toDay: null, isWhole: false }] }, 'STATEMENT')).toContain('还没有流水');
    expect(textOf({ accounts: [] }, 'STATEMENT')).toContain('还没有银行账户');
  });

  it('gives a draft to the checker, and never to whoever made it', () => {
    const draft = { ...BATCH, state: 'DRAFT' } as const;
    expect(told({ batch: draft }, 'BATCH', 'APPROVAL')).toEqual(['BATCH DONE NOBODY', 'APPROVAL NOW CHECKER']);
    expect(told({ batch: { ...draft, isOwn: true } }, 'APPROVAL')).toEqual(['APPROVAL NOW CHECKER own']);
    const back = { ...BATCH, state: 'REJECTED', reason: '少一份协议' } as const;
    expect(told({ batch: back }, 'BATCH')).toEqual(['BATCH NOW MAKER']);
    expect(textOf({ batch: back }, 'BATCH')).toContain('少一份协议');
  });

  it('needs no batch where nothing is due, or where a later one took it', () => {
    const none = { due: { count: 0, amountFen: 0 } };
    expect(told(none, 'BATCH', 'APPROVAL', 'REMITTANCE', 'RECEIPT').every((one) => one.includes(' DONE '))).toBe(true);
    expect(told({ lastApprovedMonth: '2026-11' }, 'BATCH')).toEqual(['BATCH DONE NOBODY']);
  });

  it('waits for sponsors, then for receipts, one by one', () => {
    const steps = (...states: [string, number][]): string[] =>
      told(
        { batch: BATCH, remittances: states.map(([state, fen]) => remittance(state, fen)) },
        ...['REMITTANCE', 'RECEIPT'],
      );
    expect(steps(['OPEN', 100])).toEqual(['REMITTANCE NOW SPONSOR', 'RECEIPT LATER NOBODY']);
    expect(steps(['OPEN', 0], ['REMITTED', 4_100])).toEqual(['REMITTANCE NOW SPONSOR', 'RECEIPT NOW MAKER']);
    expect(steps(['RECEIPTED', 4_100], ['DISCLOSED', 4_100])).toEqual([
      'REMITTANCE DONE NOBODY',
      'RECEIPT DONE NOBODY',
    ]);
    expect(textOf({ batch: BATCH, remittances: [remittance('OPEN', 100)] }, 'REMITTANCE')).toContain('还差 40.00 元');
  });

  it('closes when its own work is done, though a sponsor is late; then the disclosure is the maker’s', () => {
    const over = { batch: BATCH, accounts: whole(), remittances: [remittance('OPEN', 0)] };
    expect(told(over, 'CLOSE', 'DISCLOSURE')).toEqual(['CLOSE DONE NOBODY', 'DISCLOSURE NOW MAKER']);
    expect(told({ ...over, openLineCount: 1 }, 'LINES', 'CLOSE')).toEqual(['LINES NOW MAKER', 'CLOSE LATER NOBODY']);
    const bills = { coveredDayCount: 30, dayCount: 31, openDifferenceCount: 0 };
    expect(told({ ...over, bills }, 'BILLS', 'CLOSE')).toEqual(['BILLS NOW MAKER', 'CLOSE LATER NOBODY']);
  });

  it('brings the deadline to mind, and is over when the period is published', () => {
    const due = (daysLeft: number) => ({
      nextFrom: '2026-10-01',
      publishedUntil: '2026-09-30',
      deadline: '2026-12-31',
      daysLeft,
    });
    expect(told({ disclosure: due(31) }, 'DISCLOSURE')).toEqual(['DISCLOSURE LATER NOBODY']);
    expect(told({ disclosure: due(30) }, 'DISCLOSURE')).toEqual(['DISCLOSURE NOW MAKER']);
    expect(textOf({ disclosure: due(-2) }, 'DISCLOSURE')).toContain('已经逾期 2 天');
    const drafts = [{ isOwn: true, faultCount: 0 }];
    expect(told({ drafts }, 'DISCLOSURE')).toEqual(['DISCLOSURE NOW CHECKER own']);
    expect(
      told({ disclosure: { ...due(50), nextFrom: '2026-11-01', publishedUntil: '2026-10-31' } }, 'DISCLOSURE'),
    ).toEqual(['DISCLOSURE DONE NOBODY']);
    const first = { ...due(50), nextFrom: '2026-11-01', publishedUntil: null };
    expect(textOf({ disclosure: first }, 'DISCLOSURE')).toContain('第一期从 2026-11-01 开始');
    expect(told({ disclosure: null }, 'DISCLOSURE')).toEqual(['DISCLOSURE LATER NOBODY']);
  });
});
