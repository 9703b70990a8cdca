import { describe, expect, it } from '@jest/globals';
import { definitionOf, fieldOfPath, mappingOf } from './mapping.js';

const PAIR = {
  format: 'csv',
  encoding: 'gb18030',
  delimiter: '\t',
  day: { name: '交易日期' },
  amount: { kind: 'pair', credit: { name: '贷方' }, debit: { index: 5 } },
  balance: { name: '余额' },
  counterparty: null,
  counterpartyAccount: null,
  memo: [{ name: '摘要' }, { name: '附言' }],
  bankSerial: null,
  skipRows: ['注：'],
  summaryRows: ['合计'],
  requiresSummary: true,
  facts: [{ label: '期初余额', is: 'openingFen' }],
};
const FLAG = {
  ...PAIR,
  format: 'csv',
  amount: {
    kind: 'flag',
    amount: { name: '金额' },
    flag: { name: '借贷' },
    creditWords: ['贷', 'C'],
    debitWords: ['借'],
  },
};
const XLSX = { ...PAIR, amount: { kind: 'signed', amount: { name: '金额' } }, format: 'xlsx' };

describe('the mapping form', () => {
  it.each([PAIR, FLAG])('gives back a definition as it was', (definition) => {
    const text = JSON.stringify(definition);
    expect(JSON.parse(definitionOf(mappingOf(text), text))).toEqual(definition);
  });

  it('keeps what it does not show, and words with blanks in them', () => {
    const payers = {
      ...FLAG,
      ...{ payer: { name: '付款人' }, payerAccount: { name: '付款账号' }, payee: { name: '收款人' } },
      ...{ payeeAccount: null, ownAccount: { name: '本方账号' }, currency: { name: '币种' } },
      amount: { ...FLAG.amount, creditWords: ['贷 Cr', '来账'], debitWords: ['借 Dr'] },
    };
    const pair = { ...PAIR, amount: { ...PAIR.amount, debitIsNegative: true } };
    for (const definition of [payers, pair]) {
      const text = JSON.stringify(definition);
      expect(JSON.parse(definitionOf({ ...mappingOf(text), bankSerial: '流水号' }, text))).toEqual({
        ...definition,
        bankSerial: { name: '流水号' },
      });
    }
  });

  it('leaves encoding and separator to text files', () => {
    const { encoding: _encoding, delimiter: _delimiter, ...table } = XLSX;
    const text = JSON.stringify(table);
    expect(JSON.parse(definitionOf(mappingOf(text), text))).toEqual(table);
    expect(definitionOf({ ...mappingOf(null), format: 'camt053' }, null)).toBe('{"format":"camt053"}');
  });

  it('begins empty where nothing is known, and reads columns by number', () => {
    const mapping = { ...mappingOf('no JSON'), day: '#1', amount: '＃3', memo: '摘要，附言' };
    expect(JSON.parse(definitionOf(mapping, null))).toMatchObject({
      day: { index: 1 },
      amount: { kind: 'signed', amount: { index: 3 } },
      memo: [{ name: '摘要' }, { name: '附言' }],
      balance: null,
    });
  });

  it('finds the field that the server means', () => {
    expect(fieldOfPath('definition.amount.credit.name')).toBe('credit');
    expect(fieldOfPath('definition.memo.0')).toBe('memo');
    expect(fieldOfPath('fileId')).toBeNull();
    expect(fieldOfPath(null)).toBeNull();
  });
});
