import { LitElement, html, nothing, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { baseStyles } from '../../kit/base.js';
import { icon } from '../../kit/icons.js';
import { closeModal, openModal } from '../../kit/modal.js';
import { definePage } from '../../kit/page.js';
import { refundTexts, orderTexts } from '../../texts/order.js';
import { dialogStyles } from './dialog.styles.js';
import type { OrderParts } from './order.documents.js';
import { orderPartStyles, thumb } from './order.parts.js';
import { refundDialogStyles } from './refund-dialog.styles.js';
import { previewRefund, returnableLines, type RefundPreview, type ReturnableLine } from './refund.rules.js';

export interface RefundWish {
  /** Null: all that is left. */
  readonly lines: readonly { lineId: string; quantity: number }[] | null;
  readonly reason: string;
}

const REASON_MAX = 200;
const REASON_MIN = 2;

/** The request for a refund: which lines, how many, why; and what it would do, before it is sent. */
export class RefundDialog extends LitElement {
  static override styles = [...baseStyles, dialogStyles, orderPartStyles, refundDialogStyles];

  @property({ attribute: false }) order: OrderParts | null = null;
  /** Sends it; gives a sentence where it was refused. */
  @property({ attribute: false }) send: ((wish: RefundWish) => Promise<string | null>) | null = null;
  @state() private wanted: ReadonlyMap<string, number> = new Map();
  @state() private preset = '';
  @state() private detail = '';
  @state() private wrong: { field: 'lines' | 'reason' | 'all'; text: string } | null = null;
  @state() private busy = false;
  @query('dialog') private dialog!: HTMLDialogElement;

  open(order: OrderParts): void {
    this.order = order;
    const lines = returnableLines(order);
    // With one kind of goods the wish is clear; with several nothing is chosen for the buyer.
    this.wanted = new Map(lines.length === 1 ? lines.map(({ line, leftCount }) => [line.lineId, leftCount]) : []);
    this.preset = '';
    this.detail = '';
    this.wrong = null;
    void this.updateComplete.then(() => openModal(this.dialog));
  }

  private take(lineId: string, quantity: number): void {
    this.wanted = new Map(this.wanted).set(lineId, quantity);
    this.wrong = null;
  }

  private async submit(event: Event): Promise<void> {
    event.preventDefault();
    const { order, send } = this;
    if (!order || !send || this.busy) return;
    const lines = [...this.wanted].filter(([, quantity]) => quantity > 0);
    const reason = [this.preset, this.detail.trim()].filter(Boolean).join('：').slice(0, REASON_MAX);
    if (lines.length === 0) return this.say('lines', refundTexts.chooseLines);
    if (reason.length < REASON_MIN) return this.say('reason', refundTexts.chooseReason);
    const { whole } = previewRefund(order, this.wanted);
    this.busy = true;
    this.wrong = null;
    try {
      const refusal = await send({
        lines: whole ? null : lines.map(([lineId, quantity]) => ({ lineId, quantity })),
        reason,
      });
      if (refusal === null) closeModal(this.dialog);
      else this.say('all', refusal);
    } finally {
      this.busy = false;
    }
  }

  private say(field: 'lines' | 'reason' | 'all', text: string): void {
    this.wrong = { field, text };
    const first = field === 'lines' ? '.stepper button:not([disabled])' : 'textarea';
    if (field !== 'all') this.renderRoot.querySelector<HTMLElement>(first)?.focus();
  }

  protected override render(): TemplateResult {
    const { order } = this;
    return html`<dialog aria-labelledby="title">${order ? this.form(order) : nothing}</dialog>`;
  }

  private form(order: OrderParts): TemplateResult {
    return html`<form novalidate @submit=${(event: Event) => void this.submit(event)}>
      <h2 id="title">${refundTexts.title}</h2>
      <fieldset>
        <legend>${refundTexts.lines}</legend>
        <ul class="lines">
          ${returnableLines(order).map((returnable) => this.line(returnable))}
        </ul>
        ${this.problem('lines')}
      </fieldset>
      ${this.reason()} ${this.consequences(order, previewRefund(order, this.wanted))} ${this.problem('all')}
      <div class="answers">
        <button type="button" class="btn ghost" @click=${() => closeModal(this.dialog)}>${orderTexts.close}</button>
        <button class="btn" ?disabled=${this.busy}>${this.busy ? refundTexts.sending : refundTexts.send}</button>
      </div>
    </form>`;
  }

  private line({ line, leftCount }: ReturnableLine): TemplateResult {
    const quantity = this.wanted.get(line.lineId) ?? 0;
    const { lineId, title } = line;
    return html`<li class="bought">
      ${thumb(line.picture)}
      <div class="what">
        <p><b>${title}</b></p>
        <p class="sub small">
          <span class="num">${orderTexts.each(line.unitPriceFen)}</span> · ${refundTexts.left(leftCount)}
        </p>
        ${line.returnRule === 'EXCLUDED' ? html`<p class="sub small">${refundTexts.excludedHint}</p>` : nothing}
      </div>
      <div class="stepper" role="group" aria-label=${refundTexts.quantity(title)}>
        <button
          type="button"
          aria-label=${refundTexts.fewer(title)}
          ?disabled=${quantity === 0}
          @click=${() => this.take(lineId, quantity - 1)}
        >
          ${icon('minus', 18)}
        </button>
        <output class="num" aria-live="polite">${quantity}</output>
        <button
          type="button"
          aria-label=${refundTexts.more(title)}
          ?disabled=${quantity >= leftCount}
          @click=${() => this.take(lineId, quantity + 1)}
        >
          ${icon('plus', 18)}
        </button>
      </div>
    </li>`;
  }

  private reason(): TemplateResult {
    return html`<fieldset>
      <legend>${refundTexts.reason}</legend>
      <div class="presets">
        ${refundTexts.presets.map(
          (preset) =>
            html`<button
              type="button"
              class="chip"
              aria-pressed=${this.preset === preset ? 'true' : 'false'}
              @click=${() => (this.preset = this.preset === preset ? '' : preset)}
            >
              ${preset}
            </button>`,
        )}
      </div>
      <div class="field">
        <label for="detail">${refundTexts.detail}</label>
        <textarea
          id="detail"
          class="input"
          maxlength=${REASON_MAX}
          placeholder=${refundTexts.placeholder}
          aria-invalid=${this.wrong?.field === 'reason' ? 'true' : 'false'}
          .value=${this.detail}
          @input=${(event: InputEvent) => (this.detail = (event.target as HTMLTextAreaElement).value)}
        ></textarea>
      </div>
      ${this.problem('reason')}
    </fieldset>`;
  }

  private consequences(order: OrderParts, preview: RefundPreview): TemplateResult {
    const { whole, goodsFen, allMoneyFen, pointsAtMost, undoneFen, undoneByPiece } = preview;
    if (goodsFen === 0) return html``;
    const points =
      pointsAtMost === 0
        ? refundTexts.pointsNone
        : whole
          ? refundTexts.pointsWhole(pointsAtMost)
          : refundTexts.pointsPart(pointsAtMost);
    const yuan =
      undoneFen > 0
        ? refundTexts.yuanUndone(undoneFen)
        : undoneByPiece
          ? refundTexts.yuanByPiece
          : refundTexts.yuanKept;
    return html`<section class="note" role="status" aria-labelledby="what">
      <h3 id="what">${refundTexts.what}</h3>
      <dl class="facts">
        <dt>${refundTexts.money}</dt>
        <dd>${allMoneyFen === null ? refundTexts.moneyPart(goodsFen) : refundTexts.moneyWhole(allMoneyFen)}</dd>
        <dt>${refundTexts.points}</dt>
        <dd>${points}</dd>
        ${
          order.effect && order.effect.matchedFen > 0
            ? html`<dt>${refundTexts.yuan}</dt>
                <dd>${yuan}</dd>`
            : nothing
        }
      </dl>
      ${pointsAtMost > 0 ? html`<p class="small sub">${refundTexts.debt}</p>` : nothing}
    </section>`;
  }

  private problem(field: 'lines' | 'reason' | 'all'): TemplateResult | typeof nothing {
    return this.wrong?.field === field ? html`<p class="note red" role="alert">${this.wrong.text}</p>` : nothing;
  }
}

definePage('aixin-refund-dialog', RefundDialog);
