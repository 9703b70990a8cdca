import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { CsvCell } from '../../console/csv.js';
import { dayText } from '../../kit/dates.js';
import { icon, type IconName } from '../../kit/icons.js';
import { dotted, loadMore, tag } from '../../kit/parts.js';
import { branchTexts } from '../../texts/branch.js';
import { common } from '../../texts/common.js';
import type { BranchRecord } from './branch.documents.js';

const KIND_ICONS = {
  PURCHASE: 'basket',
  REVIEW: 'record',
  ACTIVITY: 'person',
  SERVICE: 'heart',
} as const satisfies Record<BranchRecord['kind'], IconName>;

export interface BranchRecords {
  readonly records: readonly BranchRecord[];
  readonly total: number;
  readonly hasNext: boolean;
  readonly loading: boolean;
  readonly failed: boolean;
  readonly load: () => void;
}

/** Who did what: the day, the fact, the points. What was in the basket is not here, because it never arrives here. */
export const branchRecords = ({ records, total, hasNext, loading, failed, load }: BranchRecords): TemplateResult =>
  html`<section class="card pad records">
    <h2 class="in-card">${branchTexts.records}</h2>
    ${
      records.length === 0
        ? html`<div class="none">
            <p>${branchTexts.recordsEmpty}</p>
            <p class="sub small">${branchTexts.recordsEmptyText}</p>
          </div>`
        : html`<ul class="lines">
            ${repeat(records, ({ id }) => id, record)}
          </ul>`
    }
    <p class="sub small privacy">${branchTexts.privacy}</p>
    ${failed ? html`<p class="note red" role="alert">${common.problems.offline.text}</p>` : nothing}
    ${records.length > 0 ? loadMore({ shown: records.length, total, hasNext, loading, load }) : nothing}
  </section>`;

const record = ({ memberName, kind, text, day, points, withdrawn }: BranchRecord): TemplateResult => {
  const facts = [dayText(day), branchTexts.kinds[kind], ...(points === 0 ? [] : [branchTexts.pointsOf(points)])];
  return html`<li class=${withdrawn ? 'it withdrawn' : 'it'}>
    <span class="dot">${icon(KIND_ICONS[kind])}</span>
    <div>
      <p>
        <span class="fact">${branchTexts.fact(memberName, text)}</span> ${
          withdrawn ? tag(branchTexts.withdrawn, 'plain') : nothing
        }
      </p>
      <p class="sub small num">${dotted(facts)}</p>
    </div>
  </li>`;
};

const { recordsHead: heads } = branchTexts;

export const recordHeads: readonly string[] = [
  heads.day,
  heads.member,
  heads.kind,
  heads.fact,
  heads.points,
  heads.state,
];

/** A record as a row of the exported table: the same facts as on the screen. */
export const recordCells = (one: BranchRecord): readonly CsvCell[] => [
  one.day,
  one.memberName,
  branchTexts.kinds[one.kind],
  one.text,
  one.points,
  one.withdrawn ? branchTexts.withdrawn : '',
];
