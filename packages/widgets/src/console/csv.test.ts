import { describe, expect, it } from '@jest/globals';
import { inertText, toCsv } from './csv.js';

describe('a table as CSV', () => {
  it.each([
    '=1+1',
    '+86',
    '-2+3',
    '@SUM(A1)',
    ' =A1',
    '\t=A1',
    '\r=A1',
    '＝A1',
    '＋A1',
    '－A1',
    '＠A1',
    '\tA1',
    '\r\nA1',
  ])('shows %j instead of running it', (text) => expect(inertText(text)).toBe(`'${text}`));

  it.each(['城口老腊肉', 'a=b', '1-2', '', '（=）'])('leaves %j as it is', (text) =>
    expect(inertText(text)).toBe(text),
  );

  it('keeps negative numbers numbers, so that a column sums', () => {
    expect(toCsv([['补差', -3, { amountFen: -100 }]])).toBe('\ufeff补差,-3,-1.00\r\n');
  });

  it('quotes commas, quotes and line breaks, also of a text made inert', () => {
    expect(toCsv([['a,b', 'say "hi"', 'x\ny', '=1,2', null, undefined]])).toBe(
      '\ufeff"a,b","say ""hi""","x\ny","\'=1,2",,\r\n',
    );
  });

  it('writes yuan exactly', () => {
    expect(toCsv([[13605, 5, 411700].map((amountFen) => ({ amountFen }))])).toBe('\ufeff136.05,0.05,4117.00\r\n');
  });
});
