import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { IGNORE_RULES, ignoreRuleFor } from './ignore-rules.rules.js';
import { decideLines } from './matching.rules.js';
import type { LineDecision, LineFacts, MatchingFacts, Part, RemittanceFacts } from './matching.types.js';
import { reasonText, suggestionText, suggestionTitle } from './reasons.rules.js';
import { findReferences } from './references.rules.js';

const remittance = (remittanceId: string, leftFen: number, sponsor = '配捐单位乙'): RemittanceFacts => ({
  remittanceId,
  leftFen,
  sponsorKey: sponsor,
  payerNames: [sponsor],
  payerAccounts: [],
});

const line = (lineId: string, amountFen: number, more: Partial<LineFacts> = {}): LineFacts => ({
  lineId,
  amountFen,
  day: '2026-11-04',
  counterparty: '配捐单位乙',
  counterpartyAccount: '',
  memo: '',
  ...more,
});

const factsOf = (remittances: readonly RemittanceFacts[], more: Partial<MatchingFacts> = {}): MatchingFacts => ({
  remittancesByReference: new Map(remittances.map((one) => [one.remittanceId, one])),
  openRemittances: remittances.filter((one) => one.leftFen > 0),
  rules: IGNORE_RULES,
  ...more,
});

const states = (decisions: readonly LineDecision[]): string[] => decisions.map((one) => one.state);
const texts = (decisions: readonly LineDecision[]): string[] =>
  decisions.map((one) => reasonText(one.reason, one.state === 'SUGGESTED' ? one.suggestion : null, one.lineId));

describe('references', () => {
  it.each([
    ['AX202610-02', ['AX202610-02']],
    ['AX2026 10-02', ['AX202610-02']],
    ['ax202610—02', ['AX202610-02']],
    ['ＡＸ２０２６１０－０２', ['AX202610-02']],
    ['配捐款 a x 2 0 2 6 1 0 – 0 2 谢谢', ['AX202610-02']],
    ['AX20261002', ['AX202610-02']],
    ['AX202610−02，AX202610‑03', ['AX202610-02', 'AX202610-03']],
    ['AX202610-02 3', ['AX202610-02']],
    ['AX202610-0 2', ['AX202610-02']],
    ['AX202610-112', ['AX202610-112']],
    ['AX202610一02', ['AX202610-02']],
    ['FAX202610-02', []],
    ['AX202610-02X号合同', []],
    ['AX202610-02号', ['AX202610-02']],
    ['AX202610-02AX202610-03', ['AX202610-02', 'AX202610-03']],
    ['AX202613-02', []],
    ['AX2026100212345678', []],
    ['AX202610', []],
    ['一点心意', []],
    ['', []],
  ])('finds in %j %j', (text, found) => {
    expect(findReferences(text)).toEqual(found);
  });

  it('reads a long hostile memo in one walk', () => {
    // Whoever walked it again from each place would not come to the end of it today.
    expect(findReferences('A '.repeat(500_000))).toEqual([]);
    expect(findReferences(`A${' '.repeat(1_000_000)}`)).toEqual([]);
  });
});

describe('ignore rules', () => {
  it('take interest that comes and fees that go, never the other way round', () => {
    const ruleOf = (amountFen: number, memo: string) =>
      ignoreRuleFor({ amountFen, memo, counterparty: '' }, IGNORE_RULES)?.name;
    expect(ruleOf(231, '利息')).toBe('利息');
    expect(ruleOf(-231, '利息')).toBeUndefined();
    expect(ruleOf(-100, '网银手续费')).toBe('手续费');
    expect(ruleOf(100, '网银手续费')).toBeUndefined();
    expect(ruleOf(-200, '短信费')).toBe('手续费');
    expect(ruleOf(100_000, '把利息捐给基金')).toBeUndefined();
    expect(ruleOf(-100_001, '手续费')).toBeUndefined();
    expect(ruleOf(231, '一点心意')).toBeUndefined();
  });
});

describe('certain lines', () => {
  it('match by reference, amount and a remittance that waits', () => {
    const [decision] = decideLines(
      [line('1', 3_117_00, { memo: 'AX2026 10-01' })],
      factsOf([remittance('AX202610-01', 3_117_00)]),
    );
    expect(decision).toMatchObject({
      state: 'MATCHED',
      parts: [{ lineId: '1', remittanceId: 'AX202610-01', spendId: null, amountFen: 3_117_00 }],
    });
    expect(texts([decision!])).toEqual(['汇款编号、金额一致']);
  });

  it('match several references whose sum is the amount', () => {
    const known = [remittance('AX202610-01', 700), remittance('AX202610-02', 300)];
    const [decision] = decideLines([line('1', 1_000, { memo: 'AX202610-01 AX202610-02' })], factsOf(known));
    expect(decision).toMatchObject({ state: 'MATCHED', parts: [{ amountFen: 700 }, { amountFen: 300 }] });
  });

  it('are not money that goes out, nor a remittance that has come', () => {
    const known = [remittance('AX202610-01', 0), remittance('AX202610-02', 300)];
    const decisions = decideLines(
      [line('1', 700, { memo: 'AX202610-01' }), line('2', -300, { memo: 'AX202610-02' })],
      factsOf(known),
    );
    expect(states(decisions)).toEqual(['OPEN', 'OPEN']);
    expect(texts(decisions)).toEqual(['AX202610-01 已收齐，可能是重复付款', '支出：没有金额相符的使用记录']);
  });

  it('are ignored with the rule’s name', () => {
    const decisions = decideLines(
      [line('1', 231, { counterparty: '利息' }), line('2', -100, { counterparty: '', memo: '手续费' })],
      factsOf([]),
    );
    expect(decisions).toMatchObject([
      { state: 'IGNORED', category: 'interest', rule: '利息' },
      { state: 'IGNORED', category: 'bank-fees', rule: '手续费' },
    ]);
    expect(texts(decisions)).toEqual(['规则：利息', '规则：手续费']);
  });
});

describe('suggestions', () => {
  it('put two lines of one counterparty together, as the look shows', () => {
    const lines = [
      line('1', 600_00, { memo: 'AX2026 10-02' }),
      line('2', 400_00, { memo: 'ax202610—02', day: '2026-11-05' }),
    ];
    const decisions = decideLines(lines, factsOf([remittance('AX202610-02', 1_000_00)]));
    expect(states(decisions)).toEqual(['SUGGESTED', 'SUGGESTED']);
    expect(texts(decisions)).toEqual(['与 11-05 合计等于批次 AX202610-02', '同上，两行合一：AX202610-02']);
    const [first] = decisions;
    if (first?.state !== 'SUGGESTED') throw new Error('not suggested');
    expect(suggestionTitle(first.suggestion)).toBe('建议：两行合为一笔');
    expect(suggestionText(first.suggestion)).toBe(
      '11-04 的 ¥600.00 与 11-05 的 ¥400.00，合计正是批次 AX202610-02 的 ¥1,000.00；付款户名与协议相同；' +
        '附言都写了这个汇款编号；附言去掉空格和横线后一致。',
    );
  });

  it('put three lines together, and lines of which only one names the remittance', () => {
    const known = [remittance('AX202610-02', 1_000)];
    const three = [line('1', 500), line('2', 300), line('3', 200)];
    expect(states(decideLines(three, factsOf(known)))).toEqual(['SUGGESTED', 'SUGGESTED', 'SUGGESTED']);
    const some = decideLines([line('1', 600, { memo: 'AX202610-02' }), line('2', 400)], factsOf(known));
    expect(some).toMatchObject([{ suggestion: { kind: 'LINES_SUM' } }, { suggestion: { kind: 'LINES_SUM' } }]);
  });

  it('spread one line over several remittances of one sponsor', () => {
    const known = [
      remittance('AX202609-02', 300),
      remittance('AX202610-02', 700),
      remittance('AX202610-01', 700, '甲'),
    ];
    const [decision] = decideLines([line('1', 1_000)], factsOf(known));
    expect(decision).toMatchObject({
      state: 'SUGGESTED',
      suggestion: { kind: 'REMITTANCES_SUM', targets: [{ id: 'AX202609-02' }, { id: 'AX202610-02' }] },
    });
  });

  it('say part payment and over-payment where the reference is right', () => {
    const known = [remittance('AX202610-01', 1_000), remittance('AX202610-02', 1_000)];
    const decisions = decideLines(
      [line('1', 400, { memo: 'AX202610-01' }), line('2', 1_500, { memo: 'AX202610-02' })],
      factsOf(known),
    );
    expect(decisions).toMatchObject([
      { suggestion: { kind: 'PART_PAYMENT', parts: [{ amountFen: 400 }] } },
      { suggestion: { kind: 'OVER_PAYMENT', parts: [{ amountFen: 1_000 }] } },
    ]);
  });

  it('go by amount and a known payer, by name or account, and not by amount alone', () => {
    const known = { ...remittance('AX202610-02', 1_000, '重庆（某）公司'), payerAccounts: ['6222 0001'] };
    const one = (more: Partial<LineFacts>): string =>
      decideLines([line('1', 1_000, more)], factsOf([known]))[0]?.state ?? '';
    expect(one({ counterparty: '重庆(某)公司' })).toBe('SUGGESTED');
    expect(one({ counterparty: '别的名字', counterpartyAccount: '62220001' })).toBe('SUGGESTED');
    expect(one({ counterparty: '王*' })).toBe('OPEN');
  });

  it('call nobody a stranger who has an agreement', () => {
    const sponsors = [{ sponsorKey: '甲', payerNames: ['甲公司'], payerAccounts: [] }];
    const lines = [line('1', 1_000, { counterparty: '甲 公司' }), line('2', 1_000, { counterparty: '王*' })];
    expect(texts(decideLines(lines, factsOf([], { sponsors })))).toEqual([
      '付款户名与协议相同，没有金额相符的汇款单',
      '非配捐款：转公开募捐平台',
    ]);
  });

  it('suggest a spend for money that goes', () => {
    const openSpends = [{ spendId: 's1', leftFen: 500, payeeNames: ['某学校'], payeeAccounts: [] }];
    const [decision] = decideLines([line('1', -500, { counterparty: '某学校' })], factsOf([], { openSpends }));
    expect(decision).toMatchObject({ state: 'SUGGESTED', suggestion: { kind: 'SPEND_SAME_AMOUNT' } });
  });
});

describe('twins', () => {
  it('stay open and name each other when both carry the reference', () => {
    const lines = [
      line('1', 1_000, { memo: 'AX202610-02' }),
      line('2', 1_000, { memo: 'ax202610 02', day: '2026-11-05' }),
    ];
    const decisions = decideLines(lines, factsOf([remittance('AX202610-02', 1_000)]));
    expect(states(decisions)).toEqual(['OPEN', 'OPEN']);
    for (const { reason } of decisions) {
      expect(reason).toMatchObject({
        code: 'TWINS',
        lines: [{ lineId: '1' }, { lineId: '2' }],
        targetIds: ['AX202610-02'],
      });
    }
    expect(texts(decisions)[0]).toBe('同额难分：另有 11-05 ¥10.00，都可能是 AX202610-02，请人工指定');
  });

  it('stay open when both only have the payer', () => {
    const decisions = decideLines([line('1', 1_000), line('2', 1_000)], factsOf([remittance('AX202610-02', 1_000)]));
    expect(decisions).toMatchObject([{ reason: { code: 'TWINS' } }, { reason: { code: 'TWINS' } }]);
  });

  it('are two equal remittances for one line too', () => {
    const known = [remittance('AX202609-02', 1_000), remittance('AX202610-02', 1_000)];
    const [decision] = decideLines([line('1', 1_000)], factsOf(known));
    expect(decision).toMatchObject({
      state: 'OPEN',
      reason: { code: 'TWINS', targetIds: ['AX202609-02', 'AX202610-02'] },
    });
  });

  it('are not suggested within a sum either', () => {
    const lines = [line('1', 600), line('2', 400), line('3', 400)];
    const decisions = decideLines(lines, factsOf([remittance('AX202610-02', 1_000)]));
    expect(decisions.map(({ reason }) => reason.code)).toEqual(['TWINS', 'TWINS', 'TWINS']);
  });

  it('that come after the first was matched for certain say that all has come', () => {
    const [late] = decideLines([line('2', 1_000, { memo: 'AX202610-02' })], factsOf([remittance('AX202610-02', 0)]));
    expect(late).toMatchObject({ state: 'OPEN', reason: { code: 'ALREADY_RECEIVED', targetIds: ['AX202610-02'] } });
    expect(reasonText(late!.reason, null, '2')).toBe('AX202610-02 已收齐，可能是重复付款');
  });

  it('names a remittance by its reference, and never a spend by its id', () => {
    const byHand = (targetIds: string[]) => reasonText({ code: 'BY_HAND', targetIds }, null, '1');
    expect(byHand(['AX202610-02'])).toBe('人工核对：AX202610-02');
    expect(byHand(['w4mbdbozrgv7rhknsfrpc2wr'])).toBe('人工核对：1 笔使用记录');
  });

  it('say so when sums of unlike lines compete', () => {
    const lines = [line('1', 600), line('2', 400), line('3', 700), line('4', 300)];
    const decisions = decideLines(lines, factsOf([remittance('AX202610-02', 1_000)]));
    expect(new Set(decisions.map(({ reason }) => reason.code))).toEqual(new Set(['SEVERAL_WAYS']));
  });
});

const IDS = ['AX202609-01', 'AX202609-02', 'AX202610-01', 'AX202610-02', 'AX202610-03'];
const MEMOS = ['', '一点心意', '利息', '手续费', ...IDS, 'AX202612-09', 'AX2026 10-01 AX202610－02'];
const amounts = fc.constantFrom(100, 200, 300, 400, 500, 700, 1_000);

const anyFacts = fc
  .array(fc.record({ left: fc.oneof(fc.constant(0), amounts), sponsor: fc.constantFrom('甲', '乙') }), {
    minLength: 1,
    maxLength: 5,
  })
  .map((given) =>
    factsOf(
      given.map(({ left, sponsor }, index) => remittance(IDS[index] ?? '', left, sponsor)),
      {
        openSpends: [100, 200, 200].map((leftFen, index) => ({
          spendId: `s${index}`,
          leftFen,
          payeeNames: ['丙'],
          payeeAccounts: [],
        })),
      },
    ),
  );

const anyLines = fc
  .array(
    fc.record({
      amount: amounts,
      out: fc.boolean(),
      counterparty: fc.constantFrom('甲', '乙', '丙', '王*', ''),
      memo: fc.constantFrom(...MEMOS),
      day: fc.constantFrom('2026-11-03', '2026-11-04'),
    }),
    { maxLength: 12 },
  )
  .map((given) => given.map(({ amount, out, ...rest }, index) => line(`l${index}`, out ? -amount : amount, rest)));

const partsOf = (decision: LineDecision): readonly Part[] => {
  if (decision.state === 'MATCHED') return decision.parts;
  return decision.state === 'SUGGESTED' ? decision.suggestion.parts : [];
};

describe('whatever comes', () => {
  const runs = { numRuns: 400 };

  it('is decided the same in any order of the lines', () => {
    fc.assert(
      fc.property(anyLines, anyFacts, fc.integer(), (lines, facts, seed) => {
        const shuffled = lines.map((one, index) => ({ one, at: (seed * (index + 7) * 2_654_435_761) >>> 0 }));
        shuffled.sort((a, b) => a.at - b.at);
        const byId = (decisions: readonly LineDecision[]) => new Map(decisions.map((one) => [one.lineId, one]));
        expect(
          byId(
            decideLines(
              shuffled.map(({ one }) => one),
              facts,
            ),
          ),
        ).toEqual(byId(decideLines(lines, facts)));
      }),
      runs,
    );
  });

  it('never gives more than a line brings, nor more than a remittance waits for', () => {
    fc.assert(
      fc.property(anyLines, anyFacts, (lines, facts) => {
        const decisions = decideLines(lines, facts);
        const all = new Map(decisions.flatMap(partsOf).map((part) => [JSON.stringify(part), part]));
        const givenFen = new Map<string, number>();
        for (const part of all.values()) {
          const id = part.remittanceId ?? part.spendId ?? '';
          givenFen.set(id, (givenFen.get(id) ?? 0) + part.amountFen);
          expect(part.amountFen).toBeGreaterThan(0);
        }
        for (const one of facts.openRemittances) {
          expect(givenFen.get(one.remittanceId) ?? 0).toBeLessThanOrEqual(one.leftFen);
        }
        for (const one of facts.openSpends ?? [])
          expect(givenFen.get(one.spendId) ?? 0).toBeLessThanOrEqual(one.leftFen);
        for (const [index, decision] of decisions.entries()) {
          const parts = partsOf(decision).filter(({ lineId }) => lineId === decision.lineId);
          const sumFen = parts.reduce((sum, part) => sum + part.amountFen, 0);
          const lineFen = Math.abs(lines[index]?.amountFen ?? 0);
          if (decision.state === 'MATCHED') expect(sumFen).toBe(lineFen);
          if (decision.state !== 'SUGGESTED') continue;
          if (decision.suggestion.kind === 'OVER_PAYMENT') expect(sumFen).toBeLessThan(lineFen);
          else expect(sumFen).toBe(lineFen);
        }
      }),
      runs,
    );
  });

  it('never prefers one of two equal lines', () => {
    fc.assert(
      fc.property(anyLines, anyFacts, (lines, facts) => {
        const twice = [...lines, ...lines.map((one) => ({ ...one, lineId: `${one.lineId}'` }))];
        const decisions = decideLines(twice, facts);
        lines.forEach((_line, index) => {
          const [one, twin] = [decisions[index], decisions[index + lines.length]];
          expect(twin?.state).toBe(one?.state);
          if (one?.state === 'MATCHED') throw new Error('a twin was matched');
        });
      }),
      runs,
    );
  });
});

it('finds none of a thousand lines certain whose remittances are not open any more', () => {
  const known = Array.from({ length: 500 }, (_, index) => remittance(`AX202610-${String(index).padStart(3, '0')}`, 0));
  const facts = factsOf(known, { openRemittances: [] });
  const chunk = Array.from({ length: 1_000 }, (_, index) =>
    line(String(index), 100, { memo: `配捐款 ax202610—${String(index % 500).padStart(3, '0')}` }),
  );
  expect(decideLines(chunk, facts).filter(({ state }) => state === 'MATCHED')).toEqual([]);
});
