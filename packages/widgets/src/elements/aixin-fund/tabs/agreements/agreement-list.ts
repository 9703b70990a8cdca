import { html, nothing, type TemplateResult } from 'lit';
import { dotted, tag } from '../../../../kit/parts.js';
import { agreementTexts as texts } from '../../../../texts/fund-agreements.js';
import { capBar } from '../cap-bar.js';
import type { Agreement } from './agreements.documents.js';

interface AgreementList {
  readonly agreements: readonly Agreement[];
  readonly chosenId: string | null;
  readonly hrefOf: (id: string | null) => string;
  readonly open: (id: string | null) => (event: MouseEvent) => void;
}

/** Each agreement with where it stands and what is used of its caps. */
export const agreementList = ({ agreements, chosenId, hrefOf, open }: AgreementList): TemplateResult =>
  html`<ul class="card list" aria-label=${texts.list}>
    ${agreements.map((agreement) => {
      const { id, number, sponsorName, amountFen, unit, validFrom, validUntil, covered } = agreement;
      const chosen = id === chosenId;
      return html`<li class=${chosen ? 'chosen' : ''}>
        <div class="apart">
          <a class="link" href=${hrefOf(id)} aria-current=${chosen ? 'true' : nothing} @click=${open(id)}
            ><b>${sponsorName}</b> <span class="num">${number}</span></a
          >
          ${standing(agreement)}
        </div>
        <p class="sub small">
          ${dotted([
            texts.perUnit(amountFen, texts.unit[unit]),
            texts.products(covered.count),
            texts.term(validFrom, validUntil),
          ])}
        </p>
        ${caps(agreement)}
      </li>`;
    })}
  </ul>`;

/** Its state, and what a person should know of it besides. */
export const standing = ({
  state,
  inForce,
  amountFen,
  leftFen,
  monthLeftFen,
  validFrom,
}: Agreement): TemplateResult => {
  if (state === 'DRAFT') return tag(texts.states.DRAFT, 'plain');
  if (state === 'SUBMITTED') return tag(texts.states.SUBMITTED, 'gold');
  if (state === 'ENDED') return tag(texts.states.ENDED, 'plain');
  if (leftFen < amountFen) return tag(texts.capUsed, 'red');
  if (!inForce) return tag(isAhead(validFrom) ? texts.notYet : texts.over, 'plain');
  if (monthLeftFen !== null && monthLeftFen < amountFen) return tag(texts.monthUsed, 'red');
  return tag(texts.states.IN_FORCE);
};

const isAhead = (firstDay: string): boolean => Date.parse(`${firstDay}T00:00:00+08:00`) > Date.now();

/** What is used of the total, and of this month, one bar each; of one that is not signed yet, the caps alone. */
export const caps = (agreement: Agreement): TemplateResult => {
  const { state, capFen, matchedFen, heldFen, monthlyCapFen } = agreement;
  if (state === 'DRAFT' || state === 'SUBMITTED') {
    return html`<p class="small">
      ${dotted([texts.capOf(capFen), monthlyCapFen === null ? texts.noMonth : texts.monthlyCapOf(monthlyCapFen)])}
    </p>`;
  }
  const label = texts.bar(agreement);
  return html`<div class="caps small">
    ${cap(texts.total, agreement, capBar({ label, capFen, matchedFen, heldFen }))}
    ${monthlyCapFen === null || state === 'ENDED' ? nothing : monthCap(monthlyCapFen, agreement)}
  </div>`;
};

/** The zone counts a month as a whole: what is matched of it and what is held is one part. */
const monthCap = (capFen: number, { monthLeftFen }: Agreement): TemplateResult => {
  const leftFen = monthLeftFen ?? capFen;
  const usedFen = capFen - leftFen;
  const label = texts.monthBar({ usedFen, leftFen, capFen });
  return cap(texts.month, { leftFen, capFen }, capBar({ label, capFen, matchedFen: usedFen }));
};

type Cap = Pick<Agreement, 'leftFen' | 'capFen'>;

const cap = (what: string, { leftFen, capFen }: Cap, bar: TemplateResult): TemplateResult =>
  html`<div class="cap">
    <span class="sub">${what}</span>
    ${bar}
    <span class="num">${texts.leftOf(leftFen, capFen)}</span>
  </div>`;
