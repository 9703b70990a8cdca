import { LitElement, html, nothing, type TemplateResult } from 'lit';
import { query, state } from 'lit/decorators.js';
import '../../../../console/console-dialog.js';
import { selectField, textArea } from '../../../../console/forms.js';
import { formStyles } from '../../../../console/forms.styles.js';
import { readForm } from '../../../../console/read-form.js';
import { baseStyles } from '../../../../kit/base.js';
import { definePage } from '../../../../kit/page.js';
import { consoleTexts } from '../../../../texts/console.js';
import { fundBankTexts as texts } from '../../../../texts/fund-bank.js';
import type { BankLine } from './bank.documents.js';

const CATEGORIES = ['FOREIGN', 'INTEREST', 'BANK_FEES'] as const;
type Category = (typeof CATEGORIES)[number];

export interface Ignoring {
  readonly line: BankLine;
  /** Does it; gives a sentence where it was refused, null when it is done. */
  readonly act: (ignored: { category: Category; reason: string }) => Promise<string | null>;
}

const REASON_MAX = 200;

/** Asks for category and reason before a line is put aside. */
export class IgnoreDialog extends LitElement {
  static override styles = [...baseStyles, formStyles];

  @state() private asked: Ignoring | null = null;
  @state() private busy = false;
  @state() private wrong: string | null = null;
  @query('form') private formElement!: HTMLFormElement | null;

  ask(ignoring: Ignoring): void {
    this.wrong = null;
    this.asked = ignoring;
  }

  private readonly close = (): void => {
    if (!this.busy) this.asked = null;
  };

  private async send(event: Event): Promise<void> {
    event.preventDefault();
    const { asked, formElement } = this;
    if (!asked || !formElement || this.busy) return;
    const form = readForm(formElement);
    const category = CATEGORIES.find((each) => each === form.text('category')) ?? 'FOREIGN';
    const reason = form.text('reason');
    if (reason === '') {
      this.wrong = texts.ignoreReasonMissing;
      formElement.querySelector('textarea')?.focus();
      return;
    }
    this.busy = true;
    this.wrong = null;
    try {
      this.wrong = await asked.act({ category, reason });
      if (this.wrong === null) this.asked = null;
    } finally {
      this.busy = false;
    }
  }

  protected override render(): TemplateResult {
    const { asked } = this;
    return html`<aixin-dialog
      heading=${texts.ignoreTitle}
      width="520"
      ?open=${asked !== null}
      @aixin-dialog-close=${this.close}
    >
      ${asked ? this.form(asked.line) : nothing}
    </aixin-dialog>`;
  }

  private form(line: BankLine): TemplateResult {
    return html`<form class="form one" novalidate @submit=${(event: Event) => void this.send(event)}>
      <p>${texts.ignoreText(line.counterparty, line.restFen)}</p>
      ${selectField({
        name: 'category',
        label: texts.category,
        value: line.amountFen < 0 ? 'BANK_FEES' : 'FOREIGN',
        choices: CATEGORIES.map((value) => ({ value, text: texts.categories[value] })),
      })}
      ${textArea({
        name: 'reason',
        label: texts.ignoreReason,
        hint: texts.ignoreReasonHint,
        maxLength: REASON_MAX,
        error: this.wrong,
        rows: 2,
      })}
      <div class="answers">
        <button type="button" class="btn ghost" ?disabled=${this.busy} @click=${this.close}>${consoleTexts.no}</button>
        <button class="btn" ?disabled=${this.busy}>${this.busy ? consoleTexts.busy : texts.ignoreYes}</button>
      </div>
    </form>`;
  }
}

definePage('aixin-bank-ignore', IgnoreDialog);
