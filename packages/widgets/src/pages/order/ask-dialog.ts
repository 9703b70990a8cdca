import { LitElement, html, nothing, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { baseStyles } from '../../kit/base.js';
import { closeModal, openModal } from '../../kit/modal.js';
import { definePage } from '../../kit/page.js';
import { orderTexts, refundTexts } from '../../texts/order.js';
import { dialogStyles } from './dialog.styles.js';

export interface Question {
  readonly title: string;
  readonly text: string;
  readonly yes: string;
  readonly no: string;
  /** The label of a text that must be given with the answer. */
  readonly reason?: string;
  /** Does it; gives a sentence where it was refused. */
  readonly act: (reason: string) => Promise<string | null>;
}

const REASON_MAX = 200;

/** Asks before something that cannot be taken back. Escape and "no" change nothing; focus returns to the button. */
export class AskDialog extends LitElement {
  static override styles = [...baseStyles, dialogStyles];

  @property({ attribute: false }) question: Question | null = null;
  @state() private busy = false;
  @state() private refusal: string | null = null;
  @query('dialog') private dialog!: HTMLDialogElement;
  @query('textarea') private field!: HTMLTextAreaElement | null;

  ask(question: Question): void {
    this.question = question;
    this.refusal = null;
    void this.updateComplete.then(() => {
      if (this.field) this.field.value = '';
      openModal(this.dialog);
    });
  }

  private async answer(event: Event): Promise<void> {
    event.preventDefault();
    const { question } = this;
    const reason = this.field?.value.trim() ?? '';
    if (!question || this.busy) return;
    if (question.reason && reason.length < 2) {
      this.refusal = refundTexts.chooseReason;
      this.field?.focus();
      return;
    }
    this.busy = true;
    this.refusal = null;
    try {
      this.refusal = await question.act(reason);
      if (this.refusal === null) closeModal(this.dialog);
    } finally {
      this.busy = false;
    }
  }

  protected override render(): TemplateResult {
    const { question } = this;
    return html`<dialog aria-labelledby="title">
      ${
        question
          ? html`<form @submit=${(event: Event) => void this.answer(event)}>
              <h2 id="title">${question.title}</h2>
              <p>${question.text}</p>
              ${
                question.reason
                  ? html`<div class="field">
                      <label for="reason">${question.reason}</label>
                      <textarea
                        id="reason"
                        class="input"
                        maxlength=${REASON_MAX}
                        required
                        aria-describedby=${this.refusal ? 'refusal' : nothing}
                      ></textarea>
                    </div>`
                  : nothing
              }
              ${this.refusal ? html`<p class="note red" role="alert" id="refusal">${this.refusal}</p>` : nothing}
              <div class="answers">
                <button type="button" class="btn ghost" @click=${() => closeModal(this.dialog)}>${question.no}</button>
                <button class="btn" ?disabled=${this.busy}>${this.busy ? orderTexts.busy : question.yes}</button>
              </div>
            </form>`
          : nothing
      }
    </dialog>`;
  }
}

definePage('aixin-ask-dialog', AskDialog);
