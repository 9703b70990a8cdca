import { html, nothing, type TemplateResult } from 'lit';
import { saveCsv } from '../../console/csv.js';
import { sortableTable, sortRows, type Sort, type SortColumn } from '../../console/sortable-table.js';
import { count } from '../../kit/money.js';
import { branchTexts } from '../../texts/branch.js';
import { sumCell, sumCsv } from './branch-totals.js';
import type { Branch, BranchUnit } from './branch.documents.js';

export interface BranchUnits {
  readonly branch: Branch;
  readonly sort: Sort | null;
  readonly sortBy: (sort: Sort) => void;
  readonly hrefOf: (organisationId: string) => string;
  readonly follow: (organisationId: string) => (event: MouseEvent) => void;
}

const { unitsHead: heads } = branchTexts;

/** The organisations below, side by side. Units may be compared; there is no such table of persons. */
export const branchUnits = (units: BranchUnits): TemplateResult | typeof nothing => {
  const { branch, sort, sortBy } = units;
  if (branch.units.length === 0) return nothing;
  const columns = columnsOf(units);
  return html`<section class="card units">
    <div class="apart head">
      <h2 class="in-card">${branchTexts.unitsTitle}</h2>
      <button class="text-btn no-print" @click=${() => exportUnits(branch)}>${branchTexts.exportUnits}</button>
    </div>
    ${sortableTable({
      caption: branchTexts.unitsTitle,
      columns,
      rows: sortRows(branch.units, columns, sort),
      keyOf: ({ organisation }) => organisation.id,
      sort,
      sortBy,
    })}
    <p class="sub small foot">${branchTexts.unitsNote}</p>
  </section>`;
};

const columnsOf = ({ hrefOf, follow }: BranchUnits): readonly SortColumn<BranchUnit>[] => [
  {
    key: 'name',
    head: heads.name,
    cell: ({ organisation: { id, name } }) => html`<a class="link" href=${hrefOf(id)} @click=${follow(id)}>${name}</a>`,
    value: ({ organisation }) => organisation.name,
  },
  {
    key: 'purchases',
    head: heads.purchases,
    cell: ({ purchaseCount }) => count(purchaseCount),
    value: ({ purchaseCount }) => purchaseCount,
    numeric: true,
  },
  {
    key: 'sales',
    head: heads.sales,
    cell: ({ salesFen }) => sumCell(salesFen),
    value: ({ salesFen }) => salesFen ?? -1,
    numeric: true,
  },
  {
    key: 'matched',
    head: heads.matched,
    cell: ({ matchedFen }) => sumCell(matchedFen),
    value: ({ matchedFen }) => matchedFen ?? -1,
    numeric: true,
  },
  {
    key: 'points',
    head: heads.points,
    cell: ({ points }) => count(points),
    value: ({ points }) => points,
    numeric: true,
  },
];

const exportUnits = ({ organisation, month, units }: Branch): void => {
  saveCsv(branchTexts.file(organisation.name, month, branchTexts.unitsTitle), [
    [heads.name, heads.purchases, heads.sales, heads.matched, heads.points],
    ...units.map((unit) => [
      unit.organisation.name,
      unit.purchaseCount,
      sumCsv(unit.salesFen),
      sumCsv(unit.matchedFen),
      unit.points,
    ]),
  ]);
};
