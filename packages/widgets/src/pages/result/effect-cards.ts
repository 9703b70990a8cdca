import { html, nothing, type TemplateResult } from 'lit';
import { day } from '../../kit/dates.js';
import { money } from '../../kit/money.js';
import { tag } from '../../kit/parts.js';
import { resultTexts } from '../../texts/order.js';
import { signedPoints } from '../order/order.parts.js';
import type { EffectParts } from '../order/order.documents.js';
import { reasonsWorthTelling } from './not-awarded.js';

export type LoveTab = 'records' | 'points' | 'matches';

export interface EffectCards {
  readonly effect: EffectParts;
  /** Balance and what is left are said of today only on the day itself: later they would be wrong. */
  readonly today: boolean;
  readonly href: (tab: LoveTab) => string;
}

/** Record, points, yuan: three cards, each a figure with what it means, each leading to where it is kept. */
export const effectCards = (cards: EffectCards): TemplateResult =>
  html`<div class="three">${recordCard(cards)} ${pointsCard(cards)} ${matchCard(cards)}</div>`;

const recordCard = ({ effect, today, href }: EffectCards): TemplateResult =>
  html`<section class="card pad">
    <h2 class="k red">${resultTexts.record}</h2>
    <p class="big num">${resultTexts.ordinal(effect.recordOrdinal)}</p>
    <p class="sub">
      ${today ? resultTexts.recorded : resultTexts.recordedThen}<b class="org">${effect.organisationName}</b>
    </p>
    <a class="link small" href=${href('records')}>${resultTexts.recordLink}</a>
  </section>`;

const pointsCard = ({ effect, today, href }: EffectCards): TemplateResult => {
  const whyNot = reasonsWorthTelling(effect.notAwarded, day(effect.settledAt));
  return html`<section class="card pad">
    <h2 class="k gold">${resultTexts.points}</h2>
    <p class="big num">${signedPoints(effect.points)}</p>
    ${
      effect.awards.length > 0
        ? html`<ul class="sub">
            ${effect.awards.map(({ reason }) => html`<li>${reason}</li>`)}
          </ul>`
        : html`<p class="sub">${resultTexts.noPoints}</p>`
    }
    ${
      whyNot.length > 0
        ? html`<details>
            <summary class="small sub">${resultTexts.whyNot}</summary>
            <ul class="small sub why">
              ${whyNot.map((reason) => html`<li>${reason}</li>`)}
            </ul>
          </details>`
        : nothing
    }
    <a class="link small num" href=${href('points')}
      >${today ? resultTexts.balance(effect.balanceAfter, effect.pointsLeftToday) : resultTexts.balanceThen(effect.balanceAfter)}</a
    >
  </section>`;
};

const matchCard = ({ effect, href }: EffectCards): TemplateResult => {
  const [first] = effect.matches;
  const states = new Map(effect.matches.map((match) => [match.state, match.stateText]));
  return html`<section class="card pad">
    <h2 class="k leaf">${resultTexts.match}</h2>
    ${
      first
        ? html`<p class="big num">${money(effect.matchedFen)}</p>
            <p class="sub">${resultTexts.notYours}</p>
            <p class="states">${[...states].map(([state, text]) => tag(text, state === 'VOID' ? 'plain' : 'leaf'))}</p>
            <a class="link small" href=${href('matches')}>${resultTexts.matchLink}</a>`
        : html`<p class="big">—</p>
            <p>${resultTexts.noMatch}</p>
            <p class="sub">${resultTexts.noMatchText}</p>`
    }
  </section>`;
};
