import { html, nothing, type TemplateResult } from 'lit';
import { when } from '../../kit/dates.js';
import { icon, type IconName } from '../../kit/icons.js';
import { money } from '../../kit/money.js';
import type { ZoneHandle } from '../../kit/page.js';
import { tag, way } from '../../kit/parts.js';
import { loveTexts } from '../../texts/love.js';
import type { MatchParts } from '../order/order.documents.js';
import { signedPoints } from '../order/order.parts.js';
import type { HelpRecord, PointsEntry } from './love.documents.js';

const KIND_ICONS = {
  PURCHASE: 'basket',
  REVIEW: 'record',
  ACTIVITY: 'person',
  SERVICE: 'heart',
} as const satisfies Record<HelpRecord['kind'], IconName>;

/** One entry of the help record, with the organisation of that day. */
export const recordRow = (record: HelpRecord, zone: ZoneHandle): TemplateResult => {
  const { kind, title, at, organisationName, points, matchedFen, purchaseFen, withdrawn, order } = record;
  return html`<li class=${withdrawn ? 'item withdrawn' : 'item'}>
    <span class="dot">${icon(KIND_ICONS[kind])}</span>
    <div class="what">
      <p>
        ${
          order
            ? html`<a class="link title" href=${zone.href('order', { id: order.id })}>${title}</a>`
            : html`<b class="title">${title}</b>`
        }
        ${withdrawn ? tag(loveTexts.withdrawn, 'plain') : nothing}
      </p>
      <p class="sub small">
        <time datetime=${at}>${when(at)}</time> · ${loveTexts.kinds[kind]} · ${loveTexts.orgThen(organisationName)}
      </p>
      ${withdrawn ? html`<p class="sub small">${loveTexts.withdrawnText}</p>` : nothing}
    </div>
    <div class="gain num">
      ${points !== 0 ? html`<span class="gold">${loveTexts.pointsOf(points)}</span>` : nothing}
      ${matchedFen > 0 ? html`<span class="leaf">${loveTexts.matched(matchedFen)}</span>` : nothing}
      ${purchaseFen ? html`<span class="sub small">${loveTexts.paid(purchaseFen)}</span>` : nothing}
    </div>
  </li>`;
};

/** One change of the points: why, how much, and the balance after it. */
export const pointsRow = ({ at, points, balanceAfter, reason }: PointsEntry): TemplateResult =>
  html`<li class="item">
    <div class="what">
      <p>${reason}</p>
      <p class="sub small"><time datetime=${at}>${when(at)}</time></p>
    </div>
    <div class="gain num">
      <b class=${points < 0 ? 'figure red' : 'figure gold'}>${signedPoints(points)}</b>
      <span class=${balanceAfter < 0 ? 'red small' : 'sub small'}>${loveTexts.balanceAfter(balanceAfter)}</span>
    </div>
  </li>`;

/** One matched yuan: where it stands at a glance, its whole way when opened. */
export const matchRow = (match: MatchParts, open: boolean, zone: ZoneHandle): TemplateResult => {
  const { amountFen, productTitle, sponsorName, fundName, state, stateText, at, steps } = match;
  const title = loveTexts.product(productTitle);
  const isVoid = state === 'VOID';
  return html`<li class="match">
    <details ?open=${open}>
      <summary>
        <span class="what">
          <b class="title">${title}</b>
          <span class="sub small"
            ><time datetime=${at}>${when(at)}</time> · ${loveTexts.by(sponsorName, fundName)}</span
          >
        </span>
        <span class="gain num">
          <b class=${isVoid ? 'figure gone' : 'figure leaf'}>${isVoid ? '—' : money(amountFen)}</b>
          ${tag(stateText, isVoid ? 'plain' : 'leaf')}
        </span>
        <span class="turn">${icon('next', 18)}</span>
      </summary>
      ${isVoid ? html`<p class="sub small">${loveTexts.voidText}</p>` : nothing}
      ${way(steps, loveTexts.wayLabel(title))}
      <p class="to-yuan">
        <a class="link" href=${zone.href('yuan', { id: match.id })}
          >${loveTexts.toYuan}<span class="sr">${loveTexts.toYuanOf(title)}</span></a
        >
      </p>
    </details>
  </li>`;
};
