import { html, nothing, type TemplateResult } from 'lit';
import { textArea, textField } from '../../console/forms.js';
import { when } from '../../kit/dates.js';
import { money } from '../../kit/money.js';
import { consoleTexts } from '../../texts/console.js';
import { operatorTexts } from '../../texts/operator.js';
import type { OutsideItem } from './operator.documents.js';

const { outside: texts } = operatorTexts;

/** What the money that went back was for: all that is left of the order, some of its goods, or none of them. */
export const OUTSIDE_KINDS = ['all', 'some', 'none'] as const;
export type OutsideKind = (typeof OUTSIDE_KINDS)[number];

export const leftOf = (item: OutsideItem): readonly { lineId: string; title: string; left: number }[] =>
  (item.order?.parcels ?? [])
    .flatMap(({ lines }) => lines)
    .map(({ lineId, title, specification, quantity, returnedQuantity }) => ({
      lineId,
      title: `${title} ${specification}`.trim(),
      left: quantity - returnedQuantity,
    }))
    .filter(({ left }) => left > 0);

/** Refunds that somebody made at the provider: which order, how much, and the button to say what each is. */
export const outsideSection = (items: readonly OutsideItem[], decide: (item: OutsideItem) => void): TemplateResult =>
  html`<section class="card" aria-labelledby="outside">
    <h2 class="in-card" id="outside">${texts.title}<span class="count num">${items.length}</span></h2>
    <p class="sub small">${texts.sub}</p>
    <ul class="items">
      ${items.map((item) => {
        const order = operatorTexts.order(item.orderNumber);
        return html`<li>
          <div class="what">
            <p><b class="num">${order}</b> <span class="sub">${item.order?.stateText ?? ''}</span></p>
            <p class="mono numbers">${texts.numbers(item.outsideId, item.refundId)}</p>
            <p class="sub small">${texts.seen(when(item.seenAt))}</p>
          </div>
          <b class="num amount">${item.amountFen === null ? texts.amountUnknown : money(item.amountFen)}</b>
          <div class="answers">
            <button class="btn ghost" aria-label=${texts.decideOf(order)} @click=${() => decide(item)}>
              ${texts.decide}
            </button>
          </div>
        </li>`;
      })}
    </ul>
  </section>`;

interface OutsideForm {
  readonly item: OutsideItem;
  readonly kind: OutsideKind;
  readonly choose: (kind: OutsideKind) => void;
  readonly send: (form: HTMLFormElement) => void;
  readonly close: () => void;
  readonly busy: boolean;
  readonly error: (field: 'lines' | 'reason') => string | null;
  readonly note: TemplateResult | typeof nothing;
}

/** What a refund made at the provider is. Nothing that was chosen is lost when it is refused. */
export const outsideForm = (view: OutsideForm): TemplateResult => {
  const { item, kind, choose, send, close, busy, error, note } = view;
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    send(event.target as HTMLFormElement);
  };
  // What is not told to the fen cannot be booked.
  const kinds = item.amountFen === null ? (['none'] as const) : OUTSIDE_KINDS;
  return html`<form class="form one" novalidate @submit=${submit}>
    <p>${item.amountFen === null ? texts.amountUnknown : texts.amount(item.amountFen)}。${texts.explain}</p>
    <fieldset class="kinds">
      <legend>${texts.what}</legend>
      ${kinds.map(
        (each) =>
          html`<label class="check"
            ><input
              type="radio"
              name="kind"
              value=${each}
              .checked=${each === kind}
              @change=${() => choose(each)}
            />${texts[each]}</label
          >`,
      )}
    </fieldset>
    ${kind === 'some' ? pieces(item, error('lines')) : nothing}
    ${kind !== 'some' && error('lines') ? html`<p class="note red" role="alert">${error('lines')}</p>` : nothing}
    ${textArea({ name: 'reason', label: texts.reason, hint: texts.reasonHint, maxLength: 200, error: error('reason') })}
    ${note}
    <div class="answers">
      <button type="button" class="btn ghost" ?disabled=${busy} @click=${close}>${consoleTexts.no}</button>
      <button class="btn" ?disabled=${busy}>${busy ? consoleTexts.busy : texts.save}</button>
    </div>
  </form>`;
};

const pieces = (item: OutsideItem, wrong: string | null): TemplateResult =>
  html`${leftOf(item).map(({ lineId, title, left }) =>
    textField({
      name: `pieces-${lineId}`,
      label: texts.pieces(title),
      hint: texts.left(left),
      value: '0',
      inputMode: 'numeric',
    }),
  )}${wrong ? html`<p class="note red" role="alert">${wrong}</p>` : nothing}`;
