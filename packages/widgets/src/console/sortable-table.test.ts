import { describe, expect, it } from '@jest/globals';
import { parseSort, sortRows, sortText, type SortColumn } from './sortable-table.js';

interface Row {
  readonly name: string;
  readonly amountFen: number;
}

const columns: SortColumn<Row>[] = [
  { key: 'name', head: '名称', cell: ({ name }) => name, value: ({ name }) => name },
  {
    key: 'amount',
    head: '金额',
    cell: ({ amountFen }) => amountFen,
    value: ({ amountFen }) => amountFen,
    numeric: true,
  },
  { key: 'plain', head: '不排', cell: ({ name }) => name },
];
const rows: Row[] = [
  { name: '巫溪县', amountFen: 100 },
  { name: '城口县', amountFen: 1000 },
  { name: '酉阳县', amountFen: 100 },
];
const namesOf = (sort: string | null) => sortRows(rows, columns, parseSort(sort)).map(({ name }) => name);

describe('sorting a table', () => {
  it('sorts figures as figures and keeps the order of equals', () => {
    expect(namesOf('amount')).toEqual(['巫溪县', '酉阳县', '城口县']);
    expect(namesOf('-amount')).toEqual(['城口县', '巫溪县', '酉阳县']);
  });

  it('sorts Chinese by pinyin', () => expect(namesOf('name')).toEqual(['城口县', '巫溪县', '酉阳县']));

  it('leaves the rows as they came where the address names no column that sorts', () => {
    for (const sort of [null, '', 'plain', 'unknown', '-']) expect(namesOf(sort)).toEqual(rows.map(({ name }) => name));
  });

  it('changes nothing of what it was given', () => {
    namesOf('-amount');
    expect(rows[0]?.name).toBe('巫溪县');
  });

  it('stands in the address as one word', () => {
    expect(sortText({ key: 'amount', descending: true })).toBe('-amount');
    expect(parseSort('-amount')).toEqual({ key: 'amount', descending: true });
    expect(parseSort('amount')).toEqual({ key: 'amount', descending: false });
  });
});
