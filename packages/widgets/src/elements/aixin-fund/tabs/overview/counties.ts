import { html, svg, type TemplateResult } from 'lit';
import { sorted } from '../../../../kit/lists.js';
import { money } from '../../../../kit/money.js';
import { overviewTexts } from '../../../../texts/fund-overview.js';
import type { Fund } from './overview.documents.js';

/** Where the month's matches come from, the most first. */
export const fundCounties = ({ byCounty }: Fund): TemplateResult => {
  const ranked = sorted(byCounty, (one, other) => other.amountFen - one.amountFen);
  const highest = Math.max(1, ranked[0]?.amountFen ?? 0);
  return html`<section class="card pad counties">
    <h2 class="in-card">${overviewTexts.counties}</h2>
    ${
      ranked.length === 0
        ? html`<p class="none sub">${overviewTexts.countiesEmpty}</p>`
        : html`<ul class="small" style="--rows:${ranked.length}">
            ${ranked.map(
              ({ county, count, amountFen }) =>
                html`<li>
                  <span class="name">${county.name}</span>
                  <svg class="bar-track" aria-hidden="true">
                    ${svg`<rect class="matched" width="${(Math.max(0, amountFen) / highest) * 100}%" height="100%" />`}
                  </svg>
                  <span class="num amount">${money(amountFen)}</span>
                  <span class="num sub">${overviewTexts.items(count)}</span>
                </li>`,
            )}
          </ul>`
    }
  </section>`;
};
