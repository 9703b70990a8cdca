import { html, type TemplateResult } from 'lit';
import type { CsvCell } from '../../../../console/csv.js';
import type { SortColumn } from '../../../../console/sortable-table.js';
import { yuan } from '../../../../kit/money.js';
import { tag } from '../../../../kit/parts.js';
import { differencesTexts } from '../../../../texts/fund-differences.js';
import type { Difference } from './differences.documents.js';

const { heads } = differencesTexts;

const toneOf = (of: Difference['state']): 'red' | 'gold' | 'leaf' =>
  of === 'OPEN' ? 'red' : of === 'EXPLAINED' ? 'gold' : 'leaf';

const orderOf = (one: Difference): string | null => ('orderNumber' in one ? one.orderNumber : null);

/** How often something was said about it. */
export const saidOf = (one: Difference): number => ('explanations' in one ? one.explanations.length : 0);

const figures: readonly SortColumn<Difference>[] = [
  {
    key: 'ours',
    head: heads.ours,
    cell: ({ ourFen }) => yuan(ourFen),
    value: ({ ourFen }) => ourFen,
    numeric: true,
  },
  {
    key: 'theirs',
    head: heads.theirs,
    cell: ({ theirFen }) => yuan(theirFen),
    value: ({ theirFen }) => theirFen,
    numeric: true,
  },
  {
    key: 'gap',
    head: heads.gap,
    cell: ({ ourFen, theirFen, state: of }) =>
      html`<span class=${of === 'OPEN' ? 'gap' : ''}>${yuan(ourFen - theirFen)}</span>`,
    value: ({ ourFen, theirFen }) => Math.abs(ourFen - theirFen),
    numeric: true,
  },
];

/** The columns; what was said comes last, with the button to say more. */
export const differenceColumns = (reason: (one: Difference) => TemplateResult): readonly SortColumn<Difference>[] => [
  {
    key: 'day',
    head: heads.day,
    cell: ({ day }) => html`<span class="num nowrap">${day}</span>`,
    value: ({ day }) => day,
  },
  {
    key: 'state',
    head: heads.state,
    cell: ({ state: of, stateText }) => tag(stateText, toneOf(of)),
    value: ({ stateText }) => stateText,
  },
  { key: 'text', head: heads.text, cell: ({ text }) => html`<span class="what">${text}</span>` },
  ...figures,
  {
    key: 'order',
    head: heads.order,
    cell: (one) => html`<span class="num mono nowrap">${orderOf(one) ?? '—'}</span>`,
    value: (one) => orderOf(one) ?? '',
  },
  {
    key: 'source',
    head: heads.source,
    cell: ({ source }) => html`<span class="nowrap">${differencesTexts.sources[source]}</span>`,
  },
  { key: 'reason', head: heads.reason, cell: reason },
];

export const differenceHeads: readonly string[] = Object.values(heads);

/** A difference as a row of the exported table. */
export const differenceCells = (one: Difference): readonly CsvCell[] => [
  ...[one.day, differencesTexts.sources[one.source], orderOf(one) ?? '', one.text],
  ...[{ amountFen: one.ourFen }, { amountFen: one.theirFen }, { amountFen: one.ourFen - one.theirFen }],
  ...[one.stateText, one.reason ?? ''],
];
