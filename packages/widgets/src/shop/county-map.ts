import { css, html, type TemplateResult } from 'lit';
import { count } from '../kit/money.js';
import type { ZoneHandle } from '../kit/page.js';
import { shop } from '../texts/shop.js';
import { countyShort } from './county-name.js';
import { countyPlaces } from './county-places.js';
import { sorted } from '../kit/lists.js';

export interface MapCounty {
  readonly code: string;
  readonly name: string;
  readonly productCount: number;
  readonly purchaseCount: number;
}

/** Four shades: more could not be told apart. */
const SHADES = 4;

/** Which quarter of the counties this one is in by purchases; ties share a shade, and nothing bought is the lightest. */
export const shadeOf = (county: MapCounty, all: readonly MapCounty[]): number => {
  if (county.purchaseCount === 0) return 1;
  const below = all.filter((other) => other.purchaseCount < county.purchaseCount).length;
  return 1 + Math.trunc((below * SHADES) / all.length);
};

/** A tile for each county, about where it lies. Links in the order of the list, so the keyboard goes through it calmly. */
export const countyMap = (zone: ZoneHandle, counties: readonly MapCounty[]): TemplateResult =>
  html`<ul class="map">
      ${counties.map((county) => {
        const place = countyPlaces[county.code];
        const at = place ? `grid-column:${String(place[0])};grid-row:${String(place[1])}` : '';
        return html`<li style=${at}>
          <a class="tile shade-${shadeOf(county, counties)}" href=${zone.href('list', {}, { county: county.code })}>
            <b>${countyShort(county.name)}</b><span class="num">${shop.tileProducts(county.productCount)}</span
            ><span class="sr">${shop.tilePurchases(county.purchaseCount)}</span>
          </a>
        </li>`;
      })}
    </ul>
    <p class="legend sub small" aria-hidden="true">
      ${shop.mapLess}${[1, 2, 3, 4].map((shade) => html`<i class="shade-${shade}"></i>`)}${shop.mapMore}
    </p>`;

/** How many counties are named beside the map. */
const MOST = 3;

/** The counties that people bought from most, in words: the map's shades for those who want figures. */
export const busiestCounties = (zone: ZoneHandle, counties: readonly MapCounty[]): TemplateResult =>
  html`<ol class="busiest lines">
    ${sorted(
      counties.filter(({ purchaseCount }) => purchaseCount > 0),
      (one, other) => other.purchaseCount - one.purchaseCount,
    )
      .slice(0, MOST)
      .map(
        ({ code, name, purchaseCount }) =>
          html`<li class="apart">
            <a class="link" href=${zone.href('list', {}, { county: code })}>${countyShort(name)}</a
            ><span class="num"><b class="big">${count(purchaseCount)}</b> ${shop.purchases}</span>
          </li>`,
      )}
  </ol>`;

export const countyMapStyles = css`
  .map {
    display: grid;
    grid-template-columns: repeat(6, minmax(0, 1fr));
    grid-auto-rows: minmax(56px, auto);
    gap: 6px;
  }
  .tile {
    display: grid;
    place-content: center;
    height: 100%;
    border-radius: 10px;
    text-align: center;
    line-height: 1.35;
    transition: transform 0.15s;
  }
  .tile:hover {
    transform: translateY(-2px);
  }
  .tile b {
    font-size: var(--ax-t15);
    font-weight: 600;
  }
  .tile span {
    font-size: var(--ax-t12);
  }
  .shade-1 {
    background: color-mix(in srgb, var(--ax-leaf-fill) 8%, var(--ax-card));
  }
  .shade-2 {
    background: color-mix(in srgb, var(--ax-leaf-fill) 20%, var(--ax-card));
  }
  .shade-3 {
    background: color-mix(in srgb, var(--ax-leaf-fill) 36%, var(--ax-card));
  }
  .shade-4 {
    background: var(--ax-leaf-fill);
    color: #fff;
  }
  .legend {
    display: flex;
    align-items: center;
    gap: 6px;
    margin-top: 16px;
  }
  .legend i {
    width: 22px;
    height: 12px;
    border-radius: 3px;
  }
  @media (max-width: 640px) {
    .map {
      gap: 4px;
    }
    .tile b {
      font-size: max(13px, var(--ax-t13));
    }
  }
`;
