import { html, nothing, type TemplateResult } from 'lit';
import { money } from '../../../../kit/money.js';
import { dotted, tag } from '../../../../kit/parts.js';
import { overviewTexts } from '../../../../texts/fund-overview.js';
import { capBar } from '../cap-bar.js';
import type { Agreement, Fund } from './overview.documents.js';

type Change = { readonly agreement: string | null };

export interface FundAgreements {
  readonly fund: Fund;
  readonly current: string | null;
  readonly hrefOf: (change: Change) => string;
  readonly open: (change: Change) => (event: MouseEvent) => void;
}

/** Below this part of the cap the administrator should speak with the sponsor: the badge goes when nothing is left. */
const NEARLY_USED_PERCENT = 5;

/** Each agreement with its cap, and what of it is matched, held and left. */
export const fundAgreements = (agreements: FundAgreements): TemplateResult =>
  html`<section class="card pad">
    <h2 class="in-card">${overviewTexts.agreements}</h2>
    ${
      agreements.fund.agreements.length === 0
        ? html`<p class="none">
            ${overviewTexts.agreementsEmpty}<br /><span class="sub small">${overviewTexts.agreementsEmptyText}</span>
          </p>`
        : html`<p class="sub small">${overviewTexts.agreementsNote}</p>
            <ul class="lines">
              ${agreements.fund.agreements.map((agreement) => row(agreements, agreement))}
            </ul>`
    }
  </section>`;

const row = ({ current, hrefOf, open }: FundAgreements, agreement: Agreement): TemplateResult => {
  const { id, number, sponsorName, amountFen, unit, capFen, heldFen, matchedFen, leftFen } = agreement;
  // Pressed again, the filter goes.
  const change = { agreement: current === id ? null : id };
  return html`<li class="agreement">
    <div class="apart">
      <a class="link" href=${hrefOf(change)} aria-current=${current === id ? 'true' : nothing} @click=${open(change)}
        ><b>${sponsorName}</b> <span class="num">${number}</span></a
      >
      ${standing(agreement)}
    </div>
    <p class="sub small">
      ${dotted([
        overviewTexts.perUnit(amountFen, overviewTexts.unit[unit]),
        overviewTexts.products(agreement.productCount),
        overviewTexts.term(agreement.validFrom, agreement.validUntil),
      ])}
    </p>
    ${capBar({ label: overviewTexts.bar(sponsorName, matchedFen, heldFen, leftFen, capFen), capFen, matchedFen, heldFen })}
    <dl class="shares small num">
      ${share('matched', overviewTexts.matched, matchedFen)} ${share('held', overviewTexts.held, heldFen)}
      ${share('left', overviewTexts.left, leftFen)} ${share('cap', overviewTexts.cap, capFen)}
    </dl>
  </li>`;
};

const share = (name: string, label: string, fen: number): TemplateResult =>
  html`<div>
    <dt class="sub"><i class="swatch ${name}"></i>${label}</dt>
    <dd>${money(fen)}</dd>
  </div>`;

const standing = ({ inForce, capFen, leftFen }: Agreement): TemplateResult => {
  if (leftFen <= 0) return tag(overviewTexts.capUsed, 'red');
  if (!inForce) return tag(overviewTexts.notInForce, 'plain');
  if (leftFen * 100 < capFen * NEARLY_USED_PERCENT) return tag(overviewTexts.nearlyUsed, 'red');
  return tag(overviewTexts.inForce);
};
