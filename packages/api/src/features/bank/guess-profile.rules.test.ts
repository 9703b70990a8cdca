import { describe, expect, it } from '@jest/globals';
import { piecesOf } from '../../../test/statement-fixture.js';
import { LAYOUTS, OWN_NUMBER, TRUE_LINES, csvOf } from '../../../test/statement-layouts.js';
import { StatementCheck } from './checks.rules.js';
import { readCsv } from './formats/read-csv.js';
import { guessDelimiter, guessLayout, guessProfile } from './guess-profile.rules.js';
import { checkProfile } from './profiles.rules.js';
import { readStatement } from './read-statement.js';
import type { StatementLine } from './statement-lines.js';

async function rowsOf(text: string): Promise<(readonly string[])[]> {
  const rows: (readonly string[])[] = [];
  const one = async function* (): AsyncGenerator<string> {
    yield await Promise.resolve(text);
  };
  for await (const part of readCsv(one(), guessDelimiter(text))) rows.push(...part.map(({ cells }) => cells));
  return rows;
}

const form = { format: 'csv', delimiter: ',' } as const;

describe('a profile guessed at the first file', () => {
  it.each(LAYOUTS.map((layout) => [layout.name, layout] as const))(
    '%s: reads every line right',
    async (_name, layout) => {
      const text = csvOf(layout);
      const profile = guessProfile(await rowsOf(text), form);
      expect(checkProfile(profile)).toHaveProperty('body');
      const statement = readStatement(piecesOf(text), profile!);
      const check = new StatementCheck();
      const lines: StatementLine[] = [];
      for await (const part of statement.lines) {
        for (const line of part) {
          lines.push(line);
          expect(check.add(line)).toBeNull();
        }
      }
      expect(check.finish(statement.facts())).not.toHaveProperty('code');
      expect(lines.map(({ day, amountFen }) => [day, amountFen])).toEqual(TRUE_LINES.map((l) => [l.day, l.amountFen]));
      const balances = TRUE_LINES.map((line) => (layout.hasBalance === false ? null : line.balanceFen));
      expect(lines.map(({ balanceFen }) => balanceFen)).toEqual(balances);
      const named = lines.map(({ counterparty, counterpartyAccount }) => counterparty || counterpartyAccount);
      const isWallet = layout.name.startsWith('支付宝');
      expect(isWallet ? [] : named).toEqual(isWallet ? [] : TRUE_LINES.map(({ name }) => name));
      const accounts = lines.map(({ counterpartyAccount }) => counterpartyAccount).filter((one) => one !== '');
      expect(isWallet ? [] : accounts).toEqual(
        isWallet || accounts.length === 0 ? [] : TRUE_LINES.map(({ account }) => account),
      );
      expect(lines.map(({ memo }) => /AX\d{6}-\d\d/.exec(memo)?.[0])).toEqual(TRUE_LINES.map(({ memo }) => memo));
      const { accountNumber = OWN_NUMBER } = statement.facts();
      if (!isWallet && !accountNumber.includes('*')) expect(accountNumber).toBe(OWN_NUMBER);
    },
  );

  it('asks where the lines leave the direction open, and guesses nothing in silence', async () => {
    const rows = await rowsOf('日期,金额,对方,摘要\n2026-07-01,5.00,甲,a\n2026-07-02,3.00,乙,b\n');
    expect(guessProfile(rows, form)).toBeNull();
    expect(guessLayout(rows, form)?.questions).toEqual([expect.stringContaining('请选择哪一列写明收支方向')]);
  });
});
