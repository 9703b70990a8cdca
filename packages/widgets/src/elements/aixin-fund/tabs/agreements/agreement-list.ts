import { html, nothing, svg, type TemplateResult } from 'lit';
import { dotted, tag } from '../../../../kit/parts.js';
import { agreementTexts as texts } from '../../../../texts/fund-agreements.js';
import type { Agreement } from './agreements.documents.js';

interface AgreementList {
  readonly agreements: readonly Agreement[];
  readonly chosenId: string | null;
  readonly hrefOf: (id: string | null) => string;
  readonly open: (id: string | null) => (event: MouseEvent) => void;
}

/** Each agreement with where it stands and what is left of its caps. */
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

/** What is left of the total, and of this month, one bar each; of one that is not signed yet, the caps alone. */
export const caps = ({ state, capFen, leftFen, monthlyCapFen, monthLeftFen }: Agreement): TemplateResult => {
  if (state === 'DRAFT' || state === 'SUBMITTED') {
    return html`<p class="small">
      ${dotted([texts.capOf(capFen), monthlyCapFen === null ? texts.noMonth : texts.monthlyCapOf(monthlyCapFen)])}
    </p>`;
  }
  return html`<div class="caps small">
    ${cap(texts.total, leftFen, capFen)}
    ${monthlyCapFen === null || state === 'ENDED' ? nothing : cap(texts.month, monthLeftFen ?? monthlyCapFen, monthlyCapFen)}
  </div>`;
};

/** The widths are drawn, not counted with. */
const cap = (what: string, leftFen: number, capFen: number): TemplateResult => {
  const left = capFen > 0 ? (Math.max(0, leftFen) / capFen) * 100 : 0;
  return html`<div class="cap">
    <span class="sub">${what}</span>
    <svg class="bar-track" role="img" aria-label=${texts.bar(what, leftFen, capFen)}>
      ${svg`<rect class="left" width="${left}%" height="100%" />`}
    </svg>
    <span class="num">${texts.leftOf(leftFen, capFen)}</span>
  </div>`;
};
