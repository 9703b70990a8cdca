import { css, html, nothing, type TemplateResult } from 'lit';
import { dayText } from '../kit/dates.js';
import { money } from '../kit/money.js';
import { buying } from '../texts/checkout.js';
import type { BuyFacts } from './buy.documents.js';
import type { Line, Totals } from './pricing.js';

/** Why a line cannot be bought as it stands, and what to do. */
export const troubleText = ({ trouble, product }: Line): string | undefined => {
  if (trouble === undefined || trouble === 'gone' || !product) return trouble === undefined ? undefined : buying.gone;
  if (trouble === 'too-many') return buying.tooMany(product.stockLeft);
  if (trouble === 'over-limit') return buying.overLimit(product.limitPerPerson ?? 0);
  return product.nextSupplyOn ? buying.soldOutUntil(dayText(product.nextSupplyOn)) : buying.soldOut;
};

export const thumb = (picture: BuyFacts['picture']): TemplateResult =>
  html`<span class="thumb" style="background:${picture.background}"
    ><img src=${picture.url} alt="" loading="lazy" width="96" height="64"
  /></span>`;

/** Goods, postage and packaging apart, then the sum and the promise; `instead` stands where the promise no longer holds. */
export const totalsList = (totals: Totals, instead?: TemplateResult): TemplateResult =>
  html`<dl class="totals num">
      <div class="apart">
        <dt class="sub">${buying.goods(totals.pieces)}</dt>
        <dd>${money(totals.goodsFen)}</dd>
      </div>
      <div class="apart">
        <dt class="sub">${buying.postage}</dt>
        <dd>${totals.postageFen === 0 ? buying.free : money(totals.postageFen)}</dd>
      </div>
      <div class="apart">
        <dt class="sub">${buying.packaging}</dt>
        <dd>${totals.packagingFen === 0 ? buying.none : money(totals.packagingFen)}</dd>
      </div>
      <div class="apart sum">
        <dt>${buying.total}</dt>
        <dd class="price"><small>¥</small>${money(totals.totalFen).slice(1)}</dd>
      </div>
    </dl>
    ${instead ?? (totals.promisedFen > 0 ? promise(totals.promisedFen) : nothing)}`;

const promise = (fen: number): TemplateResult =>
  html`<p class="note leaf">
    <b class="leaf">${buying.promised(fen)}</b><br /><span class="sub small">${buying.promisedPlain}</span>
  </p>`;

export const buyStyles = css`
  .two {
    display: grid;
    grid-template-columns: minmax(0, 1fr) 340px;
    gap: 20px;
    align-items: start;
    margin-top: 20px;
  }
  .stack {
    display: grid;
    gap: 16px;
  }
  .side {
    position: sticky;
    top: 16px;
    display: grid;
    gap: 16px;
  }
  .thumb {
    width: 88px;
    height: 88px;
    overflow: hidden;
    border-radius: var(--ax-radius-s);
    filter: brightness(var(--ax-picture-light));
  }
  .thumb img {
    width: 100%;
    height: 100%;
    object-fit: cover;
  }
  .line {
    display: grid;
    grid-template-columns: 88px minmax(0, 1fr);
    gap: 16px;
  }
  .line .bottom {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 8px 12px;
    margin-top: 10px;
  }
  .line .wrong {
    margin-top: 6px;
    color: var(--ax-red);
    font-size: var(--ax-t14);
  }
  .parcel-head {
    padding-bottom: 8px;
    border-bottom: 1px solid var(--ax-line);
  }
  .parcel-head h2,
  .side h2,
  .box h2 {
    margin: 0;
    font-size: var(--ax-t18);
  }
  .parcel-foot {
    padding-top: 12px;
    border-top: 1px solid var(--ax-line);
  }
  .totals {
    display: grid;
    gap: 8px;
  }
  .totals .sum {
    margin-top: 4px;
    padding-top: 14px;
    border-top: 1px solid var(--ax-line);
    font-weight: 600;
  }
  @media (max-width: 800px) {
    .two {
      grid-template-columns: minmax(0, 1fr);
    }
    .side {
      position: static;
    }
  }
  @media (max-width: 640px) {
    .thumb {
      width: 72px;
      height: 72px;
    }
    .line {
      grid-template-columns: 72px minmax(0, 1fr);
      gap: 12px;
    }
  }
`;
