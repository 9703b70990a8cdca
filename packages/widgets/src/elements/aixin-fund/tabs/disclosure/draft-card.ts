import { html, nothing, type TemplateResult } from 'lit';
import { shortHash } from '../../../../console/figures.js';
import { contentView } from '../../../../disclosure/content-view.js';
import { fullDate } from '../../../../kit/dates.js';
import { fundDisclosureTexts as texts } from '../../../../texts/fund-disclosure.js';
import type { FundRights } from '../fund-tab.js';
import type { Draft } from './disclosure-desk.documents.js';

interface DraftCard {
  readonly draft: Draft;
  readonly rights: FundRights;
  readonly busy: boolean;
  readonly open: boolean;
  readonly toggle: () => void;
  readonly redraft: () => void;
  readonly publish: () => void;
  readonly withdraw: () => void;
}

/** A draft as both persons look at it: what blocks it, what will be said, who has to press what. */
export const draftCard = (card: DraftCard): TemplateResult => {
  const { draft, rights, busy, open, toggle, redraft, publish, withdraw } = card;
  const { number, from, until, correctsNumber, reason, draftedAt, isOwn, faults, hash } = draft;
  const mayPublish = rights.checker && !isOwn && faults.length === 0;
  const heading = correctsNumber ? texts.correctionHeading(from, until) : texts.draftHeading(from, until);
  return html`<section class="card pad draft" aria-label=${heading}>
    <div class="card-head">
      <h3>${heading}</h3>
      <div class="controls">
        ${
          rights.maker && !correctsNumber
            ? html`<button class="chip" ?disabled=${busy} @click=${redraft}>${texts.redraft}</button>`
            : nothing
        }
        ${
          rights.maker || rights.checker
            ? html`<button class="chip" ?disabled=${busy} @click=${withdraw}>${texts.withdraw}</button>`
            : nothing
        }
        ${mayPublish ? html`<button class="btn" ?disabled=${busy} @click=${publish}>${texts.publish}</button>` : nothing}
      </div>
    </div>
    <p class="sub small">${texts.draftFacts(number, fullDate(draftedAt))} · ${texts.hash} ${shortHash(hash)}</p>
    ${correctsNumber ? html`<p class="note">${texts.corrects(correctsNumber, reason ?? '')}</p>` : nothing}
    ${faultsOf(draft)}
    <p class="small">${isOwn ? texts.own : rights.checker ? texts.forChecker : nothing}</p>
    <ul class="small said">
      <li>${openText(draft)}</li>
      <li>${texts.discloses(draft.content.disclosedCount)}</li>
    </ul>
    <button class="text-btn no-print" aria-expanded=${open ? 'true' : 'false'} @click=${toggle}>
      ${open ? texts.hide : texts.show}
    </button>
    ${open ? html`<div class="preview">${contentView(draft.content)}</div>` : nothing}
  </section>`;
};

const faultsOf = ({ faults }: Draft): TemplateResult | typeof nothing =>
  faults.length === 0
    ? nothing
    : html`<div class="note red" role="note">
        <b>${texts.faults}</b>
        <ul>
          ${faults.map((fault) => html`<li>${fault.text}</li>`)}
        </ul>
      </div>`;

const openText = ({ content }: Draft): string => {
  const { openLines, unpaid, withoutReceipt, openBills } = content;
  const items = openLines.length + unpaid.length + withoutReceipt.length + openBills.length;
  return items === 0 ? texts.noOpen : texts.open(items);
};
