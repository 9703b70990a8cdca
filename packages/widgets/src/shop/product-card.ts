import { css, html, nothing, type TemplateResult } from 'lit';
import { dayText } from '../kit/dates.js';
import { icon } from '../kit/icons.js';
import type { ZoneHandle } from '../kit/page.js';
import { price, tag } from '../kit/parts.js';
import { countyShort } from './county-name.js';
import { shop } from '../texts/shop.js';
import type { ProductCardFacts } from './product-card.documents.js';

/** Below this many pieces the card says how many are left: a fact that helps, not a countdown that presses. */
const FEW = 10;

export const stockText = (product: { stockLeft: number; nextSupplyOn: string | null }): string | undefined => {
  if (product.stockLeft > FEW) return undefined;
  if (product.stockLeft > 0) return shop.left(product.stockLeft);
  return product.nextSupplyOn ? `${shop.soldOut}，${shop.nextSupply(dayText(product.nextSupplyOn))}` : shop.soldOut;
};

/** Puts one piece into the cart and says so. */
export const addToCart = (zone: ZoneHandle, product: { id: string; title: string }, quantity = 1): void => {
  zone.cart.add(product.id, quantity);
  zone.announce(shop.added(product.title, zone.cart.count()));
};

/** So many pictures stand in sight when a page opens; only what is further down may wait. */
const IN_SIGHT = 4;

/** `at`: the card's place in its list. */
export const productCard = (zone: ZoneHandle, product: ProductCardFacts, at: number): TemplateResult => {
  const stock = stockText(product);
  return html`<li class="card product">
    <div class="pic" style="background:${product.picture.background}">
      <img
        src=${product.picture.url}
        alt=""
        loading=${at < IN_SIGHT ? 'eager' : 'lazy'}
        fetchpriority=${at === 0 ? 'high' : 'auto'}
        width="480"
        height="320"
      />
      <span class="county">${countyShort(product.county.name)}</span>
    </div>
    <div class="in">
      <h3><a class="cover" href=${zone.href('product', { id: product.id })}>${product.title}</a></h3>
      <p class="sub small">${product.specification} · ${product.subtitle}</p>
      <p class="price-row">
        ${price(product.priceFen)}${product.charityItem ? tag(shop.badge(product.charityItem.amountFen)) : nothing}
      </p>
      <p class="sub small bits num">
        <span>${shop.localPrice(product.localPriceFen)}</span><span>${product.unitPriceText}</span>
      </p>
      <p class="sub small bits num">
        ${product.score === null ? nothing : html`<span>${shop.score(product.score)}</span>`}<span
          >${shop.sold(product.soldCount)}</span
        >
      </p>
      ${stock ? html`<p class="small gold bits">${stock}</p>` : nothing}
      ${
        product.stockLeft > 0
          ? html`<button
              class="add"
              aria-label=${shop.addNamed(product.title)}
              title=${shop.add}
              @click=${() => {
                addToCart(zone, product);
              }}
            >
              ${icon('plus')}
            </button>`
          : nothing
      }
    </div>
  </li>`;
};

/** Bones in the shape of cards, so that nothing jumps when they come. */
export const cardBones = (count: number): TemplateResult =>
  html`<ul class="grid" aria-hidden="true">
    ${Array.from(
      { length: count },
      () =>
        html`<li class="card product">
          <span class="bone" style="aspect-ratio:3/2;border-radius:0"></span>
          <div class="in" style="display:grid;gap:10px">
            <span class="bone" style="height:20px;width:70%"></span>
            <span class="bone" style="height:28px;width:50%"></span>
            <span class="bone" style="height:16px"></span>
          </div>
        </li>`,
    )}
  </ul>`;

export const cardStyles = css`
  .grid {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(calc(var(--ax-size) * 15), 1fr));
    gap: 20px;
  }
  .product {
    position: relative;
    overflow: hidden;
    display: flex;
    flex-direction: column;
    transition: box-shadow 0.2s;
  }
  .product:hover {
    box-shadow:
      0 2px 4px rgb(60 45 20 / 0.08),
      0 12px 32px rgb(60 45 20 / 0.1);
  }
  .pic {
    position: relative;
    aspect-ratio: 3 / 2;
    overflow: hidden;
    filter: brightness(var(--ax-picture-light));
  }
  .pic img {
    width: 100%;
    height: 100%;
    object-fit: cover;
    transition: transform 0.3s;
  }
  .product:hover .pic img {
    transform: scale(1.03);
  }
  .county {
    position: absolute;
    left: 12px;
    top: 12px;
    padding: 1px 8px;
    border-radius: 6px;
    background: #fff;
    color: #6b645a;
    font-size: var(--ax-t12);
  }
  .in {
    flex: 1;
    padding: 14px 16px 16px;
  }
  .cover::after {
    content: '';
    position: absolute;
    inset: 0;
  }
  .cover:focus-visible {
    outline: none;
  }
  .product:has(.cover:focus-visible) {
    outline: 3px solid var(--ax-leaf);
    outline-offset: 2px;
  }
  .price-row {
    display: flex;
    align-items: center;
    flex-wrap: wrap;
    gap: 6px 8px;
    margin: 8px 0 4px;
  }
  .bits {
    display: flex;
    flex-wrap: wrap;
    padding-right: 36px;
  }
  .bits span {
    white-space: nowrap;
  }
  .bits span + span::before {
    content: '·';
    margin: 0 0.4em;
    color: var(--ax-ink-2);
  }
  .add {
    position: absolute;
    right: 12px;
    bottom: 12px;
    display: grid;
    place-items: center;
    width: 40px;
    height: 40px;
    border: 1px solid var(--ax-line);
    border-radius: 50%;
    background: var(--ax-card);
    color: var(--ax-red);
    cursor: pointer;
  }
  .add:hover {
    background: var(--ax-red-fill);
    border-color: var(--ax-red-fill);
    color: #fff;
  }
  @media (max-width: 640px) {
    .grid {
      grid-template-columns: repeat(auto-fill, minmax(calc(var(--ax-size) * 10), 1fr));
      gap: 12px;
    }
    .in {
      padding: 10px 12px 14px;
    }
    .bits {
      flex-direction: column;
    }
    .bits span + span::before {
      content: none;
    }
  }
`;
