import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { boxOfTable, type Content } from '../kit/parts.js';
import { sorted } from '../kit/lists.js';

export interface SortColumn<Row> {
  readonly key: string;
  readonly head: string;
  readonly cell: (row: Row) => Content;
  /** What the column is sorted by; absent where sorting would mean nothing. */
  readonly value?: (row: Row) => string | number;
  readonly numeric?: boolean;
}

export interface Sort {
  readonly key: string;
  readonly descending: boolean;
}

export interface SortableTable<Row> {
  readonly caption: string;
  readonly columns: readonly SortColumn<Row>[];
  /** Already in order: see `sortRows`. */
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
  readonly sort: Sort | null;
  readonly sortBy: (sort: Sort) => void;
  readonly rowClass?: (row: Row) => string;
}

const collator = new Intl.Collator('zh-CN', { numeric: true });

/** A new list in the wanted order; rows that are equal keep theirs. */
export const sortRows = <Row>(
  rows: readonly Row[],
  columns: readonly SortColumn<Row>[],
  sort: Sort | null,
): readonly Row[] => {
  const value = columns.find(({ key }) => key === sort?.key)?.value;
  if (!sort || !value) return rows;
  const direction = sort.descending ? -1 : 1;
  return sorted(rows, (one, other) => {
    const [a, b] = [value(one), value(other)];
    const order = typeof a === 'number' && typeof b === 'number' ? a - b : collator.compare(String(a), String(b));
    return order * direction;
  });
};

/** `time` or `-time`, as it stands in the address. */
export const sortText = ({ key, descending }: Sort): string => (descending ? `-${key}` : key);

export const parseSort = (text: string | null): Sort | null =>
  text ? { key: text.replace(/^-/, ''), descending: text.startsWith('-') } : null;

/** A table whose heads sort. Its box scrolls both ways, takes the focus, and keeps head and first column in sight. */
export const sortableTable = <Row>(table: SortableTable<Row>): TemplateResult => {
  const { caption, columns, rows, keyOf, rowClass } = table;
  return html`<div class=${boxOfTable(columns.length)} tabindex="0" role="region" aria-label=${caption}>
    <table class="dense" role="table">
      <caption class="sr">
        ${caption}
      </caption>
      <thead role="rowgroup">
        <tr role="row">
          ${columns.map((column) => head(table, column))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        ${repeat(
          rows,
          keyOf,
          (row) =>
            html`<tr role="row" class=${rowClass?.(row) ?? nothing}>
              ${columns.map(
                ({ head, cell, numeric }) =>
                  html`<td role="cell" data-head=${head} class=${numeric ? 'n' : ''}>${cell(row)}</td>`,
              )}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
};

const head = <Row>({ sort, sortBy }: SortableTable<Row>, column: SortColumn<Row>): TemplateResult => {
  const { key, value, numeric } = column;
  if (!value) return html`<th role="columnheader" scope="col" class=${numeric ? 'n' : ''}>${column.head}</th>`;
  const sorted = sort?.key === key ? sort : null;
  // Figures are first wanted largest first, words from the beginning.
  const next = { key, descending: sorted ? !sorted.descending : numeric === true };
  return html`<th
    role="columnheader"
    scope="col"
    class=${numeric ? 'n' : ''}
    aria-sort=${sorted ? (sorted.descending ? 'descending' : 'ascending') : 'none'}
  >
    <button class="sort" @click=${() => sortBy(next)}>
      ${column.head}<span aria-hidden="true">${sorted ? (sorted.descending ? '↓' : '↑') : '↕'}</span>
    </button>
  </th>`;
};
