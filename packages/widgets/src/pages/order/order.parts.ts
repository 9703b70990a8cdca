import { css, html, nothing, type TemplateResult } from 'lit';
import { count, money } from '../../kit/money.js';
import { orderTexts } from '../../texts/order.js';
import type { BoughtParts, MatchParts, OrderLine, Parcel } from './order.documents.js';

interface Picture {
  readonly url: string;
  readonly alt: string;
  readonly background: string;
}

/** A small picture beside a title that says the same: decoration to those who hear the page. */
export const thumb = ({ url, background }: Picture): TemplateResult =>
  html`<span class="thumb" style="background:${background}"><img src=${url} alt="" loading="lazy" /></span>`;

/** One line of an order: what, from where, how many, what it cost. */
export const orderLine = (line: OrderLine, parcel: Parcel): TemplateResult => {
  const { title, specification, picture, countyName, quantity, goodsFen, unitPriceFen } = line;
  return html`<li class="bought">
    ${thumb(picture)}
    <div class="what">
      <p><b>${title}</b> <span class="times">${orderTexts.times(quantity)}</span></p>
      <p class="sub small">${[specification, orderTexts.each(unitPriceFen)].join(' · ')}</p>
      <p class="sub small">
        ${[countyName, parcel.supplier.name, line.traceCode ? orderTexts.trace(line.traceCode) : ''].filter(Boolean).join(' · ')}
      </p>
      ${
        line.returnedQuantity > 0
          ? html`<p><span class="tag gold">${orderTexts.returned(line.returnedQuantity)}</span></p>`
          : nothing
      }
    </div>
    <span class="num amount">${money(goodsFen)}</span>
  </li>`;
};

/** Postage and packaging of each parcel, apart from the goods: a price is told in full. */
export const parcelCosts = (parcels: readonly Parcel[]): TemplateResult[] =>
  parcels.flatMap(({ supplier, postageFen, packagingFen }) => [
    costRow(
      postageFen === 0 ? orderTexts.freePostageOf(supplier.name) : orderTexts.postageOf(supplier.name),
      postageFen,
    ),
    ...(packagingFen > 0 ? [costRow(`${orderTexts.packaging}（${supplier.name}）`, packagingFen)] : []),
  ]);

export const costRow = (label: string, fen: number, emphasis = false): TemplateResult =>
  html`<li class=${emphasis ? 'apart sum' : 'apart'}>
    <span class=${emphasis ? '' : 'sub'}>${label}</span><span class="num">${money(fen)}</span>
  </li>`;

/** "大巴山百花蜂蜜 × 2 等 3 种" */
export const goodsText = ({ parcels }: Pick<BoughtParts, 'parcels'>): string => {
  const lines = parcels.flatMap((parcel) => parcel.lines);
  const [first] = lines;
  return first ? orderTexts.and(`${first.title} ${orderTexts.times(first.quantity)}`, lines.length - 1) : '';
};

export const pieceCount = (parcels: readonly { lines: readonly { quantity: number }[] }[]): string =>
  orderTexts.pieces(parcels.flatMap(({ lines }) => lines).reduce((sum, { quantity }) => sum + quantity, 0));

/** Matches that stand at the same step go the same way: one way for all of them. */
export const matchesByState = (matches: readonly MatchParts[]): MatchParts[][] => {
  const groups = new Map<string, MatchParts[]>();
  for (const match of matches) groups.set(match.state, [...(groups.get(match.state) ?? []), match]);
  return [...groups.values()];
};

export const signedPoints = (points: number): string => (points > 0 ? `+${count(points)}` : count(points));

export const orderPartStyles = css`
  .thumb {
    flex: none;
    display: grid;
    place-items: center;
    width: 64px;
    height: 64px;
    border-radius: var(--ax-radius-s);
    overflow: hidden;
    filter: brightness(var(--ax-picture-light));
  }
  .thumb img {
    width: 100%;
    height: 100%;
    object-fit: contain;
  }
  .bought {
    display: flex;
    gap: 16px;
    align-items: flex-start;
  }
  .bought .what {
    flex: 1;
    min-width: 0;
  }
  .bought .what b {
    font-weight: 600;
  }
  .bought .times {
    color: var(--ax-ink-2);
    white-space: nowrap;
  }
  .amount {
    white-space: nowrap;
  }
  .lines .sum {
    font-weight: 600;
  }
  .lines .sum .num {
    font: 700 var(--ax-t22) / 1.2 var(--ax-serif);
  }
  @media (max-width: 640px) {
    .thumb {
      width: 52px;
      height: 52px;
    }
    .bought {
      gap: 12px;
    }
  }
`;
