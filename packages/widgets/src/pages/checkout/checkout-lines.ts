import { html, nothing, type TemplateResult } from 'lit';
import type { BuyFacts } from '../../buy/buy.documents.js';
import { thumb, troubleText } from '../../buy/parts.js';
import type { Line, ParcelOfLines } from '../../buy/pricing.js';
import type { Refusal } from '../../client/index.js';
import { money } from '../../kit/index.js';
import { buying, cartTexts } from '../../texts/checkout.js';
import { confirmBox } from './checkout-parts.js';

export type BuyLine = Line & { readonly product: BuyFacts };

/** Where a refusal of the whole is shown; a refusal of one line stands at that line. */
export const isAbout = (refusal: Refusal | undefined, line: BuyLine, index: number): boolean =>
  refusal !== undefined &&
  (refusal.productId === line.productId || (refusal.path ?? '').startsWith(`lines.${String(index)}.`));

interface LinesView {
  readonly all: readonly BuyLine[];
  /** Products whose return rule was read and accepted. */
  readonly confirmed: ReadonlySet<string>;
  readonly refusal: Refusal | undefined;
  readonly refusalNote: (refusal: Refusal) => TemplateResult;
  readonly onConfirm: (productId: string, yes: boolean) => void;
}

const lineOf = (line: BuyLine, view: LinesView): TemplateResult => {
  const { product, quantity } = line;
  const { confirmed, refusal, refusalNote, onConfirm } = view;
  const trouble = troubleText(line);
  return html`<li>
    <div class="line">
      ${thumb(product.picture)}
      <div>
        <div class="apart">
          <h3>${product.title}</h3>
          <span class="num">${money(line.goodsFen)}</span>
        </div>
        <p class="sub small num">${product.specification} · ${buying.each(product.priceFen)} × ${quantity}</p>
        ${trouble ? html`<p class="wrong">${trouble}</p>` : nothing}
      </div>
    </div>
    ${refusal && isAbout(refusal, line, view.all.indexOf(line)) ? refusalNote(refusal) : nothing}
    ${confirmBox(product, {
      checked: confirmed.has(product.id),
      onChange: (yes) => {
        onConfirm(product.id, yes);
      },
    })}
  </li>`;
};

/** One supplier's goods, which come in one parcel. */
export const parcelCard = (parcel: ParcelOfLines, view: LinesView): TemplateResult =>
  html`<section class="card pad">
    <div class="parcel-head">
      <h2>${parcel.supplier.name}</h2>
      <p class="sub small num">${parcel.supplier.countyName} · ${cartTexts.parcel(parcel.postageFen)}</p>
    </div>
    <ul class="lines">
      ${parcel.lines.map((line) => lineOf(line, view))}
    </ul>
  </section>`;
