import { LitElement, html, nothing, type TemplateResult } from 'lit';
import { query, state } from 'lit/decorators.js';
import { baseStyles } from '../kit/base.js';
import { definePage } from '../kit/page.js';
import type { Content } from '../kit/parts.js';
import { consoleTexts } from '../texts/console.js';
import './console-dialog.js';
import { textArea } from './forms.js';
import { formStyles } from './forms.styles.js';

export interface Confirmation {
  readonly title: string;
  /** What will happen, and whether it can be taken back. */
  readonly text: Content;
  /** The main button: what is done, as a verb. */
  readonly yes: string;
  /** Label of the reason; left out where none is asked for. */
  readonly reason?: string;
  readonly reasonHint?: string;
  /** Does it; gives a sentence where it was refused (see `FundTab.command` and `refusalText`), null when it is done. */
  readonly act: (reason: string) => Promise<string | null>;
}

const REASON_MAX = 200;
const REASON_MIN = 2;

/** Asks before something that others will see, with a reason where one is due. Use it by `FundTab.confirm(…)`. */
export class ReasonDialog extends LitElement {
  static override styles = [...baseStyles, formStyles];

  @state() private asked: Confirmation | null = null;
  @state() private busy = false;
  @state() private wrong: string | null = null;
  @query('textarea') private field!: HTMLTextAreaElement | null;

  ask(confirmation: Confirmation): void {
    this.wrong = null;
    this.asked = confirmation;
  }

  private readonly close = (): void => {
    if (!this.busy) this.asked = null;
  };

  private async answer(event: Event): Promise<void> {
    event.preventDefault();
    const { asked } = this;
    if (!asked || this.busy) return;
    const reason = this.field?.value.trim() ?? '';
    if (asked.reason !== undefined && reason.length < REASON_MIN) {
      this.wrong = consoleTexts.reasonMissing;
      this.field?.focus();
      return;
    }
    this.busy = true;
    this.wrong = null;
    try {
      this.wrong = await asked.act(reason);
      if (this.wrong === null) this.asked = null;
    } finally {
      this.busy = false;
    }
  }

  protected override render(): TemplateResult {
    const { asked } = this;
    return html`<aixin-dialog
      heading=${asked?.title ?? ''}
      width="520"
      ?open=${asked !== null}
      @aixin-dialog-close=${this.close}
    >
      ${asked ? this.form(asked) : nothing}
    </aixin-dialog>`;
  }

  private form({ text, yes, reason, reasonHint }: Confirmation): TemplateResult {
    return html`<form class="form one" novalidate @submit=${(event: Event) => void this.answer(event)}>
      <p>${text}</p>
      ${
        reason === undefined
          ? nothing
          : textArea({
              name: 'reason',
              label: reason,
              maxLength: REASON_MAX,
              error: this.wrong,
              ...(reasonHint === undefined ? {} : { hint: reasonHint }),
            })
      }
      ${reason === undefined && this.wrong ? html`<p class="note red" role="alert">${this.wrong}</p>` : nothing}
      <div class="answers">
        <button type="button" class="btn ghost" ?disabled=${this.busy} @click=${this.close}>${consoleTexts.no}</button>
        <button class="btn" ?disabled=${this.busy}>${this.busy ? consoleTexts.busy : yes}</button>
      </div>
    </form>`;
  }
}

definePage('aixin-reason-dialog', ReasonDialog);
