import { html, nothing, type TemplateResult } from 'lit';
import { code, factList, shortHash } from '../../../../console/figures.js';
import { sizeText } from '../../../../console/file-transfer.js';
import { when } from '../../../../kit/dates.js';
import { icon } from '../../../../kit/icons.js';
import { tag } from '../../../../kit/parts.js';
import { agreementTexts as texts } from '../../../../texts/fund-agreements.js';
import { consoleTexts } from '../../../../texts/console.js';
import type { FundRights } from '../fund-tab.js';
import { caps, standing } from './agreement-list.js';
import type { Agreement, AgreementDetail, Places } from './agreements.documents.js';
import { lastOf } from '../../../../kit/lists.js';

type Act = 'revise' | 'replace' | 'submit' | 'approve' | 'reject' | 'askEnd' | 'end' | 'declineEnd';

interface Detail {
  readonly agreement: Agreement;
  /** Null while it is read, and for a sponsor. */
  readonly detail: AgreementDetail | null;
  readonly places: Places;
  readonly rights: FundRights;
  readonly act: Readonly<Record<Act, () => void>>;
  readonly close: (event: MouseEvent) => void;
  readonly closeHref: string;
  readonly download: (path: string, name: string) => void;
}

/** One agreement: what was agreed, for which products, on which paper, by whom; and what can be done with it. */
export const agreementDetail = (all: Detail): TemplateResult => {
  const { agreement, close, closeHref } = all;
  return html`<section class="card pad detail" aria-labelledby="detail">
    <div class="apart">
      <div>
        <h3 id="detail" tabindex="-1">${agreement.sponsorName}</h3>
        <p class="sub num">${agreement.number}</p>
      </div>
      <a class="square close" href=${closeHref} aria-label=${consoleTexts.close} @click=${close}
        >${icon('cross', 18)}</a
      >
    </div>
    <p>${standing(agreement)}</p>
    ${caps(agreement)} ${notes(all)} ${actions(all)} ${facts(all)} ${scope(all)} ${files(all)} ${history(all)}
  </section>`;
};

const notes = ({ agreement, detail, rights }: Detail): TemplateResult | typeof nothing => {
  const last = lastOf(detail?.history ?? []);
  if (agreement.state === 'DRAFT' && last?.what === 'REJECTED') {
    return html`<p class="note red">${texts.rejected(last.reason ?? '')}</p>`;
  }
  if (last?.what === 'END_ASKED') {
    return html`<p class="note">${texts.endAsked(last.byName, last.reason ?? '')}</p>`;
  }
  if (agreement.state !== 'SUBMITTED' || agreement.rights.check) return nothing;
  return html`<p class="note">${rights.checker ? texts.ownWork : texts.waitsForChecker}</p>`;
};

const actions = ({ agreement, detail, rights, act }: Detail): TemplateResult | typeof nothing => {
  const button = (text: string, press: () => void, more: { main?: boolean; disabled?: boolean } = {}): TemplateResult =>
    html`<button class="btn small ${more.main ? '' : 'ghost'}" ?disabled=${more.disabled ?? false} @click=${press}>
      ${text}
    </button>`;
  const { revise, check, askEnd, end, declineEnd } = agreement.rights;
  // A form needs the listed products by name, which come with the detail.
  const waits = { disabled: detail === null };
  const buttons = [
    ...(revise ? [button(texts.revise, act.revise, waits), button(texts.submit, act.submit, { main: true })] : []),
    ...(check ? [button(texts.reject, act.reject), button(texts.approve, act.approve, { main: true })] : []),
    ...(rights.maker && agreement.state === 'IN_FORCE' ? [button(texts.replace, act.replace, waits)] : []),
    ...(askEnd ? [button(texts.askEnd, act.askEnd)] : []),
    ...(declineEnd ? [button(end ? texts.declineEnd : texts.takeEndBack, act.declineEnd)] : []),
    // The reason that is agreed to comes with the detail.
    ...(end ? [button(texts.end, act.end, { main: true, ...waits })] : []),
  ];
  return buttons.length === 0 ? nothing : html`<div class="answers">${buttons}</div>`;
};

const facts = ({ agreement, detail }: Detail): TemplateResult => {
  const { sponsorUscc, fundName, amountFen, unit, validFrom, validUntil, publishesName, contentHash } = agreement;
  const { facts: names } = texts;
  return factList([
    [names.uscc, code(sponsorUscc)],
    [names.fund, fundName],
    [names.amount, texts.perUnit(amountFen, texts.unit[unit])],
    [names.term, html`<span class="day">${validFrom}</span> ${texts.until} <span class="day">${validUntil}</span>`],
    [names.used, used(agreement)],
    [names.publishes, publishesName ? texts.publishesName : texts.hidesName],
    [names.replaces, detail?.replaces?.number],
    [names.hash, shortHash(contentHash)],
  ]);
};

/** The words that the bar's colours stand for. */
const used = ({ matchedFen, heldFen }: Agreement): TemplateResult =>
  html`<span class="used">
    <span><i class="swatch matched"></i>${texts.matched(matchedFen)}</span>
    <span><i class="swatch held"></i>${texts.held(heldFen)}</span>
  </span>`;

const scope = ({ agreement, places }: Detail): TemplateResult => {
  const { covered, countyCodes, categoryKeys, suppliers } = agreement;
  const named = (wanted: readonly string[], all: readonly (readonly [string, string])[]): string =>
    wanted.map((each) => new Map(all).get(each) ?? each).join('、');
  const conditions: readonly (readonly [string, string])[] = [
    [
      texts.counties,
      named(
        countyCodes,
        places.counties.map(({ code: key, name }) => [key, name]),
      ),
    ],
    [
      texts.categories,
      named(
        categoryKeys,
        places.categories.map(({ key, name }) => [key, name]),
      ),
    ],
    [texts.suppliers, suppliers.map(({ name }) => name).join('、')],
  ];
  const more = covered.count - covered.titles.length;
  return html`<h4>${texts.scope}</h4>
    ${
      conditions.some(([, value]) => value !== '')
        ? html`<p class="sub small">${texts.scopeAll}</p>
            ${factList(conditions)}`
        : nothing
    }
    ${
      covered.count === 0
        ? html`<p class="note">${texts.scopeNone}</p>`
        : html`<p>${texts.scopeCount(covered.count)}</p>
            <p class="tags">
              ${covered.titles.map((title) => tag(title))}
              ${more > 0 ? html`<span class="sub small">${texts.scopeMore(covered.count)}</span>` : nothing}
            </p>`
    }`;
};

const files = ({ agreement, download }: Detail): TemplateResult =>
  html`<h4>${texts.files}</h4>
    ${
      agreement.files.length === 0
        ? html`<p class="sub small">${texts.noFiles}</p>`
        : html`<ul class="papers">
            ${agreement.files.map(
              ({ id, name, sizeBytes, sha256 }) =>
                html`<li>
                  ${icon('file', 20)}
                  <button class="text-btn" @click=${() => download(`files/${id}?download=1`, name)}>${name}</button>
                  <span class="sub small num">${sizeText(sizeBytes)}</span> ${shortHash(sha256)}
                </li>`,
            )}
          </ul>`
    }`;

const history = ({ detail }: Detail): TemplateResult | typeof nothing =>
  detail === null || detail.history.length === 0
    ? nothing
    : html`<h4>${texts.history}</h4>
        <ol class="history small">
          ${detail.history.map(
            ({ what, at, by, byName, reason }) =>
              html`<li>
                <b>${texts.steps[what]}</b> <time class="num sub" datetime=${at}>${when(at)}</time>
                <span class="who">${byName || code(by)}</span>
                ${reason ? html`<span class="why">${reason}</span>` : nothing}
              </li>`,
          )}
        </ol>`;
