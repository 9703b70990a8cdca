import { css, html, nothing, type TemplateResult } from 'lit';
import { count, money } from '../../kit/money.js';
import { dotted, tag } from '../../kit/parts.js';
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
      <div class="apart">
        <p><b>${title}</b> <span class="times">${orderTexts.times(quantity)}</span></p>
        <span class="num amount">${money(goodsFen)}</span>
      </div>
      <p class="sub small">${dotted([specification, orderTexts.each(unitPriceFen)])}</p>
      <p class="sub small">
        ${dotted([countyName, parcel.supplier.name, ...(line.traceCode ? [orderTexts.trace(line.traceCode)] : [])])}
      </p>
      ${
        line.returnedQuantity > 0
          ? html`<p><span class="tag gold">${orderTexts.returned(line.returnedQuantity)}</span></p>`
          : nothing
      }
    </div>
  </li>`;
};

/** Postage and packaging of each parcel, apart from the goods: a price is told in full. */
export const parcelCosts = (parcels: readonly Parcel[]): TemplateResult[] =>
  parcels.flatMap(({ supplier, postageFen, packagingFen }) => [
    costRow(orderTexts.postageOf(supplier.name), postageFen === 0 ? orderTexts.freePostage : postageFen),
    ...(packagingFen > 0 ? [costRow(`${orderTexts.packaging}（${supplier.name}）`, packagingFen)] : []),
  ]);

/** A cost: fen, or the word for what costs nothing. */
export const costRow = (label: string, cost: number | string, emphasis = false): TemplateResult =>
  html`<li class=${emphasis ? 'apart sum' : 'apart'}>
    <span class=${emphasis ? '' : 'sub'}>${label}</span
    ><span class="num amount">${typeof cost === 'number' ? money(cost) : cost}</span>
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

interface Gained {
  readonly effect: { readonly points: number; readonly matchedFen: number } | null;
  readonly refunds: readonly { readonly pointsTakenBack: number; readonly matchUndoneFen: number }[];
}

/** What a purchase did, less what refunds took back; a gain that is gone is said to be gone. */
export const gainTags = ({ effect, refunds }: Gained): TemplateResult[] => {
  if (!effect) return [];
  const points = refunds.reduce((left, { pointsTakenBack }) => left - pointsTakenBack, effect.points);
  const matchedFen = refunds.reduce((left, { matchUndoneFen }) => left - matchUndoneFen, effect.matchedFen);
  return [
    ...(points !== 0 ? [tag(orderTexts.pointsOf(signedPoints(points)), 'gold')] : []),
    ...(points === 0 && effect.points > 0 ? [tag(orderTexts.pointsGone, 'plain')] : []),
    ...(matchedFen > 0 ? [tag(orderTexts.matchedTag(matchedFen))] : []),
    ...(matchedFen === 0 && effect.matchedFen > 0 ? [tag(orderTexts.matchGone, 'plain')] : []),
  ];
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
    object-fit: cover;
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
